import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import type { Reading } from '../../src/language/language.ts';
import { checkEntities, isName, isTime } from '../eval/entity-checks.ts';
import type { ReplyLine } from '../eval/formats.ts';
import { isZone } from '../eval/zones.ts';

const spanOf = (text: string, words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

function check(text: string, entities: ReplyLine['entities'], found: Partial<Reading['entities']>, answers: readonly QuestionId[] = []) {
  const span = { start: 0, end: text.length };
  const reading: Reading = {
    acts: [],
    answers: answers.map((questionId) => ({ questionId, text, span, confidence: 1, thin: false })),
    wishes: [],
    entities: { people: [], kpis: [], ...found },
    cues: [],
  };
  return checkEntities({ text, entities }, reading);
}

describe('a name', () => {
  it.each([
    ['Petra', 'Petra Lindqvist'],
    ['Petra Lindqvist', 'Petra'],
    ['@petra', 'Petra'],
    ['Zsófia', 'Zsofia'],
    ['<@U07NADIA>', '<@U07NADIA>'],
  ])('%s is %s', (found, gold) => {
    expect(isName(found, gold)).toBe(true);
  });

  it.each([
    ['Petra', 'Peter'],
    ['Petra Berg', 'Petra Lindqvist'],
    ['', 'Petra'],
    [undefined, 'Petra'],
  ])('%s is not %s', (found, gold) => {
    expect(isName(found, gold)).toBe(false);
  });
});

describe('an owner', () => {
  const text = 'Tom asked, but Petra owns it';
  const people = [{ name: spanOf(text, 'Petra') }];

  it('is right when their name is read in the words that answer who owns it', () => {
    expect(check(text, { owner: 'Petra' }, { people }, ['owner']).owner).toBe(true);
    expect(check(text, { owner: 'Tom' }, { people }, ['owner']).owner).toBe(false);
  });

  it('is not read by a name that answers something else', () => {
    expect(check(text, { owner: 'Petra' }, { people }, ['budget']).owner).toBe(false);
  });

  it('may be the author, whose name is not in the message', () => {
    const own = 'I do';
    expect(check(own, { owner: 'Petra Lindqvist' }, { people: [{ name: spanOf(own, 'I') }] }, ['owner']).owner).toBe(true);
  });
});

describe('a time', () => {
  const when = { weekday: 'tue', time: '09:00', tz: 'CET' } as const;

  it.each([
    ['the same', { weekday: 'tue', time: '09:00', timeZone: 'Europe/Berlin' }, true],
    ['another day', { weekday: 'wed', time: '09:00', timeZone: 'Europe/Berlin' }, false],
    ['another time', { weekday: 'tue', time: '21:00', timeZone: 'Europe/Berlin' }, false],
    ['another zone', { weekday: 'tue', time: '09:00', timeZone: 'Europe/London' }, false],
    ['no zone', { weekday: 'tue', time: '09:00' }, false],
  ] as const)('%s', (_what, found, right) => {
    expect(isTime(when, found)).toBe(right);
  });

  it('may have any zone, or any time, where the line says none', () => {
    expect(isTime({ weekday: 'tue', time: '09:00' }, { weekday: 'tue', time: '09:00', timeZone: 'Asia/Tokyo' })).toBe(true);
    expect(isTime({ weekday: 'tue' }, { weekday: 'tue', time: '09:00' })).toBe(true);
    expect(isTime({ weekday: 'tue' }, undefined)).toBe(false);
  });
});

describe('a zone', () => {
  it.each([
    ['Europe/Warsaw', 'CET'],
    ['Europe/Paris', 'Europe/Berlin'],
    ['America/New_York', 'Eastern time'],
    ['America/Toronto', 'EST'],
    ['Asia/Jerusalem', 'IST'],
    ['Europe/London', 'GMT'],
    ['America/Regina', 'America/Regina'],
  ])('%s can be what %s means', (found, gold) => {
    expect(isZone(found, gold)).toBe(true);
  });

  it.each([
    ['Europe/London', 'Europe/Berlin'],
    ['America/Chicago', 'America/Regina'],
    ['America/New_York', 'PT'],
    ['nowhere', 'CET'],
    [undefined, 'CET'],
    ['Europe/Berlin', 'the moon'],
  ])('%s is not what %s means', (found, gold) => {
    expect(isZone(found, gold)).toBe(false);
  });
});

describe('KPIs', () => {
  const text = 'site surveys booked from 7 to 12 a week, and win rate 21 to 28%';
  const surveys = { name: spanOf(text, 'site surveys booked'), baseline: spanOf(text, '7'), target: spanOf(text, '12 a week'), leading: true };
  const gold = [
    { name: 'surveys booked', baseline: '7', target: '12 per week', leading: true },
    { name: 'win rate', baseline: '21', leading: false },
  ];

  it('are paired by the words of their names; one that was not found is wrong in all that is said of it', () => {
    const { kpiName, kpiBaseline, kpiTarget, kpiLeading } = check(text, { kpis: gold }, { kpis: [surveys] });
    expect([kpiName, kpiBaseline, kpiTarget, kpiLeading]).toEqual([[true, false], [true, false], [true], [true, false]]);
  });

  it('are wrong by another number', () => {
    expect(check(text, { kpis: gold }, { kpis: [{ ...surveys, target: spanOf(text, '28%') }] }).kpiTarget).toEqual([false]);
  });
});
