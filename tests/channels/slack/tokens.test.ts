import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Installations, Store } from '../../../src/app/store.ts';
import { clientOptionsOf } from '../../../src/channels/slack/clients.ts';
import { createTokens, type Installed, type Tokens, writeInstalled } from '../../../src/channels/slack/tokens.ts';
import { openStore, type StoreLocation } from '../../../src/store/open-store.ts';
import { type PostgresServer, startPostgres } from '../../store/databases.ts';
import { logInto, testSecretKey } from '../../store/on-both.ts';
import { openTokenSlack, type TokenSlack } from './tokens-slack.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

const HOUR = 3_600_000;
const time = { now: 0 };
const closing: (() => unknown)[] = [];
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.stop(), 30_000);
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Instance = {
  tokens: Tokens;
  store: Store;
  renewed: string[];
  logged: string[];
  /** Happens between Slack's answer and its keeping, once. */
  meanwhile: { happens?: () => Promise<unknown> };
};

async function instance(location: StoreLocation, slack: TokenSlack): Promise<Instance> {
  const logged: string[] = [];
  const renewed: string[] = [];
  const logger = logInto(logged);
  const store = await openStore(location, { secretKeys: [testSecretKey], logger });
  const client = new WebClient(undefined, clientOptionsOf({ slackApiUrl: slack.apiUrl, logger }));
  const clock = { now: () => time.now };
  const meanwhile: Instance['meanwhile'] = {};
  const renew: Installations['renew'] = async (renewal) => {
    const { happens } = meanwhile;
    delete meanwhile.happens;
    await happens?.();
    return store.installations.renew(renewal);
  };
  const tokens = createTokens({
    installations: { ...store.installations, renew },
    client,
    clientId: 'client',
    clientSecret: 'client secret',
    clock,
    logger,
    onRenewed: (tenant) => renewed.push(tenant),
  });
  closing.push(async () => {
    await tokens.settled();
    await store.close();
  });
  return { tokens, store, renewed, logged, meanwhile };
}

/** Two instances on one database, and a workspace whose token ends in that many hours. */
async function twoInstances(hoursLeft: number): Promise<{ one: Instance; other: Instance; slack: TokenSlack }> {
  time.now = Date.UTC(2026, 10, 23, 9);
  const slack = await openTokenSlack();
  const database = await server.database();
  closing.push(database.drop, slack.close);
  const [one, other] = [await instance(database.location, slack), await instance(database.location, slack)];
  await keep(one.store, slack, { expiresAt: time.now + hoursLeft * HOUR });
  return { one, other, slack };
}

async function keep(store: Store, slack: TokenSlack, more: Partial<Installed> = {}): Promise<void> {
  const installed = { ...slack.latest(), expiresAt: time.now + 12 * HOUR, botUserId: 'UBOT', installer: 'U7', scopes: [], ...more };
  await store.installations.save({ channel: 'slack', tenant: 'T1', secret: writeInstalled(installed), at: time.now });
}

const refreshes = (slack: TokenSlack) => slack.calls.filter((call) => call.form.get('grant_type') === 'refresh_token').length;

