import { afterEach, describe, expect, it } from '@jest/globals';
import { card, channel, openTestRoom, person, type TestRoom, threadOf } from './open-test-room.ts';

let open: TestRoom;
afterEach(() => open.close());

describe('a posted message', () => {
  it('reaches the intake with its mentions before everybody sees it', async () => {
    open = await openTestRoom();
    const text = 'Could @Plumb help, or @tomas?';
    const { body } = await open.post('messages', { as: 'dana', place: 'sales-leaders', text });
    expect(open.received).toMatchObject([
      {
        type: 'MessagePosted',
        eventKey: `room:${body.id}`,
        conversation: { channel: 'room', tenant: 'room', place: 'sales-leaders', thread: body.id },
        personId: 'dana',
        messageId: body.id,
        text,
        addressed: true,
        topLevel: true,
        mentions: [
          { start: 6, end: 12, personId: 'plumb' },
          { start: 22, end: 28, personId: 'tomas' },
        ],
      },
    ]);
    expect((await open.state('sam')).messages).toMatchObject([{ id: body.id, author: 'dana', text }]);
  });

  it('in a thread keeps the root’s id, in a private chat it is addressed to Plumb', async () => {
    open = await openTestRoom();
    const root = await open.write({ as: 'dana', place: 'sales-leaders', text: 'One' });
    await open.post('messages', { as: 'sam', place: 'sales-leaders', thread: root, text: 'Two' });
    await open.post('messages', { as: 'keiko', place: 'dm:keiko', text: 'Three' });
    expect(open.received.slice(1)).toMatchObject([
      { conversation: { thread: root }, topLevel: false, addressed: false },
      { conversation: { place: 'dm:keiko', thread: '' }, addressed: true },
    ]);
  });

  it('that cannot be kept is not shown', async () => {
    open = await openTestRoom({ intake: { receive: async () => Promise.reject(new Error('disk full')) } });
    const { status, body } = await open.post('messages', { as: 'dana', place: 'sales-leaders', text: 'Hello' });
    expect([status, body.error?.code]).toEqual([503, 'not_stored']);
    expect((await open.state('dana')).messages).toEqual([]);
  });

  it('that cannot be kept leaves none of its words in the log', async () => {
    const error = new Error('cannot read "my salary"');
    open = await openTestRoom({ intake: { receive: async () => Promise.reject(error) } });
    await open.post('messages', { as: 'dana', place: 'sales-leaders', text: 'my salary' });
    // The logger describes the field `error` without the messages of foreign errors; every other field is written as it is.
    expect(open.logged).toEqual([{ error, kind: 'post' }]);
  });

  it('may have 40,000 characters and not one more', async () => {
    open = await openTestRoom();
    expect((await open.post('messages', { as: 'dana', place: 'sales-leaders', text: '\u202e'.repeat(40_000) })).status).toBe(200);
    const { status, body } = await open.post('messages', { as: 'dana', place: 'sales-leaders', text: 'x'.repeat(40_001) });
    expect([status, body.error?.code]).toEqual([413, 'too_long']);
    expect(body.error?.message).toContain('40,000');
  });

  it('loses null bytes and halves of characters', async () => {
    open = await openTestRoom();
    await open.post('messages', { as: 'dana', place: 'sales-leaders', text: 'a\u0000b\ud83d' });
    expect(open.received).toMatchObject([{ text: 'ab\ufffd' }]);
  });

  it.each([
    ['empty', { as: 'dana', place: 'sales-leaders', text: ' \n ' }, 400, 'empty_message'],
    ['by nobody', { as: 'mallory', place: 'sales-leaders', text: 'x' }, 400, 'bad_request'],
    ['with an extra field', { as: 'dana', place: 'sales-leaders', text: 'x', admin: true }, 400, 'bad_request'],
    ['in somebody else’s private chat', { as: 'dana', place: 'dm:priya', text: 'x' }, 403, 'not_yours'],
    ['in a thread that is not there', { as: 'dana', place: 'sales-leaders', thread: 'm1', text: 'x' }, 404, 'not_found'],
  ])('is refused when %s', async (_, message, status, code) => {
    open = await openTestRoom();
    const answer = await open.post('messages', message);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(open.received).toEqual([]);
  });
});

