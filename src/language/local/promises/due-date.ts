import { createRequire } from 'node:module';
import { DateTime } from 'luxon';
import type { SaidAt, Span } from '../../language.ts';
import { isMonthFirst } from './month-first.ts';

const load = createRequire(import.meta.url);

/** A local date (YYYY-MM-DD) and where its words stand. */
export type ReadDate = { date: string; span: Span };

type Rule = { words: RegExp; date: (today: DateTime, found: RegExpExecArray) => DateTime | undefined };

const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
export const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
// Shortened they are words of their own ("I sat down"), unless something before says that a day is meant.
const weekday =
  '((?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<=\\b(?:by|on|before|for|this|next|latest|till?|thing|day|eod|cob) )(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)|(?:mon|tues?|wed|thu|sat|sun)(?= (?:at )?\\d)|thurs?|fri)';
const time = "(?:\\d{1,2}(?:[:.]\\d{2})? ?(?:am|pm|o'clock)|\\d{1,2}:\\d{2})";

/** The last day of a month, of this year or the next. */
function endOfComing(today: DateTime, month: number): DateTime {
  const end = today.set({ day: 1, month }).endOf('month');
  return end < today ? end.plus({ years: 1 }).endOf('month') : end;
}

/** What is read before dates with figures, which would take a part of it. */
const weekAfter: Rule = {
  words: new RegExp(`\\b(?:a week on ${weekday}|${weekday} week)\\b`, 'g'),
  date: (today, [, before, after]) => nextWeekday(today, before ?? after)?.plus({ weeks: 1 }),
};

/** What people at work say and a calendar library reads otherwise: the end of a week, a day of the month alone. */
const rules: readonly Rule[] = [
  { words: /\b(?:the )?day after tomorrow\b/g, date: (today) => today.plus({ days: 2 }) },
  { words: /\btomorrow\b|\btmrw?\b|\btomoz\b/g, date: (today) => today.plus({ days: 1 }) },
  { words: /\b(?:today|tonight|this (?:morning|afternoon|evening))\b/g, date: (today) => today },
  { words: new RegExp(`\\bnext ${weekday}\\b`, 'g'), date: (today, [, name]) => inWeek(today.plus({ weeks: 1 }), name) },
  {
    words: new RegExp(`\\b${weekday},? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?! ?(?:am|pm|[:.]\\d|o'clock|h\\b))\\b`, 'g'),
    date: (today, [, , day]) => dayOfMonth(today, Number(day)),
  },
  { words: new RegExp(`\\b${weekday}\\b`, 'g'), date: (today, [, name]) => nextWeekday(today, name) },
  { words: /\b(?:(?:the )?(?:end|close) of )?next week\b/g, date: (today) => inWeek(today.plus({ weeks: 1 }), 'fri') },
  { words: /\b(?:the )?(?:end|close) of (?:the|this) week\b|\b(?:eow|this week)\b|(?<=\bby )the weekend\b/g, date: endOfWeek },
  { words: /\b(?:this|over the) weekend\b/g, date: (today) => nextWeekday(today.minus({ days: 1 }), 'sun') },
  { words: /\b(?:the )?end of (?:the|this) month\b|\beom\b/g, date: (today) => today.endOf('month') },
  {
    words: new RegExp(`\\b(?:the )?end of (${monthNames.join('|')})(?! (?:\\d{4}|\\d{1,2}\\b))\\b`, 'g'),
    date: (today, [, name = '']) => endOfComing(today, monthNames.indexOf(name) + 1),
  },
  { words: /\b(?:the )?end of q([1-4])(?! \d{4})\b/g, date: (today, [, quarter]) => endOfComing(today, Number(quarter) * 3) },
  {
    words: /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|floor|round|time|quarter|draft|version|line|page))/g,
    date: (today, [, day]) => dayOfMonth(today, Number(day)),
  },
];

/** A time of day is today's, unless a day is named beside it. */
const timeAlone: Rule = {
  words: new RegExp(`\\b(?:eod|cob|(?:the )?(?:end|close) of (?:the )?(?:day|business|play)|noon|midday|lunch(?:time)?|${time})(?!\\w)`, 'g'),
  date: (today) => today,
};

