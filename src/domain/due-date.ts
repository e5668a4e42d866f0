import { DateTime } from 'luxon';
import { localDay } from './calendar.ts';

const longestAheadDays = 366;

/** Whether something can be due on that local date (YYYY-MM-DD): today or later, and within a year. */
export function isDueDate(date: string, zone: string, now: number): boolean {
  const day = DateTime.fromISO(date, { zone });
  const ahead = day.isValid && /^\d{4}-\d{2}-\d{2}$/.test(date) ? localDay(day.toMillis(), zone) - localDay(now, zone) : -1;
  return ahead >= 0 && ahead <= longestAheadDays;
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
