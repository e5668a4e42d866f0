import { afterEach, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../../src/channels/slack/block-kit/read-submission.ts';
import { toMessage } from '../../../src/channels/slack/block-kit/to-message.ts';
import { toModal } from '../../../src/channels/slack/block-kit/to-modal.ts';
import { deliveryOf } from '../../../src/channels/slack/delivery.ts';
import { readEvent } from '../../../src/channels/slack/read-event.ts';
import { momentOf } from '../../../src/channels/slack/timestamp.ts';
import type { Workspace } from '../../../src/channels/slack/workspace.ts';
import { openWaysIn, send, type WaysIn, words } from './ways-in.ts';

let open: WaysIn;
const workspace = { tenant: 'T1', botUserId: 'UPLUMB', botId: 'BPLUMB' } as Workspace;
const [row] = toMessage({ summary: 'A request', blocks: [], actions: [{ action: 'later', label: 'Later', value: { alignment: 'a1' } }] }, { words }).blocks;
const button = row?.type === 'actions' ? row.elements[0] : undefined;
const fields = [
  { type: 'input' as const, id: 'owner', label: 'Owner', kind: 'text' as const },
  { type: 'input' as const, id: 'budget', label: 'Budget', kind: 'text' as const },
];
const modal = toModal(
  { id: 'f', title: 'Form', submitLabel: 'Send', submit: 'submit-answers', value: {}, blocks: fields },
  { words },
  { place: 'C1', thread: '' },
);
const sent = (typed: unknown, view: Record<string, unknown> = {}) => ({
  type: 'view_submission',
  trigger_id: undefined,
  view: { ...modal, id: 'V1', state: { values: { owner: { field: typed } } }, ...view },
});
const press = { type: 'block_actions', actions: [{ ...button, action_ts: '1.1' }], channel: { id: 'C1' }, message: { ts: '1700000001.000200' } };
const keys = () => open.received.map(({ eventKey }) => eventKey);

describe('what people do on a server that is not Slack', () => {
  afterEach(() => open.close());

  it('is told apart where one trigger is given to all presses, and recognised when it comes again', async () => {
    open = await openWaysIn();
    const others = [
      { ...press, actions: [{ ...button, action_ts: '2.2' }] },
      { ...press, message: { ts: '1700000009.000200' } },
      { ...press, user: { id: 'U2' } },
      { ...press, channel: { id: 'C2' } },
    ];
    for (const payload of [press, press, ...others]) await open.interact(payload);
    expect(new Set(keys()).size).toBe(5);
    expect(keys()[0]).toBe(keys()[1]);
  });

  it('is each its own where nothing tells two of them apart', async () => {
    open = await openWaysIn();
    for (let times = 0; times < 2; times += 1) {
      await open.interact({ ...press, actions: [button], trigger_id: undefined });
      await open.interact(sent({ value: 'Dana Fox' }));
      await open.command({ text: 'list', trigger_id: '' });
      await open.interact({ type: 'shortcut', callback_id: 'start_form', trigger_id: null });
    }
    expect(open.received).toHaveLength(8);
    expect(new Set(keys()).size).toBe(8);
  });

  it('may come as JSON', async () => {
    open = await openWaysIn();
    const json = { 'content-type': 'application/json' };
    const payload = { team: { id: 'T1' }, user: { id: 'U1' }, ...press };
    for (const body of [payload, { payload }, { payload: JSON.stringify(payload) }]) {
      expect(await send(open.url, JSON.stringify(body), json)).toEqual({ status: 200, body: '' });
    }
    await send(open.url, JSON.stringify({ command: '/plumb', text: 'list', team_id: 'T1', user_id: 'U1', channel_id: 'C1' }), json);
    expect(open.received.map(({ type }) => type)).toEqual(['ActionTaken', 'ActionTaken', 'ActionTaken', 'CommandGiven']);
  });

  it('as JSON needs a signature all the same', async () => {
    open = await openWaysIn();
    const body = JSON.stringify({ team: { id: 'T1' }, user: { id: 'U1' }, ...press });
    expect((await send(open.url, body, { 'content-type': 'application/json', 'x-slack-signature': 'v0=0' })).status).toBe(401);
    expect(open.received).toEqual([]);
  });

  it('on a message may be called a shortcut', async () => {
    open = await openWaysIn();
    const message = { ts: '1700000000.000100', text: 'We need a course' };
    await open.interact({ type: 'shortcut', callback_id: 'start_alignment', channel: { id: 'C1' }, message });
    expect(open.received).toMatchObject([{ type: 'CommandGiven', command: 'start', personId: 'U1', about: { text: 'We need a course' } }]);
  });

  it('in a form counts with the fields that were filled in, whatever is said about the others', async () => {
    open = await openWaysIn();
    for (const typed of [{ value: 'Dana Fox' }, { type: 'plain_text_input', value: 'Dana Fox' }]) await open.interact(sent(typed));
    await open.interact(sent({ type: 'plain_text_input', value: null }));
    await open.interact(sent(null));
    await open.interact(sent(undefined, { state: null }));
    expect(open.received.map((event) => (event.type === 'FormSubmitted' ? event.inputs : undefined))).toEqual([
      { owner: 'Dana Fox' },
      { owner: 'Dana Fox' },
      { owner: '' },
      {},
      {},
    ]);
  });
});

describe('fields of a form', () => {
  it.each([
    [{ selected_option: { value: 'b' } }, 'b'],
    [{ selected_user: 'U7' }, 'U7'],
    [{ selected_time: '09:00' }, '09:00'],
    [{ selected_options: [{ value: 'true' }] }, 'true'],
    [{ selected_options: [] }, 'false'],
  ])('are read by what is in them where their kind is not told: %j', (typed, value) => {
    expect(readSubmission(sent(typed).view)?.inputs).toEqual({ owner: value });
  });
});

const message = { type: 'message', user: 'u_anna', channel: 'general', ts: '1700000000.5', text: 'Hello <@UPLUMB>' };
const read = (event: Record<string, unknown>, envelope: Record<string, unknown> = {}) => {
  const seen = readEvent({ event, ...envelope }, workspace);
  return seen.kind === 'event' ? seen.event : seen.kind;
};

describe('a message on a server that is not Slack', () => {
  it('is heard in an envelope that holds nothing but the event, whatever its ids look like', () => {
    expect(read(message)).toMatchObject({
      type: 'MessagePosted',
      conversation: { tenant: 'T1', place: 'general', thread: '1700000000.5' },
      personId: 'u_anna',
      addressed: true,
      topLevel: true,
      at: 1_700_000_000_500,
    });
  });

  it('stands in no thread where that field is empty', () => {
    expect(read({ ...message, thread_ts: '' })).toMatchObject({ conversation: { thread: '1700000000.5' }, topLevel: true });
    expect(read({ ...message, thread_ts: '1700000000.5' })).toMatchObject({ conversation: { thread: '1700000000.5' }, topLevel: true });
  });

  it('is for Plumb in a 1:1 chat that only its kind shows', () => {
    expect(read({ ...message, text: 'Hello', thread_ts: '1699999999.5', channel_type: 'im' })).toMatchObject({ conversation: { thread: '' }, addressed: true });
  });

  it('is read from its blocks where it has no text', () => {
    const elements = [
      { type: 'user', user_id: 'UPLUMB' },
      { type: 'text', text: ' we need a <course> & more' },
    ];
    const list = { type: 'rich_text_list', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'by March' }] }] };
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }, list] }];
    expect(read({ ...message, text: '', blocks })).toMatchObject({ text: '@Plumb we need a <course> & more\nby March', addressed: true });
    const section = [{ type: 'section', text: { type: 'mrkdwn', text: 'We need *a course*' } }];
    expect(read({ ...message, text: '', blocks: section })).toMatchObject({ text: 'We need *a course*' });
    for (const nothing of [null, 7, 'text', {}, [null, 7, { type: 'rich_text' }, { type: 'image' }]])
      expect(read({ ...message, text: '', blocks: nothing })).toBe('ignored');
  });

  it('that is one of Plumb’s own posts is never taken for somebody’s words', () => {
    const metadata = { event_type: 'plumb_message', event_payload: { id: 'row-1' } };
    expect(read({ ...message, metadata })).toBe('ignored');
  });

  it('is dated by seconds or by milliseconds', () => {
    expect(['1700000000', '1700000000.000100', '1700000000123'].map(momentOf)).toEqual([1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_123]);
  });
});

describe('an event without an id', () => {
  const event = { type: 'member_joined_channel', user: 'U1', channel: 'C1', event_ts: '1700000000.5' };
  it('is recognised by its words and its moment', () => {
    const first = deliveryOf({}, event);
    expect(first).toMatchObject({ at: 1_700_000_000_500 });
    expect(deliveryOf({}, event)).toEqual(first);
    expect(deliveryOf({}, { ...event, user: 'U2' })).not.toEqual(first);
    expect(deliveryOf({ event_time: 1_700_000_001 }, { type: 'x' })).toMatchObject({ at: 1_700_000_001_000 });
    expect(deliveryOf({}, { type: 'x' })).toBeUndefined();
  });
});
