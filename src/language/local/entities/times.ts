import type { Weekday, WeeklyTime } from '../../../domain/questions.ts';
import type { Span } from '../../language.ts';
import { oneOf } from '../normalise.ts';
import { ambiguousZones, zoneNames } from '../zones.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekdayWords =
  /\b(?:mon(?:days?)?|tue(?:s|sdays?)?|wed(?:s|nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|hump day|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|lunes|martes|mi[eé]rcoles|jueves|viernes|maandag|dinsdag|woensdag|donderdag|vrijdag)\b|\b(?:tu|th|m|w|mo|we|fr|mi|do)(?=\s(?:at\s|@\s)?\d{1,2}(?:[:.h]\s?\d\d|\s?[ap]m?\b|h\b))/g;
/** Weekdays in languages that people mix into English, by how they begin; English ones begin as their names do. */
const otherDays: readonly (readonly [RegExp, Weekday])[] = [
  [/^(?:montag|lun|maandag|m$|mo$)/, 'mon'],
  [/^(?:dienstag|mard|martes|dinsdag)/, 'tue'],
  [/^(?:mittwoch|mercredi|mi|woensdag|hump|w$|we$)/, 'wed'],
  [/^(?:do|jeu|jueves|th)/, 'thu'],
  [/^(?:fr|vendredi|viernes|vrijdag)/, 'fri'],
  [/^sam/, 'sat'],
  [/^tu/, 'tue'],
];
const hourWords = ['midnight', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const minuteWords: Readonly<Record<string, number>> = { five: 5, ten: 10, twenty: 20, 'twenty five': 25, 'twenty-five': 25 };
const hour = '(?:[01]?\\d|2[0-3])';
const hourWord = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const half = '\\s?(a\\.?m\\.?|p\\.?m\\.?|a|p)(?![\\w])';
const zoneWord = new RegExp(`(?<![\\p{L}\\d])${oneOf(Object.keys(zoneNames))}(?![\\p{L}\\d])`, 'gu');

type Clock = { hours: number; minutes: number; at: number; end: number; certain: boolean };

/** Ways to write a clock time, the surest first. Groups are named: h, m, ap (am or pm), hw (hour as a word), to (half, quarter past). */
const clockPatterns: readonly { pattern: RegExp; certain: boolean }[] = [
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})\\s?[-–]\\s?${hour}[:.][0-5]\\d(?!\\d)`, 'g'), certain: true },
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})\\s?[:.h]\\s?(?<m>[0-5]\\d)(?:(?<ap>${half}))?(?![\\d%])`, 'g'), certain: true },
  {
    pattern: new RegExp(
      `\\b(?<!\\bfrom )(?<mins>5|10|20|25|five|ten|twenty|twenty[ -]five) (?:minutes? )?(?<way>past|to) (?<hw>${hourWord}|1[0-2]|[1-9])(?:(?<ap>${half}))?(?![\\d%:]|\\s(?:a|per|an|each|every)\\b)`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`\\b(?<to>half past|half|quarter past|quarter to)\\s(?<hw>${hourWord}|${hour})(?:(?<ap>${half}))?\\b`, 'g'), certain: true },
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})\\s(?:sharp|on the dot)\\b`, 'g'), certain: true },
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})(?<ap>${half})`, 'g'), certain: true },
  { pattern: /(?<![\d.,:$€£])(?<h>[01]\d|2[0-3])(?<m>[0-5]\d)(?=\s?(?:hrs|h\b|hours|uk|z\b|[a-z]{3,4}\b|$|,|\s))(?!\s?(?:k|%|reps|people))/g, certain: true },
  {
    pattern: new RegExp(
      `\\b(?<hw>${hourWord})(?:\\s(?<mw>fifteen|thirty|forty five))?\\s(?<ap>(?:a\\.?m|p\\.?m)\\b|in the (?:morning|afternoon|evening))`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`\\b(?<hw>${hourWord}) (?<mw>fifteen|thirty|forty five)\\b`, 'g'), certain: true },
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})\\s?(?:h|u|uhr|o'?clock)\\b`, 'g'), certain: true },
  { pattern: new RegExp(`\\b(?<hw>${hourWord})\\s?o'?clock\\b`, 'g'), certain: true },
  { pattern: /\b(?<noon>noon|midday)\b/g, certain: true },
  { pattern: new RegExp(`(?<![\\d.,:$€£/-])(?<h>${hour}) in the (?<ap>morning|afternoon|evening)\\b`, 'g'), certain: true },
  {
    pattern: new RegExp(
      `(?<![\\d.,:$€£/+-])\\b(?<h>${hour})\\b(?![.,:]?\\d|\\s?(?:%|k\\b|m\\b|min|mins|minutes|x|am|pm|area|people|team|reps|regional|store|dms|chefs|of|per|percent|days?|weeks?|months?|hours?|hrs?|times|managers?|and the))`,
      'g',
    ),
    certain: false,
  },
  { pattern: new RegExp(`\\b(?:at|@|days?,?)\\s(?<hw>${hourWord})\\b(?! (?:of|people|each|per|reps|managers|calls?))`, 'g'), certain: false },
];

