import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readPayload } from '../../fixtures/teams/read-payload.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

jest.setTimeout(120_000);

const clock = { now: () => Date.now() };
let teams: FakeTeams;
let openId: OpenIdServer;
let signedIn: OpenPlumb;
let local: OpenPlumb;
beforeAll(async () => {
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  openId = await openOpenIdServer();
  teams = await openFakeTeams({ app: { id: openId.appId } });
  signedIn = await openPlumb({ clock, openId, allowedTenants: [teams.tenant()] });
  local = await openPlumb({ clock, openId: undefined });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await signedIn.close();
  await local.close();
  await teams.close();
  await openId.close();
});

type Answered = { status: number; body: string };

/** As it stands on the wire: header names may come twice, in any writing. */
function post(to: OpenPlumb, body: unknown, headers: readonly [string, string][] = [['content-type', 'application/json']]): Promise<Answered> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { hostname, port, pathname, host } = new URL(to.messagesUrl);
  const lines = [['host', host], ['content-length', String(Buffer.byteLength(text))], ...headers];
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path: pathname, method: 'POST', headers: lines.flat(), agent: false }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: answer }));
    });
    asking.on('error', reject).end(text);
  });
}

function typing(change: object = {}): object {
  const dana = teams.person('dana');
  return {
    type: 'typing',
    id: '1',
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl(),
    from: { id: dana.accountId, aadObjectId: dana.id },
    recipient: { id: teams.botId },
    conversation: { id: teams.personal('dana'), conversationType: 'personal', tenantId: teams.tenant() },
    ...change,
  };
}

