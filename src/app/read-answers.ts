import type { By, Command } from '../domain/command.ts';
import { currentAnswers, type QuestionId, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ViewContext } from '../views/context.ts';
import type { FieldProblem } from '../views/forms.ts';
import { answerLimit, prefillOf } from '../views/prefill.ts';
import { markOf, shownMark } from '../views/shown-answers.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Turn } from './turn.ts';
import { writtenAnswer } from './written-answer.ts';

export type Problems = Record<string, FieldProblem>;
/** Either what a form asks for, or what is wrong with which field. `beside`: what somebody else answered while the form stood open. */
export type Read = { orders: Command[]; beside?: QuestionId[] } | { problems: Problems };

type Given = {
  state: StartedAlignment;
  by: By;
  inputs: Readonly<Record<string, string>> /** As the form carried it (shownAnswers). */;
  shown: string | undefined;
};

/**
 * The answers of a form. Only fields that were touched count: one that still says what was shown takes nothing from what others answered meanwhile, and
 * an emptied or missing one takes nothing back (undo and editing do). A question that somebody else answered meanwhile keeps both answers. Fields that no
 * form has are ignored. `required`: an empty field is a mistake.
 */
export async function readAnswers(dependencies: HandleDependencies, turn: Turn, ctx: ViewContext, given: Given, required = false): Promise<Read> {
  const { state, by, inputs, shown } = given;
  const problems: Problems = {};
  const touched: { questionId: QuestionId; text: string }[] = [];
  for (const questionId of questionIds) {
    const text = inputs[questionId]?.trim();
    if (text === undefined || (text === '' && !required)) continue;
    if (text === '') problems[questionId] = 'required';
    else if (text.length > answerLimit) problems[questionId] = 'too-long';
    else if (isTouched(ctx, state, { questionId, text, shown })) touched.push({ questionId, text });
  }
  if (Object.keys(problems).length > 0) return { problems };
  const beside = touched.map(({ questionId }) => questionId).filter((id) => isAnsweredMeanwhile(ctx, state, { questionId: id, shown, by: by.by }));
  // At once: a model that takes its time takes it for all fields together.
  const orders = await Promise.all(
    touched.map(async ({ questionId, text }): Promise<Command[]> => {
      const { answer, heard } = await writtenAnswer(dependencies.language, turn, state, by, { questionId, text, source: 'form' });
      return [answer.type === 'RecordAnswers' && beside.includes(questionId) ? { ...answer, beside: true } : answer, ...heard];
    }),
  );
  return { orders: orders.flat(), beside };
}

type Field = { questionId: QuestionId; shown: string | undefined };

/** A form that says nothing of what it showed is held against what stands now. */
function isTouched(ctx: ViewContext, { answers }: StartedAlignment, { questionId, text, shown }: Field & { text: string }): boolean {
  const mark = markOf(text);
  return mark !== shownMark(shown, questionId) && mark !== markOf(prefillOf(ctx, answers, questionId));
}

/** What the same person said meanwhile, they put right themselves. */
function isAnsweredMeanwhile(ctx: ViewContext, { answers }: StartedAlignment, { questionId, shown, by }: Field & { by: string }): boolean {
  const mark = shownMark(shown, questionId);
  if (mark === undefined || mark === markOf(prefillOf(ctx, answers, questionId))) return false;
  return currentAnswers(answers, questionId).some((answer) => answer.by !== by);
}
