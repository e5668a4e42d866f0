import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction } from './card.ts';
import type { OpenStep } from './challenge.ts';
import { topicOf, type ViewContext } from './context.ts';
import { button, mentionLine, present, progressText, textBlock } from './parts.ts';
import { askText } from './question.ts';

/** After two quiet working days a friendly reminder (1); after five, whether to pause (2). `step`: of the challenge, where that waits. */
export function reminderCard(ctx: ViewContext, state: StartedAlignment, which: 1 | 2, step?: OpenStep): Card {
  const { words } = ctx;
  const question = step?.question ?? askOf(ctx, state);
  const open =
    question === undefined ? words.plain('reminder.summary-review', { topic: topicOf(ctx, state.understood) }) : words.plain('reminder.summary', { question });
  const first = question === undefined ? words.say('reminder.first-review') : words.say('reminder.first', {}, state.id);
  return {
    summary: which === 1 ? open : `${words.plain('reminder.second')} ${open}`,
    blocks: present(
      textBlock(which === 1 ? first : words.say('reminder.second')),
      question === undefined ? undefined : textBlock(question, 'strong'),
      question === undefined ? undefined : textBlock(progressText(ctx, state.answers), 'subtle'),
      mentionLine(ctx),
    ),
    actions: which === 1 ? [...(step?.actions ?? []), ...firstActions(ctx, state)] : secondActions(ctx, state),
  };
}

function askOf(ctx: ViewContext, { asked, timesAsked }: StartedAlignment): string | undefined {
  return asked && askText(ctx, asked.questionId, timesAsked[asked.questionId] ?? 1);
}

function firstActions(ctx: ViewContext, state: StartedAlignment): CardAction[] {
  const value = { alignment: state.id };
  return [
    ...(state.status === 'reviewing' ? draftActions(ctx, state) : []),
    ...(state.asked ? [answerAction(ctx, state)] : []),
    button(ctx, 'later', 'button.later', value),
  ];
}

function answerAction(ctx: ViewContext, state: StartedAlignment): CardAction {
  return button(ctx, 'answer-in-form', 'button.answer-in-form', { alignment: state.id }, { form: true });
}

/** The draft may stand far above by now: it can be signed and changed from here. */
function draftActions(ctx: ViewContext, state: Extract<StartedAlignment, { status: 'reviewing' }>): CardAction[] {
  const value = { alignment: state.id };
  return [
    button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(state.review.version) }, { style: 'primary' }),
    button(ctx, 'change-something', 'button.change-something', value, { form: true }),
  ];
}

function secondActions(ctx: ViewContext, state: StartedAlignment): CardAction[] {
  const value = { alignment: state.id };
  return [
    button(ctx, 'later', 'button.pause', value, { style: 'primary' }),
    button(ctx, 'resume', 'button.resume', value),
    ...(state.status === 'clarifying' ? [button(ctx, 'write-brief', 'button.write-brief', value)] : []),
  ];
}
