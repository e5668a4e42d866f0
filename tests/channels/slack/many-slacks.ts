import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';
import type { TeamSeed } from './fake-slack/seed.ts';

/*
 * Several Slacks that know nothing of each other behind one address of the Web API, as workspaces are behind slack.com, and one Plumb that all of them
 * install. Their people, channels and bots have the same ids in each; what they say, and what they are called, has a word of its own (`marker`).
 */
export type Organisation = { tenant: string; team: string; marker: string; slack: FakeSlack; whole: 'team' | 'organisation' };

export const ids = { dana: 'U0DANA001', priya: 'U0PRIYA01', tomas: 'U0TOMAS01', sales: 'C0SALES01' } as const;
const publicUrl = 'https://plumb.test';

export type ManySlacks = {
  organisations: Record<'north' | 'south' | 'grid', Organisation>;
  /** The Web API, for SLACK_API_URL. */
  apiUrl: string;
  env: Record<string, string>;
  start(options?: { dataDir?: string; env?: Record<string, string> }): Promise<Running>;
  /** Where the events of all Slacks go: to each in turn, where there are several. */
  target(plumb: Running, ...others: Running[]): void;
  close(): Promise<void>;
};

/** `rotating`: tokens end after so many seconds (Slack: 43,200), and are renewed two hours before that. */
export async function openManySlacks({ rotating }: { rotating?: number } = {}): Promise<ManySlacks> {
  let plumb: Running | undefined;
  let others: readonly Running[] = [];
  let sent = 0;
  // The same moments too, so that messages have the same ids; in working hours, so that nothing is held back.
  const startedAt = nextWorkingHour(Date.now());
  const open = async (tenant: string, marker: string, teams: readonly TeamSeed[], enterprise?: string): Promise<Organisation> => ({
    tenant,
    team: teams[0]?.id ?? '',
    marker,
    whole: enterprise === undefined ? 'team' : 'organisation',
    slack: await openFakeSlack({
      requestUrl: () => {
        const to = [...(plumb ? [plumb] : []), ...others];
        sent += 1;
        const next = to[sent % to.length];
        return next && `${publicAddress(next)}/slack/events`;
      },
      ...(rotating !== undefined && { rotating }),
      teams,
      now: () => startedAt,
      enterprises: enterprise === undefined ? [] : [{ id: enterprise, name: marker }],
    }),
  });
  const organisations = {
    north: await open('T0NORTH01', 'Quillfeather', [team('T0NORTH01', 'Quillfeather')]),
    south: await open('T0SOUTH01', 'Marrowgate', [team('T0SOUTH01', 'Marrowgate')]),
    grid: await open('E0GRID001', 'Tidewheel', [team('T0GRIDA01', 'Tidewheel', 'E0GRID001')], 'E0GRID001'),
  };
  const slacks = Object.values(organisations).map(({ slack }) => slack);
  const front = await openFront(slacks);
  const { app } = organisations.north.slack;
  const env = {
    HOST: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    SLACK_API_URL: front.apiUrl,
    SLACK_SIGNING_SECRET: app.signingSecret,
    SLACK_CLIENT_ID: app.clientId,
    SLACK_CLIENT_SECRET: app.clientSecret,
    SLACK_STATE_SECRET: 'a-secret-that-signs-the-state',
    SECRET_KEY: 'a-key-of-more-than-32-characters-for-tests',
    LOG_LEVEL: 'trace',
    ENCODER: 'off',
    PLUMB_CLOCK_OFFSET: String(startedAt - Date.now()),
  };
  return {
    organisations,
    apiUrl: front.apiUrl,
    env,
    start: ({ dataDir, env: more } = {}) => startPlumb({ ...(dataDir !== undefined && { dataDir }), env: { ...env, ...more } }),
    target(next, ...more) {
      plumb = next;
      others = more;
    },
    async close() {
      await Promise.all(slacks.map((slack) => slack.close()));
      await front.close();
    },
  };
}

/** A Wednesday afternoon: morning in America and still day in Europe. */
function nextWorkingHour(now: number): number {
  const date = new Date(now);
  date.setUTCHours(15, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() + ((3 - date.getUTCDay() + 7) % 7 || 7));
  return date.getTime();
}

