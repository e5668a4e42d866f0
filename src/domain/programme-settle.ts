import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { PlannedAction, ProgrammeCommand, ProgrammeContent, ProgrammeEvent } from './programme-event.ts';
import { leadsOf } from './programme-pace.ts';
import { settledAs } from './programme-plan.ts';
import type { RunningProgramme } from './programme-state.ts';

type Of<T extends ProgrammeCommand['type']> = Extract<ProgrammeCommand, { type: T }>;

export function answerPilot(state: RunningProgramme, { by, choice }: Of<'AnswerPilot'>, now: number): ProgrammeEvent[] {
  if (!leadsOf(state.content).includes(by)) throw new DomainError('not_allowed', 'Those who lead the change decide how it goes on after the first group.');
  if (!state.pilot) throw new DomainError('not_open', 'Nobody is asked about the first group yet.');
  return state.pilot.answered?.choice === choice ? [] : [{ type: 'PilotAnswered', at: now, by, choice }];
}

/** Whose action it is to say what became of it: whoever does it, and those who lead. */
export function maySettle(content: ProgrammeContent, personId: PersonId, { owner }: Pick<PlannedAction, 'owner'>): boolean {
  return owner === personId || leadsOf(content).includes(personId);
}

export function settleAction(state: RunningProgramme, { by, action: id, outcome }: Of<'SettleAction'>, now: number): ProgrammeEvent[] {
  const action = state.content.actions?.find((each) => each.id === id);
  if (!action) throw new DomainError('unknown_target', 'The brief has no such action any more.');
  if (!maySettle(state.content, by, action)) throw new DomainError('not_allowed', 'Whoever does it, or leads the change, says what became of it.');
  return (settledAs(state, id) ?? 'open') === outcome ? [] : [{ type: 'ActionSettled', at: now, by, action: id, outcome }];
}
