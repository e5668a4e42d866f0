import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { directPlace, roomTenant } from '../../src/channels/room/people.ts';
import type { Card } from '../../src/views/card.ts';
import { askPlumb } from './ask-plumb.ts';
import { unsureMessages } from './borderline.ts';
import { addLink, withoutChat } from './chatless.ts';
import { answers, answerUntil, reachAgreement, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day, hour, MONDAY } from './conversation/stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const cards = (posts: { card: Card }[]) => posts.map(({ card }) => card).filter((card) => cardText(card).includes('has no chat with me'));
const toldIn = () => cards(play.threadPosts());
const toldTo = (person: string) => cards(play.chatPosts(person));
const deadLetters = () => play.store().deadLetters.list(roomTenant);
const chat = (person: string) => play.chatPosts(person).map(({ card }) => cardText(card));

describe('the L&D partner whom Plumb can’t reach', () => {
  it('is named in the thread once, with where to add Plumb and nothing of what waits', async () => {
    withoutChat(play, 'priya');
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    const [told, ...more] = toldIn();
    expect(more).toEqual([]);
    expect(cardText(told ?? never())).toContain('Priya Nair');
    expect(told?.actions.map(({ url }) => url)).toEqual([addLink]);
    expect(cardText(told ?? never())).not.toContain('prospecting');
    expect(await deadLetters()).toEqual([]);
  });

  it('gets it with the chat, and the thread need not be told any more', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    await platform.adds('priya');
    expect(chat('priya').join('\n')).toContain('prospecting');
    expect(toldIn()).toEqual([]);
    await play.priya.presses('claim', { on: play.chatPosts('priya').at(-1) });
    expect((await play.alignment()).partners.map(({ personId }) => personId)).toEqual(['priya']);
  });

  it('misses a live prompt that nobody else learns of, and that comes no more when its moment has gone', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    const platform = withoutChat(play);
    await platform.takesAway('priya');
    await play.dana.says(
      'We lost 9 renewals this spring. They know how to open a door, the bonus just pays nothing for it, and in March, when it did, they opened 40.',
    );
    await play.passes(95_000);
    const told = chat('priya').length;
    expect((await play.alignment()).coaching?.prompts.filter(({ status }) => status === 'open')).toHaveLength(1);
    expect(toldIn()).toEqual([]);
    await platform.adds('priya');
    expect(chat('priya').slice(told).join()).not.toContain('A question you could ask');
    expect(await play.store().depth()).toMatchObject({ outbox: 0, deadLetters: 0 });
  });

  it('is told nothing of what turned out to be no request', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    await play.dana.presses('not-a-request');
    await platform.adds('priya');
    expect(chat('priya')).toHaveLength(1);
    expect(chat('priya')[0]).toContain('I am Plumb');
    expect(play.thread()).toBe('');
  });

  it('finds the words gone that were deleted meanwhile', async () => {
    const platform = withoutChat(play, 'priya');
    const said = await play.dana.asks(request);
    await said.deletes();
    await platform.adds('priya');
    expect(chat('priya').join('\n')).not.toContain('prospecting');
    expect(await play.isOnDisk('prospecting workshop')).toBe(false);
  });

  it('is named all the same when the platform gives a chat that takes nothing', async () => {
    withoutChat(play, 'priya');
    const { directory } = play.platform.channel;
    directory.privateConversation = async (tenant, id) => {
      // Each try takes its time.
      play.stage.tick();
      return { channel: 'room', tenant, place: directPlace(id), thread: '' };
    };
    await play.dana.asks(request);
    expect(toldIn().map(cardText).join()).toContain('Priya Nair');
    expect(await play.store().depth()).toMatchObject({ inbox: 0, outbox: 0, deadLetters: 0 });
  });

  it('gets what waits also when the platform tells of the chat by their first message', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    platform.getsChat('priya');
    await play.priya.tells('hello');
    expect(chat('priya').join('\n')).toContain('prospecting');
  });
});

describe('somebody who is asked privately and can’t be reached', () => {
  it('is named in the thread; once they add Plumb they are asked, and what they write there is the answer', async () => {
    const platform = withoutChat(play, 'tomas');
    await play.dana.asks(request);
    await play.dana.says('ask @Tomas privately');
    expect(toldIn().map(cardText).join()).toContain(play.prompts.words.plain('unreached.question', { person: 'Tomas Herrera' }));
    await platform.adds('tomas');
    expect(chat('tomas').join('\n')).toContain('Dana Whitfield asks you');
    await play.tomas.tells('The board wants 12 million more from accounts we already have by December.');
    expect(await play.authors('driver')).toEqual(['tomas']);
  });

  it('is asked to find something out once they add Plumb', async () => {
    const platform = withoutChat(play, 'tomas');
    await play.dana.asks(request);
    await answerUntil(play, 'reinforcement');
    await play.dana.presses('write-brief');
    const value = { alignment: (await play.alignment()).id, point: 'budget' };
    await play.dana.submits({ submit: 'submit-open-point', value }, { point: 'budget', person: 'tomas', due: '2026-12-04' });
    await platform.adds('tomas');
    await play.passes(18 * hour);
    expect(chat('tomas').join('\n')).toContain('Dana Whitfield asks if you can find something out');
  });

  it('is not asked any more when the request was withdrawn meanwhile', async () => {
    const platform = withoutChat(play, 'tomas');
    await play.dana.asks(request);
    await play.dana.says('ask @Tomas privately');
    await play.dana.says('@Plumb stop');
    expect(await play.status()).toBe('withdrawn');
    await platform.adds('tomas');
    expect(chat('tomas').join('\n')).not.toContain('asks you');
  });

  it('is named to its requester alone when the conversation is private', async () => {
    withoutChat(play, 'tomas');
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await play.dana.tells('ask @Tomas');
    expect(toldIn()).toEqual([]);
    expect(play.thread()).not.toContain('Tomas');
    expect(toldTo('dana').map(cardText).join()).toContain('Tomas Herrera');
  });
});

