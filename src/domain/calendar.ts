import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import type { Weekday, WeeklyTime } from './questions.ts';

/** Local clock times, HH:MM. From `start` until `end` (exclusive) nothing is sent on its own accord; equal times mean no quiet hours. */
export type QuietHours = { start: string; end: string };

/** A weekly call that is fully known: weekday and HH:MM in an IANA zone. */
export type CallTime = { weekday: Weekday; time: string; timeZone: string };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const minutesOfDay = 24 * 60;
const defaultNudgeMinutes = 9 * 60;
const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A place on somebody's wall: days since 1970-01-01 of the local date, and milliseconds since local midnight. */
type Wall = { day: number; ms: number };

/** The same local time so many working days (Monday to Friday) later; 0 changes nothing. From a weekend, Monday is one working day later. */
export function workingDaysLater(at: number, days: number, zone: string): number {
  const from = wallAt(at, zone);
  let { day } = from;
  for (let left = days; left > 0; left -= 1) {
    do day += 1;
    while (isWeekendDay(day));
  }
  return day === from.day ? at : instantAt({ day, ms: from.ms }, zone);
}

/** Whether the local time is inside the quiet hours. */
export function isQuiet(at: number, zone: string, quietHours: QuietHours): boolean {
  return isQuietMinute(Math.floor(wallAt(at, zone).ms / minuteMs), quietHours);
}

export function isWeekend(at: number, zone: string): boolean {
  return isWeekendDay(wallAt(at, zone).day);
}

/** `at` itself when it is allowed, otherwise the next moment outside quiet hours and weekends (epoch milliseconds). */
export function nextAllowed(at: number, zone: string, quietHours: QuietHours): number {
  const { day, ms } = wallAt(at, zone);
  if (isWeekendDay(day)) return nextAllowed(instantAfter(at, { day: mondayAfter(day), ms: 0 }, zone), zone, quietHours);
  if (!isQuiet(at, zone, quietHours)) return at;
  const end = (minutesOf(quietHours.end) ?? 0) * minuteMs;
  return nextAllowed(instantAfter(at, { day: ms < end ? day : day + 1, ms: end }, zone), zone, quietHours);
}

/** The call when weekday and time are known, with the zone of its author where it names none; undefined until then. */
export function callTimeOf(weekly: WeeklyTime | undefined, defaultZone: string): CallTime | undefined {
  const minutes = minutesOf(weekly?.time);
  if (!weekly?.weekday || minutes === undefined) return undefined;
  const named = weekly.timeZone !== undefined && isTimeZone(weekly.timeZone) ? weekly.timeZone : defaultZone;
  return { weekday: weekly.weekday, time: clockTime(minutes), timeZone: named };
}

/** The first call strictly after that moment (epoch milliseconds). A local time that daylight saving skips moves forward; of one that comes twice the first counts. */
export function nextCall(call: CallTime, after: number): number {
  const ms = (minutesOf(call.time) ?? defaultNudgeMinutes) * minuteMs;
  // A call carried over midnight by daylight saving belongs to the day before.
  const from = wallAt(after, call.timeZone).day - 1;
  const first = from + modulo(weekdays.indexOf(call.weekday) - weekdayIndex(from), 7);
  const next = [first, first + 7].map((day) => instantAt({ day, ms }, call.timeZone)).find((at) => at > after);
  return next ?? instantAt({ day: first + 14, ms }, call.timeZone);
}

/** The time (HH:MM) that the wall does not show on the day of this call, because daylight saving skips it; undefined where all is as ever. */
export function skippedTime(call: CallTime, callAt: number): string | undefined {
  const minutes = minutesOf(call.time) ?? defaultNudgeMinutes;
  return Math.floor(wallAt(callAt, call.timeZone).ms / minuteMs) === minutes ? undefined : clockTime(minutes);
}

/** All calls after that moment, in order and without end: take as many as are needed. */
export function* callsAfter(call: CallTime, after: number): Generator<number, never, void> {
  for (let last = after; ; ) {
    last = nextCall(call, last);
    yield last;
  }
}

/** The next calls after that moment, in order. */
export function callOccurrences(call: CallTime, after: number, count: number): number[] {
  return callsAfter(call, after).take(count).toArray();
}

/** The last call at or before that moment. */
export function previousCall(call: CallTime, at: number): number {
  const earliest = nextCall(call, at - 9 * dayMs);
  return callOccurrences(call, earliest, 2).findLast((occurrence) => occurrence <= at) ?? earliest;
}

