import { DateTime } from 'luxon';
import type { By } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { leads as leadsIt, rolesOf } from './permissions.ts';
import { currentAnswers, type QuestionId, questionIds, statusOf } from './questions.ts';
import type { StartedAlignment } from './state.ts';

/** What is still to be found out: one of the twelve questions, or what the focus was to wait for. */
export type PointId = QuestionId | 'focus';
export const pointIds: readonly PointId[] = [...questionIds, 'focus'];

/** What came of it. `words`: what was found, where no question takes it in. */
export type SettledPoint = { how: 'done' | 'not-theirs'; by: PersonId; at: number; words?: Quote };

/** An open point that somebody finds out. `due` is a date (YYYY-MM-DD) where its owner lives; `by`: who asked for it. */
export type GivenPoint = {
  point: PointId;
  owner: PersonId;
  due: string;
  by: PersonId;
  at: number;
  /** They were reminded, once. */
  remindedAt?: number;
  /** Whoever asked for it was told that it is still open. */
  overdueAt?: number;
  settled?: SettledPoint;
};

export type OpenPointCommand =
  | ({ type: 'GiveOpenPoint'; point: PointId; owner: PersonId; due: string } & By)
  /** Its owner needs until another day. */
  | ({ type: 'MoveOpenPoint'; point: PointId; due: string } & By)
  | ({ type: 'SettleOpenPoint'; point: PointId; how: SettledPoint['how']; words?: Quote } & By)
  | { type: 'OpenPointDue'; point: PointId };

type At = { at: number };
export type OpenPointEvent =
  | ({ type: 'OpenPointGiven'; point: PointId; owner: PersonId; due: string } & At & { by: PersonId; act: string })
  | ({ type: 'OpenPointReminded'; point: PointId; which: 'owner' | 'lead' } & At)
  | ({ type: 'OpenPointSettled'; point: PointId; how: SettledPoint['how']; words?: Quote } & At & { by: PersonId; act: string });

const hour = 3_600_000;
// A date begins up to 14 hours earlier in the east than in UTC.
const eastOfUtc = 14 * hour;
const twoWorkingDays = 2 * 24 * hour - hour;

/** What happened because of `command` at `now` (epoch milliseconds). Throws DomainError when the point is not open, or not theirs. */
export function decideOpenPoint(state: StartedAlignment, command: OpenPointCommand, now: number): DomainEvent[] {
  if (command.type === 'OpenPointDue') return remind(state, command.point, now);
  if (state.status !== 'reviewing' && state.status !== 'aligned')
    throw new DomainError('not_open', 'Open points are given to somebody in the draft or in the signed brief.');
  const by = { at: now, by: command.by, act: command.act };
  const { point } = command;
  switch (command.type) {
    case 'GiveOpenPoint':
      if (!isOpenPoint(state, point)) throw new DomainError('outdated', 'That point is answered by now.');
      return same(state, command) ? [] : [{ type: 'OpenPointGiven', ...by, point, owner: command.owner, due: command.due }];
    case 'MoveOpenPoint': {
      const given = theirs(state, command);
      return given.due === command.due ? [] : [{ type: 'OpenPointGiven', ...by, point, owner: given.owner, due: command.due }];
    }
    case 'SettleOpenPoint':
      theirs(state, command);
      return [{ type: 'OpenPointSettled', ...by, point, how: command.how, ...(command.words && { words: command.words }) }];
    default:
      return command satisfies never;
  }
}

function same(state: StartedAlignment, { point, owner, due }: { point: PointId; owner: PersonId; due: string }): boolean {
  const given = waitingPoints(state).find((one) => one.point === point);
  return given?.owner === owner && given.due === due;
}

/** The point, if it waits for whoever speaks of it or they lead. */
function theirs(state: StartedAlignment, { point, by, standing }: { point: PointId } & By): GivenPoint {
  const given = waitingPoints(state).find((one) => one.point === point);
  if (!given) throw new DomainError('outdated', 'That point is answered by now.');
  if (given.owner === by || rolesOf(state, by, standing).some((role) => leadsIt.some((lead) => lead === role))) return given;
  throw new DomainError('not_allowed', 'Whoever finds it out, or leads the alignment, says what came of it.');
}

function remind(state: StartedAlignment, point: PointId, now: number): DomainEvent[] {
  if (state.status !== 'reviewing' && state.status !== 'aligned') return [];
  const given = waitingPoints(state).find((one) => one.point === point);
  if (!given || given.overdueAt !== undefined) return [];
  if (given.remindedAt !== undefined) return now - given.remindedAt >= twoWorkingDays ? [{ type: 'OpenPointReminded', at: now, point, which: 'lead' }] : [];
  return now >= DateTime.fromISO(given.due, { zone: 'utc' }).toMillis() - eastOfUtc ? [{ type: 'OpenPointReminded', at: now, point, which: 'owner' }] : [];
}

export function evolveOpenPoints(state: StartedAlignment, event: OpenPointEvent): StartedAlignment {
  const points = state.openPoints ?? [];
  const before = points.find(({ point }) => point === event.point);
  const put = (given: GivenPoint) => ({ ...state, openPoints: [...points.filter(({ point }) => point !== event.point), given] });
  switch (event.type) {
    case 'OpenPointGiven': {
      const { point, owner, due, by, at } = event;
      // A later day that its owner asks for does not change who asked for it.
      const isMoved = before !== undefined && before.owner === owner && !before.settled && by === owner;
      return put({ point, owner, due, by: isMoved ? before.by : by, at: isMoved ? before.at : at });
    }
    case 'OpenPointReminded':
      return before ? put({ ...before, ...(event.which === 'owner' ? { remindedAt: event.at } : { overdueAt: event.at }) }) : state;
    case 'OpenPointSettled': {
      const { how, by, at, words } = event;
      return before ? put({ ...before, settled: { how, by, at, ...(words && { words }) } }) : state;
    }
    default:
      return event satisfies never;
  }
}

/** Whether something is not clear yet and can be given to somebody. */
export function isOpenPoint(state: StartedAlignment, point: PointId): boolean {
  return point === 'focus' ? state.coaching?.decisions.at(-1)?.outcome === 'to-find-out' : statusOf(state.answers, point) !== 'clear';
}

/** What somebody was given and is as open as then; what they answered counts as found out, however short it is. */
export function givenPoints(state: StartedAlignment): GivenPoint[] {
  return (state.openPoints ?? []).filter((given) => isOpenPoint(state, given.point) && !answeredSince(state, given));
}

function answeredSince(state: StartedAlignment, { point, owner, at }: GivenPoint): boolean {
  if (point === 'focus') return false;
  return currentAnswers(state.answers, point).some((answer) => answer.text && answer.by === owner && answer.at > at);
}

/** What still waits for somebody. */
export function waitingPoints(state: StartedAlignment): GivenPoint[] {
  return givenPoints(state).filter(({ settled }) => !settled);
}

/** Nine in the morning of the day on which something is due (epoch milliseconds): the reminder comes then, or at the next working hour. */
export function dueAt({ due }: Pick<GivenPoint, 'due'>, zone: string): number {
  const day = DateTime.fromISO(due, { zone });
  return (day.isValid ? day : DateTime.fromISO(due, { zone: 'utc' })).set({ hour: 9 }).toMillis();
}
