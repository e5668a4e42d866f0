import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Lesson } from '../../src/language/language.ts';
import { shiftOf } from '../../src/language/local/lessons.ts';

const course = ['ask+solution', 'ask+solution+topic', 'has:ask', 'has:solution', 'has:topic', 'has:question', 'solution:course', 'topic:crm'];
const sameWithAnother = (topic: string) => course.map((feature) => (feature === 'topic:crm' ? `topic:${topic}` : feature));
const announcement = ['solution alone', 'solution+topic', 'has:solution', 'has:topic', 'has:when', 'veto:schedule', 'against:schedule', 'topic:negotiation'];
const not = (by = 'ann', features = course): Lesson => ({ verdict: 'not-request', features, by });
const yes = (by = 'ann', features = course): Lesson => ({ verdict: 'request', features, by });

/** From a message that is nearly sure (2) down to silence (0.25), or from silence up to a public reply. */
const acrossABand = 1.75;

describe('what somebody said about an earlier message', () => {
  it('moves a message of the same kind across the border of a band at once', () => {
    expect(shiftOf(course, [not()])).toBeLessThan(-acrossABand);
    expect(shiftOf(course, [yes()])).toBeGreaterThan(acrossABand);
    expect(shiftOf([...course, 'has:when'], [not()])).toBeLessThan(-acrossABand);
  });

  it('leaves messages alone that are hardly related', () => {
    expect(shiftOf(announcement, [not(), yes('bob')])).toBe(0);
    expect(shiftOf(['has:ask', 'has:question'], [not()])).toBe(0);
  });

  it('counts for less where the message is about something else', () => {
    const other = shiftOf(sameWithAnother('negotiation'), [not()]);
    expect(other).toBeLessThanOrEqual(0);
    expect(other).toBeGreaterThan(shiftOf(course, [not()]) / 2);
  });

  it('needs more to go by than a cue or two', () => {
    expect(Math.abs(shiftOf(['has:question'], [not('ann', ['has:question'])]))).toBeLessThan(1);
    expect(shiftOf([], [not('ann', [])])).toBe(0);
    expect(shiftOf(course, [not('ann', [])])).toBe(0);
  });

  it('weighs more when several people say it than when one says it often', () => {
    const often = Array.from({ length: 20 }, () => not('ann'));
    expect(shiftOf(course, often)).toBe(shiftOf(course, [not('ann')]));
    expect(shiftOf(course, [not('ann'), not('bob')])).toBeLessThan(shiftOf(course, often) - 1);
  });

  it('is cancelled by the opposite', () => {
    expect(shiftOf(course, [not('ann'), yes('bob')])).toBeCloseTo(0);
    expect(shiftOf(course, [not('ann'), yes('ann')])).toBeCloseTo(0);
    expect(shiftOf(course, [not('ann'), not('bob'), yes('cleo')])).toBe(shiftOf(course, [not('ann')]));
  });

  it('is nothing without lessons', () => {
    expect(shiftOf(course, [])).toBe(0);
  });
});

it('never moves a decision further than eight, whoever says whatever', () => {
  const feature = fc.constantFrom(...course, ...announcement, '__proto__', 'constructor', '');
  const lesson = fc.record({ verdict: fc.constantFrom('request' as const, 'not-request' as const), features: fc.array(feature), by: fc.string() });
  fc.assert(
    fc.property(fc.array(feature), fc.array(lesson, { maxLength: 30 }), (features, lessons) => {
      const shift = shiftOf(features, lessons);
      expect(Math.abs(shift)).toBeLessThanOrEqual(8);
      expect(shiftOf([...features].reverse(), [...lessons].reverse())).toBeCloseTo(shift);
    }),
  );
});
