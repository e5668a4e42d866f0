import type { PersonId } from '../domain/conversation.ts';
import { currentAnswers, type QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import type { ViewContext } from './context.ts';
import { button, inMore, mentionLine, present, progressText, textBlock } from './parts.ts';
import { type Taken, takenLine } from './taken.ts';
import { plainText } from './text.ts';

export type QuestionOptions = {
  questionId: QuestionId;
  /** The answer was thin: the follow-up is put, with what is missing and an example. */
  followUp: boolean;
  /** It was put before, with all that: now it is short. */
  again?: boolean;
  /** Whom it is put to. */
  of: PersonId;
  /** What was taken or changed just before. */
  taken: readonly Taken[];
};

/** The ordinary reply: a line for each thing that was taken, then one question. */
export function questionCard(ctx: ViewContext, state: StartedAlignment, options: QuestionOptions): Card {
  const { questionId, followUp, again = false, of, taken } = options;
  const lines = taken.map((one) => takenLine(ctx, one));
  const question = followUp ? followUpText(ctx, state, questionId) : askText(ctx, questionId, state.timesAsked[questionId] ?? 1);
  const progress = progressText(ctx, state.answers);
  const said = lines.map((line) => plainText(line)).join(' ');
  return {
    summary:
      said === ''
        ? ctx.words.plain('question.summary', { question, progress })
        : ctx.words.plain('question.summary-taken', { taken: said, question, progress }),
    blocks: present(
      ...lines.map((line) => textBlock(line, 'subtle')),
      of === state.requester ? undefined : textBlock(ctx.words.say('question.to', { person: [ctx.person(of)] })),
      textBlock(question, 'strong'),
      ...(followUp && !again ? helpBlocks(ctx, questionId) : []),
      mentionLine(ctx),
      textBlock(progress, 'subtle'),
    ),
    actions: questionActions(ctx, state, questionId, taken.length > 0),
  };
}

/** The question in the wording of its turn: the first time in the first wording, put again in the next. */
export function askText(ctx: ViewContext, questionId: QuestionId, timesAsked: number): string {
  const { ask } = ctx.questions[questionId];
  return ask[Math.max(timesAsked - 1, 0) % ask.length] ?? '';
}

/** The follow-up that fits what is missing: the second one where all KPIs are lagging, or where several owners were named. */
function followUpText(ctx: ViewContext, state: StartedAlignment, questionId: QuestionId): string {
  const { followUps } = ctx.questions[questionId];
  const facts = currentAnswers(state.answers, questionId).flatMap((answer) => (answer.facts ? [answer.facts] : []));
  const kpis = facts.flatMap((fact) => fact.kpis ?? []);
  const named = facts.flatMap((fact) => fact.people ?? []);
  const second = (questionId === 'leading-kpis' && kpis.length > 0 && kpis.every((kpi) => !kpi.leading)) || (questionId === 'owner' && named.length > 1);
  return (second ? followUps[1] : undefined) ?? followUps[0] ?? '';
}

function helpBlocks(ctx: ViewContext, questionId: QuestionId): CardBlock[] {
  const example = exampleText(ctx, questionId);
  return present(
    textBlock(ctx.words.say('question.missing', { has: ctx.questions[questionId].has })),
    example === undefined ? undefined : textBlock(example, 'subtle'),
  );
}

/** An answer of a good size, from another trade; undefined where there is none. */
export function exampleText(ctx: ViewContext, questionId: QuestionId): Text | undefined {
  const [example] = ctx.questions[questionId].examples;
  return example && ctx.words.say('question.example', { from: example.from, words: ctx.words.say('common.quoted', { words: example.text }) });
}

function questionActions(ctx: ViewContext, state: StartedAlignment, question: QuestionId, undoable: boolean): CardAction[] {
  const value = { alignment: state.id, question };
  return present(
    button(ctx, 'answer-in-form', 'button.answer-in-form', value, { form: true }),
    button(ctx, 'skip', 'button.skip', value),
    button(ctx, 'dont-know', 'button.dont-know', value),
    button(ctx, 'ask-someone', 'button.ask-someone', value, { form: true }),
    ...inMore(button(ctx, 'why', 'button.why', value), undoable ? button(ctx, 'undo', 'button.undo', { alignment: state.id }) : undefined),
  );
}
