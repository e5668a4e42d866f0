import {
  addressed,
  agent,
  bunches,
  conjunctions,
  determiners,
  generic,
  giving,
  greetings,
  lexiconHeads,
  linking,
  looseHeads,
  notHeads,
  notModifiers,
  offersNext,
  owning,
  placeless,
  providers,
  quantifying,
  speaking,
  things,
  uncounted,
} from './audience-words.ts';
import { asking, glue, isNumber, months, setOf, textAt, timeUnits, type Word } from './words.ts';

/** A stretch of words, both ends included, and how likely it is who it is for. */
export type Candidate = { from: number; to: number; score: number };

const each = setOf('every, each, all, any');
const helplines = setOf('contact, call, service, customer, support');
/** Words of asking that are trades as well: "the proposal people", "support staff". */
const trades = setOf('support, proposal, design, planning, quote, call, help');
const articles = setOf('the, our, my');
const whoseBunch = setOf('a, the, my, our');

/** Words behind "for" that do not say for whom: "looking for", "time for". */
const notFor = setOf('looking, look, asking, asked, budget, time, need, hoping, thanks, thank, search, ready, call');

/** A name of people with what belongs to it: how many, whose, which, where. */
export function namedPeople(words: readonly Word[], at: number): Candidate | undefined {
  const kind = headKind(words, at);
  if (!kind || (words[at + 1]?.gap === 'none' && headKind(words, at + 1))) return undefined;
  const from = backTo(words, at, 4);
  if (kind === 'sure' && isOne(textAt(words, at)) && !each.has(textAt(words, from))) return undefined;
  const before = words.slice(from, at);
  const counted = before.some(({ text }) => isNumber(text));
  const owned = before.some(({ text }) => owning.has(text));
  const last = withName(words, at);
  const determined = owned || counted || last > at || determiners.has(textAt(words, from));
  if (kind === 'loose' && !determined && !isAskedFor(words, from) && !standsAlone(words, from, at)) return undefined;
  if (isProvider(words, determined ? from : from - 1, from, at) || isAddressed(words, from, at)) return undefined;
  const to = joined(words, placeAfter(words, last));
  const isGeneric = at - from < 2 && generic.has(textAt(words, at));
  return { from, to, score: scoreOf(words, from, { sure: kind === 'sure', counted, owned, determined, isGeneric }) };
}

type Kind = { sure: boolean; counted: boolean; owned: boolean; determined: boolean; isGeneric: boolean };

function scoreOf(words: readonly Word[], from: number, { sure, counted, owned, determined, isGeneric }: Kind): number {
  const before = textAt(words, from - 1);
  let score = sure ? 2 : 1.5;
  if (counted) score += isGeneric ? 0.8 : 3;
  if (owned) score += 1.5;
  else if (determined && !counted) score += 0.5;
  if (before === 'for' && !notFor.has(textAt(words, from - 2))) return score + 2.5;
  if (giving.has(before) || (before === 'the' && giving.has(textAt(words, from - 2)))) return score + 2;
  return speaking.has(before) ? score - 1.5 : score;
}

/** "Front desk asked …", "…, buyers Leeds": without a word that says whose, they stand at the beginning of what is said. */
function standsAlone(words: readonly Word[], from: number, at: number): boolean {
  const text = textAt(words, at);
  const gap = from === 0 ? 'stop' : words[from]?.gap;
  if (uncounted.has(text) || gap === 'none') return false;
  return from < at || text === 'team' || (text.endsWith('s') && gap !== 'comma');
}

function isAskedFor(words: readonly Word[], from: number): boolean {
  return textAt(words, from - 1) === 'for' || giving.has(textAt(words, from - 1));
}

/** "The L&D team", "your people": whoever is asked is not who is to learn. */
function isProvider(words: readonly Word[], described: number, from: number, at: number): boolean {
  const start = words[from]?.gap === 'none' ? described : from;
  return words.slice(Math.max(0, start), at).some(({ text }) => providers.has(text));
}

/** "Hi team", "dear all": who is spoken to, not who is to learn. */
function isAddressed(words: readonly Word[], from: number, at: number): boolean {
  if (greetings.has(textAt(words, from - 1)) && words[from]?.gap === 'none') return true;
  const next = words[at + 1];
  return from === 0 && at <= 1 && (next?.gap === 'comma' || next?.gap === 'stop') && addressed.has(textAt(words, at));
}

/** One person, not a team: "our key account manager". */
function isOne(text: string): boolean {
  return !/(?:s|men|women|staff|people|folks?|force|line|reception|dispatch|telesales|presales|crew|team|squad|floor|cent(?:re|er)|management)$/.test(text);
}

