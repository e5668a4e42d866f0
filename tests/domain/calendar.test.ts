import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  type CallTime,
  callOccurrences,
  callTimeOf,
  isQuiet,
  nextAllowed,
  nextCall,
  nudgeDueAt,
  previousCall,
  skippedTime,
  weekOf,
  workingDaysLater,
} from '../../src/domain/calendar.ts';
import type { Weekday } from '../../src/domain/questions.ts';

const quietHours = { start: '18:00', end: '08:00' };
const zones = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Moscow',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Nuuk',
  'America/Santiago',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];
const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A moment written as people there read their clocks. */
const at = (local: string, zone = 'Europe/Berlin') => DateTime.fromISO(local, { zone }).toMillis();
const seen = (moment: number, zone = 'Europe/Berlin') => DateTime.fromMillis(moment, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
const local = (moment: number, zone: string) => DateTime.fromMillis(moment, { zone });
const anyMoment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('working days', () => {
  it.each([
    ['from Friday to Monday', '2026-11-27T15:30', 1, '2026-11-30T15:30'],
    ['two from Thursday to Monday', '2026-11-26T15:30', 2, '2026-11-30T15:30'],
    ['from Sunday to Monday', '2026-11-29T09:00', 1, '2026-11-30T09:00'],
    ['five are a week', '2026-11-25T09:00', 5, '2026-12-02T09:00'],
    ['none changes nothing', '2026-11-28T09:00', 0, '2026-11-28T09:00'],
    ['keep the local time over a daylight saving change', '2026-10-23T09:00', 1, '2026-10-26T09:00'],
  ])('%s', (_, from, days, until) => {
    expect(seen(workingDaysLater(at(from), days, 'Europe/Berlin'))).toBe(until);
  });
});

describe('a call whose time does not exist on its day', () => {
  it('is later that once, and the time that is skipped can be named', () => {
    const call: CallTime = { weekday: 'sun', time: '02:30', timeZone: 'Europe/Berlin' };
    const calls = callOccurrences(call, at('2027-03-22T12:00'), 2);
    expect(calls.map((moment) => seen(moment))).toEqual(['2027-03-28T03:30', '2027-04-04T02:30']);
    expect(calls.map((moment) => skippedTime(call, moment))).toEqual(['02:30', undefined]);
  });
});

describe('quiet hours', () => {
  it.each([
    ['2026-11-25T17:59', false],
    ['2026-11-25T18:00', true],
    ['2026-11-26T03:00', true],
    ['2026-11-26T07:59', true],
    ['2026-11-26T08:00', false],
  ])('at %s: %s', (moment, quiet) => {
    expect(isQuiet(at(moment), 'Europe/Berlin', quietHours)).toBe(quiet);
  });

  it('may lie within one day, and equal times mean none', () => {
    expect(isQuiet(at('2026-11-25T12:30'), 'Europe/Berlin', { start: '12:00', end: '13:00' })).toBe(true);
    expect(isQuiet(at('2026-11-25T13:00'), 'Europe/Berlin', { start: '12:00', end: '13:00' })).toBe(false);
    expect(isQuiet(at('2026-11-25T03:00'), 'Europe/Berlin', { start: '00:00', end: '00:00' })).toBe(false);
  });

  it.each([
    ['an allowed moment stays', '2026-11-25T10:00', '2026-11-25T10:00'],
    ['an evening waits for the morning', '2026-11-25T19:00', '2026-11-26T08:00'],
    ['a night waits for the same morning', '2026-11-26T02:00', '2026-11-26T08:00'],
    ['a Friday evening waits for Monday', '2026-11-27T18:30', '2026-11-30T08:00'],
    ['a Saturday noon waits for Monday', '2026-11-28T12:00', '2026-11-30T08:00'],
  ])('%s', (_, from, until) => {
    expect(seen(nextAllowed(at(from), 'Europe/Berlin', quietHours))).toBe(until);
  });

  it('are over at the next allowed moment, in every zone, whatever the hours', () => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...zones), anyTime, anyTime, (moment, zone, start, end) => {
        const allowed = nextAllowed(moment, zone, { start, end });
        expect(allowed).toBeGreaterThanOrEqual(moment);
        expect(isQuiet(allowed, zone, { start, end })).toBe(false);
        expect(local(allowed, zone).weekday).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('a weekly call', () => {
  const tuesday: CallTime = { weekday: 'tue', time: '10:00', timeZone: 'Europe/Berlin' };

  it('is known once weekday and time are, in the zone it names or its author has', () => {
    expect(callTimeOf({ weekday: 'tue', time: '9:30' }, 'Europe/Berlin')).toEqual({ weekday: 'tue', time: '09:30', timeZone: 'Europe/Berlin' });
    expect(callTimeOf({ weekday: 'tue', time: '09:30', timeZone: 'Asia/Tokyo' }, 'Europe/Berlin')?.timeZone).toBe('Asia/Tokyo');
    expect(callTimeOf({ weekday: 'tue', time: '09:30', timeZone: 'Mars/Olympus' }, 'Europe/Berlin')?.timeZone).toBe('Europe/Berlin');
    expect(callTimeOf({ weekday: 'tue' }, 'Europe/Berlin')).toBeUndefined();
    expect(callTimeOf({ weekday: 'tue', time: 'half past' }, 'Europe/Berlin')).toBeUndefined();
    expect(callTimeOf(undefined, 'Europe/Berlin')).toBeUndefined();
  });

  it('comes next strictly after a moment', () => {
    expect(seen(nextCall(tuesday, at('2026-11-24T09:59')))).toBe('2026-11-24T10:00');
    expect(seen(nextCall(tuesday, at('2026-11-24T10:00')))).toBe('2026-12-01T10:00');
    expect(seen(nextCall(tuesday, at('2026-11-24T23:30')))).toBe('2026-12-01T10:00');
  });

  it('moves forward where daylight saving skips its time, and comes once where the hour comes twice', () => {
    const early: CallTime = { weekday: 'sun', time: '02:30', timeZone: 'Europe/Berlin' };
    const spring = callOccurrences(early, at('2027-03-22T00:00'), 2);
    expect(spring.map((call) => seen(call))).toEqual(['2027-03-28T03:30', '2027-04-04T02:30']);
    const [autumn] = callOccurrences(early, at('2026-10-19T00:00'), 1);
    expect(autumn).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(seen(nextCall(early, autumn ?? 0))).toBe('2026-11-01T02:30');
  });

  it('is not lost where daylight saving carries it over midnight', () => {
    const lateInNuuk: CallTime = { weekday: 'sat', time: '23:30', timeZone: 'America/Nuuk' };
    const next = nextCall(lateInNuuk, at('2027-03-28T00:10', 'America/Nuuk'));
    expect(seen(next, 'America/Nuuk')).toBe('2027-03-28T00:30');
  });

  it('has a week key by its own local date', () => {
    expect(weekOf(at('2026-12-01T10:00'), 'Europe/Berlin')).toBe('2026-W49');
    const mondayMorning = at('2026-11-30T08:00', 'Pacific/Auckland');
    expect(weekOf(mondayMorning, 'Pacific/Auckland')).toBe('2026-W49');
    expect(weekOf(mondayMorning, 'America/New_York')).toBe('2026-W48');
    expect(weekOf(at('2027-01-01T10:00'), 'Europe/Berlin')).toBe('2026-W53');
  });

  it('has one call before and one after each moment, a week apart on the local calendar', () => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...zones), fc.constantFrom(...weekdays), anyTime, (moment, timeZone, weekday, time) => {
        const call: CallTime = { weekday, time, timeZone };
        const before = previousCall(call, moment);
        const after = nextCall(call, moment);
        expect(before).toBeLessThanOrEqual(moment);
        expect(after).toBeGreaterThan(moment);
        expect(nextCall(call, before)).toBe(after);
        expect(Math.abs(after - before - 7 * 86_400_000)).toBeLessThanOrEqual(2 * 3_600_000);
      }),
    );
  });
});

