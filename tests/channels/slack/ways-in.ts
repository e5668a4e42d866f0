import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { InboundEvent, Intake, InteractionResponse } from '../../../src/app/ports.ts';
import { createSlackApp } from '../../../src/channels/slack/app.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import { createEvents } from '../../../src/channels/slack/events.ts';
import { createHome } from '../../../src/channels/slack/home.ts';
import { createModals } from '../../../src/channels/slack/modals.ts';
import type { ReadText } from '../../../src/channels/slack/read-text.ts';
import { createReceiver } from '../../../src/channels/slack/receiver.ts';
import { createTell } from '../../../src/channels/slack/tell.ts';
import type { SlackWords } from '../../../src/channels/slack/words.ts';
import type { PayloadSource, Workspace } from '../../../src/channels/slack/workspace.ts';
import { createLog } from '../../app/kit.ts';

const secret = 'shhh';

/** Every word is its own name, so that a test can tell which one was said. */
export const words = new Proxy({} as SlackWords, { get: (_, name) => String(name) });

/** What was asked of Slack: a method of the Web API with its arguments, or `response_url` with what was posted there. */
export type Call = { method: string; args: Record<string, unknown> };

export type WaysIn = Awaited<ReturnType<typeof openWaysIn>>;

type Options = {
  intake?: Partial<Intake>;
  /** Before the intake is set. */
  starting?: boolean;
  /** Who installed Plumb cannot be looked up. */
  unknowable?: boolean;
  /** What Slack answers to a method, beside `ok: true` and what most answers need; a string is an error. */
  slack?: Record<string, string | Record<string, unknown>>;
};

/** The real ways in, served by restify on a free port, with a Slack that takes everything and remembers it. Installed in T1 and T2. */
export async function openWaysIn(options: Options = {}) {
  const slack = await openSlack(options.slack ?? {});
  const log = createLog();
  const received: InboundEvent[] = [];
  const seen: string[] = [];
  const forgotten: string[] = [];
  const intake: Intake = {
    async receive(event) {
      received.push(event);
      return (await options.intake?.receive?.(event)) ?? 'stored';
    },
    async interact(event, onStored) {
      received.push(event);
      if (options.intake?.interact) return options.intake.interact(event, onStored);
      onStored?.();
      return { kind: 'nothing' };
    },
    async seen(outboxId, platformId) {
      seen.push(`${outboxId} ${platformId}`);
    },
  };
  const clients = createClients({ slackApiUrl: slack.url, logger: log });
  const workspaceOf = (tenant: string): Workspace => ({
    tenant,
    botUserId: 'UPLUMB',
    botId: 'BPLUMB',
    url: 'https://acme.slack.com/',
    client: clients.of(`xoxb-${tenant}`),
  });
  const installed = new Map(['T1', 'T2'].map((team) => [team, workspaceOf(team)]));
  const workspaces = {
    async find({ teamId }: PayloadSource) {
      if (options.unknowable) throw new Error('The database is away.');
      return installed.get(teamId ?? '');
    },
  };
  const shared = { words, logger: log, clock: { now: () => 1_700_000_000_000 }, intake: () => (options.starting ? undefined : intake) };
  const home = createHome(shared);
  const modals = createModals(log);
  const directory = {
    forget: (tenant: string, what: string, id: string) => void forgotten.push(`${tenant} ${what} ${id}`),
    namesOf: () => (personId: string) => personId,
    named: async (_tenant: string, said: ReadText) => said,
  };
  const receiver = createReceiver({
    signingSecret: secret,
    appToken: undefined,
    slackApiUrl: slack.url,
    onEvents: createEvents({ ...shared, workspaces, directory, home }),
    logger: log,
  });
  createSlackApp({ ...shared, receiver, workspaces, slackApiUrl: slack.url, directory, home, modals, tell: createTell({ ...shared, modals }) });
  const server = restify.createServer();
  receiver.mount(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return {
    url,
    log,
    received,
    seen,
    forgotten,
    calls: slack.calls,
    called: slack.called,
    responseUrl: slack.responseUrl,
    /** An event of workspace T1, or what else is given, as Slack sends it. */
    event: (event: Record<string, unknown>, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
      send(url, JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event, ...more }), { 'content-type': 'application/json', ...headers }),
    /** A payload of an interaction of somebody (U1) in T1. */
    interact: (payload: Record<string, unknown>) =>
      send(url, new URLSearchParams({ payload: JSON.stringify({ team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: 'trigger-1', ...payload }) }).toString()),
    command: (fields: Record<string, string>) =>
      send(
        url,
        new URLSearchParams({
          command: '/plumb',
          team_id: 'T1',
          user_id: 'U1',
          channel_id: 'C1',
          trigger_id: 'trigger-1',
          response_url: slack.responseUrl,
          ...fields,
        }).toString(),
      ),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      });
      await slack.close();
    },
  };
}

type Answer = { status: number; body: string };

/** A signed request; `headers` may say otherwise. */
export async function send(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...sign(body), ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, body: await response.text() };
}

export function sign(body: string | Buffer, { at = Date.now(), by = secret }: { at?: number; by?: string } = {}): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = `v0=${createHmac('sha256', by).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
}

async function openSlack(answers: Record<string, string | Record<string, unknown>>) {
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const method = (request.url ?? '').replace(/^\/(api\/)?/, '').replace(/\?.*/, '');
      calls.push({ method, args: argsOf(text, request.headers['content-type'] ?? '') });
      for (const look of waiting) look();
      const given = answers[method];
      const usual = { ok: true, view: { id: 'V1', hash: 'h1' }, channel: { id: 'D1', is_member: true } };
      const answer = typeof given === 'string' ? { ok: false, error: given } : { ...usual, ...given };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${base}/api/`,
    responseUrl: `${base}/response_url`,
    calls,
    /** Resolves with the call as soon as that method was called so many times. */
    called: (method: string, times = 1) =>
      new Promise<Call>((resolve) => {
        const look = (): void => {
          const found = calls.filter((call) => call.method === method)[times - 1];
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The Web API's clients send objects inside forms as JSON. */
function argsOf(text: string, contentType: string): Record<string, unknown> {
  if (contentType.startsWith('application/json')) return JSON.parse(text) as Record<string, unknown>;
  const fields = [...new URLSearchParams(text)].map(([name, value]): [string, unknown] => [name, /^[{[]/.test(value) ? JSON.parse(value) : value]);
  return Object.fromEntries(fields);
}

/** An intake that answers everything the same. */
export function answering(response: InteractionResponse): Partial<Intake> {
  return {
    async interact(_event, onStored) {
      onStored?.();
      return response;
    },
  };
}
