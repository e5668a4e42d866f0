import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { CallTime } from '../../src/domain/calendar.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import type { Standing } from '../../src/domain/digest.ts';
import type { IntroductionFacts, NudgeSettings, PersonCommand, PersonEvent } from '../../src/domain/nudge-event.ts';
import { evolveNudges } from '../../src/domain/nudge-evolve.ts';
import { standingOf } from '../../src/domain/nudge-plan.ts';
import { newPerson } from '../../src/domain/nudge-state.ts';
import { decideNudges, nudgeTimers } from '../../src/domain/nudges.ts';
import type { ProgressStatus } from '../../src/domain/status-report.ts';
import { givenFor } from './given-events.ts';

const settings: NudgeSettings = { quietHours: { start: '18:00', end: '08:00' }, nudgeTime: '09:00' };
const berlin = (local: string) => DateTime.fromISO(local, { zone: 'Europe/Berlin' }).toMillis();
const seen = (at: number | undefined) => at && DateTime.fromMillis(at, { zone: 'Europe/Berlin' }).toFormat("yyyy-MM-dd'T'HH:mm");
const quote = (textId: string): Quote => ({ textId, start: 0, end: 5 });

const thursday = berlin('2026-11-26T12:00');
const monday = berlin('2026-11-30T09:00');
const tuesdayCall: CallTime = { weekday: 'tue', time: '10:00', timeZone: 'Europe/Berlin' };
const facts: IntroductionFacts = {
  programmeId: 'p1',
  roles: ['manager'],
  namedBy: 'leader',
  commitment: quote('c1'),
  call: tuesdayCall,
  zone: 'Europe/Berlin',
};
const week = '2026-W49';
const firstCall = berlin('2026-12-01T10:00');
const introduce = (over: Partial<IntroductionFacts> = {}): PersonCommand => ({ type: 'IntroducePerson', ...facts, ...over });
const introduced = (over: Partial<IntroductionFacts> = {}): PersonEvent => ({ type: 'PersonIntroduced', at: thursday, ...facts, ...over });
const accepted = (programmeId = 'p1', at = thursday): PersonEvent => ({ type: 'IntroductionAccepted', at, programmeId });
const declined: PersonEvent = { type: 'IntroductionDeclined', at: thursday, programmeId: 'p1' };
const ended: PersonEvent = { type: 'ParticipationEnded', at: thursday, programmeId: 'p1', reason: 'programme-ended' };
const about = (over: Partial<Extract<PersonEvent, { type: 'NudgeSent' }>['about'][number]> = {}) => ({
  programmeId: 'p1',
  week,
  callAt: firstCall,
  again: false,
  ...over,
});
const nudged = (at = monday, ...more: ReturnType<typeof about>[]): PersonEvent => ({ type: 'NudgeSent', at, about: [about(), ...more] });
const gave = (status: ProgressStatus, at = monday): PersonEvent => ({ type: 'StatusGiven', at, programmeId: 'p1', week, report: { status } });
const due: PersonCommand = { type: 'NudgeDue', settings };
const tap = (status: ProgressStatus, over: { week?: string; note?: Quote; programmeId?: string } = {}): PersonCommand => ({
  type: 'GiveStatus',
  programmeId: 'p1',
  week,
  status,
  ...over,
});

const given = givenFor({ decide: decideNudges, evolve: evolveNudges, initial: newPerson });
const stateOf = (...events: PersonEvent[]) => events.reduce(evolveNudges, newPerson);
const nextNudgeAt = (local: string, ...events: PersonEvent[]) => seen(nudgeTimers(stateOf(...events), settings, berlin(local))[0]?.dueAt);

