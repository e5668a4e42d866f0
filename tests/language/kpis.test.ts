import { describe, expect, it } from '@jest/globals';
import type { Span } from '../../src/language/language.ts';
import { reply, wordsAt } from './reading.ts';

/** Name, today's figure and target of each indicator that is read. */
async function kpisOf(text: string): Promise<(string | undefined)[][]> {
  const { kpis } = (await reply(text, 'leading-kpis')).entities;
  const words = (span: Span | undefined) => span && wordsAt(text, span);
  return kpis.map(({ name, baseline, target }) => [words(name), words(baseline), words(target)]);
}

describe('a figure that has moved', () => {
  it.each([
    ['But first meetings per broker went from 12 a month to 5', 'first meetings per broker', '5'],
    ['First meetings fell from 12 to 5 a month', 'First meetings', '5 a month'],
    ['the win rate has dropped from 31 % to 24 %', 'win rate', '24 %'],
    ['proposals slid from 40 a month to 22', 'proposals', '22'],
  ])('is where they stand today, and no aim: "%s"', async (text, name, today) => {
    expect(await kpisOf(text)).toEqual([[name, today, undefined]]);
  });

  it('leaves the aim that is said beside it', async () => {
    expect(await kpisOf('First meetings fell from 12 to 5 a month, we want 9')).toEqual([['First meetings', '5 a month', '9']]);
  });

  it.each([
    ['first meetings from 2 to 4 a week', 'first meetings', '2', '4 a week'],
    ['first meetings up from 2 to 4 a week', 'first meetings', '2', '4 a week'],
    ['discount rate to drop from 17 % to 11 %', 'discount rate', '17 %', '11 %'],
  ])('is an aim where nothing has happened: "%s"', async (text, name, today, target) => {
    expect(await kpisOf(text)).toEqual([[name, today, target]]);
  });
});
