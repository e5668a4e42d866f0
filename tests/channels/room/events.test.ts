import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readEvents } from './event-reader.ts';
import { card, channel, openTestRoom, person, type TestRoom } from './open-test-room.ts';

let open: TestRoom;
afterEach(() => open.close());
const stream = (as: string, lastId?: string) => readEvents(`${open.url}/room/events?as=${as}`, lastId === undefined ? {} : { 'last-event-id': lastId });
const post = (text: string) => open.post('messages', { as: 'dana', place: 'sales-leaders', text });

describe('the stream of a person', () => {
  it('starts with everything and goes on with what is new', async () => {
    open = await openTestRoom();
    await post('Before');
    const events = await stream('sam');
    expect((await events.next('snapshot')).data).toMatchObject({ me: 'sam', messages: [{ text: 'Before' }] });
    await post('After');
    expect((await events.next('message')).data).toMatchObject({ text: 'After' });
    events.close();
  });

  it('never carries what is private to another, only that Plumb has written to them', async () => {
    open = await openTestRoom();
    await open.say(person('priya'), 'private', card('secret one'));
    const dana = await stream('dana');
    await dana.next('snapshot');
    await open.say(person('priya'), 'private', card('secret two'));
    await open.post('messages', { as: 'priya', place: 'dm:priya', text: 'secret three' });
    open.room.channel.showWorking({ channel: 'room', tenant: 'room', place: 'dm:priya', thread: '' }, 'mz');
    await post('for all');
    await dana.next('message');
    expect(JSON.stringify(dana.seen)).not.toContain('secret');
    expect(dana.seen.map((event) => event.type)).toEqual(['snapshot', 'written', 'message']);
    expect(dana.seen[1]?.data).toEqual({ person: 'priya', post: expect.any(String) });
    expect(JSON.stringify(await open.state('priya'))).toContain('secret three');
    dana.close();
  });

  it('says that Plumb is at work only until it has answered, also where the answer was faster than that sign', async () => {
    open = await openTestRoom();
    const events = await stream('priya');
    const chat = { channel: 'room', tenant: 'room', place: 'dm:priya', thread: '' } as const;
    const asked = await open.write({ as: 'priya', place: 'dm:priya', text: 'Help' });
    await open.say(person('priya'), 'private', card('Answer'));
    open.room.channel.showWorking(chat, asked);
    const again = await open.write({ as: 'priya', place: 'dm:priya', text: 'More' });
    open.room.channel.showWorking(chat, again);
    await events.next('working');
    expect(events.seen.map(({ type }) => type)).toEqual(['snapshot', 'message', 'message', 'message', 'working']);
    events.close();
  });

  it('goes on after a break with what was missed, each once and in order', async () => {
    open = await openTestRoom();
    const first = await stream('sam');
    await first.next('snapshot');
    await post('1');
    const seen = await first.next('message');
    first.close();
    await post('2');
    await open.say(person('priya'), 'private', card('not for Sam'));
    await post('3');
    const again = await stream('sam', seen.id);
    await post('4');
    const texts = [await again.next('message'), await again.next('message'), await again.next('message')].map((event) => event.data.text);
    expect(texts).toEqual(['2', '3', '4']);
    expect(again.seen.some((event) => event.type === 'snapshot')).toBe(false);
    again.close();
  });

  it('begins anew after a restart, whatever the last id was', async () => {
    open = await openTestRoom();
    const first = await stream('sam');
    const { id } = await first.next('snapshot');
    first.close();
    await open.restart();
    const again = await stream('sam', id);
    expect((await again.next('snapshot')).id).not.toBe(id);
    again.close();
  });

  it('does not repeat a message that was deleted meanwhile', async () => {
    open = await openTestRoom();
    const first = await stream('sam');
    const { id } = await first.next('snapshot');
    first.close();
    const { body: message } = await post('regretted');
    await open.post(`messages/${message.id}/delete`, { as: 'dana' });
    const again = await stream('sam', id);
    await again.next('removed');
    expect(JSON.stringify(again.seen)).not.toContain('regretted');
    again.close();
  });

  it('shows moments of a card in the zone of who looks', async () => {
    open = await openTestRoom();
    const at = Date.UTC(2026, 10, 23, 9);
    await open.say(channel, 'channel', { summary: 'Call', blocks: [{ type: 'text', text: ['At ', { at, as: 'date-time' }] }], actions: [] });
    expect(JSON.stringify(await open.state('keiko'))).toContain('At Mon 23 Nov, 18:00');
    expect(JSON.stringify(await open.state('dana'))).toContain('At Mon 23 Nov, 04:00');
  });

  it('is cut off for a browser that does not read, and goes on when it comes back', async () => {
    open = await openTestRoom();
    const socket = connect(Number(new URL(open.url).port), '127.0.0.1').pause();
    socket.write('GET /room/events?as=sam HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const other = await stream('sam');
    const { id } = await other.next('snapshot');
    other.close();
    const cut = once(socket, 'close');
    const long = 'x'.repeat(40_000);
    // More than the system holds for a connection and Plumb for a browser.
    for (let n = 0; n < 600; n += 1) await open.room.talk.post({ as: 'dana', place: 'sales-leaders', thread: '', text: long });
    socket.resume();
    await cut;
    expect(socket.bytesRead).toBeLessThan(600 * long.length);
    const again = await stream('sam', id);
    await post('back again');
    for (let text: string | undefined; text !== 'back again'; ) text = (await again.next('message')).data.text;
    again.close();
  });

  it('ends when the room closes, although Plumb still says what it has in hand', async () => {
    open = await openTestRoom();
    const early = await stream('sam');
    await early.next('snapshot');
    open.room.close();
    await open.say(channel, 'channel', card('said while stopping'));
    await expect(early.next('never')).rejects.toThrow('The stream ended');
    const late = await stream('sam');
    await expect(late.next('never')).rejects.toThrow('The stream ended');
    // The room stays whole: its last post is on disk and shown.
    expect((await open.state('sam')).messages).toMatchObject([{ summary: 'said while stopping' }]);
  });
});
