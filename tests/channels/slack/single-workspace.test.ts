import { afterEach, describe, expect, it } from '@jest/globals';
import { botScopes } from '../../../src/channels/slack/bot-scopes.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import { openSingleWorkspace, type SingleWorkspace } from '../../../src/channels/slack/single-workspace.ts';
import { logInto } from '../../store/on-both.ts';
import { openTokenSlack, type TokenSlack } from './tokens-slack.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function slack(scopes?: string): Promise<TokenSlack> {
  const opened = await openTokenSlack(scopes === undefined ? {} : { scopes });
  closing.push(opened.close);
  return opened;
}

type Setup = { token?: string; calledOff?: string[]; logged?: string[] };

async function open(platform: TokenSlack, { token = 'xoxb-one', calledOff = [], logged = [] }: Setup = {}): Promise<SingleWorkspace> {
  const logger = logInto(logged);
  const opened = await openSingleWorkspace({
    token,
    clients: createClients({ slackApiUrl: platform.apiUrl, logger }),
    installations: { callOffErasure: async (_channel, tenant) => void calledOff.push(tenant) },
    logger,
    pauses: [1],
  });
  closing.push(opened.close);
  return opened;
}

const from = (teamId: string | undefined, enterpriseId?: string, isEnterpriseInstall = false) => ({ teamId, enterpriseId, isEnterpriseInstall });

describe('a single workspace', () => {
  it('is the one of the token, and payloads of another one are refused', async () => {
    const calledOff: string[] = [];
    const workspaces = await open(await slack(), { calledOff });
    expect(workspaces.tenant()).toBe('T1');
    expect(await workspaces.of('T1')).toMatchObject({ tenant: 'T1', botUserId: 'UBOT', botId: 'BBOT', url: 'https://acme.slack.com/' });
    expect(await workspaces.find(from('T1', 'E1'))).toMatchObject({ tenant: 'T1' });
    const refused = [from('T2'), from('T12'), from('T2', 'T1', true), from(undefined, 'E1', true)];
    expect(await Promise.all([...refused.map(workspaces.find), workspaces.of('T2')])).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(calledOff).toEqual(['T1']);
  });

  it('installed for an organisation takes payloads of all its workspaces', async () => {
    const platform = await slack();
    platform.next('auth.test', { ok: true, team_id: 'E1', enterprise_id: 'E1', is_enterprise_install: true, user_id: 'UBOT', bot_id: 'BBOT' });
    const workspaces = await open(platform);
    expect(workspaces.tenant()).toBe('E1');
    expect((await workspaces.find(from('T7', 'E1', true)))?.tenant).toBe('E1');
    expect(await workspaces.find(from('T7', 'E2', true))).toBeUndefined();
    expect(await workspaces.find(from('T7'))).toBeUndefined();
  });

  it('says what to do where Slack refuses the token, and never repeats it', async () => {
    const platform = await slack();
    for (const error of ['invalid_auth', 'account_inactive', 'token_revoked', 'not_allowed_token_type']) {
      platform.next('auth.test', { ok: false, error });
      const refusal: unknown = await open(platform, { token: 'xoxb-secret' }).catch((cause: unknown) => cause);
      expect(refusal).toMatchObject({ name: 'SlackError', code: 'slack_token_refused', message: expect.stringContaining(error) });
      expect(String(refusal)).not.toContain('xoxb-secret');
    }
    platform.next('auth.test', { ok: true, user_id: 'U1', team_id: 'T1' });
    await expect(open(platform, { token: 'xoxp-person' })).rejects.toMatchObject({ message: expect.stringContaining('Bot User OAuth Token') });
    platform.next('auth.test', { ok: true });
    await expect(open(platform)).rejects.toMatchObject({ message: expect.stringContaining('SLACK_API_URL') });
  });

  it('names the scopes that are missing, where Slack tells them', async () => {
    const logged: string[] = [];
    await open(await slack(botScopes.filter((scope) => !scope.startsWith('mpim')).join(', ')), { logged });
    expect(logged.join()).toContain('Missing scopes: mpim:history, mpim:read');
    const complete: string[] = [];
    await open(await slack(botScopes.join(',')), { logged: complete });
    await open(await slack(), { logged: complete });
    expect(complete).toEqual([]);
  });

  it('that cannot be reached at the start is waited for', async () => {
    const platform = await slack();
    platform.next('auth.test', 'off', { ok: false, error: 'internal_error' }, 'off');
    const logged: string[] = [];
    const workspaces = await open(platform, { logged });
    expect([workspaces.ready(), workspaces.tenant()]).toEqual([false, undefined]);
    await expect(workspaces.of('T1')).rejects.toMatchObject({ name: 'DeliveryError', failure: { retry: true } });
    await expect(workspaces.find(from('T1'))).rejects.toThrow();
    while (!workspaces.ready()) await new Promise((resolve) => setTimeout(resolve, 1));
    expect((await workspaces.of('T1'))?.tenant).toBe('T1');
    expect(platform.calls.length).toBe(4);
    expect(logged.at(-1)).toMatch(/^info/);
  });
});
