import { callsAfter, localDay, nextAllowed, nextWorkingDayAt, nudgeDueAt, weekOf } from './calendar.ts';
import type { Standing } from './digest.ts';
import type { NudgeAbout, NudgeSettings } from './nudge-event.ts';
import { isAnswered, type Participation, type PersonState, participationOf } from './nudge-state.ts';

const hourMs = 3_600_000;
/** Two nudges never come within the same hour, even when a call moved (issue F). */
const gapMs = hourMs;
/** A snoozed nudge comes back at least this long before the call: an hour before the digest. */
const snoozeLeadMs = 2 * hourMs;
const laterTodayMs = 3 * hourMs;

export type PlannedNudge = { dueAt: number; about: readonly NudgeAbout[] };
type Candidate = NudgeAbout & { dueAt: number };

/** The next nudge, with every programme whose nudge falls on the same local day. `dueAt` is never in quiet hours, on a weekend or before `now`, unless it was due and may be sent now. */
export function nextNudge(state: PersonState, settings: NudgeSettings, now: number): PlannedNudge | undefined {
  const candidates = Object.keys(state.programmes).flatMap((programmeId) => nextOfProgramme(state, programmeId, settings, now) ?? []);
  if (candidates.length === 0) return undefined;
  const dueAt = Math.min(...candidates.map((candidate) => candidate.dueAt));
  const day = localDay(dueAt, state.zone);
  const joined = candidates.filter((candidate) => localDay(candidate.dueAt, state.zone) === day);
  return { dueAt, about: joined.map(({ programmeId, week, callAt, again }) => ({ programmeId, week, callAt, again })) };
}

/** Whether this programme asks the person at all: accepted as a manager or for the figures, running, not opted out, still there. */
function isNudged(state: PersonState, { ended, introduction, roles }: Participation): boolean {
  const takesPart = !ended && introduction.status === 'accepted' && (roles.includes('manager') || roles.includes('data'));
  return takesPart && state.nudging.status === 'on' && state.leftAt === undefined;
}

/** Whether this person gets the weekly question of this programme. */
export function isAskedBy(state: PersonState, programmeId: string): boolean {
  const participation = participationOf(state, programmeId);
  return participation !== undefined && isNudged(state, participation);
}

function nextOfProgramme(state: PersonState, programmeId: string, settings: NudgeSettings, now: number): Candidate | undefined {
  const participation = participationOf(state, programmeId);
  if (!participation || !isNudged(state, participation)) return undefined;
  const notBefore = Math.max(now, (state.lastNudgeAt ?? 0) + gapMs);
  for (const { due, ...about } of possibleNudges(state, participation, settings, now)) {
    // What was missed, or snoozed before its person moved to another zone, comes at the next allowed moment, or not at all once its call has begun.
    const dueAt = nextAllowed(Math.max(due, notBefore), state.zone, settings.quietHours);
    if (dueAt < about.callAt && !isAway(state, due) && !isAway(state, dueAt)) return { programmeId, dueAt, ...about };
  }
  return undefined;
}

type Possible = { due: number; week: string; callAt: number; again: boolean };

/** Earliest first, worked out only as far as they are looked at. */
function* possibleNudges(state: PersonState, participation: Participation, settings: NudgeSettings, now: number): Generator<Possible> {
  const { asked } = participation;
  if (asked?.snoozedUntil !== undefined && asked.callAt > now && !isAnswered(participation)) {
    yield { due: asked.snoozedUntil, week: asked.week, callAt: asked.callAt, again: true };
  }
  yield* coming(state, participation, settings, now);
}

/** The calls ahead for which a nudge falls due while the person takes part: not before they accepted or opted in again. */
function* coming(state: PersonState, { call, introduction, asked }: Participation, settings: NudgeSettings, now: number): Generator<Possible> {
  if (!call || introduction.status !== 'accepted' || state.nudging.status !== 'on') return;
  const since = Math.max(introduction.acceptedAt, state.nudging.since);
  // One call may be asked for already, one have been due before the person took part, one fall into the end of a holiday: the fourth never does.
  for (const from of lookingFrom(state, now)) {
    for (const callAt of callsAfter(call, from).take(4)) {
      const week = weekOf(callAt, call.timeZone);
      const due = nudgeDue(state, callAt, settings);
      if (due >= since && week > (asked?.week ?? '')) yield { due, week, callAt, again: false };
    }
  }
}

/** A holiday is skipped as a whole: the calls in it would be looked at for nothing. Of one that is still to come, what lies before it counts, too. */
function lookingFrom({ holiday }: PersonState, now: number): number[] {
  if (!holiday || holiday.until <= now || holiday.until <= holiday.from) return [now];
  return holiday.from > now ? [now, holiday.until] : [holiday.until];
}

function nudgeDue(state: PersonState, callAt: number, settings: NudgeSettings): number {
  return nudgeDueAt(callAt, state.zone, state.nudgeTime ?? settings.nudgeTime, settings.quietHours);
}

function isAway({ holiday }: PersonState, at: number): boolean {
  return holiday !== undefined && at >= holiday.from && at < holiday.until;
}

/** Programmes that were asked for and not answered, with their call still ahead: what a snooze moves. */
export function unanswered(state: PersonState, now: number): string[] {
  return Object.entries(state.programmes)
    .filter(([, participation]) => isNudged(state, participation))
    .filter(([, participation]) => participation.asked !== undefined && participation.asked.callAt > now && !isAnswered(participation))
    .map(([programmeId]) => programmeId);
}

/**
 * When a snoozed nudge comes back: on the next working day at the nudge time; where the call is too early for that, two hours before the call; otherwise
 * later the same day. Undefined when none of these is allowed any more.
 */
export function snoozeUntil(state: PersonState, programmeIds: readonly string[], settings: NudgeSettings, now: number): number | undefined {
  const calls = programmeIds.flatMap((programmeId) => participationOf(state, programmeId)?.asked?.callAt ?? []);
  const latest = Math.min(...calls) - snoozeLeadMs;
  const tomorrow = nextWorkingDayAt(now, state.zone, state.nudgeTime ?? settings.nudgeTime, settings.quietHours);
  return [tomorrow, latest, now + laterTodayMs].find(
    (moment) => moment <= latest && moment >= now + gapMs && nextAllowed(moment, state.zone, settings.quietHours) === moment,
  );
}

/** How somebody stands to one call of a programme: for the digest's line when they said nothing. */
export function standingOf(
  state: PersonState | undefined,
  programmeId: string,
  call: { week: string; callAt: number },
  settings: NudgeSettings,
  now: number,
): Standing {
  const participation = state && participationOf(state, programmeId);
  if (!state || !participation) return 'not-accepted-yet';
  if (state.leftAt !== undefined) return 'left';
  if (participation.introduction.status === 'declined') return 'declined';
  if (participation.introduction.status !== 'accepted') return 'not-accepted-yet';
  if (state.nudging.status === 'opted-out') return 'opted-out';
  if (isAway(state, now)) return 'on-holiday';
  if (participation.asked?.week === call.week) return 'asked';
  return isAway(state, nudgeDue(state, call.callAt, settings)) ? 'on-holiday' : 'not-asked';
}
