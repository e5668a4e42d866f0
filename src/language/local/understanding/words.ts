import type { Span } from '../../language.ts';
import { listed } from '../normalise.ts';

/** One word of a normalised text, and what stands between it and the word before it. */
export type Word = Span & { text: string; gap: 'none' | 'comma' | 'stop' | 'colon' };

const mostWords = 700;
const word = /\d+:\d+\p{L}*|[\p{L}\p{N}](?:[\p{L}\p{N}'&/.+%-]*[\p{L}\p{N}])?|&|\+/gu;

/** The words of a normalised text in order, at most 700. An ampersand and a plus are words, too. */
export function wordsOf(low: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const found of low.matchAll(word)) {
    if (words.length >= mostWords) break;
    const [text] = found;
    words.push({ start: found.index, end: found.index + text.length, text, gap: gapOf(low.slice(end, found.index)) });
    end = found.index + text.length;
  }
  return words;
}

function gapOf(between: string): Word['gap'] {
  const marks = between.slice(0, 40);
  if (/[.!?;\n()•|"[\]]|\s[–—-]+\s|[–—]/.test(marks)) return 'stop';
  if (marks.includes(':')) return 'colon';
  return marks.includes(',') ? 'comma' : 'none';
}

/** The stretch from one word to another, both included; undefined when there is none. */
export function stretch(words: readonly Word[], from: number, to: number): Span | undefined {
  const first = words[from];
  const last = words[to];
  return first && last && from <= to ? { start: first.start, end: last.end } : undefined;
}

/** The word at an index, or nothing to compare with. */
export function textAt(words: readonly Word[], at: number): string {
  return words[at]?.text ?? '';
}

export const setOf = (words: string): ReadonlySet<string> => new Set(listed(words));

const numbers = setOf(`
  two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, eighteen, twenty, thirty, forty, fifty,
  sixty, hundred, dozen, couple, handful
`);

export function isNumber(text: string): boolean {
  return numbers.has(text) || /^~?\d{1,4}$/.test(text);
}

/** "2h", "3d", "90min", "10-12". */
export function isFigure(text: string): boolean {
  return isNumber(text) || /^\d[\d.,:/-]*(?:h|d|k|x|%|st|nd|rd|th|hrs?|mins?|am|pm|m)?$/.test(text);
}

export const timeUnits = setOf(`
  minute, minutes, min, mins, hour, hours, hr, hrs, h, day, days, week, weeks, wk, wks, month, months, mth, year, years, yr, yrs, quarter, quarters,
  morning, mornings, afternoon, afternoons, evening, evenings, time, times, halves, half, days', weeks', pm, am, x
`);

export const months = setOf(`
  january, february, march, april, may, june, july, august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, sept, sep, oct,
  nov, dec, monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thurs, fri, sat, sun, summer, autumn, spring,
  winter, easter, christmas, xmas, ramadan, diwali, eid, thanksgiving, q1, q2, q3, q4, h1, h2, eoy, eoq, eom, tomorrow, today, sko
`);

/** Words that hold a sentence together: none of them is what somebody wants to learn, nor part of a name of people. */
export const glue = setOf(`
  a, an, the, my, our, your, their, his, her, its, this, that, these, those, it, they, them, we, us, i, me, you, u, ya, he, she, him, who, whom, whose,
  what, which, when, where, why, how, if, whether, because, cos, coz, cuz, since, so, and, or, but, nor, then, than, as, of, in, on, at, to, for, from,
  by, with, w, without, into, onto, over, under, about, around, across, through, before, after, until, till, during, within, between, against, up, down,
  out, off, not, no, yes, yeah, ok, okay, just, only, even, also, too, very, really, quite, still, ever, never, always, again, already, yet, now, here,
  there, please, pls, plz, thx, thanks, cheers, kindly, hi, hello, hey, dear, is, are, was, were, be, been, being, am, do, does, did, done, don't,
  doesn't, didn't, have, has, had, haven't, having, can, can't, cannot, could, would, will, won't, shall, should, may, might, must, i'm, i've, i'd, i'll,
  we're, we've, we'd, we'll, they're, they've, it's, that's, there's, what's, who's, he's, she's, isn't, aren't, wasn't, let's, any, some, someone, somebody,
  anyone, anybody, something, anything, nothing, nobody, everyone, everybody, everything, none, one, ones, each, every, both, either, neither, all,
  more, most, much, many, few, less, least, own, same, such, other, another, like, well, um, uh, er, ah, oh, etc, via, per, plus, mean, hmm, yep, nope, let, lets, else, yours, mine, ours, theirs, whatever, whichever, toward, towards, despite, although, though, tho, along, together
`);

/** What people say when they ask: "I'd like to request", "looking for", "would love", "set up", "can you arrange". */
export const asking = setOf(`
  need, needs, needed, want, wants, wanted, wish, like, love, appreciate, request, requests, requesting, requested, require, requires, required,
  requirement, looking, look, seeking, seek, ask, asks, asking, asked, hoping, hope, help, helping, support, arrange, arranged, arranging, organise,
  organize, organised, organized, book, booked, booking, run, running, runs, deliver, provide, offer, offers, offering, put, set, get, gets, getting,
  got, give, gives, giving, given, make, makes, making, take, takes, find, finding, send, plan, planning, build, create, design, develop, schedule,
  scheduled, host, hosting, do, doing, suggest, recommend, recommendations, know, knows, think, thinking, consider, considering, explore, exploring, talk, discuss, interested,
  keen, able, available, possible, chance, way, idea, ideas, option, options, budget, quote, proposal, sign, enrol, enroll, join, attend, start,
  started, starting, starts, begin, begins, go, going, come, coming, bring, fix, sort, happen, happens, show, showing, add, using, use, uses, dig, keep, keeps,
  sit, stand, call, see, seen, saw, tell, tells, told, say, says, said, own, opening, sponsor, issue, problem
`);
