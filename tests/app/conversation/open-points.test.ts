import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerUntil, request } from './answers.ts';
import { openPlay, type Play } from './play.ts';
import { day } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
  await answerUntil(play, 'reinforcement');
  await play.dana.presses('write-brief');
  value = { alignment: (await play.alignment()).id, point: 'budget' };
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});
let value: Record<string, string>;
const give = (due: string) => play.dana.submits({ submit: 'submit-open-point', value }, { point: 'budget', person: 'tomas', due });

describe('an open point that somebody finds out', () => {
  it('is asked for privately, stands in the draft with person and day, and is closed by the answer', async () => {
    expect(await give('4/12')).toMatchObject({ kind: 'errors', errors: { due: expect.stringContaining('2026-12-04') } });
    expect(await give('4 Dec')).toMatchObject({ kind: 'notice', text: expect.stringContaining('Tomas Herrera') });
    expect(play.chatOf('tomas')).toContain('Dana Whitfield asks if you can find something out');
    expect(play.thread()).toContain('Tomas Herrera finds out until Fri 4 Dec 2026');
    await play.tomas.submits({ submit: 'submit-open-answer', value }, { answer: 'We have 12,000 euros for coaching after the first month' });
    expect(await play.authors('budget')).toEqual(['tomas']);
    expect(play.chatOf('tomas')).toContain('it is in the brief');
    expect(play.thread()).not.toContain('finds out until');
  });

  it('is reminded of once, on the day, and then shown as open to whoever asked', async () => {
    await play.dana.presses('looks-right');
    await give('2026-11-27');
    await play.passes(3 * day);
    expect(play.chatOf('tomas')).not.toContain('What do you know by now?');
    await play.passes(2 * day);
    expect(play.chatOf('tomas').match(/What do you know by now\?/g)).toHaveLength(1);
    await play.passes(4 * day);
    expect(play.chatOf('tomas').match(/What do you know by now\?/g)).toHaveLength(1);
    expect(play.chatOf('dana')).toContain('Tomas Herrera wanted to find it out by Fri 27 Nov 2026');
    expect(
      play
        .channelPosts()
        .map(({ card }) => JSON.stringify(card))
        .join(),
    ).toContain('still open');
  });

  it('leaves one card to press on, with its day, however often it is moved, and none once it is settled', async () => {
    const offered = () => play.chatPosts('tomas').filter(({ card }) => card.actions.some(({ action }) => action === 'answer-open-point'));
    await give('2026-11-27');
    await play.tomas.submits({ submit: 'submit-open-later', value }, { due: '2026-11-30' });
    expect(play.chatOf('tomas')).toContain('By Mon 30 Nov 2026');
    await play.passes(8 * day);
    await play.tomas.submits({ submit: 'submit-open-later', value }, { due: '2026-12-03' });
    expect(offered()).toHaveLength(1);
    await play.passes(day);
    await give('2026-12-08');
    expect(offered()).toHaveLength(1);
    expect(play.chatOf('tomas')).toContain('By Tue 8 Dec 2026');
    await play.dana.submits({ submit: 'submit-open-answer', value }, { answer: '' });
    expect(offered()).toEqual([]);
  });

  it('may be moved by its owner, be somebody else’s, and be given by nobody but those who lead', async () => {
    await give('2026-12-04');
    expect(await play.sam.submits({ submit: 'submit-open-later', value }, { due: '2026-12-08' })).toMatchObject({ kind: 'notice' });
    expect((await play.alignment()).openPoints?.[0]?.due).toBe('2026-12-04');
    await play.tomas.submits({ submit: 'submit-open-later', value }, { due: '2026-12-08' });
    expect(play.thread()).toContain('finds out until Tue 8 Dec 2026');
    await play.tomas.presses('not-my-point', { on: play.chatPosts('tomas').at(-1) });
    expect(play.chatOf('dana')).toContain('this is not theirs to find out');
    expect(play.thread()).not.toContain('finds out until');
    await play.sam.submits({ submit: 'submit-open-point', value }, { point: 'budget', person: 'keiko', due: '2026-12-08' });
    expect(play.chatOf('keiko')).not.toContain('find something out');
  });
});
