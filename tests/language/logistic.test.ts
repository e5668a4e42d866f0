import { describe, expect, it } from '@jest/globals';
import { fitLogistic, type LogisticExample } from '../../src/language/local/linear/logistic.ts';

/** Three of four with the first feature are positive, one of four without it; the second feature says nothing. */
const examples = Array.from({ length: 400 }, (_, at): LogisticExample => {
  const has = at % 2 === 0;
  return { values: [has ? 1 : 0, at % 3 === 0 ? 0.5 : 0], positive: has ? at % 8 !== 0 : at % 8 === 1, weight: 1 };
});
const likelyIn = ({ bias, weights }: ReturnType<typeof fitLogistic>, values: readonly number[]) =>
  1 / (1 + Math.exp(-values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)));

describe('logistic regression', () => {
  it('says how often it was so, and makes nothing of what says nothing', () => {
    const fitted = fitLogistic(examples, 10);
    expect(likelyIn(fitted, [1, 0])).toBeCloseTo(0.75, 1);
    expect(likelyIn(fitted, [0, 0])).toBeCloseTo(0.25, 1);
    expect(Math.abs(fitted.weights[1] ?? 9)).toBeLessThan(0.2);
  });

  it('is the more careful the less a mistake costs, and the same each time', () => {
    expect(fitLogistic(examples, 0.001).weights[0]).toBeLessThan(fitLogistic(examples, 1).weights[0] ?? 0);
    expect(fitLogistic(examples, 1)).toEqual(fitLogistic(examples, 1));
  });

  it('leaves alone what is the same everywhere', () => {
    const { bias, weights } = fitLogistic(
      examples.map((example) => ({ ...example, values: [1] })),
      1,
    );
    expect(weights).toEqual([0]);
    expect(likelyIn({ bias, weights }, [1])).toBeCloseTo(0.5, 2);
  });
});