describe('a nudge', () => {
  it.each([
    ['on the day before the call', '2026-12-01T10:00', '09:00', '2026-11-30T09:00'],
    ['on Friday before a Monday call', '2026-11-30T10:00', '09:00', '2026-11-27T09:00'],
    ['on Friday before a Sunday call', '2026-11-29T10:00', '09:00', '2026-11-27T09:00'],
    ['at the end of quiet hours when asked for earlier', '2026-12-01T10:00', '06:30', '2026-11-30T08:00'],
    ['just before quiet hours when asked for later', '2026-12-01T10:00', '21:00', '2026-11-30T17:59'],
  ])('is due %s', (_, call, time, due) => {
    expect(seen(nudgeDueAt(at(call), 'Europe/Berlin', time, quietHours))).toBe(due);
  });

  it('follows the calendar of the person who gets it', () => {
    const mondayInAuckland = at('2026-11-30T09:00', 'Pacific/Auckland');
    expect(seen(mondayInAuckland, 'America/Los_Angeles')).toBe('2026-11-29T12:00');
    expect(seen(nudgeDueAt(mondayInAuckland, 'America/Los_Angeles', '09:00', quietHours), 'America/Los_Angeles')).toBe('2026-11-27T09:00');
  });

  it('comes once for each call of 60 weeks in every pair of 20 zones, at the local nudge time, on the last working day before', () => {
    const anyNudgeTime = fc
      .integer({ min: 8 * 4, max: 18 * 4 - 1 })
      .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        anyMoment,
        fc.constantFrom(...zones),
        fc.constantFrom(...zones),
        fc.constantFrom(...weekdays),
        anyTime,
        anyNudgeTime,
        (from, timeZone, zone, weekday, time, nudgeTime) => {
          const calls = callOccurrences({ weekday, time, timeZone }, from, 60);
          const dues = calls.map((call) => nudgeDueAt(call, zone, nudgeTime, quietHours));
          expect(new Set(dues).size).toBe(60);
          expect(new Set(calls.map((call) => weekOf(call, timeZone))).size).toBe(60);
          calls.forEach((call, index) => {
            const due = local(dues[index] ?? 0, zone);
            expect(due.toFormat('HH:mm')).toBe(nudgeTime);
            expect(due.weekday).toBeLessThanOrEqual(5);
            expect(due.toMillis()).toBeLessThan(call);
            expect(daysBetween(due, local(call, zone)).filter((day) => day.weekday <= 5)).toEqual([]);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is never in quiet hours or on a weekend, whatever time was asked for', () => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...zones), anyTime, anyTime, anyTime, (call, zone, nudgeTime, start, end) => {
        const due = nudgeDueAt(call, zone, nudgeTime, { start, end });
        expect(due).toBeLessThan(call);
        expect(local(due, zone).weekday).toBeLessThanOrEqual(5);
        expect(isQuiet(due, zone, { start, end })).toBe(false);
      }),
    );
  });
});

function daysBetween(from: DateTime, until: DateTime): DateTime[] {
  const days: DateTime[] = [];
  for (let day = from.startOf('day').plus({ days: 1 }); day < until.startOf('day'); day = day.plus({ days: 1 })) days.push(day);
  return days;
}
