import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../../../src/channels/teams/answer.ts';
import { createReceiver } from '../../../src/channels/teams/receiver.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { createServer } from '../../../src/server.ts';
import { createLog } from '../../app/kit.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const localUrl = 'http://localhost:56150/_connector';
const activity = { type: 'message', channelId: 'msteams', serviceUrl, text: 'Lunch, anyone?' };

const opened: (() => Promise<void>)[] = [];
beforeEach(() => {
  // The library of the Bot Framework writes there about each token that it refuses.
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const close of opened.splice(0)) await close();
});

type Open = {
  url: string;
  taken: Record<string, unknown>[];
  log: ReturnType<typeof createLog>;
  identity: OpenIdServer;
  post(body: unknown, headers?: Record<string, string | undefined>): Promise<{ status: number; body: string; type: string | null }>;
};

async function open(options: { local?: boolean; answer?: () => Promise<Answer> } = {}): Promise<Open> {
  const { local = false, answer = async () => ({ status: 200 }) } = options;
  const identity = await openOpenIdServer();
  const log = createLog();
  const taken: Record<string, unknown>[] = [];
  const { appId: id, tenantId, password, endpoints } = identity;
  const app = local ? undefined : { id, tenantId, secret: { kind: 'password' as const, password } };
  const receiver = createReceiver({
    signIn: createSignIn({ app, endpoints, logger: log }),
    local,
    take: async (given) => {
      taken.push(given);
      return answer();
    },
    logger: log,
  });
  const server = createServer({
    local: { port: 0, mount: receiver.mount },
    metrics: { text: async () => '', contentType: 'text/plain' },
    metricsToken: undefined,
    checks: {},
    logger: log,
  });
  const url = `${(await server.listen()).local}/api/messages`;
  opened.push(() => server.close(0), identity.close);
  return {
    url,
    taken,
    log,
    identity,
    async post(body, headers = {}) {
      const given = { 'content-type': 'application/json', ...(!local && { authorization: await identity.authorize(serviceUrl) }), ...headers };
      const sent = Object.entries(given).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
      const response = await fetch(url, { method: 'POST', headers: sent, body: typeof body === 'string' ? body : JSON.stringify(body) });
      return { status: response.status, body: await response.text(), type: response.headers.get('content-type') };
    },
  };
}

const refused = (status: number) => ({ status, body: '', type: null });