describe('an introduction', () => {
  it('comes first and once', () => {
    given().when(introduce(), thursday).happens(introduced());
    given(introduced()).when(introduce(), thursday).happens();
  });

  it('is answered once, and may be answered otherwise later', () => {
    const accept: PersonCommand = { type: 'AcceptIntroduction', programmeId: 'p1' };
    given(introduced()).when(accept, thursday).happens(accepted());
    given(introduced(), accepted()).when(accept, thursday).happens();
    given(introduced(), accepted()).when({ type: 'DeclineIntroduction', programmeId: 'p1' }, thursday).happens(declined);
    given(introduced(), declined).when({ type: 'DeclineIntroduction', programmeId: 'p1' }, thursday).happens();
    given(introduced(), declined).when(accept, thursday).happens(accepted());
  });

  it('that is corrected keeps the words and waits for a yes', () => {
    const corrected: PersonEvent = { type: 'IntroductionCorrected', at: thursday, programmeId: 'p1', correction: quote('fix') };
    given(introduced())
      .when({ type: 'CorrectIntroduction', programmeId: 'p1', correction: quote('fix') }, thursday)
      .happens(corrected);
    given(introduced(), corrected)
      .when({ type: 'CorrectIntroduction', programmeId: 'p1', correction: quote('fix') }, thursday)
      .happens();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), corrected)).toBeUndefined();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), corrected, accepted())).toBe('2026-11-30T09:00');
  });

  it('is not repeated to somebody who declined, whatever the brief says now', () => {
    given(introduced(), declined)
      .when(introduce({ commitment: quote('c2'), roles: ['owner'] }), monday)
      .happens();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), declined)).toBeUndefined();
    given(introduced(), declined).when(due, monday).happens();
  });

  it('tells an accepted person about a new commitment, and asks again about a new role', () => {
    given(introduced(), accepted())
      .when(introduce({ commitment: quote('c2') }), monday)
      .happens({ type: 'CommitmentChanged', at: monday, programmeId: 'p1', commitment: quote('c2') });
    given(introduced(), accepted())
      .when(introduce({ roles: ['owner'] }), monday)
      .happens({ ...introduced({ roles: ['manager', 'owner'] }), at: monday });
  });

  it('for an owner brings no weekly nudge', () => {
    expect(nextNudgeAt('2026-11-27T09:00', introduced({ roles: ['owner'] }), accepted())).toBeUndefined();
  });

  it('is refused for a programme in which nobody named the person, also for forged ids', () => {
    given(introduced()).when({ type: 'AcceptIntroduction', programmeId: 'p2' }, thursday).isRefused('unknown_target');
    given(introduced()).when({ type: 'AcceptIntroduction', programmeId: 'constructor' }, thursday).isRefused('unknown_target');
    given(introduced(), ended).when({ type: 'AcceptIntroduction', programmeId: 'p1' }, thursday).isRefused('not_open');
  });
});

