import { describe, expect, it } from '@jest/globals';
import type { WeeklyTime } from '../../src/domain/questions.ts';
import { quality, reply } from './reading.ts';

describe('the weekly call', () => {
  it.each<[string, WeeklyTime]>([
    ['Wednesdays at 8.45', { weekday: 'wed', time: '08:45' }],
    ['8:45 on Wednesdays CET', { weekday: 'wed', time: '08:45', timeZone: 'Europe/Berlin' }],
    ['Thursday 10am UK', { weekday: 'thu', time: '10:00', timeZone: 'Europe/London' }],
    ['half past ten on Fridays', { weekday: 'fri', time: '10:30' }],
    ['quarter to nine, Mondays', { weekday: 'mon', time: '08:45' }],
    ['Wed 16h', { weekday: 'wed', time: '16:00' }],
    ['Thu 13h30 Lisbon', { weekday: 'thu', time: '13:30', timeZone: 'Europe/Lisbon' }],
    ['not Monday, Wednesday 9am', { weekday: 'wed', time: '09:00' }],
    ['Tue or Wed, preferably Wed 9:00', { weekday: 'wed', time: '09:00' }],
  ])('is clear in "%s"', async (text, when) => {
    expect((await reply(text, 'weekly-call')).entities.when).toEqual(when);
    expect(await quality(text, 'weekly-call')).toBe('clear');
  });

  it.each(['Tue or Wed', 'Wednesday or Thursday at 9', 'Mon/Thu 8:30', 'either Tuesday 9:00 or Friday 10:00', 'Mon-Fri 9am', 'any day but Friday, 9:00'])(
    'has no day yet in "%s"',
    async (text) => {
      expect(await quality(text, 'weekly-call')).toBe('thin');
      expect((await reply(text, 'weekly-call')).entities.when?.weekday).toBeUndefined();
    },
  );

  it.each(['every other Thursday at 3pm', 'fortnightly, Mondays 9:00'])('is not weekly in "%s"', async (text) => {
    expect(await quality(text, 'weekly-call')).toBe('thin');
  });

  it.each(['Thursday before lunch', 'Friday mornings'])('lacks the hour in "%s"', async (text) => {
    expect(await quality(text, 'weekly-call')).toBe('thin');
  });
});
