import { type CallTime, isClockTime, isTimeZone } from './calendar.ts';
import { DomainError } from './errors.ts';
import type { IntroductionFacts, NudgeSettings, PersonCommand, PersonEvent } from './nudge-event.ts';
import { nextNudge, snoozeUntil, unanswered } from './nudge-plan.ts';
import { type Participation, type PersonState, participationOf } from './nudge-state.ts';
import { sameQuote, takeReport } from './status-report.ts';

const dayMs = 24 * 3_600_000;
/** Longer absences are an opt-out; this also keeps impossible dates out. */
const longestHolidayMs = 366 * dayMs;
/** A status counts for the last nudge until the next call. */
const weekMs = 7 * dayMs;

/** What happened because of `command` at `now` (epoch milliseconds). Throws DomainError when the command is not allowed or comes too late. */
export function decideNudges(state: PersonState, command: PersonCommand, now: number): PersonEvent[] {
  switch (command.type) {
    case 'IntroducePerson':
      return introduce(state, command, now);
    case 'AcceptIntroduction':
    case 'CorrectIntroduction':
    case 'DeclineIntroduction':
      return answerIntroduction(state, command, now);
    case 'ChangeCall':
      return changeCall(state, command.programmeId, command.call, now);
    case 'EndParticipation': {
      const { programmeId, reason } = command;
      const participation = participationOf(state, programmeId);
      const over = !participation || participation.ended?.reason === 'programme-ended' || participation.ended?.reason === reason;
      return over ? [] : [{ type: 'ParticipationEnded', at: now, programmeId, reason }];
    }
    case 'GiveStatus':
      return giveStatus(state, command, now);
    case 'GiveReading':
      return giveReading(state, command, now);
    case 'NotePresence':
      if (command.left === (state.leftAt !== undefined)) return [];
      return [{ type: command.left ? 'PersonLeft' : 'PersonReturned', at: now }];
    case 'NudgeDue': {
      const planned = nextNudge(state, command.settings, now);
      return planned && planned.dueAt <= now ? [{ type: 'NudgeSent', at: now, about: planned.about }] : [];
    }
    case 'SnoozeNudge':
      return snooze(state, command.settings, now);
    case 'ChangeZone':
    case 'SetNudgeTime':
    case 'TakeHoliday':
    case 'EndHoliday':
    case 'OptOut':
    case 'OptIn':
      return choose(state, command, now);
    default:
      return command satisfies never;
  }
}

/** The next nudge (epoch milliseconds); none while nobody may be asked or no call time is known. */
export function nudgeTimers(state: PersonState, settings: NudgeSettings, now: number): { key: string; dueAt: number }[] {
  const planned = nextNudge(state, settings, now);
  return planned ? [{ key: 'nudge', dueAt: planned.dueAt }] : [];
}

function introduce(state: PersonState, facts: { type: 'IntroducePerson' } & IntroductionFacts, now: number): PersonEvent[] {
  const { type: _, ...introduced } = facts;
  const known = participationOf(state, facts.programmeId);
  // Never contacted again after declining (PRODUCT "Follow-through"), and a programme does not begin twice.
  if (known?.introduction.status === 'declined' || known?.ended?.reason === 'programme-ended') return [];
  const roles = [...new Set([...(known?.roles ?? []), ...facts.roles])];
  const anew: PersonEvent = { type: 'PersonIntroduced', at: now, ...introduced, roles };
  if (!known || known.ended || roles.length > known.roles.length) return [anew];
  const accepted = known.introduction.status === 'accepted';
  const newCommitment = !sameQuote(known.commitment, facts.commitment);
  if (newCommitment && !accepted) return [anew];
  const { programmeId, commitment } = facts;
  const told: PersonEvent = { type: 'CommitmentChanged', at: now, programmeId, ...(commitment && { commitment }) };
  return [...(newCommitment ? [told] : []), ...changeCall(state, programmeId, facts.call, now)];
}

type IntroductionAnswer = Extract<PersonCommand, { type: 'AcceptIntroduction' | 'CorrectIntroduction' | 'DeclineIntroduction' }>;

/** Accepting after declining is allowed: the person does it themselves, on the card they have. */
function answerIntroduction(state: PersonState, command: IntroductionAnswer, now: number): PersonEvent[] {
  const { programmeId } = command;
  const { introduction } = participating(state, programmeId);
  switch (command.type) {
    case 'AcceptIntroduction':
      return introduction.status === 'accepted' ? [] : [{ type: 'IntroductionAccepted', at: now, programmeId }];
    case 'CorrectIntroduction': {
      const { correction } = command;
      if (introduction.status === 'corrected' && sameQuote(introduction.correction, correction)) return [];
      return [{ type: 'IntroductionCorrected', at: now, programmeId, correction }];
    }
    case 'DeclineIntroduction':
      return introduction.status === 'declined' ? [] : [{ type: 'IntroductionDeclined', at: now, programmeId }];
    default:
      return command satisfies never;
  }
}

