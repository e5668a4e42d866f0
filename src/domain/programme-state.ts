import type { PersonId, Quote } from './conversation.ts';
import type { EndReason, EscalationChoice, PilotChoice, ProgrammeContent, Reading, Worth } from './programme-event.ts';
import type { StatusReport } from './status-report.ts';

export type RecordedStatus = { manager: PersonId; week: string; at: number; report: StatusReport };
export type KpiReading = Reading & { by: PersonId; at: number };
/** `asked`: who could say something before that call; absent in digests of before this was kept. */
export type PostedDigest = { week: string; callAt: number; at: number; asked?: readonly PersonId[] };
export type Escalation = { week: string; managers: readonly PersonId[]; at: number; answered?: { by: PersonId; at: number; choice: EscalationChoice } };
export type AskedPilot = { at: number; group: Quote; until?: Quote; answered?: { by: PersonId; at: number; choice: PilotChoice } };
export type SettledAction = { action: string; by: PersonId; at: number; outcome: 'done' | 'dropped' };
/** What people say at the end. `toldAt`: since when it is summed up, and no more answers are taken. */
export type WorthAsked = {
  askedAt: number;
  people: readonly PersonId[];
  answers: readonly { by: PersonId; at: number; worth: Worth; text?: Quote }[];
  toldAt?: number;
};

type Core = {
  id: string;
  content: ProgrammeContent;
  startedAt: number;
  /** Since when the present call time holds: digests that would have been due before are not made up for. */
  rhythmSince: number;
  /** One for each manager and week, oldest first. */
  statuses: readonly RecordedStatus[];
  /** One for each KPI and week, oldest first. */
  readings: readonly KpiReading[];
  /** Until when it runs (epoch milliseconds); absent in programmes that began before there was an end. */
  endsAt?: number;
  /** The brief's deadline that the end comes from (epoch milliseconds); absent where it has another reason. */
  deadline?: number;
  digests: readonly PostedDigest[];
  /** Who has the weekly call in their calendar, and which version of it (call-version.ts). */
  calendars?: Readonly<Record<PersonId, number>>;
  escalations: readonly Escalation[];
  /** Summaries for those who lead; absent before the first. */
  months?: readonly { at: number; from: number }[];
  /** What whoever leads was asked about the first group last. */
  pilot?: AskedPilot;
  /** What became of what else must change: the last word on each. */
  settled?: readonly SettledAction[];
  /** Since when nobody of these managers is asked any more. */
  nobodyAsked?: { at: number; managers: readonly PersonId[] };
  rhythmMissed?: { at: number; missing: 'managers' | 'call' };
};

/** What runs after sign-off: one aggregate for each aligned alignment. The tenant is the conversation's. */
export type ProgrammeState =
  | { status: 'new' }
  | ({ status: 'running' } & Core)
  | ({ status: 'ended'; endedAt: number; reason: EndReason; worth?: WorthAsked } & Core);
export type StartedProgramme = Exclude<ProgrammeState, { status: 'new' }>;
export type RunningProgramme = Extract<ProgrammeState, { status: 'running' }>;
export type EndedProgramme = Extract<ProgrammeState, { status: 'ended' }>;
export const newProgramme: ProgrammeState = { status: 'new' };
