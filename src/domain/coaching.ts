import type { CoachingCommand } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import type { StartedAlignment } from './state.ts';

/** What the coach does: at most one open prompt, at most one challenge. Throws DomainError. */
export function decideCoaching(_state: StartedAlignment, _command: CoachingCommand, _now: number): CoachingEvent[] {
  return [];
}
