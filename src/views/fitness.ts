import type { PersonId } from '../domain/conversation.ts';
import { type Fitness, fewestAnonymous } from '../domain/fitness-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardBlock, Text } from './card.ts';
import { people, type ViewContext } from './context.ts';
import { button, linkButton, present, textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** Who will see what comes out: everybody in a place, or only some people. */
export type FitnessSeenBy = { place: string } | { readers: readonly PersonId[] };

type Checked = StartedAlignment & { fitness: Fitness };

/** Private, to somebody who was asked: who asks, what for, who sees it, until when. No words of the conversation stand on it. */
export function fitnessAskCard(ctx: ViewContext, state: Checked, { key, seenBy, link }: { key?: string; seenBy: FitnessSeenBy; link?: string }): Card {
  const { words } = ctx;
  const { anonymous, elements, openedBy, closesAt } = state.fitness;
  return {
    summary: words.plain('fitness.ask-summary', { asker: [ctx.person(openedBy)] }),
    title: words.say('fitness.ask-title'),
    blocks: [
      textBlock(askText(ctx, state)),
      textBlock(words.say('fitness.ask-how', { count: String(elements.length) })),
      textBlock(anonymous ? words.say('fitness.ask-anonymous', { count: String(fewestAnonymous) }) : words.say('fitness.ask-named')),
      textBlock(
        'place' in seenBy
          ? words.say('fitness.ask-seen-place', { place: ctx.placeName(seenBy.place) })
          : words.say('fitness.ask-seen-people', { people: people(ctx, seenBy.readers) }),
        'subtle',
      ),
      textBlock(words.say('fitness.ask-until', { when: [{ at: closesAt, as: 'date-time' }] }), 'subtle'),
    ],
    actions: present(
      button(ctx, 'answer-fitness', 'button.answer-fitness', { alignment: state.id, ...(key !== undefined && { key }) }, { form: true, style: 'primary' }),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
    ),
  };
}

function askText(ctx: ViewContext, { requester, fitness: { openedBy, asked } }: Checked): Text {
  const { words } = ctx;
  const asker = [ctx.person(openedBy)];
  const others = asked.length - 1;
  const count = String(others);
  const slots = { asker, requester: [ctx.person(requester)] };
  const isOwn = requester === openedBy;
  if (others === 0) return isOwn ? words.say('fitness.ask-text-self-one', { asker }) : words.say('fitness.ask-text-one', slots);
  if (others === 1) return isOwn ? words.say('fitness.ask-text-self-two', { asker }) : words.say('fitness.ask-text-two', slots);
  return isOwn ? words.say('fitness.ask-text-self', { asker, count }) : words.say('fitness.ask-text', { ...slots, count });
}

/** What such a card says once the check is closed. It carries no token any more. */
export function fitnessAskClosedCard(ctx: ViewContext, { fitness }: Checked, { link }: { link?: string }): Card {
  const text = ctx.words.say('fitness.ask-closed', { asker: [ctx.person(fitness.openedBy)] });
  return {
    summary: ctx.words.plain('fitness.ask-closed', { asker: [ctx.person(fitness.openedBy)] }),
    blocks: [textBlock(text)],
    actions: link === undefined ? [] : [linkButton(ctx, 'button.open-thread', link)],
  };
}

/** In the conversation, while people are asked: how many have answered, never who. */
export function fitnessStateCard(ctx: ViewContext, { id, fitness }: Checked): Card {
  const { words } = ctx;
  const { status, anonymous, asked, answers, openedBy, closesAt } = fitness;
  const counts = { answered: String(answers.length), total: String(asked.length) };
  if (status === 'closed') {
    return { summary: words.plain('fitness.state-closed', counts), blocks: [textBlock(words.say('fitness.state-closed', counts), 'subtle')], actions: [] };
  }
  const asker = [ctx.person(openedBy)];
  return {
    summary: words.plain('fitness.state-count', counts),
    title: words.say('fitness.state-title'),
    blocks: present<CardBlock>(
      textBlock(asked.length === 1 ? words.say('fitness.state-text-one', { asker }) : words.say('fitness.state-text', { asker, total: counts.total })),
      textBlock(words.say('fitness.state-count', counts), 'strong'),
      textBlock(words.say(anonymous ? 'fitness.state-anonymous' : 'fitness.state-named'), 'subtle'),
      textBlock(words.say('fitness.state-until', { when: [{ at: closesAt, as: 'date-time' }] }), 'subtle'),
      answers.length === asked.length ? textBlock(words.say('fitness.state-all')) : undefined,
    ),
    actions: [button(ctx, 'close-fitness', 'button.close-fitness', { alignment: id })],
  };
}

/** Private, to whoever was chosen to look over the results. */
export function reviewerCard(ctx: ViewContext, state: StartedAlignment, { chosenBy, link }: { chosenBy: PersonId; link?: string }): Card {
  const person = [ctx.person(chosenBy)];
  const text =
    chosenBy === state.requester
      ? ctx.words.say('fitness.reviewer-told-self', { person })
      : ctx.words.say('fitness.reviewer-told', { person, requester: [ctx.person(state.requester)] });
  return {
    summary: plainText(text),
    blocks: [textBlock(text)],
    actions: link === undefined ? [] : [linkButton(ctx, 'button.open-thread', link)],
  };
}
