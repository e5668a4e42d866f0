import type { CallTime, QuietHours } from './calendar.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { StatusReport } from './status-report.ts';

/** `data`: has the figures of the KPIs and is asked for them each week. */
export type ProgrammeRole = 'owner' | 'manager' | 'data';

/** What an installation sets; a person's own nudge time goes before `nudgeTime` (HH:MM, local). */
export type NudgeSettings = { quietHours: QuietHours; nudgeTime: string };

/** Why somebody gets no more nudges of a programme: it ended for all, or a newer brief no longer names them. */
export type ParticipationEnd = 'programme-ended' | 'no-longer-named';

/** What somebody is told when they are introduced: who named them as what, and what was said they would do. */
export type IntroductionFacts = { programmeId: string; roles: readonly ProgrammeRole[]; namedBy: PersonId; commitment?: Quote; call?: CallTime; zone: string };

/** One programme in a nudge. `again`: it was asked for before and snoozed. */
export type NudgeAbout = { programmeId: string; week: string; callAt: number; again: boolean };

type Of = { programmeId: string };

/** Everything that can be asked of one person's nudges. Who acts is that person: the app checks it, the aggregate's id is their id. */
export type PersonCommand =
  | ({ type: 'IntroducePerson' } & IntroductionFacts)
  | ({ type: 'AcceptIntroduction' } & Of)
  | ({ type: 'CorrectIntroduction'; correction: Quote } & Of)
  | ({ type: 'DeclineIntroduction' } & Of)
  /** The weekly call has another time, or none any more. */
  | ({ type: 'ChangeCall'; call?: CallTime } & Of)
  | ({ type: 'EndParticipation'; reason: ParticipationEnd } & Of)
  | { type: 'ChangeZone'; zone: string }
  | { type: 'NudgeDue'; settings: NudgeSettings }
  | ({ type: 'GiveStatus'; week: string } & StatusReport & Of)
  /** What the KPIs stand at was told; the figures themselves are the programme's. */
  | ({ type: 'GiveReading'; week: string } & Of)
  /** The directory says that this person has left the organisation, or that they are back. */
  | { type: 'NotePresence'; left: boolean }
  | { type: 'SnoozeNudge'; settings: NudgeSettings }
  | { type: 'SetNudgeTime'; time: string }
  /** No nudges until then (epoch milliseconds, exclusive); absent `from`: from now on. */
  | { type: 'TakeHoliday'; from?: number; until: number }
  | { type: 'EndHoliday' }
  | { type: 'OptOut' }
  | { type: 'OptIn' };

type At = { at: number };

/** What happened to one person's nudges. Events are kept for good: a change of shape needs a new type. */
export type PersonEvent =
  /** Told privately, for the first time or because a role came to it; whatever was accepted before is asked again. */
  | ({ type: 'PersonIntroduced' } & IntroductionFacts & At)
  | ({ type: 'IntroductionAccepted' } & Of & At)
  | ({ type: 'IntroductionCorrected'; correction: Quote } & Of & At)
  | ({ type: 'IntroductionDeclined' } & Of & At)
  /** A newer brief says something else about what an accepted person does: they are told and stay in. */
  | ({ type: 'CommitmentChanged'; commitment?: Quote } & Of & At)
  | ({ type: 'CallChanged'; call?: CallTime } & Of & At)
  | ({ type: 'ParticipationEnded'; reason: ParticipationEnd } & Of & At)
  | ({ type: 'ZoneChanged'; zone: string } & At)
  | ({ type: 'NudgeSent'; about: readonly NudgeAbout[] } & At)
  | ({ type: 'StatusGiven'; week: string; report: StatusReport } & Of & At)
  | ({ type: 'ReadingGiven'; week: string } & Of & At)
  | ({ type: 'PersonLeft' } & At)
  | ({ type: 'PersonReturned' } & At)
  | ({ type: 'NudgeSnoozed'; until: number; programmeIds: readonly string[] } & At)
  | ({ type: 'NudgeTimeSet'; time: string } & At)
  | ({ type: 'HolidayTaken'; until: number } & At)
  /** One that is still to come. */
  | ({ type: 'HolidayPlanned'; from: number; until: number } & At)
  | ({ type: 'HolidayEnded' } & At)
  | ({ type: 'OptedOut' } & At)
  | ({ type: 'OptedIn' } & At);
