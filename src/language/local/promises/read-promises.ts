import type { ReadPromise, SaidAt, Span } from '../../language.ts';
import { normalise, trimSpan } from '../normalise.ts';
import { sentencesOf } from '../sentences.ts';
import { datesIn, type ReadDate } from './due-date.ts';
import { again, atOnce, handedOver, notOwn, outcome, ownPromise, promising, sendsPeople, shortPromise, unsure, yoursSoon } from './promise-words.ts';

// Nobody promises more in one message; what looks so is a list of something else.
const most = 3;
const shortest = 9;

/** `needsDate`: without one it is too common a phrase. */
type Found = { start: number; deedAt: number; needsDate: boolean };

/**
 * What the author of a message says that they themselves will do, once, for others to wait for. Rules alone, and strict ones: a promise that is missed
 * costs nothing, one that was none costs a private card. English.
 */
export function readPromises(text: string, said: SaidAt): ReadPromise[] {
  const low = withoutQuoted(normalise(text));
  const promises: ReadPromise[] = [];
  for (const sentence of sentencesOf(low)) {
    if (promises.length >= most) break;
    if (sentence.end - sentence.start >= shortest) promises.push(...inSentence(text, low, sentence, said));
  }
  return promises.slice(0, most);
}

/** A line that quotes somebody else's message is not said now; neither is code. */
function withoutQuoted(low: string): string {
  return low.replace(/^[ \t]*>.*$|```[\s\S]*?(?:```|$)/gm, (quoted) => quoted.replace(/[^\n]/g, ' '));
}

function inSentence(text: string, low: string, sentence: Span, said: SaidAt): ReadPromise[] {
  const whole = low.slice(sentence.start, sentence.end);
  const promises: ReadPromise[] = [];
  let from = 0;
  for (const found of begun(whole)) {
    if (found.start < from) continue;
    const end = endOfClause(whole, found.deedAt);
    const read = readClause(whole, found, end, said);
    if (read) {
      const span = trimSpan(text, sentence.start + read.span.start, sentence.start + read.span.end);
      if (span) promises.push({ span, ...(read.due !== undefined && { due: read.due }) });
    }
    from = end;
  }
  return promises;
}

function begun(whole: string): Found[] {
  const own = [...whole.matchAll(ownPromise)].map((found) => ({ start: found.index, deedAt: deedAt(found), needsDate: false }));
  const short = [...whole.matchAll(shortPromise)].map((found) => ({ start: deedStart(found), deedAt: deedAt(found), needsDate: true }));
  const yours = [...whole.matchAll(yoursSoon)].map((found) => ({ start: found.index, deedAt: found.index, needsDate: true }));
  return [...own, ...short, ...yours].sort((one, other) => one.start - other.start);
}

function deedAt({ index, groups, 0: words }: RegExpExecArray): number {
  return index + words.length - (groups?.['deed'] ?? groups?.['doing'] ?? '').length;
}

/** Without the "ok, thanks" before it. */
function deedStart(found: RegExpExecArray): number {
  const will = /\b(?:will|gonna)\b/.exec(found[0])?.index;
  return will === undefined ? deedAt(found) : found.index + will;
}

const clauseEnd = new RegExp(
  [
    "[,;]\\s+(?=(?:can|could|would|will|do|does|is|are|was|shall|should|what|who|when|how|why|which|ok|okay|right|alright|fine|but|so|then|because|since|though|thanks|thank|please|pls|cheers|i'll|i will|we|you|he|she|they|it|that|let)\\b)",
    '\\s[-–—]\\s',
    '\\s\\(',
    ':\\s',
    '\\s(?:but|because|although|though|whereas|so that)\\s',
    "\\s(?:and|then)\\s+(?:then )?(?=(?:i'll|i will|i'm|i am|you|you'll|he|she|we|they|it|please|can|could|thanks)\\b|(?:@?[\\p{L}'-]+\\s+){1,3}?(?:will|can|is|are|has|does|should|to|sends|takes|brings)\\b)",
  ].join('|'),
  'gu',
);

function endOfClause(whole: string, from: number): number {
  clauseEnd.lastIndex = from;
  return clauseEnd.exec(whole)?.index ?? whole.length;
}

