import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
/** A button as it stands in a card. */
type Button = { type: string; title: string; verb?: string; data?: Json };
export type Posted = { id: string; conversation: string; replyToId: string | undefined; shown: string; buttons: Button[]; inputs: Json; activity: Json };

export type BareOptions = {
  /** How a post is answered: its id as text or number, without one, or with nothing at all. */
  answers?: 'id' | 'number' | 'no id' | 'created and empty' | 'accepted and empty' | 'no content' | 'ok';
  /** What every other call is refused with. */
  others?: number;
  /** Conversations can be made: with the id of the conversation alone, or that of the post too. */
  creates?: 'conversation' | 'both';
  /** Something in front of the usual addresses. */
  path?: string;
  slash?: boolean;
};

/** A connector in a few lines: it takes what is posted, changed and removed, and knows nothing else, neither people nor places. */
export async function openBareConnector({ answers = 'id', others = 404, creates, path = '', slash = true }: BareOptions = {}) {
  const posts: Posted[] = [];
  const calls: string[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://connector');
    const body = JSON.parse((await textOf(request)) || '{}') as Json;
    const call = `${request.method} ${pathname}`;
    calls.push(call);
    const end = (status: number, answer?: unknown): void => {
      response.writeHead(status, answer === undefined ? {} : { 'content-type': 'application/json' });
      response.end(answer === undefined ? '' : JSON.stringify(answer));
    };
    const keep = (conversation: string, activity: Json): string => {
      count += 1;
      posts.push(posted(String(900 + count), conversation, activity));
      return String(900 + count);
    };
    const [, conversation, id] = new RegExp(`^${path}/v3/conversations/([^/]+)/activities(?:/([^/]+))?$`).exec(pathname)?.map(decodeURIComponent) ?? [];
    if (conversation !== undefined && request.method === 'POST') return endPost(end, answers, body['type'] === 'typing' ? '0' : keep(conversation, body));
    const known = posts.find((one) => one.id === id && one.conversation === conversation);
    if (known && request.method === 'PUT') {
      Object.assign(known, posted(known.id, known.conversation, body));
      return end(200, { id: known.id });
    }
    if (known && request.method === 'DELETE') {
      posts.splice(posts.indexOf(known), 1);
      return end(200);
    }
    if (creates && call === `POST ${path}/v3/conversations`) {
      const made = `made-${count + 1}`;
      const activityId = 'activity' in body ? keep(made, body['activity'] as Json) : undefined;
      return end(201, { id: made, ...(creates === 'both' && { activityId }) });
    }
    end(others);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}${slash ? '/' : ''}`,
    posts,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function endPost(end: (status: number, answer?: unknown) => void, answers: BareOptions['answers'], id: string): void {
  if (answers === 'number') end(200, { id: Number(id) });
  else if (answers === 'no id') end(200, {});
  else if (answers === 'created and empty') end(201);
  else if (answers === 'accepted and empty') end(202);
  else if (answers === 'no content') end(204);
  else if (answers === 'ok') end(200, 'ok');
  else end(200, { id });
}

function posted(id: string, conversation: string, activity: Json): Posted {
  const buttons: Button[] = [];
  const shown: string[] = typeof activity['text'] === 'string' ? [activity['text']] : [];
  const inputs: Json = {};
  collect(activity['attachments'], shown, buttons, inputs);
  const { replyToId } = activity;
  return { id, conversation, replyToId: typeof replyToId === 'string' ? replyToId : undefined, shown: shown.join('\n'), buttons, inputs, activity };
}

function collect(value: unknown, shown: string[], buttons: Button[], inputs: Json): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, id, text, title, value: fact } = value as Json;
  // What stands in a field from the beginning is sent with the rest.
  if (typeof id === 'string' && String(type).startsWith('Input.') && fact !== undefined) inputs[id] = fact;
  if (typeof text === 'string') shown.push(text);
  if (typeof title === 'string' && typeof fact === 'string') shown.push(`${title}: ${fact}`);
  if (typeof type === 'string' && type.startsWith('Action.')) buttons.push(value as Button);
  for (const inner of Object.values(value)) collect(inner, shown, buttons, inputs);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
