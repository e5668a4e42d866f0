import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventRepeatingFreq, ICalEventStatus, ICalWeekday } from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { nextCall } from '../domain/calendar.ts';
import { callVersion } from '../domain/call-version.ts';
import { callOf } from '../domain/programme.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import type { Weekday } from '../domain/questions.ts';

/** The words of the entry, as they are to be read; escaping them for the file is done here. */
export type CalendarWords = { title: string; description: string; link?: string };

// Nobody is asked how long the call takes: half an hour is what a weekly look at one change needs.
const callMinutes = 30;

const days: Readonly<Record<Weekday, ICalWeekday>> = {
  mon: ICalWeekday.MO,
  tue: ICalWeekday.TU,
  wed: ICalWeekday.WE,
  thu: ICalWeekday.TH,
  fri: ICalWeekday.FR,
  sat: ICalWeekday.SA,
  sun: ICalWeekday.SU,
};

/** Control characters but line breaks, and marks that turn the direction of all that follows around. */
const invisible = /[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * The weekly call of a programme as an iCalendar file (RFC 5545), which repeats without end while the programme runs and takes itself back once it has
 * ended. Read in again, a newer file replaces an older one. Undefined while no call time is known. `now`: epoch milliseconds.
 */
export function calendarFile(state: StartedProgramme, { title, description, link }: CalendarWords, now: number): string | undefined {
  const call = callOf(state.content);
  if (!call) return undefined;
  const ended = state.status === 'ended';
  const zone = zoneBlock(call.timeZone);
  const calendar = ical({
    prodId: { company: 'Plumb', product: 'Weekly call', language: 'EN' },
    method: ended ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    timezone: { name: zone.name, generator: () => zone.block },
  });
  const { start, skipped } = firstCall(call, state.rhythmSince, zone.name);
  const event = calendar.createEvent({
    id: `${state.id}@plumb`,
    sequence: callVersion(state),
    timezone: zone.name,
    start,
    end: start.plus({ minutes: callMinutes }),
    stamp: new Date(now),
    summary: oneLine(title),
    description: description.replace(/\r\n?/g, '\n').split('\n').map(oneLine).join('\n'),
    status: ended ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(link !== undefined && { url: link }),
  });
  event.repeating({ freq: ICalEventRepeatingFreq.WEEKLY, byDay: [days[call.weekday]], ...(skipped && { exclude: [skipped] }) });
  return written(calendar, now);
}

/**
 * Where the repeating begins. The time of day of the first date is that of all others, so a date on which daylight saving skips it cannot be the first:
 * then it begins a week earlier and leaves that week out.
 */
function firstCall(call: NonNullable<ReturnType<typeof callOf>>, after: number, zone: string): { start: DateTime<true>; skipped?: DateTime<true> } {
  const first = DateTime.fromMillis(nextCall(call, after), { zone });
  if (!first.isValid) throw new RangeError(`The time zone ${zone} is unknown; name another one for the weekly call.`);
  if (first.toFormat('HH:mm') === call.time) return { start: first };
  const [hour = 0, minute = 0] = call.time.split(':').map(Number);
  const earlier = DateTime.fromMillis(nextCall(call, after - 7 * 24 * 3_600_000 - 3_600_000), { zone }).set({ hour, minute });
  return earlier.isValid ? { start: earlier, skipped: earlier } : { start: first };
}

/** The rules of a zone; an old name of a zone comes back under its present one. */
function zoneBlock(timeZone: string): { name: string; block: string } {
  const [block, id] = tzlib_get_ical_block(timeZone);
  if (!block || !id) throw new RangeError(`There are no calendar rules for the time zone ${timeZone}; name another one for the weekly call.`);
  return { name: id.replace('TZID=', ''), block };
}

/** DTSTAMP has to be in UTC (RFC 5545, 3.8.7.2); ical-generator 11.1.2 writes it without its Z in a calendar that has a zone. */
function written(calendar: ICalCalendar, now: number): string {
  const stamp = DateTime.fromMillis(now, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'");
  return `${calendar.toString().replace(/^DTSTAMP:.*$/m, `DTSTAMP:${stamp}`)}\r\n`;
}

function oneLine(text: string): string {
  return text.replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
}
