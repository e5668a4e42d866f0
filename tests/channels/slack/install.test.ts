import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createEmulator } from 'emulate';
import { parse } from 'yaml';
import { z } from 'zod';
import type { InboundEvent } from '../../../src/app/ports.ts';
import type { Store } from '../../../src/app/store.ts';
import { botScopes } from '../../../src/channels/slack/bot-scopes.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import type { InstallWords } from '../../../src/channels/slack/install-page.ts';
import { type InstalledWorkspaces, openInstallations } from '../../../src/channels/slack/installations.ts';
import { createServer } from '../../../src/server.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { sqliteDatabase } from '../../store/databases.ts';
import { logInto, testSecretKey } from '../../store/on-both.ts';
import { openTokenSlack, type TokenSlack, where } from './tokens-slack.ts';

// A busy machine may be slow at starting servers.
jest.setTimeout(30_000);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const words: InstallWords = {
  installedTitle: 'Installed <here>',
  installed: 'Look into Slack.',
  openSlack: 'Open Slack',
  cancelledTitle: 'Not installed',
  cancelled: 'Nothing was changed.',
  expiredTitle: 'Start again',
  expired: 'This was open for too long.',
  failedTitle: 'It did not work',
  failed: 'Try again in a minute.',
  again: 'Start again',
};

type Plumb = { url: string; store: Store; workspaces: InstalledWorkspaces; events: InboundEvent[]; logged: string[]; time: { now: number } };

async function plumb(slackApiUrl: string): Promise<Plumb> {
  const logged: string[] = [];
  const events: InboundEvent[] = [];
  const logger = logInto(logged);
  const database = await sqliteDatabase();
  const store = await openStore(database.location, { secretKeys: [testSecretKey], logger });
  const time = { now: Date.now() };
  const workspaces = openInstallations({
    installations: store.installations,
    clients: createClients({ slackApiUrl, logger }),
    clientId: 'client',
    clientSecret: 'client secret',
    stateSecret: 'a secret that signs states',
    publicUrl: 'https://plumb.example.com',
    slackApiUrl,
    words,
    intake: () => ({
      receive: async (event) => {
        events.push(event);
        return 'stored';
      },
      interact: async () => ({ kind: 'nothing' }),
      seen: async () => undefined,
    }),
    logger,
    clock: { now: () => time.now },
  });
  const server = createServer({
    local: { port: 0 },
    public: { host: '127.0.0.1', port: 0, mount: workspaces.mount },
    metrics: { text: async () => '', contentType: 'text/plain' },
    metricsToken: undefined,
    checks: {},
    logger,
  });
  const { public: url = '' } = await server.listen();
  closing.push(database.drop, store.close, workspaces.close, () => server.close(0));
  return { url, store, workspaces, events, logged, time };
}

async function slack(): Promise<TokenSlack> {
  const opened = await openTokenSlack();
  closing.push(opened.close);
  return opened;
}

/** Presses "install" in a browser that keeps cookies; gives the address at Slack and the cookie. */
async function begin({ url }: Plumb): Promise<{ authorize: URL; state: string; cookie: string }> {
  const response = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  const authorize = new URL(response.headers.get('location') ?? '');
  const set = response.headers.get('set-cookie') ?? '';
  expect(set).toMatch(/; Secure; HttpOnly; Path=\/; Max-Age=600$/);
  return { authorize, state: authorize.searchParams.get('state') ?? '', cookie: set.split(';')[0] ?? '' };
}

