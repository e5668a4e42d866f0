import { DateTime } from 'luxon';

const written = ['yyyy-MM-dd', 'd LLLL yyyy', 'd LLL yyyy', 'LLLL d yyyy', 'LLL d yyyy', 'd.M.yyyy'] as const;
const withoutYear = ['d LLLL', 'd LLL', 'LLLL d', 'LLL d', 'd.M.'] as const;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * A day as people write it ("2026-12-04", "4 Dec", "Friday", "tomorrow") as YYYY-MM-DD: from today on, within a year. Undefined where it is none, or could
 * be two ("4/12").
 */
export function readDay(text: string, zone: string, now: number): string | undefined {
  const today = DateTime.fromMillis(now, { zone, locale: 'en-GB' }).startOf('day');
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(?:by|on|until|till)\s+|(?<=\d)(?:st|nd|rd|th)\b|,/gu, '');
  const day = relative(said, today) ?? dated(said, today);
  return day && day >= today && day <= today.plus({ years: 1 }) ? (day.toISODate() ?? undefined) : undefined;
}

/** The day so many weeks from now (YYYY-MM-DD), on a working day. */
export function dayAfterWeeks(weeks: number, zone: string, now: number): string {
  const day = DateTime.fromMillis(now, { zone }).plus({ weeks });
  return (day.weekday > 5 ? day.plus({ days: 8 - day.weekday }) : day).toISODate() ?? '';
}

/** "Fri 4 Dec 2026" */
export function dayText(day: string): string {
  const date = DateTime.fromISO(day, { zone: 'utc', locale: 'en-GB' });
  return date.isValid ? date.toFormat('ccc d LLL yyyy') : day;
}

function relative(said: string, today: DateTime): DateTime | undefined {
  if (said === 'today') return today;
  if (said === 'tomorrow') return today.plus({ days: 1 });
  const [, next, named = ''] = /^(next )?([a-z]{3,9})$/u.exec(said) ?? [];
  const weekday = weekdays.findIndex((name) => named.startsWith(name) && named === weekdayNamed(name, named)) + 1;
  if (weekday === 0) return undefined;
  // "Friday" on a Friday is the next one: what is due today says "today".
  const ahead = (weekday - today.weekday + 7) % 7 || 7;
  return today.plus({ days: next && ahead < 7 - today.weekday + 1 ? ahead + 7 : ahead });
}

function weekdayNamed(name: (typeof weekdays)[number], said: string): string {
  return said === name ? name : { mon: 'monday', tue: 'tuesday', wed: 'wednesday', thu: 'thursday', fri: 'friday', sat: 'saturday', sun: 'sunday' }[name];
}

function dated(said: string, today: DateTime): DateTime | undefined {
  const read = (formats: readonly string[]) =>
    formats.map((format) => DateTime.fromFormat(said, format, { zone: today.zone, locale: 'en-GB' })).find((day) => day.isValid);
  const full = read(written);
  if (full) return full;
  const named = read(withoutYear)?.set({ year: today.year });
  return named && named < today ? named.plus({ years: 1 }) : named;
}
