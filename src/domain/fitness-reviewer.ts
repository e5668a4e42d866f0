import type { PersonId } from './conversation.ts';
import { participants } from './participants.ts';
import { peopleNamed } from './permissions.ts';
import type { StartedAlignment } from './state.ts';

/** Who wants the training and who owns the change: they should not be the ones to judge what was found (METHOD §6, S4). */
export function sponsors(state: StartedAlignment): PersonId[] {
  return [...new Set([state.requester, ...peopleNamed(state, 'owner')])];
}

/** Somebody who takes part, is no sponsor, and has none of the actions to do; undefined where nobody fits. */
export function suggestedReviewer(state: StartedAlignment): PersonId | undefined {
  const not = new Set([...sponsors(state), ...(state.fitness?.actions ?? []).flatMap(({ owner }) => owner ?? [])]);
  const independent = participants(state).filter((personId) => !not.has(personId));
  // Whoever noted what has to change would judge their own words.
  return independent.find((personId) => personId !== state.fitness?.openedBy) ?? independent[0];
}