/** ISO week of the call's local date, for instance '2026-W49'. Keys sort in the order of time. */
export function weekOf(callAt: number, zone: string): string {
  const date = DateTime.fromMillis(wallAt(callAt, zone).day * dayMs, { zone: 'utc' });
  return `${date.weekYear}-W${String(date.weekNumber).padStart(2, '0')}`;
}

/**
 * When somebody is asked before a call: on the last working day before the call's date as that person's calendar shows it, at their nudge time (HH:MM).
 * A nudge time inside the quiet hours moves to their edge on the same day, so that it stays before the call (METHOD §11).
 */
export function nudgeDueAt(callAt: number, zone: string, nudgeTime: string, quietHours: QuietHours): number {
  let day = wallAt(callAt, zone).day - 1;
  while (isWeekendDay(day)) day -= 1;
  const minutes = outsideQuiet(minutesOf(nudgeTime) ?? defaultNudgeMinutes, quietHours);
  const due = instantAt({ day, ms: minutes * minuteMs }, zone);
  const allowed = nextAllowed(due, zone, quietHours);
  return allowed < callAt ? allowed : due;
}

/** That time of day (HH:MM, moved out of quiet hours as a nudge is) on the first working day after the local date of `at`. */
export function nextWorkingDayAt(at: number, zone: string, time: string, quietHours: QuietHours): number {
  const { day } = wallAt(workingDaysLater(at, 1, zone), zone);
  return instantAt({ day, ms: outsideQuiet(minutesOf(time) ?? defaultNudgeMinutes, quietHours) * minuteMs }, zone);
}

/** The local date there, as a number that grows by one a day. */
export function localDay(at: number, zone: string): number {
  return wallAt(at, zone).day;
}

/** 'HH:MM' or 'H:MM' of a 24 h clock. */
export function isClockTime(text: string): boolean {
  return minutesOf(text) !== undefined;
}

export function isTimeZone(name: string): boolean {
  return IANAZone.create(name).isValid;
}

function minutesOf(time: string | undefined): number | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function isQuietMinute(minute: number, quietHours: QuietHours): boolean {
  const start = minutesOf(quietHours.start);
  const end = minutesOf(quietHours.end);
  if (start === undefined || end === undefined || start === end) return false;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** The nearest minute of the same day that is not quiet: the end of quiet hours that began before it, or just before those that last into the next day. */
function outsideQuiet(minute: number, quietHours: QuietHours): number {
  if (!isQuietMinute(minute, quietHours)) return minute;
  const start = minutesOf(quietHours.start) ?? 0;
  const end = minutesOf(quietHours.end) ?? 0;
  const lastsIntoNextDay = start > end && minute >= start;
  return lastsIntoNextDay ? modulo(start - 1, minutesOfDay) : end;
}

function zoneNamed(name: string): Zone {
  const zone = IANAZone.create(name);
  // A zone that nobody knows must not stop a reminder; names are checked where they come in.
  return zone.isValid ? zone : FixedOffsetZone.utcInstance;
}

function wallAt(at: number, zone: string): Wall {
  const local = at + zoneNamed(zone).offset(at) * minuteMs;
  const day = Math.floor(local / dayMs);
  return { day, ms: local - day * dayMs };
}

/** Every instant at which the wall shows this: two when the clock was set back, otherwise one. A time inside a gap is carried forward by its length. */
function instantsAt(wall: Wall, zone: string): [number, ...number[]] {
  const shown = wall.day * dayMs + wall.ms;
  const offset = (at: number) => zoneNamed(zone).offset(at) * minuteMs;
  // Offsets are within 14 h of UTC and change months apart, so these two stand on both sides of a change near this time.
  const before = offset(shown - 36 * hourMs);
  const after = offset(shown + 36 * hourMs);
  const [first, ...others] = [shown - Math.max(before, after), shown - Math.min(before, after)].filter(
    (at, index, all) => at + offset(at) === shown && all.indexOf(at) === index,
  );
  return first === undefined ? [shown - before] : [first, ...others];
}

function instantAt(wall: Wall, zone: string): number {
  return instantsAt(wall, zone)[0];
}

function instantAfter(at: number, wall: Wall, zone: string): number {
  return instantsAt(wall, zone).find((instant) => instant > at) ?? at + minuteMs;
}

function weekdayIndex(day: number): number {
  return modulo(day + 3, 7); // 1970-01-01 was a Thursday.
}

function isWeekendDay(day: number): boolean {
  return weekdayIndex(day) >= 5;
}

function mondayAfter(day: number): number {
  return day + 7 - weekdayIndex(day);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** What people call a time zone: the city in its name, "New York" for America/New_York. */
export function zoneName(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
