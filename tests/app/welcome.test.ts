import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { roomTenant } from '../../src/channels/room/people.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { withoutChat } from './chatless.ts';
import { answers, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day } from './conversation/stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('somebody who adds Plumb for themselves', () => {
  it('is welcomed once, however often they add it', async () => {
    const platform = withoutChat(play, 'sam');
    await platform.adds('sam');
    await platform.takesAway('sam');
    await play.passes(30 * day);
    await play.restarts();
    await platform.adds('sam');
    expect(
      play
        .chatPosts('sam')
        .map(({ card }) => cardText(card))
        .filter((text) => text.includes('Hello, I am Plumb')),
    ).toHaveLength(1);
    expect(play.channelPosts()).toEqual([]);
  });

  it('is welcomed before they get what waited for them', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    await platform.adds('priya');
    expect(play.chatPosts('priya').map(({ card }) => card.actions[0]?.action)).toEqual(['start-in-form', 'claim']);
  });

  it('hears from Plumb again in their own conversation there', async () => {
    const platform = withoutChat(play, 'sam');
    await platform.adds('sam');
    await play.sam.tells(request);
    await platform.takesAway('sam');
    await platform.adds('sam');
    const before = play.chatPosts('sam').length;
    await play.passes(3 * day);
    expect(play.chatPosts('sam').length).toBe(before + 1);
  });

  it('finds a form that says how, where they chose to start privately before', async () => {
    withoutChat(play, 'sam');
    const form = { where: 'privately', request: 'a negotiation course' };
    const response = await askPlumb(play).submits('sam', 'submit-start', form);
    expect(response).toEqual({ kind: 'errors', errors: { where: play.prompts.words.plain('form-error.no-chat') } });
  });
});

it.each(['Good morning!', 'hello there', 'hi'])('hello to Plumb begins nothing and is answered: %s', async (text) => {
  await play.sam.tells(text);
  expect(play.chatOf('sam')).toContain('How I can help');
  expect(await play.store().aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 1 })).toEqual([]);
});

describe('hello, in the middle of a conversation', () => {
  it.each(['Hi', 'hello!', '@Plumb help', 'Hey Plumb'])('is answered: %s', async (text) => {
    await play.dana.asks(request);
    await play.dana.says(text, { addressed: true });
    expect(cardText(play.threadPosts().at(-1)?.card ?? never())).toContain('How I can help');
    expect(await play.asked()).toBe('driver');
  });

  it('is answered in a private chat, too', async () => {
    await play.sam.tells(request);
    await play.sam.tells('hi');
    expect(cardText(play.chatPosts('sam').at(-1)?.card ?? never())).toContain('How I can help');
  });

  it('takes up nothing that was withdrawn', async () => {
    await play.dana.asks(request);
    await play.dana.says('@Plumb stop');
    await play.dana.says('@Plumb hello');
    expect(await play.status()).toBe('withdrawn');
    expect(cardText(play.threadPosts().at(-1)?.card ?? never())).toContain('How I can help');
  });

  it('that comes with an answer is an answer', async () => {
    await play.dana.asks(request);
    await play.dana.says(`Hi Plumb. ${answers.driver}`, { addressed: true });
    expect(await play.authors('driver')).toEqual(['dana']);
  });
});

describe('whoever looks after a place', () => {
  it('switches listening there, and nowhere else', async () => {
    play.platform.channel.directory.looksAfter = async (_tenant, place, personId) => place === channelPlace && personId === 'keiko';
    expect(said(await askPlumb(play).gives('keiko', 'listen-off'))).toBe(play.prompts.words.plain('notice.silenced'));
    expect((await play.store().settings.load(roomTenant)).silencedPlaces).toEqual([channelPlace]);
    expect(said(await askPlumb(play).gives('keiko', 'listen-off', { place: 'sales-board' }))).toContain('Priya Nair');
    expect(said(await askPlumb(play).gives('sam', 'listen-on'))).toContain('Priya Nair');
  });
});

describe('whether something was useful', () => {
  it('is counted without who said it, or of what', async () => {
    const feedback = (eventKey: string, useful: boolean) => ({
      type: 'FeedbackGiven' as const,
      eventKey,
      conversation: { channel: 'room' as const, tenant: roomTenant, place: channelPlace, thread: 'm1' },
      personId: 'sam',
      at: play.stage.now(),
      about: 'p1',
      useful,
    });
    for (const event of [feedback('f1', true), feedback('f2', true), feedback('f3', false), feedback('f3', false)]) await play.stage.receive(event);
    await play.settled();
    const dayOf = new Date(play.stage.now()).toISOString().slice(0, 10);
    const count = (what: string) => play.store().usage.add({ tenant: roomTenant, personId: '', day: dayOf, what, amount: 0 });
    expect([await count('feedback:useful'), await count('feedback:not-useful')]).toEqual([2, 1]);
  });
});

function never(): never {
  throw new Error('Nothing was posted.');
}
