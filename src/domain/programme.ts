import { type CallTime, callOccurrences, callTimeOf, nextAllowed, nextCall, previousCall, type QuietHours, weekOf } from './calendar.ts';
import { callVersion } from './call-version.ts';
import { newlyStuck } from './digest.ts';
import { DomainError } from './errors.ts';
import { kpiKey } from './kpis.ts';
import type { ProgrammeCommand, ProgrammeContent, ProgrammeEvent } from './programme-event.ts';
import { answerEscalation, answerWorth, askWorth, changeEnd, endOf, everybodyIn, evolveEnded, movedEnd, paceDue, paceTimers } from './programme-pace.ts';
import { answerPilot, settleAction } from './programme-settle.ts';
import type { ProgrammeState, RunningProgramme } from './programme-state.ts';
import { takeReport } from './status-report.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A call takes an hour at most; people are back at their desks then. */
const afterCallMs = 2 * hourMs;
/** The digest is in the thread an hour before the call, so that people can read it (issue A). */
const digestLeadMs = hourMs;
/** A digest whose call went by while Plumb was down is still posted for so long: it is of use until the next nudge. */
const catchUpMs = 4 * 24 * hourMs;

/** What happened because of `command` at `now` (epoch milliseconds). Throws DomainError when the programme is not running or the week is not open. */
export function decideProgramme(state: ProgrammeState, command: ProgrammeCommand, now: number): ProgrammeEvent[] {
  switch (command.type) {
    case 'StartProgramme':
      return state.status === 'new' ? start(command, now) : [...update(state, command.content, now), ...endSince(state, command, now)];
    case 'UpdateProgramme':
      return update(state, command.content, now);
    case 'RecordStatus':
      return recordStatus(state, command, now);
    case 'RecordReading':
      return recordReading(state, command, now);
    case 'ChangeEnd':
      return changeEnd(runningOnly(state), command, now);
    case 'AnswerEscalation':
      return answerEscalation(runningOnly(state), command, now);
    case 'AnswerPilot':
      return answerPilot(runningOnly(state), command, now);
    case 'SettleAction':
      return settleAction(runningOnly(state), command, now);
    case 'NoteNobodyAsked': {
      if (state.status !== 'running') return [];
      const { managers } = state.content;
      return samePeople(state.nobodyAsked?.managers, managers) ? [] : [{ type: 'NobodyAskedNoted', at: now, managers }];
    }
    case 'PaceDue':
      return paceDue(state, command, now);
    case 'NoteAsked': {
      const posted = state.status === 'running' && state.digests.some(({ week, asked }) => week === command.week && !asked);
      return posted ? [{ type: 'AskedNoted', at: now, week: command.week, people: command.people }] : [];
    }
    case 'AskWorth':
      return askWorth(state, command, now);
    case 'AnswerWorth':
      return answerWorth(state, command, now);
    case 'DigestDue':
      return postDigest(state, command.quietHours, now);
    case 'GiveCalendar': {
      if (state.status !== 'running' || state.calendars?.[command.by] === callVersion(state)) return [];
      return [{ type: 'CalendarGiven', at: now, by: command.by, version: callVersion(state) }];
    }
    case 'EndProgramme':
      if (state.status === 'ended') return [];
      runningOnly(state);
      return [{ type: 'ProgrammeEnded', at: now, reason: command.reason }];
    default:
      return command satisfies never;
  }
}