describe('an activity', () => {
  it('of the connector is taken as it came', async () => {
    const { post, taken } = await open();
    expect(await post(activity)).toEqual(refused(200));
    expect(taken).toEqual([activity]);
  });

  it('gets the answer that an invoke waits for', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Größe' };
    const { post } = await open({ answer: async () => ({ status: 200, body }) });
    const answer = await post({ ...activity, type: 'invoke' });
    expect(answer).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
    expect(JSON.parse(answer.body)).toEqual(body);
  });

  it('gets a status of its own without a body', async () => {
    const { post } = await open({ answer: async () => ({ status: 501 }) });
    expect(await post({ ...activity, type: 'invoke' })).toEqual(refused(501));
  });

  it('that could not be stored is asked for again, with nothing said', async () => {
    const { post, log } = await open({
      answer: async () => {
        throw new Error('Lunch, anyone?');
      },
    });
    expect(await post(activity)).toEqual(refused(503));
    expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  it('of a type that nobody knows yet is taken too', async () => {
    const { post, taken } = await open();
    expect(await post({ ...activity, type: 'somethingNew', more: [1, { deep: true }] })).toEqual(refused(200));
    expect(taken).toHaveLength(1);
  });

  it('may say how its text is written', async () => {
    const { post } = await open();
    expect((await post(activity, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(200);
  });

  it.each<[string, number, unknown]>([
    ['without a service URL', 400, { type: 'message', channelId: 'msteams' }],
    ['with a service URL that is none', 400, { ...activity, serviceUrl: 'smba' }],
    ['with an empty service URL', 400, { ...activity, serviceUrl: '' }],
    ['with a service URL that is no text', 400, { ...activity, serviceUrl: { toString: 'x' } }],
    ['whose answers would go unencrypted', 400, { ...activity, serviceUrl: 'http://smba.trafficmanager.net/emea/' }],
    ['without a type', 400, { channelId: 'msteams', serviceUrl }],
    ['with an empty type', 400, { ...activity, type: '' }],
    ['that is a list', 400, [activity]],
    ['that is nothing', 400, null],
    ['that is cut short', 400, JSON.stringify(activity).slice(0, -1)],
    ['that is empty', 400, ''],
    ['of more than half a megabyte', 400, { ...activity, text: 'x'.repeat(500_000) }],
  ])('%s is refused with %d', async (_, status, body) => {
    const { post, taken } = await open();
    expect(await post(body)).toEqual(refused(status));
    expect(taken).toEqual([]);
  });

  it.each([
    ['as plain text', { 'content-type': 'text/plain' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['as something that only looks like JSON', { 'content-type': 'application/jsonp' }],
    ['in packed form', { 'content-encoding': 'gzip' }],
  ])('%s is not read', async (_, headers) => {
    const { post, taken } = await open();
    expect(await post(activity, headers)).toEqual(refused(415));
    expect(taken).toEqual([]);
  });
});

describe('who sent it', () => {
  it.each<[string, (identity: OpenIdServer) => Promise<string | undefined>]>([
    ['nobody', async () => undefined],
    ['somebody with garbage', async () => 'Bearer garbage'],
    ['another connector', (identity) => identity.authorize('https://elsewhere.example/')],
    ['somebody with a key of their own', async (identity) => `Bearer ${await identity.issue({ serviceUrl, key: await identity.foreignKey() })}`],
  ])('%s: refused with nothing said', async (_, authorization) => {
    const { post, taken, identity, log } = await open();
    expect(await post(activity, { authorization: await authorization(identity) })).toEqual(refused(401));
    expect(taken).toEqual([]);
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    expect(log.lines.join()).not.toContain('Lunch');
  });

  it('it cannot be found out while the identity service does not answer, so it is asked for again', async () => {
    const { post, taken, identity } = await open();
    identity.behave('fail');
    expect(await post(activity)).toEqual(refused(503));
    expect(taken).toEqual([]);
    identity.behave('well');
    expect(await post(activity)).toEqual(refused(200));
  });
});

describe('on this machine alone', () => {
  const local = { ...activity, serviceUrl: localUrl };

  it.each([[localUrl], ['http://127.0.0.1:4000'], ['http://[::1]:4000/connector']])('a connector at %s needs no token', async (own) => {
    const { post, taken } = await open({ local: true });
    expect(await post({ ...local, serviceUrl: own })).toEqual(refused(200));
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['http://192.168.1.7:4000/'],
    [serviceUrl],
    ['http://localhost.example.com/'],
    ['http://localhost@example.com/'],
    ['http://127.0.0.1@example.com/'],
    ['file://localhost/etc/passwd'],
  ])('a connector at %s is refused', async (elsewhere) => {
    const { post, taken } = await open({ local: true });
    expect(await post({ ...local, serviceUrl: elsewhere })).toEqual(refused(400));
    expect(taken).toEqual([]);
  });

  it('a web page cannot post: neither with the type that pages may send, nor with ours', async () => {
    const { post, taken, url } = await open({ local: true });
    const origin = 'https://pages.example';
    expect(await post(local, { origin, 'content-type': 'text/plain' })).toEqual(refused(415));
    expect(await post(local, { origin })).toEqual(refused(403));
    expect(await post(local, { origin: 'null' })).toEqual(refused(403));
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect(taken).toEqual([]);
  });

  it('a name that only leads here is not answered', async () => {
    const { url, taken } = await open({ local: true });
    const status = await new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers: { host: 'rebound.example', 'content-type': 'application/json' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(local));
    });
    expect(status).toBe(421);
    expect(taken).toEqual([]);
  });
});

it('whoever only looks whether somebody is there is told so', async () => {
  const { url, taken } = await open();
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(url)).status).toBe(405);
  expect(taken).toEqual([]);
});