/** A weekly time in a stretch of normalised text: weekday, HH:MM and IANA zone as far as they are said. Undefined when neither a weekday nor a sure clock time is there. */
export function weeklyTimeIn(low: string, { start, end }: Span): WeeklyTime | undefined {
  const text = low.slice(start, Math.min(end, start + 600));
  const days = weekdaysIn(text);
  const clocks = clocksIn(text, days);
  const settled = preferred(text, days);
  const day = settled ?? (areAlternatives(text, days) ? undefined : days[0]);
  const clock = preferred(text, clocks) ?? clocks[0];
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

type Day = { weekday: Weekday; at: number; end: number };

function weekdaysIn(text: string): Day[] {
  const days: Day[] = [];
  for (const match of text.matchAll(weekdayWords)) {
    const word = match[0];
    const before = text.slice(Math.max(0, match.index - 16), match.index);
    const after = text.slice(match.index + word.length, match.index + word.length + 28);
    const refused =
      /\b(?:not|except|except for|never|no|instead of|rather than|(?:day|time|weekday) but|apart from|bar|excluding|(?:change|move|switch)(?: it)?(?: from)?)\s(?:on\s)?$/.test(
        before,
      ) || /^\s(?:doesn'?t|does not|don'?t|won'?t|is (?:for|bad|dead|full)|are (?:only )?(?:for|bad))\b/.test(after);
    const weekday = weekdays.find((name) => word.startsWith(name)) ?? otherDays.find(([begins]) => begins.test(word))?.[1];
    if (weekday && !refused) days.push({ weekday, at: match.index, end: match.index + word.length });
  }
  return days;
}

function clocksIn(text: string, days: readonly Day[]): Clock[] {
  const clocks: Clock[] = [];
  for (const { pattern, certain } of clockPatterns) {
    if (!certain && clocks.length > 0) continue;
    for (const match of text.matchAll(pattern)) {
      const at = match.index;
      const to = at + match[0].length;
      if (clocks.some((clock) => at < clock.end && to > clock.at)) continue;
      // A bare number is a time only beside a weekday ("Fri 9", "10 on Tuesdays").
      if (!certain && !days.some((day) => at - day.end < 26 && day.at - to < 26)) continue;
      const before = text.slice(Math.max(0, at - 14), at);
      if (/\b(?:not|instead of|until|ends? at|closing at|finishes|rather than)\s$/.test(before) && !/ends? at|finishes/.test(before)) continue;
      const read = clockOf(match.groups ?? {}, text.slice(to, to + 20));
      if (read) clocks.push({ ...read, at, end: to, certain });
    }
  }
  return clocks.sort((a, b) => a.at - b.at);
}

function clockOf(groups: Record<string, string | undefined>, after: string): { hours: number; minutes: number } | undefined {
  if (groups['noon']) return { hours: 12, minutes: 0 };
  const worded = groups['hw'];
  const base = worded && !/\d/.test(worded) ? hourWords.indexOf(worded) : Number(groups['h'] ?? worded);
  if (!Number.isInteger(base) || base < 0 || base > 23) return undefined;
  let minutes = groups['m'] ? Number(groups['m']) : groups['mw'] === 'thirty' ? 30 : groups['mw'] === 'fifteen' ? 15 : groups['mw'] ? 45 : 0;
  let hours = base;
  const mins = groups['mins'];
  if (mins) {
    const count = minuteWords[mins] ?? Number(mins);
    if (count > 30) return undefined;
    [hours, minutes] = groups['way'] === 'to' ? [(base + 23) % 24, 60 - count] : [base, count];
  }
  if (groups['to']?.startsWith('half')) minutes = 30;
  if (groups['to'] === 'quarter past') minutes = 15;
  if (groups['to'] === 'quarter to') [hours, minutes] = [base - 1, 45];
  const said = groups['ap']?.trim() ?? /^\s?(?:-\s?\d[\d:.]*\s?)?(am|pm)\b/.exec(after)?.[1] ?? '';
  if (/^p|afternoon|evening/.test(said) && hours < 12) hours += 12;
  else if (/^a|morning/.test(said) && hours === 12) hours = 0;
  // "half past two" without am or pm: nobody holds a weekly call before seven in the morning.
  else if (!said && hours > 0 && (hours < 7 ? !groups['m'] : false)) hours += 12;
  else if (!said && hours > 0 && hours < 6 && groups['m'] && !groups['h']?.startsWith('0')) hours += 12;
  return { hours, minutes };
}

/** What comes after a word that settles it ("so 9:45", "make it Thursday", "→ 8:00") counts, before what came earlier. */
function preferred<T extends { at: number }>(text: string, found: readonly T[]): T | undefined {
  return found.findLast(({ at }) =>
    /(?:\bso|\bmake (?:it|that)|→|->|\bsay|\bfix|\bpick|\bmeant|\bit'?s|\bchoose|\bpls|\bwould be|\binstead:?|\bput it in as|\bthen|\bpreferably|\bideally|\bprefer|\brather|\bbetter|\bbest|\bmean)\s(?:on\s|at\s|it\s)?$/.test(
      text.slice(Math.max(0, at - 18), at),
    ),
  );
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
    const after = text.slice(match.index + word.length, match.index + word.length + 6);
    const gap = clock ? match.index - clock.end : 99;
    const saysTime = /^\s?time/.test(after);
    // "Tuesdays at 9 ET" and "noon eastern", but not "the Central team".
    const bracketed = text.charAt(match.index - 1) === '(';
    if (ambiguousZones.has(word) && !saysTime && !bracketed && (gap < -20 || gap > 16)) continue;
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