describe('a nudge', () => {
  it('is due one working day before the call at the nudge time, for those who accepted', () => {
    expect(nextNudgeAt('2026-11-27T09:00', introduced())).toBeUndefined();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted())).toBe('2026-11-30T09:00');
    given(introduced(), accepted())
      .when(due, monday - 1)
      .happens();
    given(introduced(), accepted()).when(due, monday).happens(nudged());
  });

  it('is sent once a week', () => {
    given(introduced(), accepted(), nudged()).when(due, monday).happens();
    expect(nextNudgeAt('2026-11-30T09:00', introduced(), accepted(), nudged())).toBe('2026-12-07T09:00');
  });

  it('waits for a call time', () => {
    const { call: _, ...unknown } = facts;
    const without: PersonEvent = { type: 'PersonIntroduced', at: thursday, ...unknown };
    expect(nextNudgeAt('2026-11-27T09:00', without, accepted())).toBeUndefined();
    given(without, accepted())
      .when({ type: 'ChangeCall', programmeId: 'p1', call: tuesdayCall }, monday)
      .happens({ type: 'CallChanged', at: monday, programmeId: 'p1', call: tuesdayCall });
    expect(nextNudgeAt('2026-11-27T09:00', without, accepted(), { type: 'CallChanged', at: thursday, programmeId: 'p1', call: tuesdayCall })).toBe(
      '2026-11-30T09:00',
    );
  });

  it('does not follow at once when somebody accepts after it was due', () => {
    expect(nextNudgeAt('2026-11-30T15:00', introduced(), accepted('p1', berlin('2026-11-30T15:00')))).toBe('2026-12-07T09:00');
  });

  it('stays one a week when the call moves within its week', () => {
    const moved: PersonEvent = { type: 'CallChanged', at: monday, programmeId: 'p1', call: { ...tuesdayCall, weekday: 'thu' } };
    expect(nextNudgeAt('2026-11-30T10:00', introduced(), accepted(), nudged(), moved)).toBe('2026-12-09T09:00');
  });

  it('joins programmes whose nudges fall on the same day', () => {
    const other = introduced({ programmeId: 'p2', call: { ...tuesdayCall, time: '16:00' } });
    const joined = nudged(monday, about({ programmeId: 'p2', callAt: berlin('2026-12-01T16:00') }));
    given(introduced(), accepted(), other, accepted('p2')).when(due, monday).happens(joined);
    expect(nextNudgeAt('2026-11-30T09:00', introduced(), accepted(), other, accepted('p2'), joined)).toBe('2026-12-07T09:00');
  });

  it('keeps an hour between two that a moved call brings close together', () => {
    const other = introduced({ programmeId: 'p2', call: { ...tuesdayCall, weekday: 'fri' } });
    const moved: PersonEvent = { type: 'CallChanged', at: monday, programmeId: 'p2', call: tuesdayCall };
    expect(nextNudgeAt('2026-11-30T09:10', introduced(), accepted(), other, accepted('p2'), nudged(), moved)).toBe('2026-11-30T10:00');
  });

  it('ends with the programme', () => {
    given(introduced(), accepted()).when({ type: 'EndParticipation', programmeId: 'p1', reason: 'programme-ended' }, thursday).happens(ended);
    given(introduced(), accepted(), ended).when({ type: 'EndParticipation', programmeId: 'p1', reason: 'programme-ended' }, thursday).happens();
    given(introduced(), accepted(), ended).when(due, monday).happens();
    given(introduced(), accepted(), ended).when(introduce(), monday).happens();
    given(introduced(), accepted(), nudged(), ended).when(tap('on-track'), monday).isRefused('not_open');
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), ended)).toBeUndefined();
  });

  it('missed while Plumb was down comes once, in working hours, and not after its call', () => {
    const wednesdayCall = introduced({ call: { ...tuesdayCall, weekday: 'mon' } });
    expect(nextNudgeAt('2026-11-28T03:00', wednesdayCall, accepted())).toBe('2026-11-30T08:00');
    given(wednesdayCall, accepted()).when(due, berlin('2026-11-28T03:00')).happens();
    expect(nextNudgeAt('2026-12-01T10:00', introduced(), accepted())).toBe('2026-12-07T09:00');
    given(introduced(), accepted())
      .when(due, berlin('2026-12-01T09:00'))
      .happens(nudged(berlin('2026-12-01T09:00')));
    given(introduced(), accepted()).when(due, firstCall).happens();
  });
});

describe('a status', () => {
  it('is taken once, and a changed tap replaces it', () => {
    given(introduced(), accepted(), nudged()).when(tap('on-track'), monday).happens(gave('on-track'));
    given(introduced(), accepted(), nudged(), gave('on-track')).when(tap('on-track'), monday).happens();
    given(introduced(), accepted(), nudged(), gave('on-track')).when(tap('at-risk'), monday).happens(gave('at-risk'));
  });

  it('is refused for a week long gone, for one nobody asked about, and for an unknown programme', () => {
    const second = nudged(berlin('2026-12-07T09:00'), about({ week: '2026-W50', callAt: berlin('2026-12-08T10:00') }));
    given(introduced(), accepted(), nudged(), second).when(tap('on-track'), berlin('2026-12-07T09:10')).isRefused('outdated');
    given(introduced(), accepted(), nudged()).when(tap('on-track'), berlin('2026-12-09T09:00')).isRefused('outdated');
    given(introduced(), accepted(), nudged())
      .when(tap('on-track', { week: '2026-W50' }), monday)
      .isRefused('unknown_target');
    given(introduced(), accepted()).when(tap('on-track'), monday).isRefused('unknown_target');
    given(introduced(), accepted(), nudged())
      .when(tap('on-track', { programmeId: '__proto__' }), monday)
      .isRefused('unknown_target');
    given(introduced(), accepted(), nudged(), declined).when(tap('on-track'), monday).isRefused('not_open');
  });
});

