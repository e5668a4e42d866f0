import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { createSignIn, type SignIn } from '../../../src/channels/teams/sign-in.ts';
import { createLog } from '../../app/kit.ts';
import { type IssueOptions, type OpenIdServer, openOpenIdServer } from './open-id-server.ts';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const activity = { type: 'message', channelId: 'msteams', serviceUrl };
const log = createLog();
const ago = (seconds: number): number => Math.floor(Date.now() / 1_000) - seconds;

let server: OpenIdServer;
let signIn: SignIn;
beforeAll(async () => {
  // The library of the Bot Framework writes there about each token that it refuses.
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  server = await openOpenIdServer();
});
beforeEach(() => {
  signIn = signInOf(server);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

function signInOf({ appId, password, tenantId, endpoints }: OpenIdServer): SignIn {
  return createSignIn({ app: { id: appId, tenantId, secret: { kind: 'password', password } }, endpoints, logger: log });
}

async function verdict(options: IssueOptions = {}, of: { channelId?: unknown; serviceUrl: string } = activity): Promise<string> {
  return signIn.check(of, `Bearer ${await server.issue({ serviceUrl, ...options })}`);
}

/** A token put together by hand, as only somebody who wants to get in does. */
function forged(header: object, claims: object, signature: (signed: string) => string): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `Bearer ${signed}.${signature(signed)}`;
}

const claims = () => ({ iss: 'https://api.botframework.com', aud: server.appId, serviceurl: serviceUrl, exp: ago(-3_600), nbf: ago(10) });

describe('an activity with a token of the Bot Connector', () => {
  it('is genuine', async () => {
    expect(await verdict()).toBe('genuine');
  });

  it.each<[string, () => IssueOptions]>([
    ['for another bot', () => ({ audience: 'b3c1f6d0-0000-0000-0000-000000000000' })],
    ['for several bots', () => ({ claims: { aud: [server.appId, 'another'] } })],
    ['of another issuer', () => ({ issuer: 'https://login.example.com' })],
    ['of the government cloud', () => ({ issuer: 'https://api.botframework.us' })],
    ['that ended six minutes ago', () => ({ expiresAt: ago(360) })],
    ['that never ends', () => ({ expiresAt: null })],
    ['that begins in six minutes', () => ({ notBefore: ago(-360) })],
    ['without a service URL', () => ({ serviceUrl: null })],
    ['for another service URL', () => ({ serviceUrl: 'https://smba.trafficmanager.net/amer/' })],
    ['for a service URL that only begins the same', () => ({ serviceUrl: serviceUrl.slice(0, -1) })],
  ])('%s is refused', async (_, options) => {
    expect(await verdict(options())).toBe('refused');
  });

  it('is genuine where clocks differ by four minutes', async () => {
    expect(await verdict({ expiresAt: ago(240) })).toBe('genuine');
    expect(await verdict({ notBefore: ago(-240) })).toBe('genuine');
  });

  it.each<{ channelId: unknown }>(['webchat', 'directline', 'emulator', 'AseChannel', '', undefined, null, ['msteams']].map((channelId) => ({ channelId })))(
    'is refused when it says that it comes from $channelId',
    async ({ channelId }) => {
      expect(await verdict({}, { channelId, serviceUrl })).toBe('refused');
    },
  );
});

describe('a key', () => {
  it('that is not published is refused', async () => {
    expect(await verdict({ key: await server.foreignKey() })).toBe('refused');
  });

  it('that signs in the name of a published one is refused', async () => {
    expect(await verdict({ key: await server.foreignKey(server.currentKid()) })).toBe('refused');
  });

  it.each<[string, string[] | undefined]>([
    ['for other channels', ['webchat', 'directline']],
    ['for none', []],
    ['by nobody', undefined],
  ])('that is endorsed %s is refused', async (_, channels) => {
    server.endorse(channels);
    expect(await verdict()).toBe('refused');
    server.endorse(['msteams']);
    expect(await signInOf(server).check(activity, await server.authorize(serviceUrl))).toBe('genuine');
  });
});

describe('an Authorization header', () => {
  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['that is missing', () => undefined],
    ['that is empty', () => ''],
    ['with nothing but a space', () => ' '],
    ['without a token', () => 'Bearer '],
    ['of garbage', () => 'Bearer garbage'],
    ['with three parts of garbage', () => 'Bearer YQ.YQ.YQ'],
    ['whose parts are no objects', () => forged([], [], () => 'YQ').replace('[', '')],
    ['whose claims are no JSON', () => `Bearer ${Buffer.from('{"typ":"JWT","alg":"RS256"}').toString('base64url')}.YQ.YQ`],
    ['of another scheme', async () => `Basic ${await server.issue({ serviceUrl })}`],
    ['with the token twice', async () => `Bearer ${await server.issue({ serviceUrl })} ${await server.issue({ serviceUrl })}`],
    ['whose token is not signed', () => forged({ alg: 'none', typ: 'JWT', kid: server.currentKid() }, claims(), () => '')],
    ['whose token names no key', () => forged({ alg: 'RS256', typ: 'JWT' }, claims(), () => 'YQ')],
    [
      'whose token is signed with what is public',
      async () => {
        const published = await (await fetch(`${server.url}/keys`)).text();
        return forged({ alg: 'HS256', typ: 'JWT', kid: server.currentKid() }, claims(), (signed) =>
          createHmac('sha256', published).update(signed).digest('base64url'),
        );
      },
    ],
    ['whose claims were changed', async () => changed(await server.issue({ serviceUrl: 'https://elsewhere.example/' }))],
  ])('%s is refused', async (_, header) => {
    expect(await signIn.check(activity, await header())).toBe('refused');
  });

  function changed(token: string): string {
    const [header, , signature] = token.split('.');
    return `Bearer ${header}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.${signature}`;
  }
});

describe('what other kinds of callers send', () => {
  it('the token of a call that Plumb made itself is refused when it comes back', async () => {
    const form = { grant_type: 'client_credentials', client_id: server.appId, client_secret: server.password, scope: 'https://api.botframework.com/.default' };
    const given: unknown = await (await fetch(server.endpoints.tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })).json();
    const { access_token: own } = z.object({ access_token: z.string() }).parse(given);
    expect(await server.accepts(`Bearer ${own}`)).toBe(true);
    expect(await signIn.check(activity, `Bearer ${own}`)).toBe('refused');
  });

  it.each([
    ['the Emulator', 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/'],
    ['a skill', 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0'],
  ])('the token of %s is refused', async (_, issuer) => {
    expect(await verdict({ issuer, claims: { ver: '2.0', azp: server.appId, appid: server.appId } })).toBe('refused');
  });
});

it('without an app everything passes', async () => {
  const open = createSignIn({ app: undefined, logger: log });
  expect(await open.check({ serviceUrl: 'http://127.0.0.1/' }, undefined)).toBe('genuine');
});
