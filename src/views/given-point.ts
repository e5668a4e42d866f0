import { dayText } from '../domain/due-date.ts';
import type { GivenPoint } from '../domain/open-points.ts';
import type { Text } from './card.ts';
import type { ViewContext } from './context.ts';

/** How an open point stands with whoever finds it out; undefined where nobody does. */
export function givenText(ctx: ViewContext, given: GivenPoint | undefined): Text | undefined {
  if (!given) return undefined;
  const slots = { person: [ctx.person(given.owner)], day: dayText(given.due) };
  if (given.settled) return given.settled.how === 'done' ? ctx.words.say('open-point.done', { person: [ctx.person(given.settled.by)] }) : undefined;
  return ctx.words.say(given.overdueAt === undefined ? 'open-point.finds-out' : 'open-point.overdue', slots);
}
