import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unsureMessages } from '../borderline.ts';
import { request } from './answers.ts';
import { openPlay, type Play } from './play.ts';
import { day, hour } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const [maybe = '', ...others] = await unsureMessages(3);

/** Worth a private question at most. */
async function suggested(): Promise<string> {
  await play.dana.asks(maybe);
  expect(play.chatOf('dana')).toContain('Only you see this');
  return maybe;
}

describe('ordinary chat', () => {
  it('gets no reaction and leaves nothing', async () => {
    const chatter = [
      'Lunch at noon, anyone?',
      'The forecast call moves to Thursday',
      'Great job closing Mercy Health, Tomas!',
      'The training yesterday was great',
    ];
    for (const text of chatter) await play.sam.asks(text);
    expect(play.platform.sends).toEqual([]);
    for (const text of chatter) expect(await play.isOnDisk(text)).toBe(false);
    expect((await play.store().depth()).inbox).toBe(0);
  });
});

describe('a message that may be a request', () => {
  it('is asked about privately, by nobody but its author', async () => {
    await suggested();
    expect(play.stage.posts().map(({ place }) => place)).toEqual(['dm:dana']);
  });

  it('becomes a conversation in its thread when the author starts it', async () => {
    await suggested();
    await play.dana.presses('start');
    expect(await play.status()).toBe('clarifying');
    expect(play.questionIn(play.threadPosts()[0])).toBe('driver');
    expect(play.chatOf('dana')).not.toContain('Only you see this');
  });

  it('becomes one as well when the author speaks to Plumb in its thread', async () => {
    await suggested();
    await play.dana.says('@Plumb yes, please help me with this');
    expect(await play.status()).toBe('clarifying');
    expect(play.threadPosts()).toHaveLength(1);
    expect(play.chatOf('dana')).not.toContain('Only you see this');
  });

  it('is forgotten when the author says that it is none', async () => {
    const text = await suggested();
    await play.dana.presses('not-a-request');
    expect(play.stage.posts()).toEqual([]);
    expect(await play.isOnDisk(text)).toBe(false);
  });

  it('is forgotten when nobody takes it up for two days', async () => {
    const text = await suggested();
    await play.passes(2 * day + hour);
    expect(play.stage.posts()).toEqual([]);
    expect(await play.isOnDisk(text)).toBe(false);
  });

  it('is asked about twice a day at most', async () => {
    const text = await suggested();
    for (const other of [...others, ...others]) await play.dana.asks(other);
    expect(play.chatPosts('dana')).toHaveLength(2);
    await play.passes(day);
    await play.dana.asks(text);
    expect(play.chatPosts('dana')).toHaveLength(3);
  });
});

describe('a mention', () => {
  it('always opens a conversation', async () => {
    await play.sam.asks('@Plumb my people should talk to bigger customers, what now?');
    expect(await play.status()).toBe('clarifying');
  });

  it('in the thread of something that was no request opens a new one', async () => {
    await play.dana.asks(request);
    await play.dana.presses('not-a-request');
    await play.dana.says('@Plumb can you get my 12 sales managers a two-day coaching workshop in May after all?');
    expect(await play.status()).toBe('clarifying');
    expect(play.thread()).toContain('12 sales managers');
  });
});

it('says once on joining a channel that it listens', async () => {
  const place = { channel: 'room' as const, tenant: 'room', place: 'sales-leaders', thread: '' };
  const event = {
    type: 'MemberChanged' as const,
    change: 'joined' as const,
    subject: 'plumb',
    isPlumb: true,
    eventKey: 'join-1',
    conversation: place,
    personId: 'plumb',
    at: play.stage.now(),
  };
  await play.stage.receive(event);
  await play.stage.receive(event);
  await play.settled();
  expect(play.channelPosts()).toHaveLength(1);
});