/** Every date in a text (normalised, of any length) that can still come, in the order of its words; the author's own zone and order of day and month count. */
export function datesIn(low: string, { at, timeZone }: SaidAt): ReadDate[] {
  const now = DateTime.fromMillis(at, { zone: timeZone });
  // A zone that nobody knows must not stop the reading; the person confirms the date.
  const local = now.isValid ? now : DateTime.fromMillis(at, { zone: 'utc' });
  const dates: ReadDate[] = [];
  const add = (found: Iterable<ReadDate>) => {
    for (const read of found) if (!dates.some((known) => overlap(known.span, read.span))) dates.push(read);
  };
  add(byRule(weekAfter, low, local));
  add(written(low, local, timeZone));
  for (const rule of rules) add(byRule(rule, low, local));
  if (dates.length === 0) add(byRule(timeAlone, low, local));
  const today = isoOf(local);
  return dates.filter(({ date }) => date >= today).sort((one, other) => one.span.start - other.span.start);
}

function* byRule({ words, date }: Rule, low: string, local: DateTime): Generator<ReadDate> {
  for (const found of low.matchAll(words)) {
    const read = date(local, found);
    if (read) yield { date: isoOf(read), span: { start: found.index, end: found.index + found[0].length } };
  }
}

/** Dates with a month, figures, and spans of days: what needs a calendar and no knowledge of office life. */
function* written(low: string, local: DateTime, timeZone: string): Generator<ReadDate> {
  if (!/\d|\b(?:a|one|two|three|four|five|six|ten) (?:day|week|month)/.test(low)) return;
  // Loaded with the first figure that may be a date, and at once, since reading does not wait: it takes several MB that most hours do not need.
  const en: typeof import('chrono-node/en') = load('chrono-node/en');
  const parser = isMonthFirst(timeZone) ? en.casual : en.GB;
  // Within the parser the same clock time everywhere: only the date counts.
  const instant = DateTime.fromObject({ year: local.year, month: local.month, day: local.day, hour: 12 }, { zone: 'utc' }).toJSDate();
  // "12.12." is a date where a preposition says so; else it may be a version or a share.
  const plain = low.replace(/(?<=\b(?:by|on|before|for) (?:the )?)(\d{1,2})\.(\d{1,2})\.?(?![\d%])/g, (words, day: string, month: string) =>
    `${day}/${month}`.padEnd(words.length),
  );
  for (const { text, index, start } of parser.parse(plain, { instant, timezone: 0 }, { forwardDate: true })) {
    const isDate = start.isCertain('day') && !/minute|hour|second/.test(text) && !/^\d{1,2}\.\d{1,2}$/.test(text);
    const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
    if (!isDate || !/\d|week|month|day/.test(text) || year === null || month === null || day === null || /^(?:today|tomorrow|next|this)/.test(text)) continue;
    yield { date: isoOf(DateTime.utc(year, month, day)), span: { start: index, end: index + text.length } };
  }
}

function isoOf(date: DateTime): string {
  return date.toFormat('yyyy-MM-dd');
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Strictly after today: who says "by Friday" on a Friday means the next one, or says today. */
function nextWeekday(today: DateTime, name: string | undefined): DateTime | undefined {
  const wanted = numberOf(name);
  if (wanted === 0) return undefined;
  return today.plus({ days: ((wanted - today.weekday + 6) % 7) + 1 });
}

function inWeek(week: DateTime, name: string | undefined): DateTime | undefined {
  const wanted = numberOf(name);
  return wanted === 0 ? undefined : week.plus({ days: wanted - week.weekday });
}

function endOfWeek(today: DateTime): DateTime | undefined {
  return today.weekday > 5 ? nextWeekday(today, 'fri') : inWeek(today, 'fri');
}

function numberOf(name = ''): number {
  return weekdayNames.findIndex((full) => name !== '' && full.startsWith(name.slice(0, 3))) + 1;
}

function dayOfMonth(today: DateTime, day: number): DateTime | undefined {
  if (day < 1 || day > 31) return undefined;
  for (let month = 0; month < 3; month += 1) {
    const candidate = today.startOf('month').plus({ months: month }).set({ day });
    if (candidate.day === day && isoOf(candidate) >= isoOf(today)) return candidate;
  }
  return undefined;
}
