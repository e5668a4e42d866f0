import type { CallTime } from './calendar.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { ParticipationEnd, ProgrammeRole } from './nudge-event.ts';
import type { StatusReport } from './status-report.ts';

export type Introduction =
  /** `since`: when they were asked (epoch milliseconds); absent where that was before it was kept. */
  { status: 'pending'; since?: number } | { status: 'accepted'; acceptedAt: number } | { status: 'corrected'; correction: Quote } | { status: 'declined' };

/** The last nudge about a programme; `snoozedUntil` while it is to come again. */
export type Asked = { week: string; callAt: number; at: number; snoozedUntil?: number };

/** One person in one programme. */
export type Participation = {
  roles: readonly ProgrammeRole[];
  namedBy: PersonId;
  commitment?: Quote;
  call?: CallTime;
  introduction: Introduction;
  asked?: Asked;
  /** The last status given; the programme keeps them all. */
  reported?: { week: string; at: number; report: StatusReport };
  /** The week for which they last told what the KPIs stand at. */
  readFor?: string;
  ended?: { at: number; reason: ParticipationEnd };
};

/** `until` is exclusive. */
export type Holiday = { from: number; until: number };

/** One person: every programme they take part in, joined into one nudge. The aggregate's id is the person's. */
export type PersonState = {
  zone: string;
  programmes: Readonly<Record<string, Participation>>;
  /** `since`: nudges that were due before are not made up for. */
  nudging: { status: 'on'; since: number } | { status: 'opted-out'; at: number };
  nudgeTime?: string;
  holiday?: Holiday;
  lastNudgeAt?: number;
  /** Since when they are no longer with the organisation (epoch milliseconds): nothing is sent to them any more. */
  leftAt?: number;
};

export const newPerson: PersonState = { zone: 'UTC', programmes: {}, nudging: { status: 'on', since: 0 } };

/** The person's part in a programme. The id may have come back forged from a card, so only own keys count. */
export function participationOf(state: PersonState, programmeId: string): Participation | undefined {
  return Object.hasOwn(state.programmes, programmeId) ? state.programmes[programmeId] : undefined;
}

/** Whether what was asked last was answered: a manager by a tap, somebody who only has the figures by these. */
export function isAnswered({ roles, asked, reported, readFor }: Participation): boolean {
  if (!asked) return false;
  return reported?.week === asked.week || (!roles.includes('manager') && readFor === asked.week);
}
