import type { QuietHours } from './calendar.ts';
import type { ConversationRef, PersonId, Quote } from './conversation.ts';
import type { Phase } from './fitness-state.ts';
import type { Kpi, WeeklyTime } from './questions.ts';
import type { StatusReport } from './status-report.ts';

/** What one manager does every week, in the words of whoever said it. */
export type Commitment = { personId: PersonId; text: Quote };

/** Something besides training that has to change (METHOD §6), and who does it, where somebody is named. */
export type PlannedAction = { id: string; text: Quote; phase: Phase; owner?: PersonId };

/** The first group (METHOD §7). `endsAt` (epoch milliseconds) where the words say a day. */
export type ProgrammePilot = { group: Quote; outcome?: Quote; until?: Quote; endsAt?: number };

/** What a signed brief of one version gives a programme. `zone` (IANA) is where the call takes place when its time names no zone. */
export type ProgrammeContent = {
  alignmentId: string;
  version: number;
  conversation: ConversationRef;
  /** Who reads the digest, each in their own chat, where the brief stays among those who took part; absent: the thread. */
  readers?: readonly PersonId[];
  topic?: Quote;
  /** It starts with something else than the topic, as the brief says for all to read; `cause`: a known one. */
  focus?: { cause?: string };
  outcome: readonly Quote[];
  kpis: readonly Kpi[];
  commitments: readonly Commitment[];
  owner?: PersonId;
  managers: readonly PersonId[];
  /** Who has the figures, where the brief names somebody; asked for a reading each week. */
  dataHolder?: PersonId;
  /** Who asked for the change and who accompanies it; absent in programmes of before this was kept. */
  requester?: PersonId;
  partners?: readonly PersonId[];
  weeklyCall?: WeeklyTime;
  /** Absent in programmes of before they were kept. */
  actions?: readonly PlannedAction[];
  pilot?: ProgrammePilot;
  zone: string;
};

/** What a KPI (kpiKey) stood at, as somebody who knows reported it for a week; `text`: their own words, with the figure. */
export type Reading = { kpi: string; value: number; unit?: string; text: Quote; week: string };

/** The answer to the one question at the end (METHOD §7). */
export type Worth = 'yes' | 'partly' | 'no';

/** What those who lead do when somebody is stuck. */
export type EscalationChoice = 'help' | 'replan' | 'stop';

/** What those who lead do after the first group. */
export type PilotChoice = 'widen' | 'change' | 'stop';

export type EndReason = 'alignment-closed' | 'stopped' | 'finished';

/** `week` is the ISO week of a call (calendar.ts, weekOf). */
export type ProgrammeCommand =
  /** `endsAt`: the brief's deadline (epoch milliseconds). Later it only counts where it is another one, and nobody has chosen the end since. */
  | { type: 'StartProgramme'; id: string; content: ProgrammeContent; endsAt?: number }
  /** A new brief version, or the same one after a name in it was resolved. */
  | { type: 'UpdateProgramme'; content: ProgrammeContent }
  | ({ type: 'RecordStatus'; manager: PersonId; week: string } & StatusReport)
  | ({ type: 'RecordReading'; by: PersonId } & Reading)
  | { type: 'ChangeEnd'; by: PersonId; endsAt: number }
  | { type: 'AnswerEscalation'; by: PersonId; week: string; choice: EscalationChoice }
  /** Did the first group reach its outcome, and what follows from it? */
  | { type: 'AnswerPilot'; by: PersonId; choice: PilotChoice }
  /** What became of something besides training; `open` takes back what was said. */
  | { type: 'SettleAction'; by: PersonId; action: string; outcome: 'done' | 'dropped' | 'open' }
  /** Nobody of those named is asked any more: all declined, opted out or left. */
  | { type: 'NoteNobodyAsked' }
  | { type: 'DigestDue'; quietHours: QuietHours }
  /** Who could say something before that week's call: those who were asked. */
  | { type: 'NoteAsked'; week: string; people: readonly PersonId[] }
  /** A timer of programme-pace.ts: the end, the first group's, the summary of a month, a rhythm that is missing, the answers at the end. */
  | { type: 'PaceDue'; key: string; quietHours: QuietHours }
  | { type: 'AskWorth'; people: readonly PersonId[] }
  | { type: 'AnswerWorth'; by: PersonId; worth: Worth; text?: Quote }
  /** Somebody has the weekly call in their calendar now. */
  | { type: 'GiveCalendar'; by: PersonId }
  | { type: 'EndProgramme'; reason: EndReason };

type At = { at: number };

/** What happened to a programme. Events are kept for good: a change of shape needs a new type. */
export type ProgrammeEvent =
  | ({ type: 'ProgrammeStarted'; id: string; content: ProgrammeContent } & At)
  | ({ type: 'ProgrammeUpdated'; content: ProgrammeContent } & At)
  /** `late`: the digest of that week was posted before. */
  | ({ type: 'StatusRecorded'; manager: PersonId; week: string; report: StatusReport; late: boolean } & At)
  /** `late`: the digest of that week was posted before. */
  | ({ type: 'KpiRead'; by: PersonId; late: boolean } & Reading & At)
  /** Until when the programme runs; `by` is absent where it follows from the brief, whose `deadline` (epoch milliseconds) it was then, where that names a day. */
  | ({ type: 'EndSet'; endsAt: number; by?: PersonId; deadline?: number } & At)
  /** Posted after `callAt` when Plumb was down before the call. */
  | ({ type: 'DigestPosted'; week: string; callAt: number } & At)
  | ({ type: 'AskedNoted'; week: string; people: readonly PersonId[] } & At)
  /** "No progress" twice in a row: the owner, where one is known, gets the choice to help, re-plan or stop. */
  | ({ type: 'EscalationRaised'; week: string; managers: readonly PersonId[]; owner?: PersonId } & At)
  | ({ type: 'EscalationAnswered'; week: string; by: PersonId; choice: EscalationChoice } & At)
  /** No digest can come: nobody is named who would report, or the call has no time. Told once. */
  | ({ type: 'RhythmMissed'; missing: 'managers' | 'call' } & At)
  /** `group` and `until` tell which first group it was about. */
  | ({ type: 'PilotAsked'; group: Quote; until?: Quote } & At)
  | ({ type: 'PilotAnswered'; by: PersonId; choice: PilotChoice } & At)
  | ({ type: 'ActionSettled'; by: PersonId; action: string; outcome: 'done' | 'dropped' | 'open' } & At)
  /** Whoever leads is told once for those who are named. */
  | ({ type: 'NobodyAskedNoted'; managers: readonly PersonId[] } & At)
  | ({ type: 'MonthSummed'; from: number } & At)
  | ({ type: 'WorthAsked'; people: readonly PersonId[] } & At)
  | ({ type: 'WorthAnswered'; by: PersonId; worth: Worth; text?: Quote } & At)
  | ({ type: 'WorthTold' } & At)
  /** `version`: that of the call (call-version.ts) in the file that they got. */
  | ({ type: 'CalendarGiven'; by: PersonId; version: number } & At)
  | ({ type: 'ProgrammeEnded'; reason: EndReason } & At);
