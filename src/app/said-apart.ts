import type { QuestionId } from '../domain/questions.ts';
import type { ReadAnswer, ReadCue, Span } from '../language/language.ts';
import type { ReadText } from './burst.ts';

/** Answers to these are no figures or reasons, so that they cannot be meant for a choice or a fact that was asked for. */
export const ofOtherKind: readonly QuestionId[] = ['owner', 'weekly-call', 'budget'];

// Less than what is asked in between needs beside words on a choice: it stands in a sentence of its own.
const sureEnoughApart = 0.7;

/**
 * Whether an answer stands in sentences of its own, beside those that speak of what was just put: several messages within seconds, or one that does both.
 * Where nobody can tell which sentence takes the choice, only what is of another kind stands apart.
 */
export function isSaidApart(source: Pick<ReadText, 'text'>, cues: readonly ReadCue[], { span, questionId, confidence }: ReadAnswer): boolean {
  const sentences = sentencesOf(source.text);
  if (confidence < sureEnoughApart || sentences.length < 2) return false;
  const choosing = cues.filter((cue) => isChoosing(cue) && !isWhole(source, cue));
  const beside = sentences.filter((sentence) => !overlaps(sentence, span));
  if (beside.length === 0 || choosing.some((cue) => overlaps(cue.span, span))) return false;
  return choosing.length > 0 || ofOtherKind.includes(questionId);
}

function isChoosing({ cue }: ReadCue): boolean {
  return cue === 'changes-focus' || cue === 'keeps-request' || cue === 'elsewhere';
}

function isWhole({ text }: Pick<ReadText, 'text'>, { span }: ReadCue): boolean {
  return span.start === 0 && span.end === text.length;
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function sentencesOf(text: string): Span[] {
  return [...text.matchAll(/[^\n.!?]*[\p{L}\p{N}](?:[^\n.!?]|[.!?](?!\s|$))*/gu)].map(({ 0: words, index }) => ({ start: index, end: index + words.length }));
}
