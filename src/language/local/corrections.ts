import type { QuestionId, WeeklyTime } from '../../domain/questions.ts';
import type { ReadKpi, ReplyContext, Span } from '../language.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { valuesIn } from './entities/values.ts';
import { normalise, trimSpan } from './normalise.ts';
import type { Placed } from './place.ts';

/** Words that stand in corrections whatever they are about. */
const correctingWords = new Set(
  'sorry meant mean actually correction wait wrong instead should have been said that this with from they them their there would could about will were than then what when which'.split(
    ' ',
  ),
);
/** Strength of a clause that speaks of a question by itself: such a correction says what it is about. */
const speaksForItself = 4;
/** Strength of a correction that takes back words of one earlier answer and no other. */
const sharesWords = 4;

/** What a message takes back: the words after "not" in "4 a month, not 5", "not 5 but 4", "Thursday instead of Tuesday". */
const takenBack =
  /(?:[,;–-]\s?(?:and )?not|(?<=\S )not(?= [€$£]?\d)|\bin place of|\b(?:strike|swap|scrap|scratch)(?= )|\bnot(?= \S{1,20} but\b)|\binstead of|\brather than|\b(?:change|move|switch|replace)(?: it)?(?: from)?(?= \S{1,20} (?:to|with|by|for)\b))\s(?:the |an? |about |on |at |from |to |in |by )?([\p{L}\p{N}€$£%.,:]{1,24})(?![\p{L}\p{N}-])/gu;

/**
 * The question whose earlier answer holds what a message takes back ("…, not 5" after "from 2 to 5 a week"). Only figures, days and names count:
 * "they sell value, not price" takes nothing back.
 */
export function takesBackFrom(low: string, said: ReplyContext['said'] = []): QuestionId | undefined {
  const words = [...low.slice(0, 400).matchAll(takenBack)].flatMap((match) => (match[1] ? [singular(match[1])] : []));
  if (words.length === 0) return undefined;
  const holding = said.filter(({ text }) => words.some((word) => firmWords(text).has(word)));
  const found = new Set(holding.map(({ questionId }) => questionId));
  // A number that stands in several answers says nothing about which of them is meant.
  return found.size === 1 ? holding[0]?.questionId : undefined;
}

/** Words that set what counts now apart from what was said. */
const setsApart =
  /\b(?:left|gone|resigned|retired|quit|leaving|moved|moving|moves|handed in|gave notice|changed departments?|no longer|any ?more|these days|in the meantime|said no|swap|strike|in place of|instead|rather than|(?:works?|is|suits?) better than|after all|only coordinates|only helps|was (?:the|last|a|an|in|our|my)|had \S{1,12} in my head|mixed up|autocorrect\w*|out of)\b/;

/**
 * The question whose earlier answer a message replaces without a word of correction ("Hiro left in June, it's Mei now" after Hiro was named): it holds a
 * name, day or figure of that answer and another one besides, set apart from each other. Undefined when that is said of more answers than one.
 */
export function replaces(text: string, low: string, said: ReplyContext['said'] = []): QuestionId | undefined {
  if (low.length > 240 || low.includes('?') || !setsApart.test(low)) return undefined;
  const words = [...firmWords(text)];
  const found = said.filter(({ text: before }) => {
    const earlier = firmWords(before);
    const [kept, fresh] = [words.filter((word) => earlier.has(word)), words.filter((word) => !earlier.has(word))];
    return kept.some((old) => !plainStart.has(old) && fresh.some((other) => !plainStart.has(other) && kindOf(old) === kindOf(other)));
  });
  const questions = new Set(found.map(({ questionId }) => questionId));
  return questions.size === 1 ? found[0]?.questionId : undefined;
}

/** Words that are capitalised only because a sentence begins. */
const plainStart = new Set(
  'the a an it we i he she they our my you if and but so no yes not for from on in at just please kindly only actually sorry wait hang oh hm hmm ok since after looking having this that these those there'.split(
    ' ',
  ),
);
const dayStart = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|r|rs|rsday|nesday|urday)?$/;

function kindOf(word: string): 'figure' | 'day' | 'name' {
  return /\p{N}/u.test(word) ? 'figure' : dayStart.test(word) ? 'day' : 'name';
}

/** Figures and capitalised words of an answer. */
function firmWords(text: string): Set<string> {
  const words = text.split(/[^\p{L}\p{N}€$£%.,:]+/u).filter((word) => /\p{N}|^\p{Lu}/u.test(word) || /^(?:mon|tue|wed|thu|fri)/.test(word));
  return new Set(words.map((word) => singular(normalise(word))));
}

/** "Tuesdays" and "Tuesday," are one word. */
function singular(word: string): string {
  return word.replace(/[.,:]+$/, '').replace(/(?<=\p{L}{3})s$/u, '');
}

/**
 * A correction that names no question ("sorry, I meant 40 new accounts") belongs to the earlier answer that it shares most words with, not to
 * whatever happens to be asked at the moment.
 */
export function aimed(low: string, placed: readonly Placed[], said: ReplyContext['said'] = [], replaced?: QuestionId): readonly Placed[] {
  const [only] = placed;
  const whole = placed.length === 0 ? trimSpan(low, 0, low.length) : undefined;
  const named = whole && (takesBackFrom(low, said) ?? replaced);
  if (whole && named) return [{ questionId: named, span: whole, strength: sharesWords }];
  if (!only || placed.length > 1) return placed;
  const taken = takesBackFrom(low, said) ?? replaced;
  if (taken) return [{ ...only, questionId: taken, strength: Math.max(only.strength, sharesWords) }];
  if (only.strength >= speaksForItself) return placed;
  const words = contentWords(low.slice(only.span.start, only.span.end));
  const shared = said.map(({ questionId, text }) => ({ questionId, count: [...contentWords(normalise(text))].filter((word) => words.has(word)).length }));
  const best = shared.reduce((found, one) => (one.count > found.count ? one : found), { questionId: only.questionId, count: 0 });
  const tied = shared.filter((one) => one.count === best.count && one.questionId !== best.questionId).length > 0;
  return best.count === 0 || tied ? placed : [{ ...only, questionId: best.questionId, strength: Math.max(only.strength, 1) }];
}

/** The one question whose earlier answer shares words with a message. */
export function sharedWith(low: string, said: ReplyContext['said'] = []): QuestionId | undefined {
  const words = contentWords(low);
  const found = new Set(said.filter(({ text }) => [...contentWords(normalise(text))].some((word) => words.has(word))).map(({ questionId }) => questionId));
  return found.size === 1 ? [...found][0] : undefined;
}

function contentWords(low: string): Set<string> {
  return new Set((low.match(/[\p{L}][\p{L}'-]{3,}/gu) ?? []).filter((word) => !correctingWords.has(word)));
}

/** A part of a day and time that is put right ("Thursday, not Tuesday") leaves the rest as it was said. */
export function completedTime(when: WeeklyTime, said: ReplyContext['said'] = []): WeeklyTime {
  const earlier = said.findLast(({ questionId }) => questionId === 'weekly-call')?.text ?? '';
  return { ...weeklyTimeIn(normalise(earlier), { start: 0, end: earlier.length }), ...when };
}

/** Whether the answer about KPIs that is put right stays whole: one figure of an indicator that was given with both is enough. */
export function completesKpi(low: string, span: Span, kpis: readonly ReadKpi[]): boolean {
  return kpis.length === 0 ? valuesIn(low, span).length > 0 : kpis.some((kpi) => kpi.leading && (kpi.baseline || kpi.target));
}