describe('a token that ends', () => {
  it('is left alone while more than two hours are left, and where it does not end', async () => {
    const { one, slack } = await twoInstances(2.1);
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-1');
    const { refreshToken: _, expiresAt: __, ...forever } = { ...slack.latest(), expiresAt: 0, botUserId: 'UBOT', installer: 'U7', scopes: [] };
    await one.store.installations.save({ channel: 'slack', tenant: 'T1', secret: writeInstalled(forever), at: time.now });
    time.now += 100 * HOUR;
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-1');
    expect(await one.tokens.current('T2')).toBeUndefined();
    expect(refreshes(slack)).toBe(0);
  });

  it('is renewed once by several instances, and nobody waits while the old one works', async () => {
    const { one, other, slack } = await twoInstances(1);
    const asked = await Promise.all([one, other, one, other].map(({ tokens }) => tokens.current('T1')));
    expect(asked.map((installed) => installed?.token)).toContain('xoxe.xoxb-1');
    await Promise.all([one.tokens.settled(), other.tokens.settled()]);
    expect(refreshes(slack)).toBe(1);
    expect([...one.renewed, ...other.renewed]).toContain('T1');
    for (const { tokens } of [one, other])
      expect(await tokens.current('T1')).toMatchObject({ token: 'xoxe.xoxb-2', refreshToken: 'xoxe-2', expiresAt: time.now + 12 * HOUR });
    expect(refreshes(slack)).toBe(1);
  });

  it('and is over is never given out while it can be renewed: whoever is second waits for the first', async () => {
    const { one, other, slack } = await twoInstances(-3);
    const given = await Promise.all([one, other, one, other].map(({ tokens }) => tokens.current('T1')));
    expect(given.map((installed) => installed?.token)).toEqual(Array.from({ length: 4 }, () => 'xoxe.xoxb-2'));
    expect(refreshes(slack)).toBe(1);
  });

  it('goes on while Slack cannot be reached, and is asked for again a minute later', async () => {
    const { one, slack } = await twoInstances(1);
    slack.next('oauth.v2.access', 'off');
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-1');
    await one.tokens.settled();
    await one.tokens.current('T1');
    expect(refreshes(slack)).toBe(1);
    time.now += 61_000;
    await one.tokens.current('T1');
    await one.tokens.settled();
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-2');
    expect(one.logged.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('that came back while the database was away is kept as soon as it is there again', async () => {
    const { one, other, slack } = await twoInstances(1);
    one.meanwhile.happens = () => Promise.reject(new Error('the database is away'));
    await one.tokens.current('T1');
    await one.tokens.settled();
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-2');
    expect((await other.store.installations.load('slack', 'T1'))?.includes('xoxe.xoxb-2')).toBe(false);
    time.now += 61_000;
    await one.tokens.current('T1');
    await one.tokens.settled();
    expect((await other.tokens.current('T1'))?.token).toBe('xoxe.xoxb-2');
    expect(refreshes(slack)).toBe(1);
  });

  it('whose renewal was lost in a crash works to its end, and an admin is told what to do', async () => {
    const { one, slack } = await twoInstances(1);
    // The process that died had used the refresh token up.
    const { refreshToken } = slack.latest();
    await fetch(`${slack.apiUrl}oauth.v2.access`, {
      method: 'POST',
      body: new URLSearchParams({ client_secret: 'client secret', grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-1');
    await one.tokens.settled();
    expect(one.logged.filter((line) => line.startsWith('error') && line.includes('/slack/install') && line.includes('invalid_refresh_token'))).toHaveLength(1);
    expect(one.logged.join()).not.toMatch(/xox|client secret/);
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-1');
    expect(refreshes(slack)).toBe(2);
    await keep(one.store, slack);
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-2');
  });

  it('does not bring back a workspace that was removed while it was renewed', async () => {
    const { one, slack } = await twoInstances(-1);
    one.meanwhile.happens = () => one.store.installations.remove('slack', 'T1', time.now);
    expect(await one.tokens.current('T1')).toBeUndefined();
    expect(await one.store.installations.load('slack', 'T1')).toBeUndefined();
    expect(refreshes(slack)).toBe(1);
  });

  it('is not lost with what somebody installed meanwhile', async () => {
    const { one, slack } = await twoInstances(-1);
    one.meanwhile.happens = () => keep(one.store, slack, { token: 'xoxe.xoxb-installed-again' });
    expect((await one.tokens.current('T1'))?.token).toBe('xoxe.xoxb-installed-again');
  });

  it('that cannot be read is an error without its words', async () => {
    const { one } = await twoInstances(1);
    await one.store.installations.save({ channel: 'slack', tenant: 'T1', secret: '{"token":"xoxb-secret"}', at: time.now });
    const refusal: unknown = await one.tokens.current('T1').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'slack_tokens_unreadable' });
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('secret');
  });
});
