import { createServer, type IncomingMessage } from 'node:http';

type Answer = Record<string, unknown>;
type Call = { method: string; form: URLSearchParams; token: string };

/** The two methods of Slack that installing needs, with refresh tokens that work once. */
export type TokenSlack = {
  apiUrl: string;
  calls: Call[];
  /** Answers the next calls of a method, in this order; `off` breaks the connection. */
  next(method: string, ...answers: (Answer | 'off')[]): void;
  /** The token and refresh token that were given out last. */
  latest(): { token: string; refreshToken: string };
  close(): Promise<void>;
};

export const where = { team: { id: 'T1', name: 'Acme' }, enterprise: null, is_enterprise_install: false };

export async function openTokenSlack({ scopes = '' }: { scopes?: string } = {}): Promise<TokenSlack> {
  const calls: Call[] = [];
  const planned = new Map<string, (Answer | 'off')[]>();
  let issued = 0;
  const latest = () => ({ token: `xoxe.xoxb-${issued}`, refreshToken: `xoxe-${issued}` });

  function issue(): Answer {
    issued += 1;
    const { token, refreshToken } = latest();
    return { ok: true, access_token: token, refresh_token: refreshToken, expires_in: 43_200, token_type: 'bot', scope: 'chat:write', bot_user_id: 'UBOT' };
  }

  function answer({ method, form, token }: Call): Answer | 'off' {
    const given = planned.get(method)?.shift();
    if (given !== undefined) return given;
    if (method === 'auth.test') {
      return token === '' ? { ok: false, error: 'not_authed' } : { ok: true, url: 'https://acme.slack.com/', team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' };
    }
    if (method !== 'oauth.v2.access') return { ok: false, error: 'unknown_method' };
    if (form.get('client_secret') !== 'client secret') return { ok: false, error: 'bad_client_secret' };
    if (form.get('grant_type') !== 'refresh_token') return { ...issue(), ...where, app_id: 'A1', authed_user: { id: 'U7' } };
    if (form.get('refresh_token') !== latest().refreshToken) return { ok: false, error: 'invalid_refresh_token' };
    return issue();
  }

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const call = { method: (request.url ?? '').split('/').at(-1) ?? '', form: new URLSearchParams(body), token: tokenOf(request) };
      calls.push(call);
      const given = answer(call);
      if (given === 'off') {
        response.destroy();
        return;
      }
      // Not chained: restify changes Node's writeHead in the whole process, and then it returns nothing.
      response.writeHead(200, { 'content-type': 'application/json', ...(scopes && { 'x-oauth-scopes': scopes }) });
      response.end(JSON.stringify(given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in for Slack has no port.');
  issue();
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    calls,
    next: (method, ...answers) => planned.set(method, [...(planned.get(method) ?? []), ...answers]),
    latest,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function tokenOf(request: IncomingMessage): string {
  return (request.headers.authorization ?? '').replace(/^Bearer /, '');
}
