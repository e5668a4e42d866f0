import { afterEach, describe, expect, it } from '@jest/globals';
import type { Channel, OutboundMessage } from '../../../src/app/ports.ts';
import { createSend } from '../../../src/channels/slack/send.ts';
import { type Call, card, clock, createLog, inThread, type Logged, openScript, type Reply, toPerson, words, workspaceAt } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const posted = (call: Call): { ok: boolean; channel: string; ts: string } => ({ ok: true, channel: call.args['channel'] ?? '', ts: '1700000000.000900' });

async function open(
  answer: (call: Call, count: number) => Reply | Promise<Reply> = posted,
): Promise<{ send: Channel['send']; calls: Call[]; lines: Logged[] }> {
  const slack = await openScript(answer);
  closing.push(slack.close);
  const { logger, lines } = createLog();
  const { workspaces } = workspaceAt(slack.url, logger);
  return { send: createSend({ workspaces, words, clock, logger }), calls: slack.calls, lines };
}

const suggestion = (id: string, thread: string): OutboundMessage => ({
  ...toPerson(id, 'UADA', 'Shall I help?'),
  near: { channel: 'slack', tenant: 'T1', place: 'C1', thread },
});

describe('a suggestion near a message', () => {
  it('is shown to that person alone, in the channel itself when the message is new', async () => {
    const { send, calls } = await open(() => ({ ok: true, message_ts: '1700000000.000900' }));
    const now = (Date.now() / 1_000).toFixed(6);
    expect(await send(suggestion('s-1', now), undefined)).toEqual({ platformId: 'ephemeral' });
    expect(calls.map(({ method }) => method)).toEqual(['chat.postEphemeral']);
    expect(calls[0]?.args).toMatchObject({ channel: 'C1', user: 'UADA' });
    expect(calls[0]?.args['thread_ts']).toBeUndefined();
  });

  it('is shown in a thread that has been there for a while', async () => {
    const { send, calls } = await open(() => ({ ok: true, message_ts: '1700000000.000900' }));
    await send(suggestion('s-2', '1600000000.000100'), undefined);
    expect(calls[0]?.args['thread_ts']).toBe('1600000000.000100');
  });

  it.each(['user_not_in_channel', 'unknown_method', 'not_in_channel', 'missing_scope', 'internal_error'])('falls silent on %s', async (error) => {
    const { send, calls, lines } = await open(() => ({ ok: false, error }));
    expect(await send(suggestion('s-3', ''), undefined)).toEqual({ platformId: 'ephemeral' });
    expect(calls).toHaveLength(1);
    expect(lines.map(({ level }) => level)).toEqual(['debug']);
  });

  it('is neither repeated when it may have been shown, nor changed or taken away', async () => {
    const { send, calls } = await open();
    await send(suggestion('s-4', ''), undefined, { perhapsSentAt: Date.now() });
    await send(suggestion('s-5', ''), 'ephemeral');
    await send({ ...suggestion('s-6', ''), card: 'removed' }, 'ephemeral');
    await send(toPerson('s-7', 'UADA', 'Started'), 'ephemeral');
    expect(calls).toEqual([]);
  });

  it('waits when Slack asks for patience', async () => {
    const { send } = await open(() => ({ status: 429, headers: { 'retry-after': '3' } }));
    await expect(send(suggestion('s-8', ''), undefined)).rejects.toMatchObject({ failure: { busy: true, retryAfterMs: 3_000 } });
  });
});

describe('what Slack does not take as it is', () => {
  it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_too_long', 'msg_blocks_too_long'])('goes out once more as plain text after %s', async (error) => {
    const { send, calls, lines } = await open((call, count) => (count === 1 ? { ok: false, error } : posted(call)));
    expect(await send(inThread('p-1', 'C1', '', 'A question'), undefined)).toEqual({ platformId: '1700000000.000900' });
    expect(calls.map(({ args }) => args['blocks'] === undefined)).toEqual([false, true]);
    expect(calls[1]?.args['text']).toBe('A question (summary)');
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', fields: { outbox: 'p-1', code: error } })]);
  });

  it('empties the blocks of the post that it changes, and keeps to the shorter text there', async () => {
    const { send, calls } = await open((call, count) => (count === 1 ? { ok: false, error: 'msg_too_long' } : posted(call)));
    const long = { ...inThread('p-2', 'C1', '', ''), card: { ...card(''), summary: 'x'.repeat(30_000) } };
    await send(long, '1700000000.000100');
    expect(calls[1]?.args['blocks']).toBe('[]');
    expect(calls[1]?.args['text']?.length).toBeLessThanOrEqual(4_000);
  });

  it('keeps all but its pictures where Slack cannot fetch them: Plumb is being stopped, for instance', async () => {
    const picture = { kind: 'kpi-trend', title: 'The numbers', kpis: [] } as const;
    const digest = inThread('p-5', 'C1', '', 'Before the call');
    const blocks = [...card('Before the call').blocks, { type: 'image', picture, alt: '45, then 41', url: 'https://plumb.example/pictures/x' } as const];
    const { send, calls } = await open((call, count) => (count === 1 ? { ok: false, error: 'invalid_blocks' } : posted(call)));
    await send({ ...digest, card: { ...card('Before the call'), blocks } }, '1700000000.000100');
    const [first, second] = calls.map(({ method, args }) => `${method} ${args['blocks']}`);
    expect(first).toMatch(/^chat\.update .*"image_url"/);
    expect(second).toMatch(/^chat\.update (?!.*"image_url").*Before the call.*45, then 41.*Later/);
    expect(calls).toHaveLength(2);
  });

  it('is told of in the log by the places that Slack points to, without anybody’s words', async () => {
    const messages = [
      '[ERROR] downloading image failed [json-pointer:/blocks/3/image_url]',
      '[ERROR] A secret plan',
      '[ERROR] x [json-pointer:/A secret plan]',
    ];
    const { send, lines } = await open((call, count) => (count === 1 ? { ok: false, error: 'invalid_blocks', response_metadata: { messages } } : posted(call)));
    await send(inThread('p-6', 'C1', '', 'A question'), undefined);
    expect(lines).toEqual([expect.objectContaining({ fields: { outbox: 'p-6', code: 'invalid_blocks', at: ['/blocks/3/image_url'] } })]);
  });

  it('gives up when the plain text is refused too', async () => {
    const { send, calls } = await open(() => ({ ok: false, error: 'invalid_blocks' }));
    await expect(send(inThread('p-3', 'C1', '', 'A question'), undefined)).rejects.toMatchObject({ failure: { retry: false } });
    expect(calls).toHaveLength(2);
  });

  it('leaves the mark out where a Slack knows none', async () => {
    const { send, calls } = await open((call, count) => (count === 1 ? { ok: false, error: 'metadata_must_be_sent_from_app' } : posted(call)));
    await send(inThread('p-4', 'C1', '', 'A question'), undefined);
    expect(calls.map(({ args }) => args['metadata'] === undefined)).toEqual([false, true]);
  });
});

