import { afterEach, describe, expect, it } from '@jest/globals';
import { answering, openWaysIn, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const ts = '1700000000.000100';
const elsewhere = { 'conversations.info': 'channel_not_found' };

describe('/plumb', () => {
  it('is about the place where it was given', async () => {
    open = await openWaysIn();
    expect(await open.command({ text: 'start a course for &lt;ten&gt; people' })).toEqual({ status: 200, body: '' });
    expect(open.received).toMatchObject([
      {
        type: 'CommandGiven',
        command: 'start',
        text: 'a course for <ten> people',
        eventKey: expect.any(String),
        conversation: { tenant: 'T1', place: 'C1', thread: '' },
        personId: 'U1',
      },
    ]);
  });

  it('is answered to that person alone', async () => {
    open = await openWaysIn({
      intake: answering({ kind: 'card', card: { summary: 'Help', blocks: [{ type: 'text', text: 'What Plumb does' }], actions: [] } }),
    });
    await open.command({ text: 'help' });
    const { args } = await open.called('response_url');
    expect(args['response_type']).toBe('ephemeral');
    expect(JSON.stringify(args['blocks'])).toContain('What Plumb does');
  });

  it.each([
    ['Slack knows no such place', elsewhere],
    ['it reads along without being a member', { 'conversations.info': { channel: { id: 'C1', is_member: false } } }],
  ])('cannot start where Plumb is not: %s', async (_, slack) => {
    open = await openWaysIn({ slack });
    expect((await open.command({ text: 'start' })).status).toBe(200);
    expect((await open.called('response_url')).args['text']).toBe('notInvited');
    expect(open.received).toEqual([]);
  });

  it('shows what is the person’s own everywhere, without asking Slack', async () => {
    open = await openWaysIn({ slack: elsewhere });
    await open.command({ text: 'list' });
    expect(open.received).toMatchObject([{ command: 'list' }]);
    expect(open.calls).toEqual([]);
  });

  it.each(['missing_scope', 'unknown_method'])('starts all the same where Slack does not tell who is where: %s', async (problem) => {
    open = await openWaysIn({ slack: { 'conversations.info': problem } });
    await open.command({ text: 'start' });
    expect(open.received).toMatchObject([{ command: 'start' }]);
  });
});

describe('the shortcut on a message', () => {
  const shortcut = (message: Record<string, unknown>) => ({
    type: 'message_action',
    callback_id: 'start_alignment',
    response_url: open.responseUrl,
    channel: { id: 'C1', name: 'sales' },
    message: { type: 'message', ts, user: 'U2', text: 'We need a course &amp; soon', ...message },
  });

  it('starts in the thread of that message, for its author', async () => {
    open = await openWaysIn();
    expect(await open.interact(shortcut({}))).toEqual({ status: 200, body: '' });
    expect(open.received).toMatchObject([
      {
        type: 'CommandGiven',
        command: 'start',
        personId: 'U1',
        conversation: { place: 'C1', thread: ts },
        about: { messageId: ts, personId: 'U2', text: 'We need a course & soon', mentions: [], at: 1_700_000_000_000 },
      },
    ]);
  });

  it('on a reply starts in the thread that the reply stands in', async () => {
    open = await openWaysIn();
    await open.interact(shortcut({ ts: '1700000005.000000', thread_ts: ts }));
    expect(open.received).toMatchObject([{ conversation: { thread: ts }, about: { messageId: '1700000005.000000' } }]);
  });

  it('on what an app wrote counts as said by whoever points at it', async () => {
    open = await openWaysIn();
    await open.interact(shortcut({ bot_id: 'B9' }));
    expect(open.received).toMatchObject([{ about: { personId: 'U1' } }]);
  });

  it('does nothing but say so where Plumb is not', async () => {
    open = await openWaysIn({ slack: elsewhere });
    await open.interact(shortcut({}));
    expect((await open.called('response_url')).args).toMatchObject({ text: 'notInvited', response_type: 'ephemeral' });
    expect(open.received).toEqual([]);
  });
});

it('the global shortcut opens at once and asks for the form', async () => {
  open = await openWaysIn({
    intake: answering({ kind: 'form', form: { id: 'start', title: 'Start', submitLabel: 'Start', submit: 'submit-start', value: {}, blocks: [] } }),
  });
  expect((await open.interact({ type: 'shortcut', callback_id: 'start_form' })).status).toBe(200);
  expect((await open.called('views.open')).args['trigger_id']).toBe('trigger-1');
  expect(JSON.stringify((await open.called('views.update')).args)).toContain('submit-start');
  expect(open.received).toMatchObject([{ type: 'FormRequested', action: 'start-in-form', conversation: { place: 'home:U1', thread: '' } }]);
});
