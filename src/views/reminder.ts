import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction } from './card.ts';
import { topicOf, type ViewContext } from './context.ts';
import { button, present, progressText, textBlock } from './parts.ts';
import { askText } from './question.ts';

/** After two quiet working days a friendly reminder (1); after five, whether to pause (2). */
export function reminderCard(ctx: ViewContext, state: StartedAlignment, which: 1 | 2): Card {
  const { words } = ctx;
  const question = state.asked && askText(ctx, state.asked.questionId, state.timesAsked[state.asked.questionId] ?? 1);
  const open =
    question === undefined ? words.plain('reminder.summary-review', { topic: topicOf(ctx, state.understood) }) : words.plain('reminder.summary', { question });
  const first = question === undefined ? words.say('reminder.first-review') : words.say('reminder.first', {}, state.id);
  return {
    summary: which === 1 ? open : `${words.plain('reminder.second')} ${open}`,
    blocks: present(
      textBlock(which === 1 ? first : words.say('reminder.second')),
      question === undefined ? undefined : textBlock(question, 'strong'),
      textBlock(progressText(ctx, state.answers), 'subtle'),
    ),
    actions: which === 1 ? firstActions(ctx, state) : secondActions(ctx, state),
  };
}

function firstActions(ctx: ViewContext, state: StartedAlignment): CardAction[] {
  const value = { alignment: state.id };
  const form = button(ctx, 'answer-in-form', 'button.answer-in-form', value, { form: true });
  return [...(state.asked ? [form] : []), button(ctx, 'later', 'button.later', value)];
}

function secondActions(ctx: ViewContext, state: StartedAlignment): CardAction[] {
  const value = { alignment: state.id };
  return [
    button(ctx, 'later', 'button.pause', value, { style: 'primary' }),
    button(ctx, 'resume', 'button.resume', value),
    ...(state.status === 'clarifying' ? [button(ctx, 'write-brief', 'button.write-brief', value)] : []),
  ];
}
