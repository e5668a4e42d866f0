import type { Span } from '../../language.ts';
import {
  alsoMatters,
  backReferences,
  bridges,
  clauseEnds,
  clauseWords,
  ends,
  links,
  manners,
  noMatter,
  offers,
  openers,
  personal,
  poor,
} from './topic-words.ts';
import { asking, glue, isFigure, months, setOf, textAt, timeUnits, type Word } from './words.ts';

/** A message as words, and which of them name the audience. */
export type Told = { words: readonly Word[]; who: Span | undefined };

/** A stretch of words, both ends included, and how likely it is what is looked for. */
export type Found = { from: number; to: number; score: number } | undefined;

const mostInPhrase = 9;
/** They only say that what stands before them is learned. */
export const trailing = setOf('skills, skill, training');
const owned = setOf('my, our, the, these, all, this');

/** The stretch that begins at a word and ends where something else begins; at most nine words. Undefined when it says nothing. */
export function phrase(told: Told, start: number, score: number, verbal: boolean): Found {
  const { words } = told;
  let from = start;
  while (openers.has(textAt(words, from)) && words[from + 1]?.gap === 'none' && from - start < 4) from += 1;
  if (clauseWords.has(textAt(words, from))) return clause(told, from, score);
  const to = withoutTail(words, from, endOf(told, start, from, verbal));
  if (to < from || isPoor(words, from, to)) return undefined;
  // "Learn to counter it": what "it" is, only the rest of the message says.
  if (verbal && to === from && words[to + 1]?.gap === 'none' && backReferences.has(textAt(words, to + 1))) return undefined;
  return { from, to, score };
}

function endOf(told: Told, start: number, from: number, verbal: boolean): number {
  const { words } = told;
  let to = from - 1;
  for (let at = from; at < from + mostInPhrase; at += 1) {
    const word = words[at];
    if (!word || (at > start && word.gap !== 'none' && !goesOn(told, at))) return to;
    const bridge = bridges.has(word.text);
    if (ends.has(word.text) && !(verbal && at === from && word.text === 'do')) return to;
    if (isOfAudience(told, at) || (at > from && (isFigure(word.text) || word.text === 'pax'))) return to;
    if (at > from && !bridge && offers.has(word.text)) return to;
    if (!bridge) to = at;
    else if (at === from && !verbal) return to;
  }
  return to;
}

function withoutTail(words: readonly Word[], from: number, last: number): number {
  let to = last;
  while (to > from) {
    const text = textAt(words, to);
    if (!months.has(text) && !timeUnits.has(text) && !bridges.has(text) && !trailing.has(text)) break;
    to -= 1;
  }
  return to;
}

/** "On what to say", "what they are allowed to advise": up to where another thing begins. */
function clause(told: Told, from: number, score: number): Found {
  const { words } = told;
  let to = from;
  while (to - from < mostInPhrase - 1 && words[to + 1]?.gap === 'none' && !clauseEnds.has(textAt(words, to + 1)) && !isOfAudience(told, to + 1)) to += 1;
  return to - from > 1 ? { from, to, score: score - 1 } : undefined;
}

/** A list goes on behind a comma: "opening, qualifying and closing". */
function goesOn(told: Told, at: number): boolean {
  const { words } = told;
  const word = words[at];
  if (word?.gap !== 'comma' || glue.has(word.text) || asking.has(word.text) || isFigure(word.text) || isOfAudience(told, at)) return false;
  const next = words[at + 1];
  if (next?.text !== 'and' && next?.text !== '&') return false;
  const then = words[at + 2];
  return next.gap === 'comma' || (next.gap === 'none' && then?.gap === 'none' && !glue.has(then.text));
}

/** Nothing but words that could stand for anything. */
export function isPoor(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) {
    const text = textAt(words, at);
    const says = text.length > 1 && !poor.has(text) && !glue.has(text) && !asking.has(text) && !manners.has(text);
    if (says && !isFigure(text) && !timeUnits.has(text) && !months.has(text)) return false;
  }
  return true;
}

/** Whether a word can name what is to be learned, also where it stands alone. */
export function isMatter(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  if (alsoMatters.has(text)) return true;
  if (text === '' || glue.has(text) || asking.has(text) || timeUnits.has(text) || months.has(text) || personal.has(text) || noMatter.has(text)) return false;
  return !isFigure(text) && !/^\d|'(?:ll|re|ve|d)$/.test(text);
}

export function isOfAudience({ words, who }: Told, at: number): boolean {
  const word = words[at];
  return word !== undefined && who !== undefined && word.start >= who.start && word.start < who.end;
}

/** Over "them", "my reps", "the twelve of them" to what follows; the audience's own words are skipped as a whole. */
export function pastPeople(told: Told, at: number, then: (index: number) => Found): Found {
  const { words, who } = told;
  const first = words[at];
  if (first?.gap !== 'none') return undefined;
  if (who && isOfAudience(told, at)) {
    let past = at;
    while (isOfAudience(told, past)) past += 1;
    return past < words.length ? then(past) : undefined;
  }
  if (personal.has(first.text)) return then(at + 1);
  if (!owned.has(first.text) && !isFigure(first.text)) return then(at);
  for (let index = at + 1; index < at + 6; index += 1) {
    if (words[index]?.gap !== 'none') return undefined;
    if (links.has(textAt(words, index))) return then(index);
  }
  return undefined;
}
