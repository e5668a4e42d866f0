import type { WeeklyTime } from '../../../domain/questions.ts';
import type { Span } from '../../language.ts';
import { oneOf } from '../normalise.ts';
import { ambiguousZones, zoneNames } from '../zones.ts';
import { type Clock, clocksIn } from './clocks.ts';
import { type Day, weekdaysIn } from './weekdays.ts';

const zoneWord = new RegExp(`(?<![\\p{L}\\d])${oneOf(Object.keys(zoneNames))}(?![\\p{L}\\d])`, 'gu');

/** A weekly time in a stretch of normalised text: weekday, HH:MM and IANA zone as far as they are said. Undefined when neither a weekday nor a sure clock time is there. */
export function weeklyTimeIn(low: string, { start, end }: Span): WeeklyTime | undefined {
  const text = low.slice(start, Math.min(end, start + 600));
  const days = weekdaysIn(text);
  const clocks = clocksIn(text, days);
  const settled = preferred(text, days);
  const day = settled ?? (areAlternatives(text, days) ? undefined : days[0]);
  const clock = preferred(text, clocks) ?? nearestClock(text, clocks, settled ? [settled] : days);
  if (!day && !clock?.certain) return undefined;
  const timeZone = zoneIn(text, clock);
  const near = day && clock && days.length > 1 ? nearestDay(days, clock, day) : day;
  return {
    ...(near ? { weekday: near.weekday } : {}),
    ...(clock ? { time: `${String(clock.hours).padStart(2, '0')}:${String(clock.minutes).padStart(2, '0')}` } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}

/** "Tue or Wed", "Tue/Thu", "Mon-Fri": several days on offer are not yet one. */
function areAlternatives(text: string, days: readonly Day[]): boolean {
  return days.some((day, at) => {
    // "Sat 10:00 (we work Sun-Thu)": one day has its time already.
    if (at > 0 && /^[\s,@]{0,3}(?:at )?\d{1,2}[:.h]?\d?/.test(text.slice(days[0]?.end ?? 0))) return false;
    const next = days[at + 1];
    return (
      next !== undefined &&
      next.weekday !== day.weekday &&
      /^[^.;!?]{0,24}(?:\bor\b|\/|\bthrough\b)[^.;!?]{0,12}$|^\s?(?:[-–]|to|until)\s?$/.test(text.slice(day.end, next.at))
    );
  });
}

const settling =
  /(?:\bso|\bmake (?:it|that)|→|->|\bsay|\bfix|\bpick|\bmeant|\bit'?s|\bchoose|\bpls|\bwould be|\binstead:?|\bput it in as|\bjust put|\bthen|\bpreferably|\bideally|\bprefer|\brather|\bbetter|\bbest|\bmean|\bnow|\bstart(?:s|ing)?|\bno,? wait,?|\bactually,?|\bno,)\s(?:on\s|at\s|it\s)?$/;
const moved = /\b(?:moved?|moving|changed?|shift(?:ed)?|switch(?:ed)?|pushed?|push|bring|brought)(?: \p{L}+){0,2} from [^.;!?]{1,16} to $/u;

/** What comes after a word that settles it ("so 9:45", "make it Thursday", "→ 8:00", "moved from 9 to 10") counts, before what came earlier. */
function preferred<T extends { at: number; end: number }>(text: string, found: readonly T[]): T | undefined {
  return found.findLast(({ at, end }) => {
    const before = text.slice(Math.max(0, at - 44), at);
    // "8am in Dallas so 2pm for the Brits": the same time for others.
    const forOthers = /\bso\s$/.test(before) && /^\s(?:for|in)\s/.test(text.slice(end, end + 6)) && found[0]?.at !== at;
    return !forOthers && (settling.test(before.slice(-20)) || moved.test(before));
  });
}

/** One time as several places say it, "9 London / 10 Berlin": what stands between two clock times of one group. */
const sameTime = /^[^.;!?\n]{0,28}?(?:\/|=|\(|\bis\b|,)[^.;!?\n]{0,14}$/;

/** "9am Tokyo, that is 5pm for me". */
const translating = /\b(?:that is|that'?s|which is|meaning)\s$/;

/** The clock time that stands nearest to a day; of a time that is said for several places, the one said first. */
function nearestClock(text: string, clocks: readonly Clock[], days: readonly Day[]): Clock | undefined {
  let best: { clock: Clock; distance: number } | undefined;
  let first: Clock | undefined;
  clocks.forEach((clock, index) => {
    const previous = clocks[index - 1];
    const between = previous && days.some(({ at }) => at > previous.at && at < clock.at);
    const elsewhere = translating.test(text.slice(Math.max(0, clock.at - 12), clock.at));
    const apart = !previous || (!elsewhere && (between || !sameTime.test(text.slice(previous.end, clock.at))));
    if (!first || apart) first = clock;
    const distance = Math.min(...days.map((day) => (day.at > clock.at ? day.at - clock.end : clock.at - day.end)));
    if (!best || distance < best.distance) best = { clock: first, distance };
  });
  return best?.clock;
}

function nearestDay(days: readonly Day[], clock: Clock, settled: Day | undefined): Day | undefined {
  if (settled && days.indexOf(settled) > 0) return settled;
  const distance = (day: Day) => (day.at > clock.at ? day.at - clock.end : clock.at - day.end);
  return days.reduce((best, day) => (distance(day) < distance(best) ? day : best), days[0] ?? { weekday: 'mon', at: 0, end: 0 });
}

function zoneIn(text: string, clock: Clock | undefined): string | undefined {
  let best: { zone: string; distance: number } | undefined;
  for (const match of text.matchAll(zoneWord)) {
    const word = match[0].replace(/-/g, ' ');
    const end = match.index + word.length;
    const after = text.slice(end, end + 6);
    const gap = clock ? match.index - clock.end : 99;
    const saysTime = /^\s?time/.test(after);
    // "Tuesdays at 9 ET", "noon eastern" and "8 am on Mondays, Central", but not "the Central team".
    const apart =
      text.charAt(match.index - 1) === '(' || (/[,.]\s$/.test(text.slice(Math.max(0, match.index - 2), match.index)) && /^\s*(?:$|[,.;!)])/.test(after));
    if (ambiguousZones.has(word) && !saysTime && !apart && (gap < -20 || gap > 16)) continue;
    const distance = Math.abs(gap) - (saysTime ? 30 : 0) + (gap < 0 ? 12 : 0);
    if (!best || distance < best.distance) best = { zone: zoneNames[word] ?? '', distance };
  }
  return offsetIn(text) ?? (best?.zone || (clock && text.charAt(clock.end) === 'z' ? 'Etc/UTC' : undefined));
}

/** "UTC+3", "GMT -5": IANA names count the other way round. */
function offsetIn(text: string): string | undefined {
  const match = /\b(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?!\d|:?[1-9])/.exec(text);
  if (!match?.[2] || Number(match[2]) > 12) return undefined;
  return match[2] === '0' ? 'Etc/UTC' : `Etc/GMT${match[1] === '+' ? '-' : '+'}${Number(match[2])}`;
}
