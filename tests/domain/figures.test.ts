import { describe, expect, it } from '@jest/globals';
import { figureIn, readFigure } from '../../src/domain/figures.ts';

describe('a figure in a field', () => {
  it.each([
    ['4', 4, undefined],
    ['12.5 %', 12.5, '%'],
    ['12,5 percent', 12.5, '%'],
    ['1,200', 1200, undefined],
    ['1.200,50 €', 1200.5, '€'],
    ['1,234,567', 1234567, undefined],
    ['$4k', 4000, '$'],
    ['2.5 million', 2500000, undefined],
    ['0.125', 0.125, undefined],
    ['-3', -3, undefined],
    ['4 days', 4, 'days'],
    ['5 meetings', 5, 'meetings'],
    ["12'000 CHF", 12000, 'CHF'],
    ['5 first meetings a week', 5, 'first meetings a week'],
    ['4 Tomas', 4, undefined],
    ['3 calls by Keiko', 3, undefined],
    ['12 Euro', 12, 'Euro'],
    ['7 k€/month', 7000, '€/month'],
  ])('reads %s', (text, value, unit) => {
    expect(readFigure(text)).toEqual({ value, ...(unit !== undefined && { unit }) });
  });

  it.each(['better', 'about the same', '3 to 4', '3-4', '3/4', '10:30', '', 'four', '2026-12-01', '12 of 40', '99999999999999999'])(
    'does not read %s',
    (text) => {
      expect(readFigure(text)).toBeUndefined();
    },
  );
});

describe("the figure in somebody's words", () => {
  it.each([
    ['3 first meetings a week', 3, undefined],
    ['around 12 %', 12, '%'],
    ['six', undefined, undefined],
    ['from 3 to 6', undefined, undefined],
    ['€ 1.5m', 1500000, '€'],
    ['4.', 4, undefined],
  ])('of %s', (words, value, unit) => {
    expect(figureIn(words)).toEqual(value === undefined ? undefined : { value, ...(unit !== undefined && { unit }) });
  });
});
