import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent } from '../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../src/channels/room/people.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { request } from './conversation/answers.ts';
import { buttonsOf, cardText } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { minute } from './conversation/stage.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
beforeEach(async () => {
  play = await openPlay();
  plumb = askPlumb(play);
});
afterEach(() => play.ends());

const line = (key: 'notice.silenced' | 'notice.listening' | 'notice.replayed' | 'notice.replay-gone' | 'notice.unknown-target') =>
  play.prompts.words.plain(key);
const refused = () => play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' });

/** A request that could not be handled and was given up. */
async function park(tenant: string): Promise<string> {
  const conversation = { channel: 'room' as const, tenant, place: channelPlace, thread: 'parked' };
  const event: InboundEvent = {
    type: 'MessagePosted',
    eventKey: 'parked',
    conversation,
    personId: 'dana',
    at: play.stage.now(),
    messageId: 'parked',
    text: request,
    mentions: [],
    addressed: false,
    topLevel: true,
  };
  const { inbox, deadLetters } = play.store();
  // Not due before the test has taken it, or Plumb would handle it.
  await inbox.add({ event, readyAt: play.stage.now() + minute });
  const leased = await inbox.leaseStream(await inbox.streamOf(conversation), { now: play.stage.now(), leaseUntil: play.stage.now() + minute });
  if (!leased?.rows[0]) throw new Error('The row could not be taken.');
  await inbox.fail(leased.rows[0].id, { reason: 'could not be read' });
  await inbox.release(leased);
  const [letter] = await deadLetters.list(tenant);
  if (!letter) throw new Error('There is no dead letter.');
  return letter.id;
}

describe('listening', () => {
  it('is switched off by an admin: a request gets silence, a mention still works', async () => {
    expect(said(await plumb.gives('priya', 'listen-off'))).toBe(line('notice.silenced'));
    await play.passes(minute);
    await play.dana.asks(request);
    expect(play.stage.posts()).toEqual([]);
    expect(await play.store().inbox.tracks(play.conversation())).toBe(false);
    await play.dana.asks(`@Plumb ${request}`);
    expect(await play.asked()).toBe('driver');
  });

  it('ends at once, also for what came in while the settings were still remembered', async () => {
    const earlier = play.tomas.message('Could somebody give my team a negotiation course?', 'channel');
    const off = plumb.command('priya', 'listen-off');
    const request = play.dana.message('My people are hopeless at opening doors, we need a prospecting workshop', 'channel');
    // All within one moment, so that nothing is read anew.
    await play.stage.receive(earlier);
    await play.stage.settled();
    await play.stage.interact(off);
    const before = play.stage.posts().length;
    expect(await play.stage.receive(request)).toBe('stored');
    await play.stage.settled();
    expect(play.stage.posts()).toHaveLength(before);
    expect(await play.isOnDisk('hopeless at opening doors')).toBe(false);
  });

  it('is switched on again from Home', async () => {
    await plumb.gives('priya', 'listen-off');
    expect(buttonsOf(await plumb.home('priya'))).toContain('listen-on');
    expect(said(await plumb.presses('priya', 'listen-on', { place: channelPlace }))).toBe(line('notice.listening'));
    await play.passes(minute);
    await play.dana.asks(request);
    expect(await play.asked()).toBe('driver');
  });

  it('cannot be switched by a bystander, who is told whom to ask', async () => {
    expect(said(await plumb.gives('sam', 'listen-off'))).toBe(refused());
    expect(said(await plumb.presses('sam', 'listen-off', { place: channelPlace }))).toBe(refused());
    await play.passes(minute);
    await play.dana.asks(request);
    expect(await play.asked()).toBe('driver');
  });

  it('is known only of places that Plumb is in', async () => {
    for (const place of ['elsewhere', directPlace('dana')])
      expect(said(await plumb.presses('priya', 'listen-off', { place }))).toBe(line('notice.unknown-target'));
    expect((await play.store().settings.load(roomTenant)).silencedPlaces).toEqual([]);
  });

  it('keeps what else an admin has chosen', async () => {
    const before = await play.store().settings.load(roomTenant);
    await plumb.gives('priya', 'listen-off');
    await plumb.gives('priya', 'listen-off');
    expect(await play.store().settings.load(roomTenant)).toEqual({ ...before, silencedPlaces: [channelPlace] });
  });
});

describe('a dead letter', () => {
  it('is shown to an admin without its words, and replayed on a press', async () => {
    const id = await park(roomTenant);
    const card = await plumb.home('priya');
    expect(cardText(card)).toContain('something that was written, 1 tries');
    expect(JSON.stringify(card)).not.toContain('prospecting');
    expect(said(await plumb.presses('priya', 'replay-dead-letter', { id }))).toBe(line('notice.replayed'));
    play.stage.setThread('parked');
    expect(await play.asked()).toBe('driver');
    expect(await play.store().deadLetters.list(roomTenant)).toEqual([]);
    expect(said(await plumb.presses('priya', 'replay-dead-letter', { id }))).toBe(line('notice.replay-gone'));
  });

  it('is neither shown to nor replayed for anybody else', async () => {
    const id = await park(roomTenant);
    for (const other of ['dana', 'sam']) {
      expect(buttonsOf(await plumb.home(other))).not.toContain('replay-dead-letter');
      expect(said(await plumb.presses(other, 'replay-dead-letter', { id }))).toBe(refused());
    }
    expect(await play.store().deadLetters.list(roomTenant)).toHaveLength(1);
  });

  it('of another organisation stays where it is', async () => {
    const id = await park('globex');
    expect(buttonsOf(await plumb.home('priya'))).not.toContain('replay-dead-letter');
    expect(said(await plumb.presses('priya', 'replay-dead-letter', { id }))).toBe(line('notice.replay-gone'));
    expect(await play.store().deadLetters.list('globex')).toHaveLength(1);
  });
});
