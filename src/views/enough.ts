import { essentials, isAnswered, type QuestionId, questionIds, statusOf } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from './card.ts';
import { labels, type ViewContext } from './context.ts';
import { button, inMore, mentionLine, present, progressBlock, textBlock } from './parts.ts';
import { askText } from './question.ts';
import { type Taken, takenLine } from './taken.ts';
import { plainText } from './text.ts';

export type EnoughOptions = { /** The question that is asked along with it. */ questionId?: QuestionId; taken: readonly Taken[] };

/** After the three essentials: enough to start; how to go on is the requester's choice. */
export function enoughToStartCard(ctx: ViewContext, state: StartedAlignment, { questionId, taken }: EnoughOptions): Card {
  const { words } = ctx;
  const lines = taken.map((one) => takenLine(ctx, one));
  const missing = essentials.filter((id) => !isAnswered(state.answers, id));
  const open = questionIds.filter((id) => statusOf(state.answers, id) === 'open').length;
  const question = questionId && askText(ctx, questionId, state.timesAsked[questionId] ?? 1);
  const summary = question === undefined ? plainText(words.say('enough.title', {}, state.id)) : words.plain('enough.summary', { question });
  const value = { alignment: state.id };
  return {
    summary: [...lines.map((line) => plainText(line)), summary].join(' '),
    title: words.say('enough.title', {}, state.id),
    blocks: present(
      ...lines.map((line) => textBlock(line, 'subtle')),
      textBlock(missing.length === 0 ? words.say('enough.text') : words.say('enough.text-with-open', { labels: labels(ctx, missing) })),
      progressBlock(ctx, state.answers),
      textBlock(open === 1 ? words.say('enough.choice-one') : words.say('enough.choice', { open: String(open) })),
      question === undefined ? undefined : textBlock(words.say('enough.next'), 'subtle'),
      question === undefined ? undefined : textBlock(question, 'strong'),
      mentionLine(ctx),
    ),
    actions: [
      button(ctx, 'carry-on', 'button.carry-on', value, { style: 'primary' }),
      button(ctx, 'answer-in-form', 'button.answer-in-form', value, { form: true }),
      button(ctx, 'leave-to-partner', 'button.leave-to-partner', value),
      ...inMore(button(ctx, 'write-brief', 'button.write-brief', value), button(ctx, 'later', 'button.later', value)),
    ],
  };
}
