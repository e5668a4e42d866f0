import type { ReplyContext } from '../language.ts';
import { normalise } from './normalise.ts';
import type { Placed } from './place.ts';

/** Words that stand in corrections whatever they are about. */
const correctingWords = new Set(
  'sorry meant mean actually correction wait wrong instead should have been said that this with from they them their there would could about will were than then what when which'.split(
    ' ',
  ),
);
/** Strength of a clause that speaks of a question by itself: such a correction says what it is about. */
const speaksForItself = 4;

/**
 * A correction that names no question ("sorry, I meant 40 new accounts") belongs to the earlier answer that it shares most words with, not to
 * whatever happens to be asked at the moment.
 */
export function aimed(low: string, placed: readonly Placed[], said: ReplyContext['said'] = []): readonly Placed[] {
  const [only] = placed;
  if (!only || placed.length > 1 || only.strength >= speaksForItself) return placed;
  const words = contentWords(low.slice(only.span.start, only.span.end));
  const shared = said.map(({ questionId, text }) => ({ questionId, count: [...contentWords(normalise(text))].filter((word) => words.has(word)).length }));
  const best = shared.reduce((found, one) => (one.count > found.count ? one : found), { questionId: only.questionId, count: 0 });
  const tied = shared.filter((one) => one.count === best.count && one.questionId !== best.questionId).length > 0;
  return best.count === 0 || tied ? placed : [{ ...only, questionId: best.questionId, strength: Math.max(only.strength, 1) }];
}

function contentWords(low: string): Set<string> {
  return new Set((low.match(/[\p{L}][\p{L}'-]{3,}/gu) ?? []).filter((word) => !correctingWords.has(word)));
}