describe('a person', () => {
  it('is written to in a chat that is opened first, and there at once the next time', async () => {
    const { send, calls } = await open((call) => (call.method === 'conversations.open' ? { ok: true, channel: { id: 'D9' } } : posted(call)));
    expect(await send(toPerson('d-1', 'UADA', 'Hello'), undefined)).toEqual({ platformId: 'D9:1700000000.000900' });
    await send(toPerson('d-2', 'UADA', 'Hello again'), undefined);
    expect(calls.map(({ method, args }) => `${method} ${args['channel'] ?? ''}`)).toEqual([
      'conversations.open ',
      'chat.postMessage D9',
      'chat.postMessage D9',
    ]);
  });

  it.each<[string, Reply]>([
    ['cannot be opened', { ok: false, error: 'missing_scope' }],
    ['the server cannot open', { status: 404, body: '{"ok":false,"error":"unknown_method"}' }],
    ['the server has no method for', { status: 404, body: 'Cannot POST /api/conversations.open' }],
  ])('whose chat %s is written to under their id, and it is not tried each time', async (_what, refusal) => {
    const { send, calls } = await open((call) => (call.method === 'conversations.open' ? refusal : posted(call)));
    await send(toPerson('d-4', 'UADA', 'Hello'), undefined);
    await send(toPerson('d-5', 'UBEN', 'Hello'), undefined);
    expect(calls.map(({ method, args }) => `${method} ${args['channel'] ?? ''}`)).toEqual([
      'conversations.open ',
      'chat.postMessage UADA',
      'chat.postMessage UBEN',
    ]);
  });

  it('is forgotten when there can be no chat', async () => {
    const { send } = await open(({ method }) => ({ ok: false, error: method === 'conversations.open' ? 'user_disabled' : 'channel_not_found' }));
    await expect(send(toPerson('d-3', 'UADA', 'Hello'), undefined)).rejects.toMatchObject({ failure: { retry: false, drop: true } });
  });
});

describe('Slack in trouble', () => {
  it('holds the channel back after a 429 without asking again, and no other channel', async () => {
    const { send, calls } = await open((call) => (call.args['channel'] === 'C1' ? { status: 429, headers: { 'retry-after': '30' } } : posted(call)));
    const busy = { failure: { retry: true, busy: true } };
    await expect(send(inThread('t-1', 'C1', '', 'One'), undefined)).rejects.toMatchObject(busy);
    await expect(send(inThread('t-2', 'C1', '', 'Two'), undefined)).rejects.toMatchObject(busy);
    await send(inThread('t-3', 'C2', '', 'Three'), undefined);
    expect(calls.map(({ args }) => args['channel'])).toEqual(['C1', 'C2']);
  });

  it('does not send beside a send that still hangs', async () => {
    let release = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send, calls } = await open(async (call) => {
      await hanging;
      return posted(call);
    });
    const message = inThread('t-4', 'C1', '', 'Once');
    const first = send(message, undefined);
    const second = send(message, undefined, { perhapsSentAt: Date.now() });
    release();
    expect(await Promise.all([first, second])).toEqual([{ platformId: '1700000000.000900' }, { platformId: '1700000000.000900' }]);
    expect(calls).toHaveLength(1);
  });

  it('has no Home where there is none, and nobody misses it', async () => {
    const { send } = await open(() => ({ ok: false, error: 'unknown_method' }));
    await expect(send({ ...toPerson('t-5', 'UADA', 'Home'), audience: 'home' }, undefined)).rejects.toMatchObject({ failure: { retry: false, drop: true } });
  });

  it('keeps text and tokens out of the log', async () => {
    const { send, lines } = await open((call, count) =>
      count === 1 ? { ok: false, error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] A secret plan'] } } : posted(call),
    );
    await send(inThread('t-6', 'C1', '', 'A secret plan'), undefined);
    expect(JSON.stringify(lines)).not.toMatch(/secret|xoxb/);
  });

  it('passes on the name of a warning of Slack’s, and nothing else of what its library says', async () => {
    const { send, lines } = await open((call) => ({
      ...posted(call),
      response_metadata: { warnings: ['message_truncated', 'A secret plan', 'missing_charset'] },
    }));
    await send(inThread('t-7', 'C1', '', 'A secret plan'), undefined);
    expect(lines).toEqual([{ level: 'warn', fields: { code: 'message_truncated' }, message: expect.any(String) }]);
  });
});
