import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeliveryError } from '../../../src/app/ports.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import { deliveryError, lacksMethod, slackCode } from '../../../src/channels/slack/errors.ts';
import { createLog, openScript, type Reply, workspaceAt } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a real call of Slack's library throws for that answer. */
async function thrownFor(reply: Reply): Promise<unknown> {
  const slack = await openScript(() => reply);
  closing.push(slack.close);
  return thrownAt(slack.url);
}

async function thrownAt(url: string): Promise<unknown> {
  const { workspace } = workspaceAt(url, createLog().logger);
  return workspace.client.chat.postMessage({ channel: 'C1', text: 'A secret plan' }).then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );
}

async function failureFor(reply: Reply, options?: { toPerson?: boolean }): Promise<DeliveryError> {
  return deliveryError(await thrownFor(reply), 'chat.postMessage', options);
}

const refused = (error: string): Reply => ({ ok: false, error });

describe('what follows from a failed call', () => {
  it('waits as long as Slack says when it asks for patience, without counting the try', async () => {
    const limited = await failureFor({ status: 429, headers: { 'retry-after': '7' } });
    expect(limited.failure).toEqual({ retry: true, busy: true, retryAfterMs: 7_000 });
    expect((await failureFor({ status: 429 })).failure).toMatchObject({ retry: true, busy: true });
    expect((await failureFor(refused('ratelimited'))).failure).toMatchObject({ retry: true, busy: true });
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])('takes %s for a send that may have arrived', async (code) => {
    expect((await failureFor(refused(code))).failure).toMatchObject({ retry: true, perhapsSent: true });
  });

  it('takes a server error, a broken connection and an answer that is no answer for sends that may have arrived', async () => {
    expect((await failureFor({ status: 503, headers: { 'retry-after': '20' } })).failure).toEqual({ retry: true, perhapsSent: true, retryAfterMs: 20_000 });
    expect((await failureFor('cut')).failure).toEqual({ retry: true, perhapsSent: true });
    expect((await failureFor({ status: 200, body: '<html>Please log in</html>' })).failure).toEqual({ retry: true, perhapsSent: true });
  });

  it('takes a call that hangs, before or within its answer, for a send that may have arrived', async () => {
    for (const begun of ['', '{"ok":true,']) {
      const server = createServer((_request, response) => {
        response.writeHead(200);
        response.write(begun);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const client = createClients({ slackApiUrl: `http://127.0.0.1:${port}/api`, logger: createLog().logger, timeoutMs: 100 }).of('xoxb-1');
      const error: unknown = await client.chat.postMessage({ channel: 'C1', text: 'A secret plan' }).catch((thrown: unknown) => thrown);
      expect(deliveryError(error, 'chat.postMessage').failure).toEqual({ retry: true, perhapsSent: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('knows that nothing arrived where nobody listens or the name is unknown', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(deliveryError(await thrownAt(`http://127.0.0.1:${port}/api/`), 'chat.postMessage').failure).toEqual({ retry: true });
    expect(deliveryError(await thrownAt('http://slack.invalid/api/'), 'chat.postMessage').failure).toEqual({ retry: true });
  });

  it.each([
    ['channel_not_found', 'channel-gone'],
    ['not_in_channel', 'not-in-channel'],
    ['is_archived', 'channel-archived'],
    ['restricted_action', 'posting-restricted'],
    ['restricted_action_read_only_channel', 'posting-restricted'],
    ['restricted_action_thread_only_channel', 'posting-restricted'],
    ['ekm_access_denied', 'posting-restricted'],
    ['posting_to_general_channel_denied', 'posting-restricted'],
    ['missing_scope', 'missing-permission'],
    ['not_allowed_token_type', 'missing-permission'],
    ['account_inactive', 'token-refused'],
    ['token_revoked', 'token-refused'],
    ['not_authed', 'token-refused'],
    ['team_access_not_granted', 'token-refused'],
  ])('gives up on %s and names the problem: %s', async (code, problem) => {
    const { failure, message } = await failureFor(refused(code));
    expect(failure).toEqual({ retry: false, problem });
    expect(message).toContain(code);
  });

  it('tries on, slowly, with a token that is in doubt', async () => {
    expect((await failureFor(refused('invalid_auth'))).failure).toMatchObject({ retry: true, retryAfterMs: 600_000, problem: 'token-refused' });
    expect((await failureFor(refused('token_expired'))).failure).toMatchObject({ retry: true, problem: 'token-refused' });
  });

  it('waits while a workspace is being moved', async () => {
    expect((await failureFor(refused('org_login_required'))).failure).toMatchObject({ retry: true });
    expect((await failureFor(refused('team_added_to_org'))).failure).toMatchObject({ retry: true });
  });

  it.each(['user_not_found', 'users_not_found', 'user_disabled', 'cannot_dm_bot', 'user_not_visible', 'messages_tab_disabled', 'channel_not_found'])(
    'forgets what is for one person alone when they cannot be reached: %s',
    async (code) => {
      expect((await failureFor(refused(code), { toPerson: true })).failure).toMatchObject({ retry: false, drop: true });
    },
  );

  it('keeps what is for a channel even where a person is missing', async () => {
    expect((await failureFor(refused('user_not_found'))).failure).toEqual({ retry: false, drop: false });
  });

  it('parks what it does not know, with the code', async () => {
    const { failure, message } = await failureFor(refused('quota_of_quokkas_exceeded'));
    expect(failure).toEqual({ retry: false });
    expect(message).toContain('quota_of_quokkas_exceeded');
  });

  it('never repeats what was said, nor what stood in for an answer', async () => {
    const failures = await Promise.all([
      failureFor(refused('invalid_blocks')),
      failureFor(refused('<b>A secret plan</b>')),
      failureFor({ status: 500, body: 'A secret plan' }),
    ]);
    for (const { message } of failures) expect(message).not.toContain('secret');
    expect(slackCode(await thrownFor(refused('Not a code')))).toBeUndefined();
  });
});

describe('a server that is not Slack', () => {
  it('is understood when it refuses with an HTTP status', async () => {
    const error = await thrownFor({ status: 403, body: '{"ok":false,"error":"not_in_channel"}' });
    expect(slackCode(error)).toBe('not_in_channel');
    expect(deliveryError(error, 'chat.postMessage').failure).toEqual({ retry: false, problem: 'not-in-channel' });
    expect(slackCode(await thrownFor({ status: 401, body: '{"ok":false,"error":"invalid_auth"}' }))).toBe('invalid_auth');
  });

  it.each<[string, Reply, boolean]>([
    ['says so', { ok: false, error: 'unknown_method' }, true],
    ['says so with a status', { status: 404, body: '{"ok":false,"error":"unknown_method"}' }, true],
    ['has no such page', { status: 404, body: 'Cannot POST /api/chat.postMessage' }, true],
    ['refuses for another reason', { status: 404, body: '{"ok":false,"error":"channel_not_found"}' }, false],
    ['is out of order', { status: 500, body: 'Oops' }, false],
  ])('lacks a method when it %s', async (_what, reply, lacks) => {
    expect(lacksMethod(await thrownFor(reply))).toBe(lacks);
  });
});
