import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Announce } from './announce.ts';
import { argumentsOf, type Raw, readArguments } from './arguments.ts';
import type { Faults } from './faults.ts';
import { auth } from './methods/auth.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { files } from './methods/files.ts';
import type { Method } from './methods/method.ts';
import { users } from './methods/users.ts';
import { views } from './methods/views.ts';
import { type Json, SlackError, type Token } from './model.ts';
import { answerOauth } from './oauth.ts';
import type { State } from './state.ts';

const methods: ReadonlyMap<string, Method> = new Map(Object.entries({ ...auth, ...chat, ...conversations, ...files, ...users, ...views }));

export type WebApiOptions = { state: State; announce: Announce; faults: Faults; openSocket: () => string; tokenLifetimeSeconds: number };

/** Answers POST and GET /api/<method>. */
export function createWebApi(options: WebApiOptions) {
  const { state, faults } = options;

  return async function answer(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): Promise<void> {
    const name = url.pathname.slice('/api/'.length);
    const call = { method: name, team: undefined as string | undefined, body: {} as Json, at: Date.now(), answer: 'pending' };
    state.calls.push(call);
    let raw: Raw | undefined;
    const perform = async (): Promise<Json> => {
      const reply = await perhaps(async () => {
        raw ??= readArguments(request, url, body);
        return run(options, name, raw, request);
      });
      call.answer = reply['ok'] === true ? 'ok' : String(reply['error']);
      return reply;
    };
    try {
      raw = readArguments(request, url, body);
      call.body = withStructures(raw.body);
      call.team = teamOf(state, raw.token);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
    }
    const fault = faults.take(name, call.body, call.team);
    if (fault) {
      call.answer = fault.kind;
      return faults.apply(fault, perform, response);
    }
    send(response, 200, await perform(), state.tokens.get(raw?.token ?? ''));
  };
}

async function run(options: WebApiOptions, name: string, raw: Raw, request: IncomingMessage): Promise<Json> {
  const { state, announce } = options;
  if (name === 'apps.connections.open') {
    if (raw.token !== state.app.appToken)
      throw new SlackError(raw.token === undefined ? 'not_authed' : state.tokens.has(raw.token) ? 'not_allowed_token_type' : 'invalid_auth');
    return { url: options.openSocket() };
  }
  const oauth = await answerOauth({ ...options, name, args: argumentsOf(raw.body), request });
  if (oauth) return oauth;
  const method = methods.get(name);
  if (!method) throw new SlackError('unknown_method', { req_method: name });
  const token = validToken(state, raw.token);
  for (const needed of method.scopes) {
    if (!token.install.scopes.includes(needed)) throw new SlackError('missing_scope', { needed, provided: token.install.scopes.join(',') });
  }
  return method.run({ state, announce, token, install: token.install, args: argumentsOf(raw.body) });
}

function validToken(state: State, value: string | undefined): Token {
  if (value === undefined) throw new SlackError('not_authed');
  if (value === state.app.appToken) throw new SlackError('not_allowed_token_type');
  const token = state.tokens.get(value);
  if (!token) throw new SlackError('invalid_auth');
  if (!token.install.active) throw new SlackError('account_inactive');
  if (token.revoked) throw new SlackError('token_revoked');
  if (token.expiresAt !== undefined && token.expiresAt <= Date.now()) throw new SlackError('token_expired');
  return token;
}

async function perhaps(act: () => Promise<Json>): Promise<Json> {
  try {
    return { ok: true, ...(await act()) };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, error: error.code, ...error.more };
    throw error;
  }
}

function teamOf(state: State, token: string | undefined): string | undefined {
  const install = state.tokens.get(token ?? '')?.install;
  return install?.teamId ?? install?.enterpriseId;
}

/** Form fields that hold JSON are kept read, so that assertions look the same for both kinds of body. */
function withStructures(body: Json): Json {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [key, value];
      try {
        return [key, JSON.parse(value)];
      } catch {
        return [key, value];
      }
    }),
  );
}

export function send(response: ServerResponse, status: number, body: Json, token?: Token): void {
  if (token) response.setHeader('x-oauth-scopes', token.install.scopes.join(','));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