describe('one’s own message', () => {
  it('that was deleted while its edit was being stored stays deleted', async () => {
    const stored = Promise.withResolvers<'stored'>();
    const editing = Promise.withResolvers<void>();
    const receive = async ({ type }: { type: string }) => {
      if (type !== 'MessageEdited') return 'stored';
      editing.resolve();
      return stored.promise;
    };
    open = await openTestRoom({ intake: { receive } });
    const id = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Before' });
    const edit = open.post(`messages/${id}/edit`, { as: 'dana', text: 'After' });
    await editing.promise;
    await open.post(`messages/${id}/delete`, { as: 'dana' });
    stored.resolve('stored');
    await edit;
    expect((await open.state('sam')).messages).toEqual([]);
  });

  it('can be edited and deleted, by its author only', async () => {
    open = await openTestRoom();
    const id = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Before' });
    expect((await open.post(`messages/${id}/edit`, { as: 'sam', text: 'Mine now' })).status).toBe(403);
    expect((await open.post(`messages/${id}/edit`, { as: 'dana', text: 'After' })).status).toBe(200);
    expect((await open.state('sam')).messages).toMatchObject([{ text: 'After', editedAt: expect.any(Number) }]);
    expect((await open.post(`messages/${id}/delete`, { as: 'sam' })).status).toBe(403);
    expect((await open.post(`messages/${id}/delete`, { as: 'dana' })).status).toBe(200);
    expect((await open.state('sam')).messages).toEqual([]);
    expect(open.received.map((event) => event.type)).toEqual(['MessagePosted', 'MessageEdited', 'MessageDeleted']);
  });

  it('leaves an empty place when others have replied to it', async () => {
    open = await openTestRoom();
    const id = await open.write({ as: 'dana', place: 'sales-leaders', text: 'Root' });
    await open.post('messages', { as: 'sam', place: 'sales-leaders', thread: id, text: 'Reply' });
    await open.post(`messages/${id}/delete`, { as: 'dana' });
    const { messages } = await open.state('keiko');
    expect(messages[0]).toMatchObject({ id, gone: 'deleted' });
    expect(JSON.stringify(messages)).not.toContain('Root');
  });
});

describe('a press', () => {
  const press = (postId: string, as = 'dana') => ({ as, postId, action: 'later', value: { alignment: 'a1' }, inputs: { note: 'x' } });

  it('is handed over with the post’s own conversation', async () => {
    open = await openTestRoom({ intake: { interact: async () => ({ kind: 'notice', text: 'Only for Priya.' }) } });
    const postId = await open.say(threadOf('m0'), 'thread', card('Question'));
    expect((await open.post('actions', press(postId))).body).toEqual({ kind: 'notice', text: 'Only for Priya.' });
    expect(open.received).toMatchObject([
      { type: 'ActionTaken', action: 'later', value: { alignment: 'a1' }, inputs: { note: 'x' }, postId, conversation: { thread: 'm0' } },
    ]);
  });

  it('that gives a card changes the post for everybody, for good', async () => {
    open = await openTestRoom({ intake: { interact: async () => ({ kind: 'card', card: card('Signed') }) } });
    const postId = await open.say(channel, 'channel', card('Draft'));
    await open.post('actions', press(postId));
    expect((await open.state('sam')).messages).toMatchObject([{ id: postId, summary: 'Signed' }]);
    await open.restart();
    expect((await open.state('sam')).messages).toMatchObject([{ id: postId, summary: 'Signed' }]);
  });

  it('on a card in somebody else’s private chat finds nothing', async () => {
    open = await openTestRoom();
    const postId = await open.say(person('priya'), 'private', card('For Priya'));
    expect((await open.post('actions', press(postId))).status).toBe(404);
    expect(open.received).toEqual([]);
  });

  it('opens a form, and a mistake in it comes back by field', async () => {
    const form = { id: 'f', title: 'All questions', submitLabel: 'Send', submit: 'submit-answers', value: { alignment: 'a1' }, blocks: [] };
    open = await openTestRoom({
      intake: {
        interact: async (event) => (event.type === 'FormRequested' ? { kind: 'form', form } : { kind: 'errors', errors: { owner: 'One name, please.' } }),
      },
    });
    const postId = await open.say(channel, 'channel', card('Draft'));
    const opened = await open.post('forms', { as: 'dana', postId, action: 'answer-in-form', value: {} });
    expect(opened.body).toMatchObject({
      kind: 'form',
      title: 'All questions',
      submit: 'submit-answers',
      value: { alignment: 'a1' },
      card: { type: 'AdaptiveCard' },
    });
    const answer = await open.post('forms/submit', { as: 'dana', postId, submit: 'submit-answers', value: {}, inputs: { owner: '' } });
    expect(answer.body).toEqual({ kind: 'errors', errors: { owner: 'One name, please.' } });
    expect(open.received).toMatchObject([{ type: 'FormRequested' }, { type: 'FormSubmitted', submit: 'submit-answers', inputs: { owner: '' } }]);
  });
});

describe('the clock', () => {
  it('moves forward by an hour and a day', async () => {
    open = await openTestRoom();
    await open.post('clock', { to: 'hour' });
    await open.post('clock', { to: 'day' });
    expect(await open.store.clock.offset()).toBe(25 * 3_600_000 + 2);
    expect((await open.state('dana')).now).toBeGreaterThan(Date.now() + 24 * 3_600_000);
  });

  it('moves to what is planned next, and says when nothing is', async () => {
    let next: number | undefined = Date.now() + 5 * 3_600_000;
    open = await openTestRoom({ nextTimerAt: async () => next });
    await open.post('clock', { to: 'next' });
    expect((await open.state('dana')).now).toBeGreaterThanOrEqual(next);
    next = undefined;
    expect((await open.post('clock', { to: 'next' })).body.error?.code).toBe('nothing_planned');
  });
});