function readClause(whole: string, { start, deedAt: deed, needsDate }: Found, end: number, said: SaidAt): { span: Span; due?: string } | undefined {
  const before = whole.slice(0, start);
  const clause = whole.slice(deed, end);
  if (isNotOwn(before) || isAsked(whole, end) || sendsPeople.test(clause) || outcome.test(clause)) return undefined;
  const [, joined = ''] = /(?:^|[,;]\s*)([^,;]*)$/.exec(before) ?? [];
  if (isConditional(before, whole.slice(start, end), whole.slice(end)) || again.test(joined) || again.test(clause) || atOnce.test(clause)) return undefined;
  const inClause = datesIn(clause, said)
    .map(({ date, span }) => ({ date, span: { start: span.start + deed, end: span.end + deed } }))
    .find((date) => isDue(whole, date));
  const ahead = inClause ? undefined : dateBefore(before, said);
  const due = inClause ?? ahead;
  if (!due) return !needsDate && isHandedOver(clause, said) ? { span: { start, end } } : undefined;
  return { span: { start: ahead ? ahead.span.start : start, end }, due: due.date };
}

/** Nobody knows when; or it is done as soon as it is said. */
const laterOrTrifle = /\b(?:when|after|before|next time|one day|some day|invites?|invitation|link|dm|message|number|contact)\b/;

/** Worth asking when. A day that only names something ("the Friday report") leaves open what is meant. */
function isHandedOver(clause: string, said: SaidAt): boolean {
  return handedOver.test(clause) && !laterOrTrifle.test(clause) && datesIn(clause, said).length === 0;
}

/** "Ben and I will": a promise of two; what others said; what stands in quotation marks. */
function isNotOwn(before: string): boolean {
  const two = /^\W*@?[\p{L}'-]+(?: [\p{L}'-]+)? and\s*$/u.test(before);
  const quotes = (before.match(/"/g) ?? []).length % 2 === 1;
  return two || quotes || (notOwn.test(before) && !promising.test(before));
}

/** "Shall I send it?" asks; "I'll send it, ok?" does not. */
function isAsked(whole: string, end: number): boolean {
  return end === whole.length && /\?\s*$/.test(whole);
}

function isConditional(before: string, clause: string, after: string): boolean {
  const last = before.split(/[.!?;]\s/).at(-1) ?? '';
  return (
    unsure.test(clause) ||
    /\b(?:if|unless|once|as soon as|when|after)\b[^,]*,?\s*(?:then\s*)?$/.test(last) ||
    /^[\s,(–—-]*(?:but\s+)?(?:only\s+)?(?:if|unless|once|provided|assuming|as soon as)\b/.test(after)
  );
}

const leadsTo =
  /\b(?:by|on|before|for|at|this|next|latest|later|first thing|due|come|early|late|until the|over|within|in|back|it|them|you|that|this|over|round|out|done|ready|through|end of|close of)\s+(?:the )?$|[,–—(-]\s*$/;
const isOf = /\b(?:from|since|of|last|until|till|after|starting|about|on the|the|our|your|my|his|her|their|each|every|a|an)\s+$/;
const isThing =
  /^(?:'s\b|s'\s|\s+(?:meeting|call|session|reports?|numbers|figures|list|review|training|workshop|course|class|event|slot|deck|slides|standup|stand-up|huddle|sync|1:1|one-on-one|all-hands|kick-?off|notes|minutes|shift|team|version)\b)/;

/** A day by which something is there, and not a day that names something ("the Friday report"). */
function isDue(whole: string, { span }: ReadDate): boolean {
  const before = whole.slice(0, span.start);
  const meansUntil = /\b(?:by|before|for|in time for|ahead of)\s+(?:the )?$/.test(before);
  if (meansUntil) return true;
  return !isThing.test(whole.slice(span.end)) && (leadsTo.test(before) || !isOf.test(before));
}

/** "By Friday I'll …", "Tomorrow I'll …": the day stands right before. */
function dateBefore(before: string, said: SaidAt): ReadDate | undefined {
  const date = datesIn(before, said).at(-1);
  if (!date || !/^(?:\s+(?:morning|afternoon|evening|at the latest|latest|noon))?[,:]?\s*$/.test(before.slice(date.span.end))) return undefined;
  const lead = /(?:\b(?:by|on|before)\s+(?:the\s+)?)$/.exec(before.slice(0, date.span.start));
  return isDue(before, date) ? { ...date, span: { start: lead?.index ?? date.span.start, end: date.span.end } } : undefined;
}
