import { nextAllowed, type QuietHours, workingDaysLater } from './calendar.ts';
import type { PersonId } from './conversation.ts';
import { openDelegations, type QuestionId, questionIds } from './questions.ts';
import type { AlignmentState, StartedAlignment } from './state.ts';

export type AlignmentTimer = { key: string; dueAt: number };

/** When an alignment wants to be woken, derived from its state alone: reminders in the requester's working hours, the end of waiting for a delegate. */
export function alignmentTimers(state: AlignmentState, zoneOf: (personId: PersonId) => string, quietHours: QuietHours): AlignmentTimer[] {
  switch (state.status) {
    case 'suggested':
      return [{ key: 'suggestion', dueAt: state.expiresAt }];
    case 'clarifying':
      return [...reminder(state, zoneOf, quietHours), ...delegations(state, zoneOf), ...fitness(state, zoneOf, quietHours)];
    case 'reviewing':
      return [...reminder(state, zoneOf, quietHours), ...fitness(state, zoneOf, quietHours)];
    case 'paused':
    case 'aligned':
      return fitness(state, zoneOf, quietHours);
    case 'new':
    case 'closed':
    case 'declined':
    case 'withdrawn':
      return [];
    default:
      return state satisfies never;
  }
}

function reminder(state: StartedAlignment, zoneOf: (personId: PersonId) => string, quietHours: QuietHours): AlignmentTimer[] {
  if (state.remindersSent === 2 || (state.pace === 'partner' && state.status === 'clarifying')) return [];
  const zone = zoneOf(state.requester);
  const days = state.remindersSent === 0 ? 2 : 5;
  return [{ key: 'quiet', dueAt: nextAllowed(workingDaysLater(state.lastActivityAt, days, zone), zone, quietHours) }];
}

function delegations(state: StartedAlignment, zoneOf: (personId: PersonId) => string): AlignmentTimer[] {
  const latest = new Map(openDelegations(state.answers).map((answer) => [answer.questionId, answer]));
  const waiting = [...latest.values()].filter(({ questionId }) => !state.lapsed.includes(questionId));
  return waiting.map(({ questionId, at, delegatedTo }) => ({ key: `delegation:${questionId}`, dueAt: workingDaysLater(at, 2, zoneOf(delegatedTo.personId)) }));
}

/** A fitness check closes in the working hours of whoever opened it, so that its results are seen. */
function fitness(state: StartedAlignment, zoneOf: (personId: PersonId) => string, quietHours: QuietHours): AlignmentTimer[] {
  const check = state.fitness;
  if (check?.status !== 'open') return [];
  return [{ key: 'fitness', dueAt: nextAllowed(check.closesAt, zoneOf(check.openedBy), quietHours) }];
}

/** The question that a timer of this key is about. */
export function delegationOf(key: string): QuestionId | undefined {
  return questionIds.find((id) => key === `delegation:${id}`);
}
