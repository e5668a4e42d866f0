import { afterEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent } from '../../../src/app/ports.ts';
import { messageRef } from '../../../src/domain/conversation.ts';
import { card, channel, openTestRoom, person, type TestRoom, threadOf } from './open-test-room.ts';

let open: TestRoom;
afterEach(() => open.close());

describe('a post of Plumb', () => {
  it('delivered twice stands there once', async () => {
    open = await openTestRoom();
    const first = await open.say(channel, 'channel', card('Brief'), { id: 'same' });
    const second = await open.say(channel, 'channel', card('Brief'), { id: 'same' });
    expect(second).toBe(first);
    expect((await open.state('sam')).messages).toHaveLength(1);
  });

  it('is edited in place and taken away', async () => {
    open = await openTestRoom();
    const platformId = await open.say(channel, 'channel', card('Version 1'));
    expect(await open.say(channel, 'channel', card('Version 2'), { platformId })).toBe(platformId);
    expect((await open.state('sam')).messages).toMatchObject([{ id: platformId, summary: 'Version 2' }]);
    await open.say(channel, 'channel', 'removed', { platformId });
    await open.restart();
    expect((await open.state('sam')).messages).toEqual([]);
  });

  it('goes to the thread, the channel or the person it is for', async () => {
    open = await openTestRoom();
    const root = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Root' });
    await open.say(threadOf(root), 'thread', card('In the thread'));
    await open.say(threadOf(root), 'channel', card('For all'));
    await open.say(person('priya'), 'private', card('For Priya'));
    const { messages } = await open.state('priya');
    const named = (summary: string) => messages.find((message) => message.summary === summary);
    expect(named('In the thread')).toMatchObject({ place: 'sales-leaders', thread: root });
    expect(named('For all')?.thread).toBe(named('For all')?.id);
    expect(named('For Priya')).toMatchObject({ place: 'dm:priya', thread: '' });
  });

  it('that is private is refused in a channel and for nobody', async () => {
    open = await openTestRoom();
    await expect(open.say(channel, 'private', card('secret'))).rejects.toMatchObject({ name: 'DeliveryError', failure: { retry: false } });
    await expect(open.say(person('mallory'), 'private', card('secret'))).rejects.toMatchObject({ name: 'DeliveryError', failure: { retry: false } });
  });
});

describe('a thread that Plumb is called into', () => {
  it('can be read up to the call, people only', async () => {
    open = await openTestRoom();
    const root = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Root by @Sam' });
    await open.say(threadOf(root), 'thread', card('By Plumb'));
    const reply = await open.write({ as: 'tomas', place: 'sales-leaders', thread: root, text: 'Reply' });
    await open.write({ as: 'sam', place: 'sales-leaders', text: 'Elsewhere' });
    const call = await open.write({ as: 'tomas', place: 'sales-leaders', thread: root, text: '@Plumb' });
    await open.write({ as: 'tomas', place: 'sales-leaders', thread: root, text: 'After that' });
    const earlier = await open.room.channel.earlier?.(threadOf(root).conversation, call);
    expect(earlier?.map(({ messageId, personId, text }) => [messageId, personId, text])).toEqual([
      [root, 'dana', 'Root by @Sam'],
      [reply, 'tomas', 'Reply'],
    ]);
  });
});

describe('after a restart', () => {
  it('the room has Plumb’s posts and the messages that Plumb keeps, and nothing else', async () => {
    open = await openTestRoom();
    const root = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Kept request' });
    await open.post('messages', { as: 'sam', place: 'sales-leaders', text: 'Idle talk' });
    await open.say(threadOf(root), 'thread', card('Question'));
    await keepText(root, 'dana', 'Kept request');
    await open.restart();
    const { messages } = await open.state('sam');
    expect(messages).toMatchObject([
      { id: root, thread: root, author: 'dana', text: 'Kept request' },
      { thread: root, app: true, summary: 'Question' },
    ]);
    // What is kept beside a message, for an L&D partner, is nothing that its author wrote.
    for (const words of ['Idle', 'model']) expect(JSON.stringify(messages)).not.toContain(words);
  });

  it('a thread whose first message was not kept can still be read', async () => {
    open = await openTestRoom();
    const root = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Not kept' });
    await open.say(threadOf(root), 'thread', card('Question'));
    await open.restart();
    expect((await open.state('sam')).messages).toMatchObject([
      { id: root, gone: 'forgotten' },
      { thread: root, summary: 'Question' },
    ]);
  });
});