function changeCall(state: PersonState, programmeId: string, call: CallTime | undefined, now: number): PersonEvent[] {
  const known = participationOf(state, programmeId);
  if (!known || known.ended || sameCall(known.call, call)) return [];
  return [{ type: 'CallChanged', at: now, programmeId, ...(call && { call }) }];
}

function giveStatus(state: PersonState, command: Extract<PersonCommand, { type: 'GiveStatus' }>, now: number): PersonEvent[] {
  const { programmeId, week, status, note, win } = command;
  const { reported, roles } = requireAsked(state, { programmeId, week }, now);
  if (!roles.includes('manager')) throw new DomainError('not_allowed', 'Only the managers of this programme say how a week went.');
  const earlier = reported?.week === week ? reported.report : undefined;
  const report = takeReport(earlier, { status, ...(note && { note }), ...(win && { win }) });
  return report ? [{ type: 'StatusGiven', at: now, programmeId, week, report }] : [];
}

function giveReading(state: PersonState, { programmeId, week }: { programmeId: string; week: string }, now: number): PersonEvent[] {
  requireAsked(state, { programmeId, week }, now);
  return [{ type: 'ReadingGiven', at: now, programmeId, week }];
}

/** Only the last question can be answered, until a week after its call. */
function requireAsked(state: PersonState, { programmeId, week }: { programmeId: string; week: string }, now: number): Participation {
  const participation = participating(state, programmeId);
  const { asked, introduction } = participation;
  if (introduction.status === 'declined') throw new DomainError('not_open', 'You declined to take part; accept the introduction first.');
  if (!asked || week > asked.week) throw new DomainError('unknown_target', `Nobody asked about ${week} yet; answer the latest nudge instead.`);
  if (week < asked.week || now > asked.callAt + weekMs) throw new DomainError('outdated', `The call of ${week} is long over; answer the latest nudge instead.`);
  return participation;
}

function snooze(state: PersonState, settings: NudgeSettings, now: number): PersonEvent[] {
  const programmeIds = unanswered(state, now);
  if (programmeIds.length === 0) throw new DomainError('outdated', 'Nothing is open that could be asked later.');
  if (programmeIds.every((programmeId) => participationOf(state, programmeId)?.asked?.snoozedUntil !== undefined)) return [];
  const until = snoozeUntil(state, programmeIds, settings, now);
  if (until === undefined) throw new DomainError('outdated', 'The call is too close to ask again before it; answer now or in the call.');
  return [{ type: 'NudgeSnoozed', at: now, until, programmeIds }];
}

type Choice = Extract<PersonCommand, { type: 'ChangeZone' | 'SetNudgeTime' | 'TakeHoliday' | 'EndHoliday' | 'OptOut' | 'OptIn' }>;

function choose(state: PersonState, command: Choice, now: number): PersonEvent[] {
  switch (command.type) {
    case 'ChangeZone':
      // Platforms report zones that no time zone database knows; the last good one is then better.
      return command.zone === state.zone || !isTimeZone(command.zone) ? [] : [{ type: 'ZoneChanged', at: now, zone: command.zone }];
    case 'SetNudgeTime':
      if (!isClockTime(command.time)) throw new DomainError('not_allowed', 'Give the time of the nudge as hours and minutes, for instance 09:30.');
      return command.time === state.nudgeTime ? [] : [{ type: 'NudgeTimeSet', at: now, time: command.time }];
    case 'TakeHoliday':
      return takeHoliday(state, command, now);
    case 'EndHoliday':
      return state.holiday && state.holiday.until > now ? [{ type: 'HolidayEnded', at: now }] : [];
    case 'OptOut':
      return state.nudging.status === 'opted-out' ? [] : [{ type: 'OptedOut', at: now }];
    case 'OptIn':
      return state.nudging.status === 'on' ? [] : [{ type: 'OptedIn', at: now }];
    default:
      return command satisfies never;
  }
}

/** A holiday that began stays where it began; one that is still to come is kept with its first day. */
function takeHoliday({ holiday }: PersonState, { from, until }: Extract<PersonCommand, { type: 'TakeHoliday' }>, now: number): PersonEvent[] {
  const possible = until > now && until <= now + longestHolidayMs && (from === undefined || from < until);
  if (!possible) throw new DomainError('not_allowed', 'A holiday ends in the future, after it began and within a year; opt out to stop nudges for longer.');
  const known = holiday && holiday.until > now ? holiday : undefined;
  if (from !== undefined && from > now) return known?.from === from && known.until === until ? [] : [{ type: 'HolidayPlanned', at: now, from, until }];
  return known && known.from <= now && known.until === until ? [] : [{ type: 'HolidayTaken', at: now, until }];
}

function participating(state: PersonState, programmeId: string): Participation {
  const participation = participationOf(state, programmeId);
  if (!participation) throw new DomainError('unknown_target', 'You were not named in this programme.');
  if (participation.ended) throw new DomainError('not_open', 'This programme has ended for you.');
  return participation;
}

function sameCall(one: CallTime | undefined, other: CallTime | undefined): boolean {
  return one?.weekday === other?.weekday && one?.time === other?.time && one?.timeZone === other?.timeZone;
}
