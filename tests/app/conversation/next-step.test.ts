import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, reachAgreement, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { hour } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const lastInThread = (): string => {
  const post = play.threadPosts().at(-1);
  return post ? cardText(post.card) : '';
};

describe('what comes next', () => {
  it('is said after each signature, though the draft stands far above', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    await answerUntil(play);
    await play.dana.says('looks good');
    expect(lastInThread()).toContain('Dana Whitfield says it looks right. Now it waits for Priya Nair.');
    await play.priya.presses('looks-right');
    expect(lastInThread()).toContain('Agreed. The brief is in #sales-leaders now.');
  });

  it('is the open question again for somebody who just wants the course', async () => {
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    await play.dana.says('just get me the course');
    expect(lastInThread()).toContain('you want the course');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('owner');
  });

  it('can be chosen when the rest is left to L&D and nobody has taken it', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'data-source');
    await play.dana.presses('leave-to-partner');
    const actions = play
      .threadPosts()
      .at(-1)
      ?.card.actions.map(({ action }) => action);
    expect(actions).toEqual(['write-brief', 'carry-on']);
  });
});

describe('somebody who has had enough', () => {
  it('is asked nothing more after leaving the rest to L&D, not even what is essential', async () => {
    await play.dana.asks(request);
    await play.dana.says('let L&D do the rest');
    expect(await play.asked()).toBeUndefined();
    expect(lastInThread()).toContain('I ask you nothing more');
    expect(play.questionIn(play.threadPosts().at(-1))).toBeUndefined();
  });

  it('can take back a withdrawal that was not meant', async () => {
    await play.dana.asks(request);
    await play.dana.says('stop');
    expect(await play.status()).toBe('withdrawn');
    await play.dana.presses('resume');
    expect(await play.status()).toBe('clarifying');
  });
});

describe('the draft', () => {
  it('repeats a request without the mention that was no part of it', async () => {
    await play.dana.asks('@Plumb a prospecting workshop for my 30 account managers, please');
    await play.dana.says('write the brief');
    expect(lastInThread()).toContain('a prospecting workshop for my 30 account managers, please');
    expect(lastInThread()).not.toContain('@Plumb');
  });
});

describe('what Plumb says that it did', () => {
  it('is true of a question passed on in a private conversation', async () => {
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await play.dana.tells('ask @Tomas');
    expect(play.chatOf('dana')).toContain('I asked privately');
    expect(play.chatOf('tomas')).toContain('Dana Whitfield asks you');
  });

  it('is true of a status that comes after the summary: that summary shows it, and no second one comes', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    await play.tomas.presses('accept-introduction');
    const digests = () => play.threadPosts().filter(({ card }) => cardText(card).includes('Before the call'));
    const nudged = () => play.chatPosts('tomas').some(({ card }) => card.actions.some(({ action }) => action === 'nudge-on-track'));
    for (let timers = 0; timers < 12 && !nudged(); timers += 1) await play.nextTimer();
    for (let timers = 0; timers < 12 && digests().length === 0; timers += 1) await play.nextTimer();
    expect(digests().map(({ card }) => cardText(card))).toEqual([expect.stringContaining('Tomas Herrera: has not answered')]);
    await play.tomas.presses('nudge-on-track', { inputs: { win: 'Mercy Health said yes to a second meeting' } });
    expect(digests().map(({ card }) => cardText(card))).toEqual([expect.stringMatching(/Tomas Herrera: on track[\s\S]*Mercy Health/)]);
  });
});
