import { nextAllowed, type QuietHours, workingDaysLater } from './calendar.ts';
import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { ProgrammeCommand, ProgrammeContent, ProgrammeEvent } from './programme-event.ts';
import { pilotAskedAt } from './programme-plan.ts';
import type { EndedProgramme, ProgrammeState, RunningProgramme } from './programme-state.ts';

const dayMs = 24 * 3_600_000;
const weekMs = 7 * dayMs;
/** Four calls make a month that can be summed up, whatever the calendar says. */
const monthMs = 4 * weekMs;
/** Long enough to see a habit or not, short enough that somebody looks at it in the same quarter. */
const usualLengthMs = 12 * weekMs;
const longestMs = 78 * weekMs;
/** A nearer deadline is one for the training: nobody can see by it whether people do something else. */
const shortestMs = 4 * weekMs;
/** People answer the question at the end within a week, or not at all. */
const worthOpenMs = weekMs;
/** So few that a count would say who answered what. */
const fewestCounted = 3;

type Of<T extends ProgrammeCommand['type']> = Extract<ProgrammeCommand, { type: T }>;
type Timer = { key: string; dueAt: number };

/** Until when a programme runs that begins now (epoch milliseconds): until the brief's deadline (`endsAt`), where that is far enough ahead. */
export function endOf(endsAt: number | undefined, now: number): { endsAt: number; deadline?: number } {
  return isAnEnd(endsAt, now) ? { endsAt, deadline: endsAt } : { endsAt: now + usualLengthMs };
}

/** The end after a new deadline: only where it came from the one before, and where the new one leaves as much time as a programme needs. */
export function movedEnd({ deadline, startedAt }: RunningProgramme, endsAt: number | undefined, now: number): number | undefined {
  if (deadline === undefined || !isAnEnd(endsAt, startedAt) || endsAt <= now) return undefined;
  // The same day in another zone is no other deadline.
  return Math.abs(endsAt - deadline) < dayMs ? undefined : endsAt;
}

function isAnEnd(endsAt: number | undefined, startedAt: number): endsAt is number {
  return endsAt !== undefined && endsAt >= startedAt + shortestMs && endsAt <= startedAt + longestMs;
}

/** Those who lead a change: they decide how it goes on. */
export function leadsOf({ owner, requester, partners = [] }: ProgrammeContent): PersonId[] {
  return [owner, requester, ...partners].flatMap((personId) => personId ?? []);
}

/** Everybody whom a programme knows. */
export function everybodyIn(content: ProgrammeContent): PersonId[] {
  return [...new Set([...leadsOf(content), ...content.managers, ...(content.dataHolder ? [content.dataHolder] : [])])];
}

export function changeEnd(state: RunningProgramme, { by, endsAt }: Of<'ChangeEnd'>, now: number): ProgrammeEvent[] {
  if (!leadsOf(state.content).includes(by)) throw new DomainError('not_allowed', 'Those who lead the change decide until when it runs.');
  if (!(endsAt > now && endsAt <= now + longestMs)) throw new DomainError('not_open', 'A programme ends in the future and within a year and a half.');
  return endsAt === state.endsAt ? [] : [{ type: 'EndSet', at: now, endsAt, by }];
}

export function answerEscalation(state: RunningProgramme, { by, week, choice }: Of<'AnswerEscalation'>, now: number): ProgrammeEvent[] {
  if (!leadsOf(state.content).includes(by)) throw new DomainError('not_allowed', 'Those who lead the change decide how it goes on.');
  const raised = state.escalations.find((escalation) => escalation.week === week);
  if (!raised) throw new DomainError('unknown_target', 'Nobody was stuck in that week.');
  return raised.answered?.choice === choice ? [] : [{ type: 'EscalationAnswered', at: now, by, week, choice }];
}

/** What is due of itself besides the digest: nothing of it is said twice. */
export function paceDue(state: ProgrammeState, { key, quietHours }: Of<'PaceDue'>, now: number): ProgrammeEvent[] {
  const due = paceTimers(state, now, quietHours).find((timer) => timer.key === key && timer.dueAt <= now);
  if (!due) return [];
  if (state.status === 'running') return runningDue(state, key, now);
  return state.status === 'ended' && key === 'worth' ? [{ type: 'WorthTold', at: now }] : [];
}

function runningDue(state: RunningProgramme, key: string, now: number): ProgrammeEvent[] {
  if (key === 'end') return [{ type: 'ProgrammeEnded', at: now, reason: 'finished' }];
  if (key === 'month') return [{ type: 'MonthSummed', at: now, from: monthFrom(state) }];
  if (key === 'pilot') return askPilot(state, now);
  const missing = missingIn(state.content);
  return key === 'rhythm' && missing ? [{ type: 'RhythmMissed', at: now, missing }] : [];
}

