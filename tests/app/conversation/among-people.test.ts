import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, request } from './answers.ts';
import { openPlay, type Play } from './play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('what a person asks in the thread', () => {
  it('decides which question the next answer is for', async () => {
    await play.priya.says('and what would they do differently on Monday?');
    await play.dana.says('ring the buyer before the offer goes out, and write down who signs');
    expect([await play.answer('contribution'), await play.answer('driver')]).toEqual([expect.stringMatching(/clear|thin/), 'open']);
  });

  it('that is none of the twelve makes short words to them no answer and no "I don\'t know"', async () => {
    await play.priya.says("I'll make a one-pager for the booth, ok?");
    await play.dana.says('yes pls priya');
    await play.keiko.says('since when do you do booths lol');
    await play.dana.says('no idea');
    expect(await play.answer('driver')).toBe('open');
    expect(await play.asked()).toBe('driver');
  });

  it('does not keep a plain answer out', async () => {
    await play.priya.says('Did you get my mail about the booth?');
    await play.dana.says(`Yes. ${answers.driver}`);
    expect(await play.answer('driver')).toBe('clear');
  });

  it('counts for a few minutes only, and no longer than until Plumb asks again', async () => {
    await play.priya.says('Did you get my mail about the booth?');
    await play.dana.says(answers.driver);
    await play.dana.says('Tomas');
    expect(await play.answer('owner')).not.toBe('open');
  });

  it('is not kept in words', async () => {
    await play.priya.says('and what would they do differently at the Zanzibar desk?');
    expect(await play.isOnDisk('Zanzibar')).toBe(false);
  });
});
