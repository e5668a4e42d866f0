import type { PersonId } from './conversation.ts';
import type { EndReason, ProgrammeContent, Reading } from './programme-event.ts';
import type { StatusReport } from './status-report.ts';

export type RecordedStatus = { manager: PersonId; week: string; at: number; report: StatusReport };
export type KpiReading = Reading & { by: PersonId; at: number };
export type PostedDigest = { week: string; callAt: number; at: number };
export type Escalation = { week: string; managers: readonly PersonId[]; at: number };

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
  digests: readonly PostedDigest[];
  escalations: readonly Escalation[];
};

/** What runs after sign-off: one aggregate for each aligned alignment. The tenant is the conversation's. */
export type ProgrammeState = { status: 'new' } | ({ status: 'running' } & Core) | ({ status: 'ended'; endedAt: number; reason: EndReason } & Core);
export type StartedProgramme = Exclude<ProgrammeState, { status: 'new' }>;
export type RunningProgramme = Extract<ProgrammeState, { status: 'running' }>;
export const newProgramme: ProgrammeState = { status: 'new' };
