import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboundMessage } from '../../../src/app/ports.ts';
import { createSend } from '../../../src/channels/slack/send.ts';
import { type Call, createLog, inThread, openScript, type Reply, toPerson, words, workspaceAt } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Post = { ts: string; channel: string; thread_ts: string | undefined; bot_id: string; user: string; metadata: unknown };
type Special = (call: Call, count: number, posts: Post[]) => Reply | undefined;

/** A small Slack that keeps posts; `special` answers instead where it says something. Slack's clock is real, ours is off by `offset`. */
async function open(special: Special = () => undefined, { offset = 0 }: { offset?: number } = {}) {
  const posts: Post[] = [];
  const keep = ({ args }: Call, more: Partial<Post> = {}): Post => {
    const ts = `${Math.floor(Date.now() / 1_000)}.${String(posts.length + 1).padStart(6, '0')}`;
    const place = (args['channel'] ?? '').startsWith('U') ? 'D9' : (args['channel'] ?? '');
    const post = { ts, channel: place, thread_ts: args['thread_ts'], bot_id: 'BBOT', user: 'UBOT', metadata: JSON.parse(args['metadata'] ?? 'null'), ...more };
    posts.push(post);
    return post;
  };
  const answer = (call: Call, count: number): Reply => {
    const said = special(call, count, posts);
    if (said) return said;
    if (call.method === 'chat.postMessage') return { ok: true, ...keep(call) };
    if (call.method === 'conversations.open') return { ok: true, channel: { id: 'D9' } };
    const since = Number(call.args['oldest']);
    const inPlace = posts.filter(({ channel, ts }) => channel === call.args['channel'] && Number(ts) >= since);
    return { ok: true, messages: inPlace.filter(({ thread_ts }) => thread_ts === call.args['ts']) };
  };
  const slack = await openScript(answer);
  closing.push(slack.close);
  const { logger, lines } = createLog();
  const { workspaces } = workspaceAt(slack.url, logger);
  const ours = (): number => Date.now() + offset;
  const send = createSend({ workspaces, words, clock: { now: ours }, logger });
  const methods = () => slack.calls.map(({ method }) => method);
  return { send, posts, keep, calls: slack.calls, methods, ours, lines };
}

const thread = '1600000000.000100';
const inThreadOf = (id: string): OutboundMessage => inThread(id, 'C1', thread, 'What drives this?');

/** The first try of a message that arrives although its connection breaks. */
const arrivesUnheard: (keep: () => (call: Call) => Post) => Special = (keep) => (call, count) => {
  if (call.method !== 'chat.postMessage' || count > 1) return undefined;
  keep()(call);
  return 'cut';
};