export function evolveProgramme(state: ProgrammeState, event: ProgrammeEvent): ProgrammeState {
  if (event.type === 'ProgrammeStarted') {
    const { id, content, at } = event;
    return { status: 'running', id, content, startedAt: at, rhythmSince: at, statuses: [], readings: [], digests: [], escalations: [] };
  }
  if (state.status === 'ended') return evolveEnded(state, event);
  if (state.status !== 'running') return state;
  switch (event.type) {
    case 'ProgrammeUpdated':
      return { ...state, content: event.content, rhythmSince: sameCall(state.content, event.content) ? state.rhythmSince : event.at };
    case 'StatusRecorded': {
      const others = state.statuses.filter((status) => status.manager !== event.manager || status.week !== event.week);
      return { ...state, statuses: [...others, { manager: event.manager, week: event.week, at: event.at, report: event.report }] };
    }
    case 'KpiRead': {
      const { kpi, value, unit, text, week, by, at } = event;
      const others = state.readings.filter((reading) => reading.kpi !== kpi || reading.week !== week);
      return { ...state, readings: [...others, { kpi, value, ...(unit !== undefined && { unit }), text, week, by, at }] };
    }
    case 'EndSet': {
      const { deadline: _before, ...rest } = state;
      return { ...rest, endsAt: event.endsAt, ...(event.deadline !== undefined && { deadline: event.deadline }) };
    }
    case 'CalendarGiven':
      return { ...state, calendars: { ...state.calendars, [event.by]: event.version } };
    case 'DigestPosted':
      return { ...state, digests: [...state.digests, { week: event.week, callAt: event.callAt, at: event.at }] };
    case 'AskedNoted':
      return { ...state, digests: state.digests.map((digest) => (digest.week === event.week ? { ...digest, asked: event.people } : digest)) };
    case 'EscalationRaised':
      return { ...state, escalations: [...state.escalations, { week: event.week, managers: event.managers, at: event.at }] };
    case 'EscalationAnswered': {
      const { by, at, choice, week } = event;
      return { ...state, escalations: state.escalations.map((raised) => (raised.week === week ? { ...raised, answered: { by, at, choice } } : raised)) };
    }
    case 'PilotAsked': {
      const { at, group, until } = event;
      return { ...state, pilot: { at, group, ...(until && { until }) } };
    }
    case 'PilotAnswered':
      return state.pilot ? { ...state, pilot: { ...state.pilot, answered: { by: event.by, at: event.at, choice: event.choice } } } : state;
    case 'ActionSettled': {
      const { action, by, at, outcome } = event;
      const others = (state.settled ?? []).filter((settled) => settled.action !== action);
      return { ...state, settled: outcome === 'open' ? others : [...others, { action, by, at, outcome }] };
    }
    case 'NobodyAskedNoted':
      return { ...state, nobodyAsked: { at: event.at, managers: event.managers } };
    case 'RhythmMissed':
      return { ...state, rhythmMissed: { at: event.at, missing: event.missing } };
    case 'MonthSummed':
      return { ...state, months: [...(state.months ?? []), { at: event.at, from: event.from }] };
    case 'ProgrammeEnded':
      return { ...state, status: 'ended', endedAt: event.at, reason: event.reason };
    case 'WorthAsked':
    case 'WorthAnswered':
    case 'WorthTold':
      return state;
    default:
      return event satisfies never;
  }
}

/** When the programme has to be woken (epoch milliseconds): before its next call, or now when a digest was missed (none while no call time or no manager is known), and for what programme-pace.ts says. */
export function programmeTimers(state: ProgrammeState, now: number, quietHours: QuietHours): { key: string; dueAt: number }[] {
  const digest = state.status === 'running' ? nextDigest(state, now, quietHours) : undefined;
  return [...(digest ? [{ key: 'digest', dueAt: digest.dueAt }] : []), ...paceTimers(state, now, quietHours)];
}

/** The weekly call as far as the brief fixes it. */
export function callOf(content: ProgrammeContent): CallTime | undefined {
  return callTimeOf(content.weeklyCall, content.zone);
}

function start({ id, content, endsAt }: Extract<ProgrammeCommand, { type: 'StartProgramme' }>, now: number): ProgrammeEvent[] {
  return [{ type: 'ProgrammeStarted', at: now, id, content }, setEnd(content, endOf(endsAt, now), now)];
}

/** Programmes began without an end once; later a new deadline moves the end that came from the one before. */
function endSince(state: ProgrammeState, { content, endsAt }: Extract<ProgrammeCommand, { type: 'StartProgramme' }>, now: number): ProgrammeEvent[] {
  const running = runningOnly(state);
  if (running.endsAt === undefined) return [setEnd(content, endOf(endsAt, now), now)];
  const moved = movedEnd(running, endsAt, now);
  return moved === undefined ? [] : [setEnd(content, { endsAt: moved, deadline: moved }, now)];
}

function setEnd(content: ProgrammeContent, { endsAt, deadline }: ReturnType<typeof endOf>, now: number): ProgrammeEvent {
  return { type: 'EndSet', at: now, endsAt: afterItsCall(content, endsAt), ...(deadline !== undefined && { deadline }) };
}

/** The last week is whole: its call was held, and somebody could still say how it went. */
function afterItsCall(content: ProgrammeContent, endsAt: number): number {
  const call = callOf(content);
  return call ? nextCall(call, endsAt - dayMs) + afterCallMs : endsAt;
}

function update(state: ProgrammeState, content: ProgrammeContent, now: number): ProgrammeEvent[] {
  const running = runningOnly(state);
  const nothingNew = content.version < running.content.version || JSON.stringify(content) === JSON.stringify(running.content);
  return nothingNew ? [] : [{ type: 'ProgrammeUpdated', at: now, content }];
}

function recordStatus(state: ProgrammeState, command: Extract<ProgrammeCommand, { type: 'RecordStatus' }>, now: number): ProgrammeEvent[] {
  const running = runningOnly(state);
  const { manager, week, status, note, win } = command;
  if (!running.content.managers.includes(manager)) throw new DomainError('not_allowed', 'Only the managers of this programme say how a week went.');
  requireOpenWeek(running, week, now);
  const earlier = running.statuses.find((recorded) => recorded.manager === manager && recorded.week === week)?.report;
  const report = takeReport(earlier, { status, ...(note && { note }), ...(win && { win }) });
  if (!report) return [];
  const late = running.digests.some((digest) => digest.week === week);
  const recorded = { type: 'StatusRecorded', at: now, manager, week, report, late } as const;
  return [recorded, ...(late ? stuckAfterwards(running, recorded, now) : [])];
}

