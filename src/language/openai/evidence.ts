import type { Weekday, WeeklyTime } from '../../domain/questions.ts';
import type { Stated } from './schemas.ts';

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
// 2024-01-01 was a Monday.
const monday = Date.UTC(2024, 0, 1, 12);
const locales = 'en de fr es pt it nl sv da nb fi pl cs sk hu ro tr id el ru uk bg hr ja zh ko ar he hi vi th'.split(' ');
const dayNames = new Map<Weekday, readonly string[]>(days.map((day, at) => [day, namesOf(at)]));
const shortDays: Readonly<Record<Weekday, readonly string[]>> = {
  mon: ['mon'],
  tue: ['tue', 'tues'],
  wed: ['wed', 'weds'],
  thu: ['thu', 'thur', 'thurs'],
  fri: ['fri'],
  sat: ['sat'],
  sun: ['sun'],
};
/** "Do 14 Uhr": only with a capital letter, because some are words as well. */
const germanDays: Readonly<Record<Weekday, string>> = { mon: 'Mo', tue: 'Di', wed: 'Mi', thu: 'Do', fri: 'Fr', sat: 'Sa', sun: 'So' };
const numberWords = 'twelve one two three four five six seven eight nine ten eleven'.split(' ');

/** A weekly time as far as its parts are really said in the quoted words; undefined when nothing of it is. `zoneWords`: what names the zone. */
export function saidTime(stated: NonNullable<Stated['when']>, words: string, zoneWords: string | undefined): WeeklyTime | undefined {
  const said: WeeklyTime = {
    ...(stated.weekday && namesDay(words, stated.weekday) && { weekday: stated.weekday }),
    ...(stated.time && namesTime(words, stated.time) && { time: stated.time }),
  };
  const zone = stated.timeZone;
  if (zone && zoneWords !== undefined && isTimeZone(zone)) said.timeZone = zone;
  return Object.keys(said).length > 0 ? said : undefined;
}

function namesDay(words: string, day: Weekday): boolean {
  if (new RegExp(`(?<![\\p{L}])${germanDays[day]}(?![\\p{L}])`, 'u').test(words)) return true;
  const said = wordsOf(words.toLowerCase());
  return [...(dayNames.get(day) ?? []), ...shortDays[day]].some((name) => said.some((word) => word === name || word === `${name}s`) || isUnspaced(words, name));
}

/** Languages without blanks between words. */
function isUnspaced(words: string, name: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Script=Thai}]/u.test(name) && words.includes(name);
}

/** HH:MM whose hour, on a clock of 12 or 24 hours, and whose minutes stand in the words. */
function namesTime(words: string, time: string): boolean {
  const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hours === '') return false;
  const low = words.toLowerCase();
  const hour = Number(hours);
  if (hour === 12 && minutes === '00' && /\b(?:noon|midday|mittags?|midi|mediodía|meio-dia|mezzogiorno)\b/u.test(low)) return true;
  if (hour === 0 && minutes === '00' && /\bmidnight\b/.test(low)) return true;
  const near = [hour, (hour + 1) % 24];
  const numbers = [...low.matchAll(/\d+/g)].map(([digits]) => digits);
  const clock = (at: number) => numbers.some((digits) => Number(digits.slice(0, digits.length > 2 ? -2 : undefined)) % 12 === at % 12);
  const spelled = (at: number) => new RegExp(`\\b${numberWords[at % 12]}\\b`).test(low);
  const namesHour = (at: number) => clock(at) || spelled(at);
  if (minutes === '00') return namesHour(hour);
  const exact = numbers.some((digits) => digits.endsWith(minutes));
  const byFraction = /\b(?:half|quarter|past|to|halb|viertel|halv|kwart|half-past|demie|quart|media|cuarto|mezza)\b/.test(low);
  return (exact && namesHour(hour)) || (byFraction && near.some(namesHour));
}

/** An IANA name that this runtime knows. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl says by an exception that it does not know the name; that is the answer.
    return false;
  }
}

function namesOf(at: number): string[] {
  const date = new Date(monday + at * 86_400_000);
  return [
    ...new Set(
      locales.flatMap((locale) => {
        const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(date).toLowerCase();
        return [long, ...wordsOf(long).filter((word) => word.length > 4), ...(long.includes('-') ? [long.split('-')[0] ?? long] : [])];
      }),
    ),
  ];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}-]+/gu) ?? [];
}
