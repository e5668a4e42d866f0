import type { PersonEvent } from './nudge-event.ts';
import { type Participation, type PersonState, participationOf } from './nudge-state.ts';

/** The person's nudges after one more event. Total: an event about an unknown programme changes nothing. */
export function evolveNudges(state: PersonState, event: PersonEvent): PersonState {
  switch (event.type) {
    case 'PersonIntroduced':
      return introduced(state, event);
    case 'IntroductionAccepted':
      return change(state, event.programmeId, (known) => ({ ...known, introduction: { status: 'accepted', acceptedAt: event.at } }));
    case 'IntroductionCorrected':
      return change(state, event.programmeId, (known) => ({ ...known, introduction: { status: 'corrected', correction: event.correction } }));
    case 'IntroductionDeclined':
      return change(state, event.programmeId, (known) => ({ ...known, introduction: { status: 'declined' } }));
    case 'CommitmentChanged':
      return change(state, event.programmeId, ({ commitment: _, ...known }) => ({ ...known, ...(event.commitment && { commitment: event.commitment }) }));
    case 'CallChanged':
      return change(state, event.programmeId, ({ call: _, ...known }) => ({ ...known, ...(event.call && { call: event.call }) }));
    case 'ParticipationEnded':
      return change(state, event.programmeId, (known) => ({ ...known, ended: { at: event.at, reason: event.reason } }));
    case 'StatusGiven':
      return change(state, event.programmeId, (known) => ({ ...known, reported: { week: event.week, at: event.at, report: event.report } }));
    case 'ReadingGiven':
      return change(state, event.programmeId, (known) => ({ ...known, readFor: event.week }));
    case 'PersonLeft':
      return { ...state, leftAt: event.at };
    case 'PersonReturned':
      return returned(state);
    case 'NudgeSent':
      return event.about.reduce<PersonState>(
        (next, { programmeId, week, callAt }) => change(next, programmeId, (known) => ({ ...known, asked: { week, callAt, at: event.at } })),
        { ...state, lastNudgeAt: event.at },
      );
    case 'NudgeSnoozed':
      return event.programmeIds.reduce<PersonState>((next, programmeId) => change(next, programmeId, (known) => withSnooze(known, event.until)), state);
    case 'ZoneChanged':
      return { ...state, zone: event.zone };
    case 'NudgeTimeSet':
      return { ...state, nudgeTime: event.time };
    case 'HolidayTaken':
      return { ...state, holiday: { from: holidayStart(state, event.at), until: event.until } };
    case 'HolidayPlanned':
      return { ...state, holiday: { from: event.from, until: event.until } };
    case 'HolidayEnded':
      return { ...state, holiday: { from: holidayStart(state, event.at), until: event.at } };
    case 'OptedOut':
      return Object.keys(state.programmes).reduce<PersonState>((next, programmeId) => change(next, programmeId, withoutSnooze), {
        ...state,
        nudging: { status: 'opted-out', at: event.at },
      });
    case 'OptedIn':
      return { ...state, nudging: { status: 'on', since: event.at } };
    default:
      return event satisfies never;
  }
}

function returned({ leftAt: _, ...state }: PersonState): PersonState {
  return state;
}

function introduced(state: PersonState, event: Extract<PersonEvent, { type: 'PersonIntroduced' }>): PersonState {
  const { programmeId, roles, namedBy, commitment, call, zone } = event;
  const known = participationOf(state, programmeId);
  const participation: Participation = {
    roles,
    namedBy,
    ...(commitment && { commitment }),
    ...(call && { call }),
    introduction: { status: 'pending', since: event.at },
    ...(known?.asked && { asked: known.asked }),
    ...(known?.reported && { reported: known.reported }),
    ...(known?.readFor !== undefined && { readFor: known.readFor }),
  };
  return { ...state, zone, programmes: { ...state.programmes, [programmeId]: participation } };
}

function change(state: PersonState, programmeId: string, to: (known: Participation) => Participation): PersonState {
  const known = participationOf(state, programmeId);
  return known ? { ...state, programmes: { ...state.programmes, [programmeId]: to(known) } } : state;
}

function withSnooze(known: Participation, snoozedUntil: number): Participation {
  return known.asked ? { ...known, asked: { ...known.asked, snoozedUntil } } : known;
}

function withoutSnooze(known: Participation): Participation {
  if (!known.asked) return known;
  const { snoozedUntil: _, ...asked } = known.asked;
  return { ...known, asked };
}

/** A holiday that is extended or cut short began when it began. */
function holidayStart({ holiday }: PersonState, at: number): number {
  return holiday && holiday.from <= at && holiday.until > at ? holiday.from : at;
}