function team(id: string, marker: string, enterprise?: string): TeamSeed {
  const name = (given: string) => `${given} ${marker}`;
  return {
    id,
    name: marker,
    ...(enterprise !== undefined && { enterprise }),
    installed: false,
    people: [
      { id: ids.dana, name: 'dana', realName: name('Dana') },
      { id: ids.priya, name: 'priya', realName: name('Priya'), isAdmin: true, isOwner: true },
      { id: ids.tomas, name: 'tomas', realName: name('Tomas') },
    ],
    channels: [
      { id: ids.sales, name: `sales-${marker.toLowerCase()}` },
      { id: `C0${id.slice(2)}`, name: `board-${marker.toLowerCase()}`, private: true, members: ['priya'] },
    ],
  };
}

/** The public address, which Plumb logs when it is ready. */
function publicAddress(plumb: Running): string {
  const found = /"url":"([^"]+)\/slack\/events"/.exec(plumb.log.join(''))?.[1];
  if (found === undefined) throw new Error('Plumb does not serve Slack over HTTP (yet).');
  return found;
}

/** Installs Plumb as an admin does: over /slack/install, Slack's page and back. Returns the page that they see in the end. */
export async function install(plumb: Running, { slack, whole }: Organisation, installer: string = ids.priya): Promise<{ status: number; page: string }> {
  const begun = await fetch(`${publicAddress(plumb)}/slack/install`, { redirect: 'manual' });
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const back = new URL(slack.allow(begun.headers.get('location') ?? '', installer, whole));
  const done = await fetch(`${publicAddress(plumb)}${back.pathname}${back.search}`, { headers: { cookie } });
  return { status: done.status, page: await done.text() };
}

/** One address of the Web API for all of them: a token, a code or a refresh token tells whose it is. */
async function openFront(slacks: readonly FakeSlack[]): Promise<{ apiUrl: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const body = await bodyOf(request);
      const slack = slackFor(slacks, request, body.toString('utf8')) ?? slacks[0];
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const answer = await fetch(`${slack?.url}${request.url}`, {
        method: request.method ?? 'POST',
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        ...(request.method === 'GET' ? {} : { body: new Uint8Array(body) }),
      });
      const retry = answer.headers.get('retry-after');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
        'x-oauth-scopes': answer.headers.get('x-oauth-scopes') ?? '',
        ...(retry !== null && { 'retry-after': retry }),
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function slackFor(slacks: readonly FakeSlack[], request: IncomingMessage, body: string): FakeSlack | undefined {
  const fields = new URLSearchParams(body);
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? fields.get('token') ?? '';
  const [code, refresh] = [fields.get('code') ?? '', fields.get('refresh_token') ?? ''];
  return slacks.find(({ state }) => state.tokens.has(token) || state.codes.has(code) || state.refreshTokens.has(refresh));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Sends something to Plumb that Slack has signed. `payload` goes as an interaction, `fields` as a command, `event` as JSON. */
export async function sendSigned(
  plumb: Running,
  what: { payload: unknown } | { fields: Record<string, string> } | { event: unknown } | { body: string; type: string },
  { secret = 'local-signing-secret', at = Date.now() }: { secret?: string; at?: number } = {},
): Promise<{ status: number; text: string }> {
  const json = 'event' in what;
  const body =
    'body' in what
      ? what.body
      : json
        ? JSON.stringify(what.event)
        : new URLSearchParams('fields' in what ? what.fields : { payload: JSON.stringify(what.payload) }).toString();
  const type = 'body' in what ? what.type : json ? 'application/json' : 'application/x-www-form-urlencoded';
  const timestamp = String(Math.floor(at / 1_000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const response = await fetch(`${publicAddress(plumb)}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Everything that a workspace was ever given: calls, answers, what stands in it. */
export function everythingIn({ slack }: Organisation): string {
  const { state } = slack;
  return JSON.stringify([slack.calls, slack.deliveries.map(({ answer }) => answer.body), [...state.messages], state.ephemerals, [...state.views]]);
}
