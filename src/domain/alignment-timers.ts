import { nextAllowed, type QuietHours, workingDaysLater } from './calendar.ts';
import { letLie } from './coaching-prompts.ts';
import { isChallengeOpen, noCoaching } from './coaching-state.ts';
import type { PersonId } from './conversation.ts';
import { lastSaidAt, partnerSaidAt, restsAfter } from './hearing-cues.ts';
import { dueAt, type PointId, pointIds, waitingPoints } from './open-points.ts';
import { promiseTimers } from './promises.ts';
import { openDelegations, type QuestionId, questionIds } from './questions.ts';
import { missingSigners, mostSignReminders, remindedAtOf, remindersOf } from './signers.ts';
import type { AlignmentState, StartedAlignment } from './state.ts';

/** `zone`: it goes off in working hours of this zone, so that one that comes late waits for the next of them. */
export type AlignmentTimer = { key: string; dueAt: number; zone?: string };

/** As long as somebody is in the middle of an answer, where no setting says otherwise (PRODUCT "The conversation"). */
const midAnswer = 90_000;

/**
 * When an alignment wants to be woken, derived from its state alone: reminders in the requester's working hours, the end of waiting for a delegate,
 * and when the coach looks again. `midAnswerMs`: how long after their message somebody counts as in the middle of an answer.
 */
export function alignmentTimers(
  state: AlignmentState,
  zoneOf: (personId: PersonId) => string,
  quietHours: QuietHours,
  midAnswerMs: number = midAnswer,
): AlignmentTimer[] {
  switch (state.status) {
    case 'suggested':
      return [{ key: 'suggestion', dueAt: state.expiresAt }];
    case 'clarifying':
      return [
        ...reminder(state, zoneOf, quietHours),
        ...delegations(state, zoneOf),
        ...fitness(state, zoneOf, quietHours),
        ...coach(state, zoneOf, quietHours, midAnswerMs),
        ...promiseTimers(state, zoneOf, quietHours),
      ];
    case 'reviewing':
      return [
        ...signers(state, zoneOf, quietHours),
        ...fitness(state, zoneOf, quietHours),
        ...openPoints(state, zoneOf, quietHours),
        ...coach(state, zoneOf, quietHours, midAnswerMs),
        ...promiseTimers(state, zoneOf, quietHours),
      ];
    case 'paused':
    case 'aligned':
      return [...openPoints(state, zoneOf, quietHours), ...fitness(state, zoneOf, quietHours), ...promiseTimers(state, zoneOf, quietHours)];
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
  return [{ key: 'quiet', dueAt: nextAllowed(workingDaysLater(state.lastActivityAt, days, zone), zone, quietHours), zone }];
}

/** Everybody whose signature is missing, in their own working hours: two and five working days after they were asked, and never while people still talk. */
function signers(state: StartedAlignment, zoneOf: (personId: PersonId) => string, quietHours: QuietHours): AlignmentTimer[] {
  return missingSigners(state).flatMap(({ personId, since }) => {
    const times = remindersOf(state, personId);
    if (times >= mostSignReminders) return [];
    const zone = zoneOf(personId);
    const first = remindedAtOf(state, personId);
    // Where the first came late, because people still talked, the second waits as long after it as ever.
    const afterFirst = first === undefined ? 0 : workingDaysLater(first, 3, zone);
    const dueAt = Math.max(workingDaysLater(since, times === 0 ? 2 : 5, zone), workingDaysLater(state.lastActivityAt, 1, zone), afterFirst);
    return [{ key: `${signKey}${personId}`, dueAt: nextAllowed(dueAt, zone, quietHours), zone }];
  });
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
  const zone = zoneOf(check.openedBy);
  return [{ key: 'fitness', dueAt: nextAllowed(check.closesAt, zone, quietHours), zone }];
}

/**
 * When the person who answers has finished, when the conversation rests, when a prompt was not taken up, and after one quiet working day: only where an
 * L&D partner could be shown something then.
 */
function coach(state: StartedAlignment, zoneOf: (personId: PersonId) => string, quietHours: QuietHours, midAnswerMs: number): AlignmentTimer[] {
  const { prompts, limit, messages = [] } = state.coaching ?? noCoaching;
  const isFull = limit !== undefined && prompts.length >= limit;
  if (state.partners.length === 0 || isFull || isChallengeOpen(state.coaching)) return [];
  const rests = (messages.at(-1)?.at ?? state.openedAt) + restsAfter;
  const open = prompts.find(({ status }) => status === 'open');
  if (open) return [{ key: 'coach:again', dueAt: Math.max(open.at + letLie, rests) }];
  const said = [lastSaidAt(state), partnerSaidAt(state)].filter((at) => at !== undefined);
  const finished = said.length === 0 ? undefined : Math.max(...said) + midAnswerMs;
  // What happened later was looked at when it happened.
  const looks = [...(finished === undefined ? [] : [{ key: 'coach', dueAt: finished }]), { key: 'coach:rests', dueAt: rests }].filter(
    ({ dueAt }) => dueAt > state.lastActivityAt,
  );
  if (prompts.some(({ trigger }) => trigger === 'stalled')) return looks;
  const zone = zoneOf(state.requester);
  return [...looks, { key: 'coach:quiet', dueAt: nextAllowed(workingDaysLater(state.lastActivityAt, 1, zone), zone, quietHours), zone }];
}

/** On the day itself their owner is reminded; two working days later whoever asked for it is told. */
function openPoints(state: StartedAlignment, zoneOf: (personId: PersonId) => string, quietHours: QuietHours): AlignmentTimer[] {
  if (state.status === 'paused') return [];
  return waitingPoints(state).flatMap((given) => {
    // Whoever asked it of themselves needs no second word.
    if (given.overdueAt !== undefined || (given.remindedAt !== undefined && given.owner === given.by)) return [];
    const zone = zoneOf(given.remindedAt === undefined ? given.owner : given.by);
    const at = given.remindedAt === undefined ? dueAt(given, zone) : workingDaysLater(given.remindedAt, 2, zone);
    return [{ key: `open:${given.point}`, dueAt: nextAllowed(at, zone, quietHours), zone }];
  });
}

/** The open point that a timer of this key is about. */
export function openPointOf(key: string): PointId | undefined {
  return pointIds.find((id) => key === `open:${id}`);
}

/** Whether a timer of this key only means that the coach looks again: nothing is ordered by it. */
export function isCoachTimer(key: string): boolean {
  return key === 'coach' || key.startsWith('coach:');
}

const signKey = 'sign:';

/** Whose signature a timer of this key waits for. */
export function signerOf(key: string): PersonId | undefined {
  return key.startsWith(signKey) ? key.slice(signKey.length) : undefined;
}

/** The question that a timer of this key is about. */
export function delegationOf(key: string): QuestionId | undefined {
  return questionIds.find((id) => key === `delegation:${id}`);
}
