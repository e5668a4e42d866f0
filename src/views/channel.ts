import { questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { briefTopic } from './brief-coaching.ts';
import type { Card } from './card.ts';
import { topicOf, type ViewContext } from './context.ts';
import { answeredCount, backButton, button, progressBlock, textBlock } from './parts.ts';

/** Said once on joining a channel: what Plumb listens for, what it keeps, and how to switch it off. */
export function joinCard(ctx: ViewContext, place: string): Card {
  const { words } = ctx;
  return {
    summary: words.plain('join.summary'),
    blocks: [textBlock(words.say('join.text')), textBlock(words.say('join.keeps')), textBlock(words.say('join.off'), 'subtle')],
    actions: [button(ctx, 'listen-off', 'button.listen-off', { place })],
  };
}

/** The one post that carries the thread of an alignment that was started by command or form. */
export function startedPostCard(ctx: ViewContext, state: Pick<StartedAlignment, 'startedBy' | 'understood'>): Card {
  const person = [ctx.person(state.startedBy)];
  const { topic } = state.understood;
  const slots = topic ? { person, topic: topicOf(ctx, state.understood) } : undefined;
  return {
    summary: slots ? ctx.words.plain('started-post.text', slots) : ctx.words.plain('started-post.text-open', { person }),
    blocks: [textBlock(slots ? ctx.words.say('started-post.text', slots) : ctx.words.say('started-post.text-open', { person }))],
    actions: [],
  };
}

/** In the thread while the conversation goes on privately: the state and nothing that was said. */
export function privateStateCard(ctx: ViewContext, state: StartedAlignment): Card {
  const { words } = ctx;
  const person = [ctx.person(state.requester)];
  const counts = { answered: String(answeredCount(state.answers)), total: String(questionIds.length) };
  const status = words.plain(state.status === 'declined' && state.note ? 'status.declined-by-partner' : `status.${state.status}`);
  const isOver = state.status === 'withdrawn' || state.status === 'closed' || state.status === 'declined';
  return {
    summary: isOver ? words.plain('state-card.summary-over', { person, status }) : words.plain('state-card.summary', { person, ...counts }),
    blocks: [
      textBlock(words.say(isOver ? 'state-card.was-private' : 'state-card.private', { person })),
      textBlock(words.say('state-card.status', { status })),
      progressBlock(ctx, state.answers),
    ],
    actions: isOver ? [] : [backButton(ctx, state.id)],
  };
}

/** The end of an alignment and its programme. */
export function closedCard(ctx: ViewContext, { understood, coaching }: Pick<StartedAlignment, 'understood' | 'coaching'>): Card {
  const topic = briefTopic(ctx, { understood, decisions: coaching?.decisions ?? [] });
  return {
    summary: ctx.words.plain('closed.summary', { topic }),
    title: ctx.words.say('closed.title', { topic }),
    blocks: [textBlock(ctx.words.say('closed.text'))],
    actions: [],
  };
}
