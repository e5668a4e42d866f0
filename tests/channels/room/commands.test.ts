import { afterEach, describe, expect, it } from '@jest/globals';
import { card, channel, openTestRoom, type TestRoom } from './open-test-room.ts';

let open: TestRoom;
afterEach(() => open.close());
const shown = { kind: 'card', card: card('For you', [{ action: 'listen-off', label: 'Stop', value: { place: 'sales-leaders' } }]) } as const;

describe('a command typed in a composer', () => {
  it('reaches Plumb as a command, and its answer only whoever typed it', async () => {
    open = await openTestRoom({ intake: { interact: async () => shown } });
    const { body } = await open.post('messages', { as: 'dana', place: 'sales-leaders', text: '/plumb listen off' });
    expect(body).toMatchObject({ answer: { kind: 'card', summary: 'For you', card: { type: 'AdaptiveCard' } } });
    const conversation = { channel: 'room', tenant: 'room', place: 'sales-leaders', thread: '' };
    expect(open.received).toMatchObject([{ type: 'CommandGiven', command: 'listen-off', personId: 'dana', conversation }]);
    for (const viewer of ['dana', 'sam']) expect((await open.state(viewer)).messages).toEqual([]);
  });

  it('says in which thread it was typed', async () => {
    open = await openTestRoom();
    const root = await open.say(channel, 'channel', card('A post'));
    await open.post('messages', { as: 'dana', place: 'sales-leaders', thread: root, text: '/plumb start A negotiation course' });
    expect(open.received).toMatchObject([{ command: 'start', text: 'A negotiation course', conversation: { thread: root } }]);
  });

  it.each([
    ['a thread that is not there', { place: 'sales-leaders', thread: 'm1' }, 404],
    ["somebody else's chat", { place: 'dm:priya', thread: '' }, 403],
  ])('is refused in %s', async (_, where, status) => {
    open = await openTestRoom();
    expect((await open.post('messages', { as: 'dana', ...where, text: '/plumb help' })).status).toBe(status);
    expect(open.received).toEqual([]);
  });

  it('is a message when it only looks like one', async () => {
    open = await openTestRoom();
    await open.write({ as: 'dana', place: 'sales-leaders', text: '/plumbing is broken' });
    expect(open.received).toMatchObject([{ type: 'MessagePosted' }]);
  });
});

describe('Home', () => {
  it('is asked for by one person and shown to that person', async () => {
    open = await openTestRoom({ intake: { interact: async () => shown } });
    expect((await open.post('home', { as: 'priya' })).body).toMatchObject({ kind: 'card', summary: 'For you' });
    expect(open.received).toMatchObject([{ type: 'HomeOpened', personId: 'priya', conversation: { place: 'dm:priya' } }]);
    expect((await open.state('priya')).messages).toEqual([]);
  });

  it('takes presses and forms of its own, always as those of the person who looks at it', async () => {
    open = await openTestRoom();
    const press = { as: 'priya', postId: 'home', action: 'listen-off', value: { place: 'sales-leaders' } };
    await open.post('actions', press);
    await open.post('forms', press);
    await open.post('forms/submit', { as: 'priya', postId: 'home', submit: 'submit-nudge-settings' });
    expect(open.received).toMatchObject([{ type: 'ActionTaken' }, { type: 'FormRequested' }, { type: 'FormSubmitted' }]);
    for (const event of open.received) expect(event).toMatchObject({ personId: 'priya', conversation: { place: 'dm:priya' } });
  });

  it('never becomes a post, even when a press gets a card', async () => {
    open = await openTestRoom({ intake: { interact: async () => shown } });
    await open.post('actions', { as: 'priya', postId: 'home', action: 'x' });
    expect((await open.state('priya')).messages).toEqual([]);
    expect(await open.store.room.posts()).toEqual([]);
  });
});
