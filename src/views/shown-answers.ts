import { type Answers, type QuestionId, questionIds } from '../domain/questions.ts';
import type { ViewContext } from './context.ts';
import { prefillOf } from './prefill.ts';

/**
 * What a form was filled from, so short that it travels with it (Slack's private_metadata takes 3,000 characters in all): a mark for each of the twelve
 * questions, in their order. Nobody's words can be read from it.
 */
export function shownAnswers(ctx: ViewContext, answers: Answers): string {
  return questionIds.map((id) => markOf(prefillOf(ctx, answers, id))).join('.');
}

/** What a form that was opened with these marks showed for a question; undefined when it carries none. */
export function shownMark(shown: string | undefined, questionId: QuestionId): string | undefined {
  const marks = shown?.split('.') ?? [];
  return marks.length === questionIds.length ? marks[questionIds.indexOf(questionId)] : undefined;
}

/** The same words have the same mark, however a platform writes its line breaks. */
export function markOf(text: string): string {
  const words = text.replace(/\s+/gu, ' ').trim();
  // FNV-1a, 32 bits: two different answers to one question share a mark once in four thousand million.
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(36);
}
