import type { PersonId } from '../domain/conversation.ts';
import type { QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from './card.ts';
import { topicOf, type ViewContext } from './context.ts';
import { button, linkButton, mentionLine, present, textBlock } from './parts.ts';
import { answerLimit } from './prefill.ts';
import { askText } from './question.ts';

export type DelegateOptions = { questionId: QuestionId; asker: PersonId; to: PersonId };

/** A question passed on in the thread, by mention. */
export function delegateThreadCard(ctx: ViewContext, state: StartedAlignment, { questionId, asker, to }: DelegateOptions): Card {
  const question = askText(ctx, questionId, 1);
  const slots = { asker: [ctx.person(asker)], question };
  const value = { alignment: state.id, question: questionId };
  return {
    summary: ctx.words.plain('delegate.thread-summary', { ...slots, topic: topicOf(ctx, state.understood) }),
    blocks: present(textBlock(ctx.words.say('delegate.thread', { ...slots, to: [ctx.person(to)] })), mentionLine(ctx)),
    actions: [button(ctx, 'dont-know', 'button.dont-know', value), button(ctx, 'why', 'button.why', value)],
  };
}

/** A question passed on privately: the question, the topic and who asks, and nothing else of the conversation. Input: answer. */
export function delegatePrivateCard(
  ctx: ViewContext,
  state: StartedAlignment,
  { questionId, asker, link }: Omit<DelegateOptions, 'to'> & { /** To the thread, for whoever can open it. */ link?: string },
): Card {
  const { words } = ctx;
  const question = askText(ctx, questionId, 1);
  const value = { alignment: state.id, question: questionId };
  const slots = { asker: [ctx.person(asker)], topic: topicOf(ctx, state.understood) };
  return {
    summary: words.plain('delegate.summary', { ...slots, question }),
    title: words.say('delegate.title'),
    blocks: [
      textBlock(words.say('delegate.intro', slots)),
      textBlock(question, 'strong'),
      {
        type: 'input',
        id: 'answer',
        label: words.plain('delegate.label'),
        kind: 'multiline',
        maxLength: answerLimit,
        hint: words.plain('form.hint', { has: ctx.questions[questionId].has }),
      },
      textBlock(words.say('delegate.note', { asker: [ctx.person(asker)] }), 'subtle'),
    ],
    actions: present(
      button(ctx, 'answer-delegated', 'button.send-answer', value, { style: 'primary' }),
      button(ctx, 'dont-know', 'button.dont-know', value),
      button(ctx, 'why', 'button.why', value),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
    ),
  };
}