/** Whether a word names people: surely, only with words that say whose or how many, or not at all. */
function headKind(words: readonly Word[], at: number): 'sure' | 'loose' | undefined {
  const bare = textAt(words, at).replace(/'s?$/, '');
  if (bare.length < 2 || things.has(bare) || notHeads.has(bare)) return undefined;
  if (words[at + 1]?.gap === 'none' && offersNext.has(textAt(words, at + 1))) return undefined;
  if (/^cent(?:re|er)s?$/.test(bare)) return helplines.has(textAt(words, at - 1)) ? 'sure' : undefined;
  if (looseHeads.has(bare)) return 'loose';
  if (lexiconHeads.has(bare)) return 'sure';
  return bare.length > 4 && agent.test(bare) ? 'sure' : undefined;
}

/** Whether a word can be a name of people at all. */
export function isHead(words: readonly Word[], at: number): boolean {
  return headKind(words, at) !== undefined;
}

/** Back over what describes the people to "my", "the" or a number, which belong to it; only so far as nothing else stands between. */
export function backTo(words: readonly Word[], at: number, most: number): number {
  let from = at;
  while (from > 0 && at - from < most && words[from]?.gap === 'none') {
    const text = textAt(words, from - 1);
    if (isNumber(text) || owning.has(text) || determiners.has(text)) return quantified(words, from - 1);
    if (text === 'of' && (textAt(words, from - 2) === 'all' || textAt(words, from - 2) === 'most')) return from - 2;
    if (!describes(words, from - 1)) break;
    from -= 1;
  }
  return from;
}

function describes(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  if (text === '&' || (glue.has(text) && text !== 'own') || (asking.has(text) && !trades.has(text)) || notModifiers.has(text)) return false;
  if (timeUnits.has(text) || months.has(text) || /'(?:s|re|ve|d|ll)$/.test(text)) return false;
  // "The quoting desk", "my retired reps": between "the" and the people it says which.
  const before = textAt(words, at - 1);
  return !/(?:ing|ed)$/.test(text) || owning.has(before) || isNumber(before) || before === 'the' || before === 'all';
}

/** "All of my", "about 20", "the 12": what stands before the first word that says whose or how many. */
function quantified(words: readonly Word[], at: number): number {
  let from = at;
  for (let step = 0; step < 3 && from > 0 && words[from]?.gap === 'none'; step += 1) {
    const before = textAt(words, from - 1);
    if (isNumber(before) || owning.has(before) || quantifying.has(before)) from -= 1;
    else if (before === 'of' && from > 1 && (isNumber(textAt(words, from - 2)) || bunches.has(textAt(words, from - 2)))) from -= 2;
    else break;
  }
  return bunches.has(textAt(words, from)) && whoseBunch.has(textAt(words, from - 1)) ? from - 1 : from;
}

/** "Pod B", "shift 2", "team of 9". */
function withName(words: readonly Word[], at: number): number {
  const next = words[at + 1];
  if (next?.gap !== 'none') return at;
  const isGroup = /^(?:pod|squad|team|shift|group|unit|crew|cohort|region|area)$/.test(textAt(words, at));
  if (isGroup && /^(?:[b-hj-z]|\d{1,2}|one|two|three)$/.test(next.text)) return at + 1;
  return next.text === 'of' && isNumber(textAt(words, at + 2)) ? at + 2 : at;
}

/** Over "in Leeds", "across Rotterdam and Felixstowe", "of the Lyon region", where such a thing follows. */
export function placeAfter(words: readonly Word[], at: number): number {
  const link = words[at + 1];
  if (link?.gap !== 'none' || !linking.has(link.text)) return at;
  const named = articles.has(textAt(words, at + 2));
  const next = named ? at + 3 : at + 2;
  if (!isPlace(words, next)) return at;
  const and = words[next + 1];
  if (and?.gap === 'none' && conjunctions.has(and.text) && isPlace(words, next + 2) && !asking.has(textAt(words, next + 2))) return next + 2;
  return named && isPlace(words, next + 1) && !asking.has(textAt(words, next + 1)) ? next + 1 : next;
}

function isPlace(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word?.gap !== 'none' || word.text.length < 2 || placeless.has(word.text) || glue.has(word.text)) return false;
  return !months.has(word.text) && !timeUnits.has(word.text) && !/^\d|ing$/.test(word.text);
}

/** "3 partners + 2 associates", "sellers and their managers", "the six buyers and me". */
function joined(words: readonly Word[], at: number): number {
  const link = words[at + 1];
  if (link?.gap !== 'none' || !conjunctions.has(link.text)) return at;
  const next = textAt(words, at + 2);
  if (next === 'me') return at + 2;
  for (let head = at + 2; head <= at + 5 && words[head]?.gap === 'none'; head += 1) {
    if (headKind(words, head)) return next === 'their' || backTo(words, head, 3) <= at + 2 ? head : at;
  }
  return at;
}
