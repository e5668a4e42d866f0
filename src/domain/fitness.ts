import type { FitnessCommand } from './fitness-command.ts';
import type { FitnessEvent } from './fitness-event.ts';
import type { StartedAlignment } from './state.ts';

/** The fitness check of one alignment. Throws DomainError. */
export function decideFitness(_state: StartedAlignment, _command: FitnessCommand, _now: number): FitnessEvent[] {
  return [];
}

/** The state after one more event of the fitness check. */
export function evolveFitness(state: StartedAlignment, _event: FitnessEvent): StartedAlignment {
  return state;
}
