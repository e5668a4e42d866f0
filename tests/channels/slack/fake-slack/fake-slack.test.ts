import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SocketModeClient } from '@slack/socket-mode';
import { LogLevel, WebClient } from '@slack/web-api';
import { type FakeSlack, type FakeSlackOptions, openFakeSlack } from './open-fake-slack.ts';

type Got = { headers: Record<string, unknown>; body: string };

describe('the local Slack', () => {
  let app: Server;
  let appUrl: string;
  let got: Got[];
  let answers: { status: number; body?: unknown }[];
  let slack: FakeSlack;

  async function open(options: FakeSlackOptions = {}): Promise<WebClient> {
    slack = await openFakeSlack({ requestUrl: () => appUrl, ...options });
    return new WebClient(slack.botToken(), { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logLevel: LogLevel.ERROR });
  }

  beforeEach(async () => {
    got = [];
    answers = [];
    app = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        const answer = answers.shift() ?? { status: 200 };
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const address = app.address();
    appUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await slack.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });

  it('signs an event and sends it again until it is taken, as message and as mention', async () => {
    await open();
    const dana = slack.person('dana');
    answers = [{ status: 500 }, { status: 500 }, { status: 500 }];
    await slack.do.say(dana, slack.channel('sales-leaders'), '@Plumb a course for 5 < 6 people & @Tomas');
    await slack.settled();
    const events = got.map(({ body }) => JSON.parse(body));
    const bot = slack.install().botUserId;
    expect(new Set(events.map((one) => one.event.type))).toEqual(new Set(['message', 'app_mention']));
    expect(events[0].event.text).toBe(`<@${bot}> a course for 5 &lt; 6 people &amp; <@${slack.person('tomas')}>`);
    expect(events[0].authorizations).toEqual([expect.objectContaining({ user_id: bot, is_bot: true, team_id: 'T0PLUMB01' })]);
    expect(got.filter(({ headers }) => headers['x-slack-retry-num'] !== undefined).map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([
      'http_error',
      'http_error',
      'http_error',
    ]);
    for (const { headers, body } of got) {
      const digest = createHmac('sha256', slack.app.signingSecret)
        .update(`v0:${String(headers['x-slack-request-timestamp'])}:${body}`)
        .digest('hex');
      expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    }
  });

  it('answers the real client, with metadata, threads and the errors of the documentation', async () => {
    const client = await open();
    const channel = slack.channel('sales-leaders');
    const said = await slack.do.say(slack.person('dana'), channel, 'hello');
    const metadata = { event_type: 'plumb_message', event_payload: { id: 'o1' } };
    const posted = await client.chat.postMessage({ channel, thread_ts: said.ts, text: 'hi', metadata });
    const read = await client.conversations.replies({ channel, ts: said.ts, include_all_metadata: true });
    expect(read.messages?.map((one) => one.metadata?.event_payload)).toEqual([undefined, { id: 'o1' }]);
    expect(slack.thread(slack.person('dana'), said).map((one) => [one.ts, one.text, one.from])).toEqual([[posted.ts, 'hi', 'Plumb']]);
    // The client tells of refused blocks on the console, whatever its level.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const refused = (call: Promise<unknown>) =>
      call.then(
        () => 'ok',
        (error) => error.data?.error ?? error.code,
      );
    const section = (text: string) => [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }];
    expect(await refused(client.chat.postMessage({ channel, text: 'x', blocks: section('x'.repeat(3_001)) }))).toBe('invalid_blocks');
    expect(await refused(client.chat.postMessage({ channel, text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' as const })) }))).toBe(
      'invalid_blocks',
    );
    expect(await refused(client.chat.postMessage({ channel: slack.channel('general'), text: 'x' }))).toBe('not_in_channel');
    expect(await refused(client.chat.postMessage({ channel: 'C404', text: 'x' }))).toBe('channel_not_found');
    expect(await refused(client.apiCall('plumb.nothing'))).toBe('unknown_method');
    expect(await refused(new WebClient('xoxb-wrong', { slackApiUrl: slack.apiUrl }).auth.test())).toBe('invalid_auth');
    slack.setScopes(['chat:write']);
    expect(await refused(client.users.info({ user: slack.person('dana') }))).toBe('missing_scope');
  });

  it('breaks the connection after it posted, and shows an ephemeral to one person', async () => {
    const client = await open();
    const channel = slack.channel('sales-leaders');
    slack.fault('chat.postMessage', { kind: 'broken', performed: true });
    await expect(client.chat.postMessage({ channel, text: 'perhaps' })).rejects.toThrow();
    slack.fault('chat.postMessage', { kind: 'rate-limited', retryAfterSeconds: 7 });
    await expect(client.chat.postMessage({ channel, text: 'no' })).rejects.toMatchObject({ retryAfter: 7 });
    await client.chat.postEphemeral({ channel, user: slack.person('priya'), text: 'for you' });
    const seen = (handle: string) =>
      slack
        .visibleTo(slack.person(handle))
        .places.find((one) => one.id === channel)
        ?.messages.map((one) => one.text);
    expect(seen('dana')).toEqual(['perhaps']);
    expect(seen('priya')).toEqual(['perhaps', 'for you']);
  });

  it('opens a modal with a fresh trigger once, keeps what was typed, and shows the errors of an answer', async () => {
    const client = await open();
    const [dana, channel] = [slack.person('dana'), slack.channel('sales-leaders')];
    const button = { type: 'button' as const, action_id: 'open', text: { type: 'plain_text' as const, text: 'Open' }, value: 'v' };
    await client.chat.postMessage({ channel, text: 'press', blocks: [{ type: 'actions', elements: [button] }] });
    const shown = await slack.until(() =>
      slack
        .visibleTo(dana)
        .places.find((one) => one.id === channel)
        ?.messages.at(-1),
    );
    await slack.act.press(dana, shown, 'Open');
    const press = () => JSON.parse(new URLSearchParams(got.at(-1)?.body).get('payload') ?? '');
    const input = {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Why' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    };
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Form' },
      submit: { type: 'plain_text' as const, text: 'Send' },
      blocks: [input],
    };
    const opened = await client.views.open({ trigger_id: press().trigger_id, view });
    await expect(client.views.open({ trigger_id: press().trigger_id, view })).rejects.toThrow('exchanged_trigger_id');
    answers = [{ status: 200, body: { response_action: 'errors', errors: { why: 'Say more' } } }];
    await slack.act.submit(dana, { Why: 'because' });
    expect(slack.visibleTo(dana).modals[0]?.errors).toEqual({ why: 'Say more' });
    await client.views.update({ view_id: opened.view?.id ?? '', hash: opened.view?.hash ?? '', view });
    expect(slack.visibleTo(dana).modals[0]?.values['why']?.['text']).toEqual({ type: 'plain_text_input', value: 'because' });
    await expect(client.views.update({ view_id: opened.view?.id ?? '', hash: 'stale', view })).rejects.toThrow('hash_conflict');
    await slack.act.submit(dana);
    expect(slack.visibleTo(dana).modals).toEqual([]);
    slack.expireTriggers();
    await slack.act.press(dana, shown, 'Open');
    slack.expireTriggers();
    await expect(client.views.open({ trigger_id: press().trigger_id, view })).rejects.toThrow('expired_trigger_id');
  });

  it('sends events over Socket Mode and takes the answer from the acknowledgement', async () => {
    await open({ requestUrl: () => undefined });
    const client = new SocketModeClient({ appToken: slack.app.appToken, clientOptions: { slackApiUrl: slack.apiUrl } });
    const types: string[] = [];
    client.on('slack_event', async ({ type, ack, body }) => {
      types.push(type);
      await ack(type === 'slash_commands' ? { text: `heard ${body.text}` } : undefined);
    });
    await client.start();
    const dana = slack.person('dana');
    await slack.do.say(dana, slack.channel('sales-leaders'), 'hello');
    await slack.act.command(dana, slack.channel('sales-leaders'), '/plumb status');
    expect(types).toEqual(['events_api', 'slash_commands']);
    const last = slack.visibleTo(dana).places[0]?.messages.at(-1);
    expect([last?.text, last?.onlyYou]).toEqual(['heard status', true]);
    await client.disconnect();
  });

  it('installs over OAuth with tokens that rotate, and tells of an uninstall', async () => {
    const people = [{ name: 'ann', isAdmin: true }];
    slack = await openFakeSlack({ requestUrl: () => appUrl, teams: [{ id: 'T1', name: 'One', people, channels: [{ name: 'talk' }], installed: false }] });
    const { clientId: client_id, clientSecret: client_secret } = slack.app;
    const asked = new URLSearchParams({ client_id, scope: 'chat:write,users:read', state: 's1', redirect_uri: 'https://app.example/back' });
    const back = new URL(slack.allow(`${slack.url}/oauth/v2/authorize?${asked}`, slack.person('ann')));
    expect(back.searchParams.get('state')).toBe('s1');
    const web = new WebClient(undefined, { slackApiUrl: slack.apiUrl });
    const code = back.searchParams.get('code') ?? '';
    const first = await web.oauth.v2.access({ client_id, client_secret, code });
    expect(first).toMatchObject({ team: { id: 'T1' }, scope: 'chat:write,users:read', expires_in: 43_200 });
    await expect(web.oauth.v2.access({ client_id, client_secret, code })).rejects.toThrow('invalid_code');
    const again = { client_id, client_secret, grant_type: 'refresh_token' as const, refresh_token: first.refresh_token ?? '' };
    const second = await web.oauth.v2.access(again);
    await expect(web.oauth.v2.access(again)).rejects.toThrow('invalid_refresh_token');
    expect((await new WebClient(second.access_token, { slackApiUrl: slack.apiUrl }).auth.test()).team_id).toBe('T1');
    await slack.do.uninstall('T1');
    expect(new Set(got.map(({ body }) => JSON.parse(body).event.type))).toEqual(new Set(['tokens_revoked', 'app_uninstalled']));
    await expect(new WebClient(second.access_token, { slackApiUrl: slack.apiUrl }).auth.test()).rejects.toThrow('account_inactive');
  });
});