/** When it has to be woken for them (epoch milliseconds), in working hours where the call takes place. */
export function paceTimers(state: ProgrammeState, now: number, quietHours: QuietHours): Timer[] {
  if (state.status === 'new') return [];
  const { zone } = state.content;
  const timer = (key: string, at: number): Timer => ({ key, dueAt: nextAllowed(Math.max(at, now), zone, quietHours) });
  if (state.status === 'ended') {
    const { worth } = state;
    return !worth || worth.toldAt !== undefined ? [] : [timer('worth', worth.askedAt + worthOpenMs)];
  }
  const month = monthFrom(state) + monthMs;
  // The close says what a summary shortly before it would.
  const beforeEnd = state.endsAt === undefined || month <= state.endsAt - weekMs;
  const pilot = pilotAskedAt(state);
  return [
    ...(pilot === undefined ? [] : [timer('pilot', pilot)]),
    ...(state.endsAt === undefined ? [] : [timer('end', state.endsAt)]),
    ...(beforeEnd ? [timer('month', month)] : []),
    // Names are often resolved on the first day.
    ...(missingIn(state.content) && !state.rhythmMissed ? [timer('rhythm', workingDaysLater(state.startedAt, 1, zone))] : []),
  ];
}

function askPilot({ content }: RunningProgramme, now: number): ProgrammeEvent[] {
  const { pilot } = content;
  return pilot ? [{ type: 'PilotAsked', at: now, group: pilot.group, ...(pilot.until && { until: pilot.until }) }] : [];
}

function missingIn({ managers, weeklyCall }: ProgrammeContent): 'managers' | 'call' | undefined {
  if (managers.length === 0) return 'managers';
  return weeklyCall?.weekday === undefined || weeklyCall.time === undefined ? 'call' : undefined;
}

function monthFrom({ months, startedAt }: RunningProgramme): number {
  return months?.at(-1)?.at ?? startedAt;
}

/** The one question at the end. Asked once, of those who took part. */
export function askWorth(state: ProgrammeState, { people }: Of<'AskWorth'>, now: number): ProgrammeEvent[] {
  if (state.status !== 'ended' || state.worth || people.length === 0) return [];
  return [{ type: 'WorthAsked', at: now, people: [...new Set(people)] }];
}

export function answerWorth(state: ProgrammeState, { by, worth, text }: Of<'AnswerWorth'>, now: number): ProgrammeEvent[] {
  const asked = state.status === 'ended' ? state.worth : undefined;
  if (!asked) throw new DomainError('not_open', 'Nobody is asked about this programme now.');
  if (!asked.people.includes(by)) throw new DomainError('not_allowed', 'Those who took part are asked what it was worth.');
  if (asked.toldAt !== undefined) throw new DomainError('outdated', 'The answers were summed up by now.');
  const earlier = asked.answers.find((answer) => answer.by === by);
  if (earlier?.worth === worth && !text) return [];
  const line = text ?? earlier?.text;
  const answered: ProgrammeEvent = { type: 'WorthAnswered', at: now, by, worth, ...(line && { text: line }) };
  const waiting = asked.people.filter((person) => person !== by && !asked.answers.some((answer) => answer.by === person));
  return waiting.length === 0 ? [answered, { type: 'WorthTold', at: now }] : [answered];
}

export type WorthCounts = { yes: number; partly: number; no: number };

/** How often what was answered; undefined while so few did that it would show who. */
export function worthCounts({ worth }: Pick<EndedProgramme, 'worth'>): WorthCounts | undefined {
  const answers = worth?.answers ?? [];
  if (answers.length < fewestCounted) return undefined;
  const count = (which: keyof WorthCounts) => answers.filter((answer) => answer.worth === which).length;
  return { yes: count('yes'), partly: count('partly'), no: count('no') };
}

/** An ended programme after one more event; what does not concern its end changes nothing. */
export function evolveEnded(state: EndedProgramme, event: ProgrammeEvent): EndedProgramme {
  const { worth } = state;
  if (event.type === 'WorthAsked') return { ...state, worth: { askedAt: event.at, people: event.people, answers: [] } };
  if (!worth) return state;
  if (event.type === 'WorthTold') return { ...state, worth: { ...worth, toldAt: event.at } };
  if (event.type !== 'WorthAnswered') return state;
  const { by, at, worth: said, text } = event;
  const others = worth.answers.filter((answer) => answer.by !== by);
  return { ...state, worth: { ...worth, answers: [...others, { by, at, worth: said, ...(text && { text }) }] } };
}