describe('going on privately without a chat', () => {
  it.each([
    ['by button', () => play.dana.presses('continue-privately')],
    ['in words', () => play.dana.says('@Plumb can we continue privately?')],
  ])('stays in the thread, which says so and how to get one: %s', async (_how, asks) => {
    const platform = withoutChat(play, 'dana');
    await play.dana.asks(request);
    await asks();
    expect((await play.alignment()).privately).toBe(false);
    const told = play.threadPosts().filter(({ card }) => cardText(card).includes('so we go on here'));
    expect(told).toHaveLength(1);
    expect(told[0]?.card.actions.map(({ url }) => url)).toContain(addLink);
    await play.dana.says(answers.driver);
    expect(await play.authors('driver')).toEqual(['dana']);
    await platform.adds('dana');
    await play.dana.presses('continue-privately', { on: told[0] });
    expect((await play.alignment()).privately).toBe(true);
    expect(play.chatOf('dana')).not.toBe('');
  });

  it('is none of the business of those who may not choose it', async () => {
    withoutChat(play, 'sam');
    await play.dana.asks(request);
    await play.sam.presses('continue-privately', { on: play.threadPosts()[0] });
    expect(play.thread()).not.toContain('so we go on here');
  });

  it('is not lost when the chat goes: the thread says so, and it can go on there', async () => {
    const platform = withoutChat(play);
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await platform.takesAway('dana');
    await play.passes(3 * day);
    const told = toldIn();
    expect(told.map(({ actions }) => actions.map(({ action }) => action))).toEqual([['open-home', 'continue-in-thread']]);
    await play.dana.presses('continue-in-thread');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('driver');
  });
});

describe('after the signature', () => {
  it('who is introduced and can’t be reached is named in the thread; nothing of the plan is told', async () => {
    withoutChat(play, 'tomas', 'keiko');
    await reachAgreement(play);
    await play.passes(day);
    const told = toldIn().map(cardText).join('\n');
    for (const person of ['Tomas Herrera', 'Keiko Mori']) expect(told).toContain(person);
    expect(told).not.toMatch(/coach|account|review/);
    expect(await deadLetters()).toEqual([]);
  });

  it('they are introduced once they add Plumb, in hours that are not quiet', async () => {
    const platform = withoutChat(play, 'tomas');
    await reachAgreement(play);
    // 02:00 in London, 21:00 in New York, in Denver 19:00.
    await play.passes(MONDAY + day + 11 * hour - play.stage.now());
    await platform.adds('tomas');
    expect(chat('tomas')).toHaveLength(1);
    expect(chat('tomas')[0]).toContain('I am Plumb');
    await play.passes(day);
    expect(chat('tomas').join('\n')).toContain('You were named');
  });

  it('a weekly question that is past its call is not sent', async () => {
    const platform = withoutChat(play);
    await reachAgreement(play);
    await play.passes(day);
    await play.tomas.presses('accept-introduction');
    await platform.takesAway('tomas');
    await play.passes(7 * day);
    expect(toldIn().map(cardText).join()).toContain('The weekly question waits');
    await play.passes(3 * day);
    await platform.adds('tomas');
    await play.passes(hour);
    // The call of that question was a week ago; the one of the next is still to come.
    const asked = chat('tomas').filter((text) => text.includes('How is it going?'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('7 Dec');
  });
});

describe('what the people of a thread must not know of', () => {
  it('is not told there: a private suggestion', async () => {
    const [maybe = ''] = await unsureMessages(1);
    withoutChat(play, 'tomas');
    await play.tomas.asks(maybe);
    await play.passes(3 * day);
    expect(play.stage.posts()).toEqual([]);
    expect(await play.store().depth()).toMatchObject({ outbox: 0, deadLetters: 0 });
  });

  it('is not told there: somebody’s own Home', async () => {
    withoutChat(play, 'sam');
    await play.dana.asks(request);
    const before = play.stage.posts().length;
    await askPlumb(play).presses('sam', 'open-home', {});
    expect(play.stage.posts()).toHaveLength(before);
    expect(await deadLetters()).toEqual([]);
  });

  it('but whoever was refused something there learns where the answer is', async () => {
    withoutChat(play, 'sam');
    await play.dana.asks(request);
    await answerUntil(play);
    await play.sam.says('@Plumb looks right');
    expect(toldIn().map(cardText).join()).toContain(play.prompts.words.plain('unreached.answer', { person: 'Sam Okafor' }));
  });
});

describe('what is kept for somebody', () => {
  it('is erased after two weeks', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    await play.passes(15 * day);
    await play.store().housekeep(play.stage.now());
    await platform.adds('priya');
    expect(chat('priya').join('\n')).not.toContain('training request came up');
  });

  it('is gone when they ask to be forgotten', async () => {
    const platform = withoutChat(play, 'priya');
    await play.dana.asks(request);
    await askPlumb(play).presses('priya', 'forget-me', {});
    await platform.adds('priya');
    expect(chat('priya').join('\n')).not.toContain('training request came up');
  });
});

function never(): never {
  throw new Error('Nothing was posted.');
}