/** A second "no progress" after the digest is no less one: whoever leads is told then, once for a week. */
function stuckAfterwards(state: RunningProgramme, recorded: Extract<ProgrammeEvent, { type: 'StatusRecorded' }>, now: number): ProgrammeEvent[] {
  const { manager, week } = recorded;
  const next = evolveProgramme(state, recorded);
  const isTold = state.escalations.some((escalation) => escalation.week === week);
  if (isTold || next.status !== 'running' || !newlyStuck(next, week).includes(manager)) return [];
  const { owner } = state.content;
  return [{ type: 'EscalationRaised', at: now, week, managers: [manager], ...(owner !== undefined && { owner }) }];
}

function recordReading(state: ProgrammeState, command: Extract<ProgrammeCommand, { type: 'RecordReading' }>, now: number): ProgrammeEvent[] {
  const running = runningOnly(state);
  const { by, kpi, value, unit, text, week } = command;
  if (!everybodyIn(running.content).includes(by)) throw new DomainError('not_allowed', 'Only people of this programme report what a KPI stands at.');
  if (!Number.isFinite(value)) throw new DomainError('not_allowed', 'A reading is a figure, such as 4 or 12.5.');
  if (!running.content.kpis.some((each) => kpiKey(each) === kpi))
    throw new DomainError('unknown_target', 'The brief has no such KPI any more; take one of the latest.');
  requireOpenWeek(running, week, now);
  const earlier = running.readings.find((reading) => reading.kpi === kpi && reading.week === week);
  if (earlier?.value === value && earlier.unit === unit && earlier.by === by) return [];
  const late = running.digests.some((digest) => digest.week === week);
  return [{ type: 'KpiRead', at: now, by, kpi, value, ...(unit !== undefined && { unit }), text, week, late }];
}

/** Open are the week of the last call, for those who answer late, and that of the next. */
function requireOpenWeek(state: RunningProgramme, week: string, now: number): void {
  const call = callOf(state.content);
  if (!call) throw new DomainError('not_open', 'The weekly call has no time yet, so there is no week to report on.');
  if (week < weekOf(previousCall(call, now), call.timeZone))
    throw new DomainError('outdated', `The call of ${week} is long over; answer for this week instead.`);
  if (week > weekOf(nextCall(call, now), call.timeZone))
    throw new DomainError('unknown_target', `There is no call in ${week} yet; answer for this week instead.`);
}

function postDigest(state: ProgrammeState, quietHours: QuietHours, now: number): ProgrammeEvent[] {
  // A timer may come after the end, or twice: then nothing is due.
  if (state.status !== 'running') return [];
  const digest = nextDigest(state, now, quietHours);
  if (!digest || digest.dueAt > now) return [];
  const { week, callAt } = digest;
  const managers = newlyStuck(state, week);
  const owner = state.content.owner;
  const posted: ProgrammeEvent = { type: 'DigestPosted', at: now, week, callAt };
  return managers.length === 0 ? [posted] : [posted, { type: 'EscalationRaised', at: now, week, managers, ...(owner !== undefined && { owner }) }];
}

/** The first call whose digest is still to be posted. Of calls that went by only the last counts, so a stop of several days catches up once. */
function nextDigest(state: RunningProgramme, now: number, quietHours: QuietHours): { week: string; callAt: number; dueAt: number } | undefined {
  const call = callOf(state.content);
  if (!call || state.content.managers.length === 0) return undefined;
  const last = previousCall(call, now);
  // What comes too late for its call no longer hurries: it waits for a working hour where the call takes place.
  const late = nextAllowed(now, call.timeZone, quietHours);
  const missed = late - last <= catchUpMs ? [{ callAt: last, dueAt: late }] : [];
  const ahead = callOccurrences(call, now, 3).map((callAt) => ({ callAt, dueAt: callAt - digestLeadMs }));
  const posted = state.digests.at(-1)?.week ?? '';
  return [...missed, ...ahead]
    .map((digest) => ({ ...digest, week: weekOf(digest.callAt, call.timeZone) }))
    .find(({ callAt, week }) => callAt - digestLeadMs >= state.rhythmSince && week > posted);
}

function runningOnly(state: ProgrammeState): RunningProgramme {
  if (state.status === 'running') return state;
  throw new DomainError('not_open', state.status === 'ended' ? 'This programme has ended.' : 'This programme has not started: sign the brief first.');
}

function sameCall(one: ProgrammeContent, other: ProgrammeContent): boolean {
  return JSON.stringify(callOf(one)) === JSON.stringify(callOf(other));
}

function samePeople(one: readonly string[] | undefined, other: readonly string[]): boolean {
  return one?.length === other.length && other.every((personId) => one.includes(personId));
}
