import type { CoachingEvent } from './coaching-event.ts';
import type { StartedAlignment } from './state.ts';

/** The state after one more event of the coach. */
export function evolveCoaching(state: StartedAlignment, _event: CoachingEvent): StartedAlignment {
  return state;
}