describe('a send that may have arrived', () => {
  it.each([
    ['in a thread', inThreadOf('m-1')],
    ['in a channel', { ...inThreadOf('m-1'), audience: 'channel' as const }],
    ['in the chat with a person', toPerson('m-1', 'UADA', 'Why now?')],
  ])('is found %s and not sent again', async (_where, message) => {
    let keep: (call: Call) => Post = () => ({}) as Post;
    const slack = await open(arrivesUnheard(() => keep));
    keep = slack.keep;
    const begun = slack.ours();
    await expect(slack.send(message, undefined)).rejects.toMatchObject({ failure: { retry: true, perhapsSent: true } });
    const { platformId } = await slack.send(message, undefined, { perhapsSentAt: begun });
    expect(slack.posts).toHaveLength(1);
    expect(platformId).toBe(message.to.kind === 'person' ? `D9:${slack.posts[0]?.ts}` : slack.posts[0]?.ts);
  });

  it('is found although our clock is far from Slack’s', async () => {
    let keep: (call: Call) => Post = () => ({}) as Post;
    const slack = await open(
      arrivesUnheard(() => keep),
      { offset: 9 * 86_400_000 },
    );
    keep = slack.keep;
    const begun = slack.ours();
    await expect(slack.send(inThreadOf('m-2'), undefined)).rejects.toThrow();
    await slack.send(inThreadOf('m-2'), undefined, { perhapsSentAt: begun });
    expect(slack.posts).toHaveLength(1);
  });

  it('is sent when it is not there, and not taken for what somebody else marked', async () => {
    const { send, posts, keep } = await open();
    const foreign = { channel: 'C1', thread_ts: thread, metadata: JSON.stringify({ event_type: 'plumb_message', event_payload: { id: 'm-3' } }) };
    keep({ method: 'chat.postMessage', args: foreign }, { user: 'UMALLORY', bot_id: 'BMALLORY' });
    await send(inThreadOf('m-3'), undefined, { perhapsSentAt: Date.now() });
    expect(posts.map(({ user }) => user)).toEqual(['UMALLORY', 'UBOT']);
  });

  it('is looked for on all pages', async () => {
    const { send, posts, calls } = await open((call) => {
      if (call.method !== 'conversations.replies') return undefined;
      if (call.args['cursor'] === undefined) return { ok: true, messages: [], response_metadata: { next_cursor: 'second' } };
      return { ok: true, messages: [{ ts: '1700000000.000500', user: 'UBOT', metadata: { event_type: 'plumb_message', event_payload: { id: 'm-4' } } }] };
    });
    expect(await send(inThreadOf('m-4'), undefined, { perhapsSentAt: Date.now() })).toEqual({ platformId: '1700000000.000500' });
    expect(posts).toEqual([]);
    expect(calls[0]?.args).toMatchObject({ channel: 'C1', ts: thread, include_all_metadata: 'true' });
  });

  it.each(['missing_scope', 'unknown_method', 'thread_not_found'])('is sent again where it cannot be looked for: %s', async (error) => {
    const { send, posts, lines } = await open((call) => (call.method === 'conversations.replies' ? { ok: false, error } : undefined));
    await send(inThreadOf('m-5'), undefined, { perhapsSentAt: Date.now() });
    expect(posts).toHaveLength(1);
    expect(lines.map(({ level, fields }) => [level, fields['outbox']])).toEqual([['warn', 'm-5']]);
  });

  it('is sent again where the server has nothing to look with', async () => {
    const { send, posts } = await open((call) => (call.method === 'conversations.replies' ? { status: 404, body: 'Cannot POST' } : undefined));
    await send(inThreadOf('m-8'), undefined, { perhapsSentAt: Date.now() });
    expect(posts).toHaveLength(1);
  });

  it('waits some times for Slack to let it read, then is sent again', async () => {
    const { send, posts, methods } = await open((call) =>
      call.method === 'conversations.replies' ? { status: 429, headers: { 'retry-after': '60' } } : undefined,
    );
    const again = () => send(inThreadOf('m-6'), undefined, { perhapsSentAt: Date.now() });
    for (let n = 0; n < 3; n += 1)
      await expect(again()).rejects.toMatchObject({ failure: { retry: true, busy: true, retryAfterMs: 60_000, perhapsSent: true } });
    await again();
    expect(posts).toHaveLength(1);
    expect(methods()).toHaveLength(5);
  });

  it('stays in doubt when the look fails', async () => {
    const { send, posts } = await open((call) => (call.method === 'conversations.replies' ? 'cut' : undefined));
    await expect(send(inThreadOf('m-7'), undefined, { perhapsSentAt: Date.now() })).rejects.toMatchObject({ failure: { retry: true, perhapsSent: true } });
    expect(posts).toEqual([]);
  });

  it('does not look for what was never in doubt, nor for a change, which may be made twice', async () => {
    const { send, methods } = await open((call) => (call.method === 'chat.update' ? { ok: true, channel: 'C1', ts: '1700000000.000100' } : undefined));
    await send(inThreadOf('m-9'), undefined);
    await send(inThreadOf('m-10'), '1700000000.000100', { perhapsSentAt: Date.now() });
    expect(methods()).toEqual(['chat.postMessage', 'chat.update']);
  });
});
