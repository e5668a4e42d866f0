import type { Card } from './card.ts';
import type { ViewContext } from './context.ts';
import { textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** Why a platform takes no message, where an admin can mend it. */
type Problem = 'not-in-channel' | 'channel-archived' | 'channel-gone' | 'posting-restricted' | 'missing-permission' | 'token-refused' | 'no-private-chat';

/** Private, to an admin: what did not get through, and what to do. `place` is missing for a private message: whose it was is nobody's business. */
export function deliveryProblemCard(ctx: ViewContext, { problem, place }: { problem: Problem; place?: string }): Card {
  const { words } = ctx;
  const where = place === undefined ? words.say('problem.where-private') : words.say('problem.where', { place: ctx.placeName(place) });
  return {
    summary: plainText(where),
    title: words.say('problem.title'),
    blocks: [textBlock(where), textBlock(words.say(`problem.${problem}`)), textBlock(words.say('problem.once'), 'subtle')],
    actions: [],
  };
}

/** Private, to whoever gave a command in a place that Plumb can't post to: nothing has begun. */
export function notStartedCard(ctx: ViewContext, { problem, place }: { problem: Problem; place: string }): Card {
  const { words } = ctx;
  const text = words.say('problem.not-started', { place: ctx.placeName(place) });
  return {
    summary: plainText(text),
    blocks: [textBlock(text), textBlock(words.say(problem === 'not-in-channel' ? 'problem.start-invited' : 'problem.start-elsewhere'))],
    actions: [],
  };
}