describe('an activity that is made up of anything', () => {
  const folders = ['activities', 'invokes', 'playground'];
  const recorded = folders.flatMap((folder) => readdirSync(new URL(`../../fixtures/teams/${folder}`, import.meta.url)).map((file) => `${folder}/${file}`));
  const anything: readonly unknown[] = [
    'half \ud800 of \u0000 a sign \u202e',
    JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":1,"length":-1}'),
    [[[null, 0, 'x', {}]], { id: {} }],
  ];

  it.each(recorded)('%s: gets an answer without a word, and does not come back', async (file) => {
    const whole = { ...Object(readPayload(file.replace('.json', ''))), serviceUrl: teams.serviceUrl() };
    const answers: Promise<{ at: string; answer: Answered }>[] = [];
    for (const at of pathsOf(whole)) {
      if (at[0] === 'serviceUrl') continue;
      for (const value of anything) answers.push(post(local, withValue(whole, at, value)).then((answer) => ({ at: at.join('.'), answer })));
    }
    const odd = (await Promise.all(answers)).filter(({ answer: { status, body } }) => ![200, 400, 501].includes(status) || (status >= 400 && body !== ''));
    expect(odd).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each<[string, () => unknown]>([
    ['deep', () => `{"type":"message","serviceUrl":${JSON.stringify(teams.serviceUrl())},"value":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}}`],
    [
      'with ten thousand mentions',
      () =>
        typing({
          type: 'message',
          text: '<at>a</at>'.repeat(10_000),
          entities: many(5_000, { type: 'mention', text: '<at>a</at>', mentioned: { id: '29:a' } }),
        }),
    ],
    ['with markup that never ends', () => typing({ type: 'message', text: '<at '.repeat(100_000) })],
    ['with HTML that never ends', () => typing({ type: 'message', textFormat: 'xml', text: '<blockquote '.repeat(30_000) })],
  ])('%s: is answered soon', async (_, body) => {
    const begun = performance.now();
    expect((await post(local, body())).status).toBeLessThan(500);
    // Teams waits 15 s; a machine under load is slow, and what grows with the square of the text takes minutes.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('a token', () => {
  const json = ['content-type', 'application/json'] as [string, string];
  const claims = (): Record<string, unknown> => ({
    iss: 'https://api.botframework.com',
    aud: openId.appId,
    exp: 4_000_000_000,
    serviceurl: teams.serviceUrl(),
  });

  it.each<[string, () => Promise<string>]>([
    ['written as bearer', async () => (await openId.authorize(teams.serviceUrl())).replace('Bearer', 'bearer')],
    ['in quotes', async () => (await openId.authorize(teams.serviceUrl())).replace(/ (.*)/, ' "$1"')],
    ['with something behind it', async () => `${await openId.authorize(teams.serviceUrl())} x`],
    ['for several bots', async () => `Bearer ${await openId.issue({ serviceUrl: teams.serviceUrl(), claims: { aud: [openId.appId, 'other'] } })}`],
    ['for this bot in other letters', async () => `Bearer ${await openId.issue({ serviceUrl: teams.serviceUrl(), audience: openId.appId.toUpperCase() })}`],
    [
      'of a list of issuers',
      async () => `Bearer ${await openId.issue({ serviceUrl: teams.serviceUrl(), claims: { iss: Object(['https://api.botframework.com']) } })}`,
    ],
    ['of the government cloud', async () => `Bearer ${await openId.issue({ serviceUrl: teams.serviceUrl(), issuer: 'https://api.botframework.us' })}`],
    ['that names addresses in a list', async () => `Bearer ${await openId.issue({ serviceUrl: null, claims: { serviceurl: [teams.serviceUrl()] } })}`],
    ['that names the address under another name', async () => `Bearer ${await openId.issue({ serviceUrl: null, claims: { serviceUrl: teams.serviceUrl() } })}`],
    ['for almost this address', async () => openId.authorize(teams.serviceUrl().replace(/\/$/, ''))],
    ['that ends as a word says', async () => `Bearer ${await openId.issue({ serviceUrl: teams.serviceUrl(), claims: { exp: Object('4000000000') } })}`],
    ['whose key is a path', async () => unsigned({ alg: 'RS256', kid: '../../keys' })],
    ['whose key is an object', async () => unsigned({ alg: 'RS256', kid: { toString: 1 } })],
    ['whose key is called __proto__', async () => unsigned({ alg: 'RS256', kid: '__proto__' })],
    [
      'that brings its key along',
      async () => unsigned({ alg: 'RS256', kid: openId.currentKid(), jku: `${openId.url}/keys`, x5u: `${openId.url}/keys`, jwk: {} }),
    ],
    ['that is of no algorithm in odd letters', async () => unsigned({ alg: 'nOnE', kid: openId.currentKid() })],
    ['of dots', async () => `Bearer ${'.'.repeat(9_000)}`],
    ['as long as a header may be', async () => `Bearer ${'A'.repeat(15_000)}`],
  ])('%s: refused with nothing said', async (_, header) => {
    expect(await post(signedIn, typing(), [json, ['authorization', await header()]])).toEqual({ status: 401, body: '' });
  });

  it('that is good does not help one that comes before it', async () => {
    const good = await openId.authorize(teams.serviceUrl());
    const twice = (one: string, other: string) => post(signedIn, typing(), [json, ['authorization', one], ['Authorization', other]]);
    expect((await twice(await unsigned({ alg: 'none' }), good)).status).toBe(401);
  });

  it.each([
    'https://smba@evil.example/',
    'https://smba:x@evil.example/',
    'https://evil.example/?',
    'https://evil.example/#',
    ' https://evil.example/',
    'https:\\\\evil.example/',
    'http://smba.trafficmanager.net/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
  ])('even a good one does not make %j an address that is called', async (serviceUrl) => {
    const authorization = await openId.authorize(serviceUrl);
    expect(await post(signedIn, typing({ serviceUrl }), [json, ['authorization', authorization]])).toEqual({ status: 400, body: '' });
  });

  async function unsigned(header: object): Promise<string> {
    const [first, second] = [header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return `Bearer ${first}.${second}.${Buffer.from('x'.repeat(256)).toString('base64url')}`;
  }
});

describe('without sign-in', () => {
  it.each<[string, readonly [string, string][]]>([
    [
      'of a page elsewhere',
      [
        ['content-type', 'application/json'],
        ['origin', 'https://evil.example'],
      ],
    ],
    [
      'of a page in a frame of its own',
      [
        ['content-type', 'application/json'],
        ['origin', 'null'],
      ],
    ],
    [
      'of a page that is on this machine too',
      [
        ['content-type', 'application/json'],
        ['origin', 'http://127.0.0.1:8080'],
      ],
    ],
    ['of a form', [['content-type', 'text/plain']]],
    ['of a page that hides its type', [['content-type', 'text/plain; application/json']]],
  ])('nothing is taken that comes %s', async (_, headers) => {
    expect([403, 415]).toContain((await post(local, typing(), headers)).status);
  });

  it.each([
    'http://127.0.0.1@evil.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'https://smba.trafficmanager.net/',
    'http://10.0.0.1/',
    'http://[::ffff:10.0.0.1]/',
    'http://0.0.0.0/',
    'http://169.254.169.254/',
  ])('nothing is taken whose answers would go to %s', async (serviceUrl) => {
    expect(await post(local, typing({ serviceUrl }))).toEqual({ status: 400, body: '' });
  });
});

function* pathsOf(value: unknown, before: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [...before, key];
    yield* pathsOf(inner, [...before, key]);
  }
}

function withValue(whole: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(whole) ? [...whole] : { ...Object(whole) };
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}

function many(count: number, one: object): object[] {
  return Array.from({ length: count }, () => one);
}