describe('after a restart, what Plumb has yet to handle', () => {
  const write = (text: string, thread = '') => open.write({ as: 'dana', place: 'sales-leaders', thread, text });

  it('is there, as it was last said, and can be replied to', async () => {
    open = await openTestRoom({ intake: { receive: keepWaiting } });
    const root = await write('My request');
    const mistake = await write('A mistake', root);
    const slip = await write('Nothing to see', root);
    await open.post(`messages/${mistake}/edit`, { as: 'dana', text: 'A correction' });
    await open.post(`messages/${slip}/delete`, { as: 'dana' });
    await open.restart();
    expect((await open.state('sam')).messages).toEqual([
      expect.objectContaining({ id: root, thread: root, author: 'dana', text: 'My request' }),
      expect.objectContaining({ id: mistake, thread: root, text: 'A correction', editedAt: expect.any(Number) }),
    ]);
    expect((await open.post('messages', { as: 'dana', place: 'sales-leaders', thread: root, text: 'More' })).status).toBe(200);
  });

  it('stays private where it was said in private', async () => {
    open = await openTestRoom({ intake: { receive: keepWaiting } });
    await open.write({ as: 'priya', place: 'dm:priya', text: 'For Plumb alone' });
    await open.restart();
    expect((await open.state('priya')).messages).toMatchObject([{ place: 'dm:priya', thread: '', text: 'For Plumb alone' }]);
    expect((await open.state('dana')).messages).toEqual([]);
  });

  it('and what is kept of a thread in which Plumb has not spoken yet are both there', async () => {
    open = await openTestRoom({ intake: { receive: keepWaiting } });
    await keepText('m000000001aaaaaaaa', 'dana', 'Kept request');
    await write('Waits');
    await open.restart();
    expect((await open.state('sam')).messages).toMatchObject([{ id: 'm000000001aaaaaaaa', text: 'Kept request' }, { text: 'Waits' }]);
  });
});

describe('the directory', () => {
  it.each([
    ['Tomás', ['tomas']],
    ['@keiko mori', ['keiko']],
    ['Whitfield', ['dana']],
    ['somebody', []],
    ['', []],
  ])('resolves %j', async (name, ids) => {
    open = await openTestRoom();
    expect((await open.room.channel.directory.resolve('room', name, 'sales-leaders')).map((found) => found.id)).toEqual(ids);
  });

  it('knows who can read a place', async () => {
    open = await openTestRoom();
    const members = async (place: string) => (await open.room.channel.directory.members('room', place)).map((member) => member.id);
    expect(await members('sales-leaders')).toEqual(['dana', 'priya', 'tomas', 'keiko', 'sam']);
    expect(await members('dm:priya')).toEqual(['priya']);
    expect(await members('elsewhere')).toEqual([]);
  });
});

/** An intake that stores, with nobody at work behind it. */
async function keepWaiting(event: InboundEvent): Promise<'stored' | 'already there'> {
  return open.store.inbox.add({ event, readyAt: Number.MAX_SAFE_INTEGER });
}

/** What a commit does when Plumb takes a message in. */
async function keepText(messageId: string, author: string, body: string): Promise<void> {
  const conversation = { channel: 'room', tenant: 'room', place: 'sales-leaders', thread: messageId } as const;
  await open.store.inbox.add({
    event: {
      type: 'MessagePosted',
      eventKey: `room:${messageId}`,
      conversation,
      personId: author,
      at: 1,
      messageId,
      text: body,
      mentions: [],
      addressed: false,
      topLevel: true,
    },
    readyAt: 0,
  });
  const [lease] = await open.store.inbox.lease({ now: Date.now(), leaseUntil: Date.now() + 60_000, limit: 1 });
  if (!lease) throw new Error('The row that was just added is not there.');
  const ref = messageRef({ channel: 'room', tenant: 'room', place: 'sales-leaders', messageId });
  const committed = await open.store.commit({
    lease,
    aggregates: [],
    texts: [
      { textId: ref, messageRef: ref, author, body, at: 1 },
      { textId: `${ref}#asked:2`, messageRef: ref, author, body: 'What would a model ask?', at: 2 },
    ],
    eraseTexts: [],
    outbox: [],
    timers: [],
    conversations: [],
    done: lease.rows.map((row) => row.id),
  });
  expect(committed).toBe('committed');
}
