import { type Answers, currentAnswers, type QuestionId } from '../domain/questions.ts';
import type { ViewContext } from './context.ts';

/** The longest answer that a form takes, in UTF-16 units (Slack's limit for text inputs). */
export const answerLimit = 3000;

/** The longest topic, audience, format or deadline that a form takes, in UTF-16 units: they stand in titles and single lines. */
export const partLimit = 200;

/** The longest reason for a change or a refusal, in UTF-16 units. */
export const reasonLimit = 500;

/** What a form shows as the present answer: everything that counts now, one line each; words that were removed are left out. */
export function prefillOf(ctx: ViewContext, answers: Answers, id: QuestionId): string {
  const texts = currentAnswers(answers, id).flatMap((answer) => (answer.text ? [ctx.quote(answer.text)?.trim() ?? ''] : []));
  const all = texts.filter((text) => text !== '').join('\n');
  // A high surrogate at the end would be half a character.
  return all.slice(0, answerLimit).replace(/[\uD800-\uDBFF]$/, '');
}
