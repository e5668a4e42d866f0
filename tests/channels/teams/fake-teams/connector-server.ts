import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Asked, perform } from './connector.ts';
import { applied, documented, type Faults, type Reply } from './faults.ts';
import { type Call, ConnectorError, isObject, type Json, type Operation, stringIn } from './model.ts';
import { createRates } from './rates.ts';
import type { State } from './state.ts';

export type ConnectorOptions = {
  state: State;
  faults: Faults;
  /** Whether a call may be made with this Authorization header; anybody's may when left out. */
  authorized?: (authorization: string | undefined) => boolean | Promise<boolean>;
  /** Keeps to the documented rates of one conversation, and answers 429 beyond them. */
  rates: boolean;
};

const mostBody = 5_000_000;

/** The connector over HTTP, below `/teams/{tenant}/`, which is every tenant's serviceUrl. False: it is something else. */
export function createConnectorServer({ state, faults, authorized, rates }: ConnectorOptions) {
  const within = createRates(state.now);
  return async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
    const asked = whatIsAsked(request.method ?? 'GET', url);
    if (!asked) return false;
    const bytes = await bytesOf(request);
    const call: Call = { ...asked, body: jsonOf(bytes), at: state.now(), status: 0, code: '', reason: '' };
    state.calls.push(call);
    if (authorized && !(await authorized(request.headers.authorization))) {
      send(response, call, { status: 401, body: { message: 'Authorization has been denied for this request.' } });
      return true;
    }
    const act = (): Reply => attempt(state, { ...asked, body: call.body, query: url.searchParams });
    const fault = faults.take(call);
    const throttled = rates && isSending(call.operation) && !within.take(call.conversation);
    const reply = fault ? await applied(fault, act) : throttled ? throttledReply() : act();
    if (reply === 'silence') return true;
    if (reply === 'break') response.destroy();
    else send(response, call, reply);
    state.changed();
    return true;
  };
}

function attempt(state: State, asked: Asked): Reply {
  try {
    return perform(state, asked);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.code === 'MessageWritesBlocked') return documented.MessageWritesBlocked;
    return { status: error.status, body: { error: { code: error.code, message: error.message } } };
  }
}

// The page that rates.ts follows has limits of their own, twice as high, for what is read; Plumb stays far below.
function isSending(operation: Operation): boolean {
  return ['createConversation', 'post', 'reply', 'update', 'delete'].includes(operation);
}

function throttledReply(): Reply {
  return { ...documented.Throttled, headers: { 'retry-after': '1' } };
}

const routes: readonly { method: string; pattern: RegExp; operation: Operation }[] = [
  { method: 'POST', pattern: /^conversations$/, operation: 'createConversation' },
  { method: 'POST', pattern: /^conversations\/([^/]+)\/activities$/, operation: 'post' },
  { method: 'POST', pattern: /^conversations\/([^/]+)\/activities\/([^/]+)$/, operation: 'reply' },
  { method: 'PUT', pattern: /^conversations\/([^/]+)\/activities\/([^/]+)$/, operation: 'update' },
  { method: 'DELETE', pattern: /^conversations\/([^/]+)\/activities\/([^/]+)$/, operation: 'delete' },
  { method: 'GET', pattern: /^conversations\/([^/]+)\/members$/, operation: 'members' },
  { method: 'GET', pattern: /^conversations\/([^/]+)\/pagedmembers$/, operation: 'pagedMembers' },
  { method: 'GET', pattern: /^conversations\/([^/]+)\/members\/([^/]+)$/, operation: 'member' },
  { method: 'GET', pattern: /^teams\/([^/]+)\/conversations$/, operation: 'channels' },
  { method: 'GET', pattern: /^teams\/([^/]+)$/, operation: 'team' },
];

function whatIsAsked(method: string, url: URL): Omit<Asked, 'body' | 'query'> | undefined {
  const [, tenant, path] = /^\/teams\/([^/]+)\/v3\/(.+)$/.exec(url.pathname) ?? [];
  if (tenant === undefined || path === undefined) return undefined;
  for (const route of routes) {
    const [whole, conversation = '', activityId] = route.pattern.exec(path) ?? [];
    if (whole === undefined || route.method !== method) continue;
    const activity = activityId === undefined ? undefined : decodeURIComponent(activityId);
    return { operation: route.operation, tenant: decodeURIComponent(tenant), conversation: decodeURIComponent(conversation), activityId: activity };
  }
  return undefined;
}

function send(response: ServerResponse, call: Call, { status, body, headers = {} }: Reply): void {
  call.status = status;
  Object.assign(call, refusalIn(body));
  response.writeHead(status, { ...headers, ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }) });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function refusalIn(body: unknown): Pick<Call, 'code' | 'reason'> {
  return { code: stringIn(body, 'error', 'code') ?? '', reason: stringIn(body, 'error', 'message') ?? stringIn(body, 'message') ?? '' };
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    length += bytes.length;
    if (length > mostBody) throw new Error('A body is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function jsonOf(bytes: Buffer): Json {
  if (bytes.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