describe('a snooze', () => {
  const snooze: PersonCommand = { type: 'SnoozeNudge', settings };
  const snoozedTo = (local: string, at = monday): PersonEvent => ({ type: 'NudgeSnoozed', at, until: berlin(local), programmeIds: ['p1'] });
  const lateCall = introduced({ call: { ...tuesdayCall, time: '16:00' } });
  const nudgedLate: PersonEvent = { type: 'NudgeSent', at: monday, about: [about({ callAt: berlin('2026-12-01T16:00') })] };
  const earlyCall = introduced({ call: { ...tuesdayCall, time: '08:30' } });
  const nudgedEarly: PersonEvent = { type: 'NudgeSent', at: monday, about: [about({ callAt: berlin('2026-12-01T08:30') })] };

  it('moves the nudge to the next working day, two hours before an early call, or later today', () => {
    given(lateCall, accepted(), nudgedLate).when(snooze, monday).happens(snoozedTo('2026-12-01T09:00'));
    given(introduced(), accepted(), nudged()).when(snooze, monday).happens(snoozedTo('2026-12-01T08:00'));
    given(earlyCall, accepted(), nudgedEarly).when(snooze, monday).happens(snoozedTo('2026-11-30T12:00'));
  });

  it('brings it back once, marked as again', () => {
    const back = berlin('2026-12-01T08:00');
    const again: PersonEvent = { type: 'NudgeSent', at: back, about: [about({ again: true })] };
    given(introduced(), accepted(), nudged(), snoozedTo('2026-12-01T08:00')).when(due, back).happens(again);
    expect(nextNudgeAt('2026-12-01T08:00', introduced(), accepted(), nudged(), snoozedTo('2026-12-01T08:00'), again)).toBe('2026-12-07T09:00');
  });

  it('keeps out of the quiet hours of a zone that its person moved to', () => {
    const moved: PersonEvent = { type: 'ZoneChanged', at: monday, zone: 'America/New_York' };
    expect(nextNudgeAt('2026-11-30T10:00', lateCall, accepted(), nudgedLate, snoozedTo('2026-12-01T09:00'), moved)).toBe('2026-12-01T14:00');
  });

  it('is over once a status is given', () => {
    expect(nextNudgeAt('2026-11-30T10:00', introduced(), accepted(), nudged(), snoozedTo('2026-12-01T08:00'), gave('on-track'))).toBe('2026-12-07T09:00');
    given(introduced(), accepted(), nudged(), gave('on-track')).when(snooze, monday).isRefused('outdated');
  });

  it('pressed twice moves it once, and too close to the call not at all', () => {
    given(introduced(), accepted(), nudged(), snoozedTo('2026-12-01T08:00')).when(snooze, monday).happens();
    given(introduced(), accepted(), nudged()).when(snooze, berlin('2026-12-01T09:30')).isRefused('outdated');
    given(introduced(), accepted()).when(snooze, monday).isRefused('outdated');
  });
});

