import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Logger, OutboundMessage } from '../../../src/app/ports.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import type { SlackWords } from '../../../src/channels/slack/words.ts';
import type { Workspace, Workspaces } from '../../../src/channels/slack/workspace.ts';
import type { Card } from '../../../src/views/card.ts';

export const words: SlackWords = {
  loadingTitle: 'One moment',
  loading: 'Working on it',
  late: 'It comes as a message',
  notKept: 'Not kept',
  notInvited: 'Not invited',
  close: 'Close',
  cancel: 'Cancel',
  addNote: 'Add a note',
  addNoteTitle: 'Note',
  chooseOne: 'Choose',
  send: 'Send',
  more: 'more follows',
  somebody: 'somebody',
  yes: 'Yes',
  fileInChat: 'The file is in our direct messages.',
  fileFailed: 'Slack did not take the file.',
  filePerhaps: 'Slack did not say whether the file arrived.',
  fileOpen: 'Open the file',
};

export const card = (text: string): Card => ({
  summary: `${text} (summary)`,
  blocks: [{ type: 'text', text }],
  actions: [{ action: 'later', label: 'Later' }],
});

export const clock: Clock = { now: Date.now };

export function inThread(id: string, place: string, thread: string, text: string): OutboundMessage {
  return { id, to: { kind: 'conversation', conversation: { channel: 'slack', tenant: 'T1', place, thread } }, audience: 'thread', card: card(text) };
}

export function toPerson(id: string, personId: string, text: string): OutboundMessage {
  return { id, to: { kind: 'person', channel: 'slack', tenant: 'T1', personId }, audience: 'private', card: card(text) };
}

export type Logged = { level: string; fields: Record<string, unknown>; message: string };

export function createLog(): { logger: Logger; lines: Logged[] } {
  const lines: Logged[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => void lines.push({ level, fields, message });
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

/** One workspace, installed with that token at that address. */
export function workspaceAt(
  slackApiUrl: string,
  logger: Logger,
  more: Partial<Workspace> & { token?: string } = {},
): { workspace: Workspace; workspaces: Workspaces } {
  const { token = 'xoxb-1', ...rest } = more;
  const client = createClients({ slackApiUrl, logger }).of(token);
  const workspace: Workspace = { tenant: 'T1', botUserId: 'UBOT', botId: 'BBOT', url: undefined, client, ...rest };
  const find = async (tenant: string | undefined) => (tenant === workspace.tenant ? workspace : undefined);
  return { workspace, workspaces: { of: find, find: ({ teamId }) => find(teamId) } };
}

export type Call = { method: string; args: Record<string, string> };
/** `cut`: the connection breaks instead of an answer. */
export type Reply = { ok: boolean; [key: string]: unknown } | { status: number; headers?: Record<string, string>; body?: string } | 'cut';

/** A Slack of a test's own: answers each call as the test says, and keeps what was called. */
export async function openScript(
  answer: (call: Call, count: number) => Reply | Promise<Reply>,
): Promise<{ url: string; calls: Call[]; close(): Promise<void> }> {
  const calls: Call[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = { method: (request.url ?? '').replace('/api/', ''), args: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())) };
    calls.push(call);
    const reply = await answer(call, calls.filter(({ method }) => method === call.method).length);
    if (reply === 'cut') response.destroy();
    else if ('status' in reply) {
      // In two steps: where restify was loaded in the same process, writeHead gives nothing back.
      response.writeHead(Number(reply.status), typeof reply.headers === 'object' ? { ...reply.headers } : {});
      response.end(reply.body ?? '');
    } else response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
