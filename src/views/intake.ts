import type { QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction } from './card.ts';
import { topicOf, type ViewContext } from './context.ts';
import { answeredFacts, button, present, progressBlock, textBlock, understoodFacts } from './parts.ts';
import { askText } from './question.ts';

export type IntakeOptions = {
  /** The first question; absent when the request answered all essentials (then enoughToStartCard follows). */
  questionId?: QuestionId;
  /** L&D partners are listed and nobody has claimed this yet: "I take this" is shown. */
  claimable: boolean;
};

/** The first reply in the thread: what was understood, what is already answered, and one question. */
export function intakeCard(ctx: ViewContext, state: StartedAlignment, { questionId, claimable }: IntakeOptions): Card {
  const { words } = ctx;
  const question = questionId && askText(ctx, questionId, 1);
  const topic = topicOf(ctx, state.understood);
  const understood = understoodFacts(ctx, state);
  const already = answeredFacts(ctx, state.answers);
  return {
    summary: question === undefined ? words.plain('intake.summary-complete', { topic }) : words.plain('intake.summary', { topic, question }),
    title: words.say('intake.title', {}, state.id),
    blocks: present(
      textBlock(opening(ctx, state)),
      understood ?? textBlock(words.say('intake.nothing-yet'), 'subtle'),
      already && textBlock(words.say('intake.already'), 'strong'),
      already,
      progressBlock(ctx, state.answers),
      question === undefined ? undefined : textBlock(question, 'strong'),
      textBlock(words.say('intake.promise'), 'subtle'),
    ),
    actions: intakeActions(ctx, state, claimable),
  };
}

function opening(ctx: ViewContext, state: StartedAlignment) {
  const person = [ctx.person(state.requester)];
  if (state.startedBy === state.requester) return ctx.words.say('intake.opening', { person });
  return ctx.words.say('intake.opening-by-other', { person, starter: [ctx.person(state.startedBy)] });
}

function intakeActions(ctx: ViewContext, state: StartedAlignment, claimable: boolean): CardAction[] {
  const value = { alignment: state.id };
  return present(
    button(ctx, 'answer-in-form', 'button.answer-in-form', value, { style: 'primary', form: true }),
    state.privately ? undefined : button(ctx, 'continue-privately', 'button.continue-privately', value),
    button(ctx, 'later', 'button.later', value),
    claimable ? button(ctx, 'claim', 'button.claim', value) : undefined,
    button(ctx, 'not-a-request', 'button.not-a-request', value),
    button(ctx, 'why-reply', 'button.why-reply', value),
  );
}