describe('what a person prefers', () => {
  it('is their own time of day', () => {
    const set: PersonEvent = { type: 'NudgeTimeSet', at: thursday, time: '14:30' };
    given(introduced(), accepted()).when({ type: 'SetNudgeTime', time: '14:30' }, thursday).happens(set);
    given(introduced(), accepted(), set).when({ type: 'SetNudgeTime', time: '14:30' }, thursday).happens();
    given(introduced()).when({ type: 'SetNudgeTime', time: 'lunch' }, thursday).isRefused('not_allowed');
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), set)).toBe('2026-11-30T14:30');
  });

  it('is nothing at all, until they opt in again', () => {
    const out: PersonEvent = { type: 'OptedOut', at: thursday };
    given(introduced(), accepted()).when({ type: 'OptOut' }, thursday).happens(out);
    given(introduced(), accepted(), out).when({ type: 'OptOut' }, thursday).happens();
    given(introduced(), accepted(), out).when(due, monday).happens();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), out)).toBeUndefined();
    expect(nextNudgeAt('2026-11-30T12:00', introduced(), accepted(), out, { type: 'OptedIn', at: berlin('2026-11-30T12:00') })).toBe('2026-12-07T09:00');
    given(introduced()).when({ type: 'OptIn' }, thursday).happens();
  });

  it('is a holiday: nudges that fall into it are left out, not sent after', () => {
    const away: PersonEvent = { type: 'HolidayTaken', at: thursday, until: berlin('2026-12-10T00:00') };
    given(introduced(), accepted())
      .when({ type: 'TakeHoliday', until: berlin('2026-12-10T00:00') }, thursday)
      .happens(away);
    given(introduced(), accepted(), away)
      .when({ type: 'TakeHoliday', until: berlin('2026-12-10T00:00') }, monday)
      .happens();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), away)).toBe('2026-12-14T09:00');
    const untilTuesday: PersonEvent = { type: 'HolidayTaken', at: thursday, until: berlin('2026-12-01T00:00') };
    expect(nextNudgeAt('2026-12-01T00:00', introduced(), accepted(), untilTuesday)).toBe('2026-12-07T09:00');
    const back: PersonEvent = { type: 'HolidayEnded', at: berlin('2026-12-04T09:00') };
    given(introduced(), accepted(), away).when({ type: 'EndHoliday' }, berlin('2026-12-04T09:00')).happens(back);
    expect(nextNudgeAt('2026-12-04T09:00', introduced(), accepted(), away, back)).toBe('2026-12-07T09:00');
  });

  it('is a holiday that is still to come: the weeks before it and after it bring their nudge, and it can be taken back', () => {
    const [from, until] = [berlin('2026-12-03T00:00'), berlin('2027-03-01T00:00')];
    const planned: PersonEvent = { type: 'HolidayPlanned', at: thursday, from, until };
    const plan: PersonCommand = { type: 'TakeHoliday', from, until };
    given(introduced(), accepted()).when(plan, thursday).happens(planned);
    given(introduced(), accepted(), planned).when(plan, thursday).happens();
    given(introduced(), accepted()).when({ type: 'TakeHoliday', from: until, until: from }, thursday).isRefused('not_allowed');
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), planned)).toBe('2026-11-30T09:00');
    expect(nextNudgeAt('2026-11-30T09:01', introduced(), accepted(), planned, nudged())).toBe('2027-03-01T09:00');
    expect(nextNudgeAt('2026-12-20T09:00', introduced(), accepted(), planned, nudged())).toBe('2027-03-01T09:00');
    const back: PersonEvent = { type: 'HolidayEnded', at: monday };
    given(introduced(), accepted(), planned).when({ type: 'EndHoliday' }, monday).happens(back);
    expect(nextNudgeAt('2026-11-30T09:01', introduced(), accepted(), planned, back, nudged())).toBe('2026-12-07T09:00');
    // Sooner after all: it begins when that was said.
    given(introduced(), accepted(), planned).when({ type: 'TakeHoliday', until }, monday).happens({ type: 'HolidayTaken', at: monday, until });
    expect(nextNudgeAt('2026-11-30T09:01', introduced(), accepted(), planned, { type: 'HolidayTaken', at: monday, until })).toBe('2027-03-01T09:00');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, thursday, thursday - 1, 1e300])('refuses a holiday until %s', (until) => {
    given(introduced()).when({ type: 'TakeHoliday', until }, thursday).isRefused('not_allowed');
  });

  it('follows a move to another time zone, but not to one that does not exist', () => {
    given(introduced()).when({ type: 'ChangeZone', zone: 'Asia/Tokyo' }, thursday).happens({ type: 'ZoneChanged', at: thursday, zone: 'Asia/Tokyo' });
    given(introduced()).when({ type: 'ChangeZone', zone: 'Mars/Olympus' }, thursday).happens();
    expect(nextNudgeAt('2026-11-27T09:00', introduced(), accepted(), { type: 'ZoneChanged', at: thursday, zone: 'Asia/Tokyo' })).toBe('2026-11-30T01:00');
  });
});

describe('how somebody stands to a call', () => {
  const call = { week, callAt: firstCall };
  const beforeCall = firstCall - 3_600_000;
  const away = (from: string, until: string): PersonEvent => ({ type: 'HolidayTaken', at: berlin(from), until: berlin(until) });
  it.each<[string, PersonEvent[], Standing]>([
    ['not introduced', [], 'not-accepted-yet'],
    ['introduced', [introduced()], 'not-accepted-yet'],
    ['declined', [introduced(), declined], 'declined'],
    ['asked', [introduced(), accepted(), nudged()], 'asked'],
    ['accepted after the nudge', [introduced(), accepted('p1', berlin('2026-11-30T15:00'))], 'not-asked'],
    ['opted out after being asked', [introduced(), accepted(), nudged(), { type: 'OptedOut', at: monday }], 'opted-out'],
    ['away', [introduced(), accepted(), away('2026-11-27T12:00', '2026-12-10T00:00')], 'on-holiday'],
    ['away when the nudge was due, back for the call', [introduced(), accepted(), away('2026-11-27T12:00', '2026-12-01T00:00')], 'on-holiday'],
  ])('%s', (_, events, standing) => {
    expect(standingOf(stateOf(...events), 'p1', call, settings, beforeCall)).toBe(standing);
  });
});