/** Comes back from Slack. */
async function comeBack({ url }: Plumb, query: Record<string, string>, cookie?: string): Promise<{ status: number; page: string; headers: Headers }> {
  const response = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query)}`, { headers: cookie === undefined ? {} : { cookie } });
  return { status: response.status, page: await response.text(), headers: response.headers };
}

async function install(here: Plumb, code = 'code'): ReturnType<typeof comeBack> {
  const { state, cookie } = await begin(here);
  return comeBack(here, { code, state }, cookie);
}

describe('an installation', () => {
  it('asks Slack for what the manifest says, and for nothing else', async () => {
    const platform = await slack();
    const { authorize } = await begin(await plumb(platform.apiUrl));
    expect(authorize.origin + authorize.pathname).toBe(`${new URL(platform.apiUrl).origin}/oauth/v2/authorize`);
    expect(authorize.searchParams.get('redirect_uri')).toBe('https://plumb.example.com/slack/oauth_redirect');
    expect(authorize.searchParams.get('client_id')).toBe('client');
    expect(authorize.searchParams.get('user_scope')).toBeNull();
    const manifest = readFileSync(join(import.meta.dirname, '../../../manifests/slack/manifest.yaml'), 'utf8');
    const Scopes = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }).strict() }) });
    const { bot } = Scopes.parse(parse(manifest)).oauth_config.scopes;
    expect(authorize.searchParams.get('scope')?.split(',')).toEqual([...botScopes]);
    expect([...bot].sort()).toEqual([...botScopes]);
  });

  it('sends people to the real Slack where no other address is set', async () => {
    const { authorize } = await begin(await plumb('https://slack.com/api/'));
    expect(authorize.href.startsWith('https://slack.com/oauth/v2/authorize?')).toBe(true);
  });

  it('keeps what Slack gave, tells who installed, and shows a page that loads nothing', async () => {
    const here = await plumb((await slack()).apiUrl);
    expect(await here.workspaces.of('T1')).toBeUndefined();
    const { status, page, headers } = await install(here);
    expect(status).toBe(200);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<h1>Installed &lt;here&gt;</h1>');
    expect(page).toContain('<a href="https://acme.slack.com/">Open Slack</a>');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('set-cookie')).toContain('slack-app-oauth-state=deleted');
    const event = { type: 'InstallChanged', change: 'installed', personId: 'U7', conversation: { channel: 'slack', tenant: 'T1', place: '', thread: '' } };
    expect(here.events).toEqual([expect.objectContaining(event)]);
    const workspace = await here.workspaces.find({ enterpriseId: undefined, teamId: 'T1', isEnterpriseInstall: false });
    expect(workspace).toMatchObject({ tenant: 'T1', botUserId: 'UBOT', botId: 'BBOT', url: 'https://acme.slack.com/' });
    expect(workspace?.client.token).toBe('xoxe.xoxb-2');
    expect(here.logged.join()).not.toMatch(/xox|client secret/);
  });

  it('for an organisation belongs to it and hears from all its workspaces', async () => {
    const platform = await slack();
    const here = await plumb(platform.apiUrl);
    const given = { ok: true, access_token: 'xoxb-org', token_type: 'bot', scope: 'chat:write', bot_user_id: 'UBOT', app_id: 'A1', authed_user: { id: 'U7' } };
    platform.next('oauth.v2.access', { ...given, team: null, enterprise: { id: 'E1', name: 'Org' }, is_enterprise_install: true });
    await install(here);
    for (const source of [
      { enterpriseId: 'E1', teamId: 'T5', isEnterpriseInstall: true },
      { enterpriseId: 'E1', teamId: undefined, isEnterpriseInstall: true },
      { enterpriseId: 'E1', teamId: 'T6', isEnterpriseInstall: false },
    ])
      expect((await here.workspaces.find(source))?.tenant).toBe('E1');
    for (const source of [
      { enterpriseId: 'E2', teamId: 'E1', isEnterpriseInstall: true },
      { enterpriseId: undefined, teamId: 'T5', isEnterpriseInstall: false },
    ])
      expect(await here.workspaces.find(source)).toBeUndefined();
    expect(here.events).toMatchObject([{ conversation: { tenant: 'E1' } }]);
  });

  it('again takes the place of the earlier one', async () => {
    const here = await plumb((await slack()).apiUrl);
    await install(here);
    await here.store.installations.remove('slack', 'T1', here.time.now);
    await install(here);
    await here.store.housekeep(here.time.now + 1);
    expect((await here.workspaces.of('T1'))?.client.token).toBe('xoxe.xoxb-3');
    expect(here.events).toHaveLength(2);
    expect(new Set(here.events.map((event) => event.eventKey)).size).toBe(2);
  });
});

describe('an installation that is not one', () => {
  it('is refused with the state of another browser, without a cookie, and with one that was not signed here', async () => {
    const platform = await slack();
    const here = await plumb(platform.apiUrl);
    const mine = await begin(here);
    const theirs = await begin(here);
    const forged = `${mine.state.slice(0, -4)}AAAA`;
    const tries: [Record<string, string>, string | undefined][] = [
      [{ code: 'c', state: mine.state }, theirs.cookie],
      [{ code: 'c', state: mine.state }, undefined],
      [{ code: 'c', state: forged }, `slack-app-oauth-state=${forged}`],
      [{ code: 'c' }, mine.cookie],
      [{ state: mine.state }, mine.cookie],
    ];
    for (const [query, cookie] of tries) {
      const { status, page } = await comeBack(here, query, cookie);
      expect([status, page.includes('<h1>Start again</h1>'), page.includes('href="/slack/install"')]).toEqual([400, true, true]);
    }
    expect(platform.calls).toEqual([]);
    expect(here.events).toEqual([]);
  });

  it('changes nothing when they chose not to allow it', async () => {
    const platform = await slack();
    const here = await plumb(platform.apiUrl);
    const { state, cookie } = await begin(here);
    const { status, page } = await comeBack(here, { error: 'access_denied', state }, cookie);
    expect([status, page.includes('<h1>Not installed</h1>')]).toEqual([200, true]);
    expect([platform.calls, here.events]).toEqual([[], []]);
    expect(here.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('tells nobody but the log why it failed', async () => {
    const platform = await slack();
    const here = await plumb(platform.apiUrl);
    const noBot = { ok: true, ...where, app_id: 'A1', authed_user: { id: 'U7', access_token: 'xoxp-1' } };
    platform.next('oauth.v2.access', { ok: false, error: 'invalid_code' }, 'off', noBot);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status, page } = await install(here, 'a-secret-code');
      expect([status, page.includes('<h1>It did not work</h1>'), /invalid_code|Error|xox/.test(page)]).toEqual([502, true, false]);
    }
    expect(here.logged.filter((line) => line.startsWith('error Plumb could not'))).toHaveLength(3);
    expect(here.logged.join()).toContain('"code":"invalid_code"}');
    expect(here.logged.join()).not.toMatch(/xox|a-secret-code|client secret/);
    expect(await here.workspaces.of('T1')).toBeUndefined();
    expect(here.events).toEqual([]);
  });

  it('is told to have failed when it could not be kept', async () => {
    const platform = await slack();
    const here = await plumb(platform.apiUrl);
    await here.store.close();
    expect((await install(here)).status).toBe(502);
    expect(here.events).toEqual([]);
  });
});

describe('what is known of workspaces', () => {
  it('is looked up again after half a minute, so that what another instance heard arrives', async () => {
    const here = await plumb((await slack()).apiUrl);
    await install(here);
    await here.workspaces.of('T1');
    await here.store.installations.remove('slack', 'T1', here.time.now);
    here.time.now += 29_000;
    expect(await here.workspaces.of('T1')).toBeDefined();
    here.time.now += 1_001;
    expect(await here.workspaces.of('T1')).toBeUndefined();
    await here.store.installations.save({
      channel: 'slack',
      tenant: 'T1',
      at: here.time.now,
      secret: '{"token":"xoxb-9","botUserId":"UB","installer":"U7","scopes":[]}',
    });
    expect(await here.workspaces.of('T1')).toBeUndefined();
    here.time.now += 5_001;
    expect((await here.workspaces.of('T1'))?.client.token).toBe('xoxb-9');
  });

  it('is not remembered when it could not be read', async () => {
    const here = await plumb((await slack()).apiUrl);
    await here.store.installations.save({ channel: 'slack', tenant: 'T1', at: here.time.now, secret: 'damaged' });
    for (let time = 0; time < 2; time += 1) await expect(here.workspaces.of('T1')).rejects.toMatchObject({ code: 'slack_tokens_unreadable' });
    await install(here);
    expect(await here.workspaces.of('T1')).toBeDefined();
  });
});

it('installs at an independent stand-in for Slack, and a code works once', async () => {
  const redirect = 'https://plumb.example.com/slack/oauth_redirect';
  const app = { client_id: 'client', client_secret: 'client secret', name: 'Plumb', redirect_uris: [redirect], scopes: [...botScopes] };
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: { users: [{ name: 'ann', real_name: 'Ann' }], oauth_apps: [app] } } });
  closing.push(() => emulator.close());
  const here = await plumb(`${emulator.url}/api/`);
  const { authorize, state, cookie } = await begin(here);
  const chooser = await (await fetch(authorize)).text();
  const fields = [...chooser.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]);
  const sent = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(Object.fromEntries(fields)),
  });
  const back = new URL(sent.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe(state);
  const code = back.searchParams.get('code') ?? '';
  expect((await comeBack(here, { code, state }, cookie)).status).toBe(200);
  const tenant = here.events[0]?.conversation.tenant ?? '';
  const workspace = await here.workspaces.of(tenant);
  if (!workspace) throw new Error('The workspace was expected to be installed.');
  expect((await workspace.client.auth.test()).user_id).toBe(workspace.botUserId);
  expect((await comeBack(here, { code, state }, cookie)).status).toBe(502);
  expect(here.events).toHaveLength(1);
});
