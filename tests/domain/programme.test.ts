import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Quote } from '../../src/domain/conversation.ts';
import { digestOf, type Standing } from '../../src/domain/digest.ts';
import { kpiKey } from '../../src/domain/kpis.ts';
import { decideProgramme, evolveProgramme, programmeTimers } from '../../src/domain/programme.ts';
import type { ProgrammeCommand, ProgrammeContent, ProgrammeEvent, Worth } from '../../src/domain/programme-event.ts';
import { worthCounts } from '../../src/domain/programme-pace.ts';
import { dueActions } from '../../src/domain/programme-plan.ts';
import { newProgramme } from '../../src/domain/programme-state.ts';
import type { ProgressStatus } from '../../src/domain/status-report.ts';
import { givenFor } from './given-events.ts';

const quietHours = { start: '18:00', end: '08:00' };
const berlin = (local: string) => DateTime.fromISO(local, { zone: 'Europe/Berlin' }).toMillis();
const quote = (textId: string): Quote => ({ textId, start: 0, end: 5 });

const content: ProgrammeContent = {
  alignmentId: 'a1',
  version: 1,
  conversation: { channel: 'room', tenant: 'acme', place: 'sales', thread: 'm1' },
  outcome: [quote('outcome')],
  kpis: [{ name: quote('kpi'), leading: true }],
  commitments: [{ personId: 'mia', text: quote('commitment') }],
  owner: 'owner',
  managers: ['mia', 'tom'],
  weeklyCall: { weekday: 'tue', time: '10:00' },
  zone: 'Europe/Berlin',
};
const { weeklyCall: _, ...withoutCall } = content;
const thursday = berlin('2026-11-26T12:00');
const firstCall = berlin('2026-12-01T10:00');
const week = '2026-W49';
const started: ProgrammeEvent = { type: 'ProgrammeStarted', at: thursday, id: 'p1', content };
const digest = (ofWeek: string, local: string): ProgrammeEvent => ({
  type: 'DigestPosted',
  at: berlin(local) - 3_600_000,
  week: ofWeek,
  callAt: berlin(local),
});
const said = (manager: string, ofWeek: string, status: ProgressStatus): ProgrammeEvent => ({
  type: 'StatusRecorded',
  at: thursday,
  manager,
  week: ofWeek,
  report: { status },
  late: false,
});
const due: ProgrammeCommand = { type: 'DigestDue', quietHours };

const stateOf = (...events: ProgrammeEvent[]) => events.reduce(evolveProgramme, newProgramme);
const given = givenFor({ decide: decideProgramme, evolve: evolveProgramme, initial: newProgramme });
const timersAt = (local: string, ...events: ProgrammeEvent[]) =>
  programmeTimers(stateOf(...events), berlin(local), quietHours).filter(({ key }) => key === 'digest');
const paceAt = (local: string, ...events: ProgrammeEvent[]) =>
  programmeTimers(stateOf(...events), berlin(local), quietHours).filter(({ key }) => key !== 'digest');

describe('a programme', () => {
  it('starts once, and takes a newer brief when it is started again', () => {
    const start: ProgrammeCommand = { type: 'StartProgramme', id: 'p1', content };
    const endSet: ProgrammeEvent = { type: 'EndSet', at: thursday, endsAt: berlin('2027-02-23T12:00') };
    given().when(start, thursday).happens(started, endSet);
    given(started, endSet).when(start, thursday).happens();
    // It began when programmes had no end.
    given(started).when(start, thursday).happens(endSet);
    const second = { ...content, version: 2, managers: ['mia'] };
    given(started, endSet)
      .when({ ...start, content: second }, firstCall)
      .happens({ type: 'ProgrammeUpdated', at: firstCall, content: second });
    given(started, endSet, { type: 'ProgrammeUpdated', at: thursday, content: second }).when(start, firstCall).happens();
  });

  it('ends once, and then does nothing any more', () => {
    const ended: ProgrammeEvent = { type: 'ProgrammeEnded', at: thursday, reason: 'stopped' };
    given(started).when({ type: 'EndProgramme', reason: 'stopped' }, thursday).happens(ended);
    given(started, ended).when({ type: 'EndProgramme', reason: 'finished' }, thursday).happens();
    given(started, ended).when(due, firstCall).happens();
    given(started, ended).when({ type: 'StartProgramme', id: 'p1', content }, firstCall).isRefused('not_open');
    given(started, ended).when({ type: 'RecordStatus', manager: 'mia', week, status: 'on-track' }, firstCall).isRefused('not_open');
    expect([...timersAt('2026-11-30T10:00', started, ended), ...paceAt('2026-11-30T10:00', started, ended)]).toEqual([]);
  });

  it('cannot end or change before it started', () => {
    given().when({ type: 'EndProgramme', reason: 'stopped' }, thursday).isRefused('not_open');
    given().when({ type: 'UpdateProgramme', content }, thursday).isRefused('not_open');
    given().when(due, thursday).happens();
  });
});

describe('a status', () => {
  const tap = (status: ProgressStatus, words: { note?: Quote; win?: Quote } = {}): ProgrammeCommand => ({
    type: 'RecordStatus',
    manager: 'mia',
    week,
    status,
    ...words,
  });
  const monday = berlin('2026-11-30T09:05');
  const recorded = (at: number, report: Extract<ProgrammeEvent, { type: 'StatusRecorded' }>['report'], late = false): ProgrammeEvent => ({
    type: 'StatusRecorded',
    at,
    manager: 'mia',
    week,
    report,
    late,
  });

  it('is taken from a manager, and a double tap changes nothing', () => {
    given(started)
      .when(tap('on-track'), monday)
      .happens(recorded(monday, { status: 'on-track' }));
    given(started, recorded(monday, { status: 'on-track', note: quote('n') }))
      .when(tap('on-track'), monday)
      .happens();
  });

  it('is replaced by a changed tap: the line goes with the old status, the win stays', () => {
    given(started, recorded(monday, { status: 'on-track', note: quote('n'), win: quote('w') }))
      .when(tap('at-risk'), monday)
      .happens(recorded(monday, { status: 'at-risk', win: quote('w') }));
    const state = stateOf(started, recorded(monday, { status: 'on-track' }), recorded(monday, { status: 'at-risk' }));
    expect(digestOf(state.status === 'new' ? fail() : state, week, {}).lines[0]).toMatchObject({ report: { status: 'at-risk' } });
  });

  it('given after the digest still counts, as late', () => {
    given(started, digest(week, '2026-12-01T10:00'))
      .when(tap('at-risk'), firstCall)
      .happens(recorded(firstCall, { status: 'at-risk' }, true));
  });

  it('is refused for a week long gone, for one not yet there, and from somebody else', () => {
    given(started).when(tap('on-track'), berlin('2026-12-10T09:00')).isRefused('outdated');
    given(started).when(tap('on-track'), berlin('2026-11-16T09:00')).isRefused('unknown_target');
    given(started).when({ type: 'RecordStatus', manager: 'eve', week, status: 'on-track' }, monday).isRefused('not_allowed');
  });

  it('has no week while no call time is known', () => {
    given({ type: 'ProgrammeStarted', at: thursday, id: 'p1', content: withoutCall }).when(tap('on-track'), monday).isRefused('not_open');
  });
});

describe('a reading', () => {
  const [kpi] = content.kpis;
  const key = kpi ? kpiKey(kpi) : fail();
  const read = { by: 'mia', kpi: key, value: 4, unit: '%', text: quote('r'), week } as const;
  const monday = berlin('2026-11-30T09:05');
  const taken: ProgrammeEvent = { type: 'KpiRead', at: monday, ...read, late: false };

  it('is taken from whoever the programme knows, once a week for each KPI', () => {
    given(started)
      .when({ type: 'RecordReading', ...read }, monday)
      .happens(taken);
    given(started, taken)
      .when({ type: 'RecordReading', ...read }, monday)
      .happens();
    const state = stateOf(started, taken, { ...taken, value: 5 });
    expect(state.status === 'new' ? [] : state.readings.map(({ value }) => value)).toEqual([5]);
    const withData: ProgrammeEvent = { ...started, content: { ...content, dataHolder: 'dee' } };
    given(withData)
      .when({ type: 'RecordReading', ...read, by: 'dee' }, monday)
      .happens({ ...taken, by: 'dee' });
  });

  it('is refused from somebody else, for another KPI, and where it is no figure', () => {
    given(started)
      .when({ type: 'RecordReading', ...read, by: 'eve' }, monday)
      .isRefused('not_allowed');
    given(started)
      .when({ type: 'RecordReading', ...read, kpi: 'k0' }, monday)
      .isRefused('unknown_target');
    given(started)
      .when({ type: 'RecordReading', ...read, value: Number.NaN }, monday)
      .isRefused('not_allowed');
  });
});

describe('the digest', () => {
  const posted: ProgrammeEvent = { type: 'DigestPosted', at: firstCall - 3_600_000, week, callAt: firstCall };

  it('is due an hour before each call', () => {
    expect(timersAt('2026-11-26T12:00', started)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-01T09:00') }]);
    expect(timersAt('2026-12-01T09:01', started, posted)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-08T09:00') }]);
  });

  it('is posted once for one call, and not before it is due', () => {
    given(started)
      .when(due, firstCall - 3_600_001)
      .happens();
    given(started)
      .when(due, firstCall - 3_600_000)
      .happens(posted);
    given(started, posted).when(due, firstCall).happens();
  });

  it('has no rhythm until a call time is known, and then one', () => {
    const silent: ProgrammeEvent = { type: 'ProgrammeStarted', at: thursday, id: 'p1', content: withoutCall };
    expect(timersAt('2026-11-27T12:00', silent)).toEqual([]);
    given(silent).when(due, firstCall).happens();
    const known: ProgrammeEvent = { type: 'ProgrammeUpdated', at: berlin('2026-12-01T09:30'), content: { ...content, version: 2 } };
    expect(timersAt('2026-12-01T09:30', silent, known)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-08T09:00') }]);
  });

  it('is not due where nobody sustains the change', () => {
    expect(timersAt('2026-11-27T12:00', { ...started, content: { ...content, managers: [] } })).toEqual([]);
  });

  it('keeps to one a week when the call moves within its week', () => {
    const moved: ProgrammeEvent = {
      type: 'ProgrammeUpdated',
      at: firstCall,
      content: { ...content, version: 2, weeklyCall: { weekday: 'thu', time: '10:00' } },
    };
    expect(timersAt('2026-12-01T11:00', started, posted, moved)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-10T09:00') }]);
  });

  it('missed for three days catches up once, in working hours', () => {
    const backOnFridayNight = berlin('2026-12-04T02:00');
    expect(timersAt('2026-12-04T02:00', started)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-04T08:00') }]);
    given(started).when(due, backOnFridayNight).happens();
    const caughtUp: ProgrammeEvent = { type: 'DigestPosted', at: berlin('2026-12-04T08:00'), week, callAt: firstCall };
    given(started).when(due, berlin('2026-12-04T08:00')).happens(caughtUp);
    expect(timersAt('2026-12-04T08:00', started, caughtUp)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-08T09:00') }]);
  });

  it('is left out when no working hour comes soon enough after its call', () => {
    const tuesdayNight = { ...started, content: { ...content, weeklyCall: { weekday: 'tue', time: '20:00' } as const } };
    expect(timersAt('2026-12-05T19:00', tuesdayNight)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-08T19:00') }]);
  });

  it('missed for three weeks only looks ahead', () => {
    expect(timersAt('2026-12-21T09:00', started)).toEqual([{ key: 'digest', dueAt: berlin('2026-12-22T09:00') }]);
  });

  it('shows what was said, and tells silence, refusal and absence apart', () => {
    const managers = ['mia', 'tom', 'ana', 'ben', 'cem', 'dia', 'eli'];
    const state = stateOf(
      { ...started, content: { ...content, managers } },
      {
        type: 'StatusRecorded',
        at: thursday,
        manager: 'mia',
        week,
        report: { status: 'on-track', note: quote('n'), win: quote('w') },
        late: false,
      },
    );
    const people: Record<string, Standing> = { mia: 'opted-out', tom: 'asked', ana: 'opted-out', ben: 'on-holiday', cem: 'declined', dia: 'not-asked' };
    const shown = digestOf(state.status === 'new' ? fail() : state, week, people);
    expect(shown.lines.map((line) => line.shows)).toEqual(['report', 'silent', 'opted-out', 'on-holiday', 'declined', 'not-asked', 'not-accepted-yet']);
    expect(shown.wins).toEqual([{ manager: 'mia', win: quote('w') }]);
  });
});

describe('what comes of itself besides the digest', () => {
  const endsAt = berlin('2027-02-18T12:00');
  const running: ProgrammeEvent[] = [started, { type: 'EndSet', at: thursday, endsAt }];
  const pace = (key: string): ProgrammeCommand => ({ type: 'PaceDue', key, quietHours });

  it('is the end at its date, once, and a summary every four weeks but shortly before the end', () => {
    const month = berlin('2026-12-24T12:00');
    expect(paceAt('2026-11-27T12:00', ...running)).toEqual([
      { key: 'end', dueAt: endsAt },
      { key: 'month', dueAt: month },
    ]);
    given(...running)
      .when(pace('month'), month - 1)
      .happens();
    given(...running)
      .when(pace('month'), month)
      .happens({ type: 'MonthSummed', at: month, from: thursday });
    const summed = [month, month + 28 * 86_400_000].map((at): ProgrammeEvent => ({ type: 'MonthSummed', at, from: at - 28 * 86_400_000 }));
    expect(paceAt('2027-01-25T12:00', ...running, ...summed).map(({ key }) => key)).toEqual(['end']);
    given(...running)
      .when(pace('end'), endsAt)
      .happens({ type: 'ProgrammeEnded', at: endsAt, reason: 'finished' });
  });

  it('is a word to the owner where nobody reports or no call is known, once', () => {
    const alone: ProgrammeEvent = { ...started, content: { ...content, managers: [] } };
    const due = berlin('2026-11-27T12:00');
    const missed: ProgrammeEvent = { type: 'RhythmMissed', at: due, missing: 'managers' };
    given(alone).when(pace('rhythm'), due).happens(missed);
    given(alone, missed).when(pace('rhythm'), due).happens();
    given({ ...started, content: withoutCall })
      .when(pace('rhythm'), due)
      .happens({ ...missed, missing: 'call' });
    expect(paceAt('2026-11-27T12:00', started).map(({ key }) => key)).not.toContain('rhythm');
  });

  it('never comes at night or on a weekend', () => {
    const saturday = { type: 'EndSet', at: thursday, endsAt: berlin('2027-02-20T23:00') } as const;
    expect(paceAt('2026-11-27T12:00', started, saturday)[0]).toEqual({ key: 'end', dueAt: berlin('2027-02-22T08:00') });
  });

  it('is a question about the first group, at its day or else after the first phase, and once for each group', () => {
    const pilot = { group: quote('group'), until: quote('until'), endsAt: berlin('2026-12-17T17:00') };
    const withPilot: ProgrammeEvent[] = [
      { ...started, content: { ...content, pilot } },
      { type: 'EndSet', at: thursday, endsAt },
    ];
    const asked: ProgrammeEvent = { type: 'PilotAsked', at: pilot.endsAt, group: pilot.group, until: pilot.until };
    const pilotAt = (...events: ProgrammeEvent[]) => paceAt('2026-12-01T09:00', ...events).find(({ key }) => key === 'pilot')?.dueAt;
    expect(pilotAt(...withPilot)).toBe(pilot.endsAt);
    expect(pilotAt(...withPilot, asked)).toBeUndefined();
    const other = { ...content, version: 2, pilot: { group: quote('another'), endsAt: berlin('2020-01-01T17:00') } };
    const third = thursday + (endsAt - thursday) / 3;
    expect(pilotAt(...withPilot, asked, { type: 'ProgrammeUpdated', at: firstCall, content: other })).toBeGreaterThanOrEqual(third);
    given(...withPilot)
      .when(pace('pilot'), pilot.endsAt)
      .happens(asked);
    given(...withPilot)
      .when({ type: 'AnswerPilot', by: 'owner', choice: 'widen' }, pilot.endsAt)
      .isRefused('not_open');
    given(...withPilot, asked)
      .when({ type: 'AnswerPilot', by: 'mia', choice: 'stop' }, pilot.endsAt)
      .isRefused('not_allowed');
  });

  it('moves on what is due besides training from phase to phase', () => {
    const actions = (['now', 'next', 'later'] as const).map((phase) => ({ id: phase, text: quote(phase), phase, owner: 'tom' }));
    const settled: ProgrammeEvent = { type: 'ActionSettled', at: firstCall, by: 'tom', action: 'now', outcome: 'done' };
    const state = stateOf({ ...started, content: { ...content, actions } }, { type: 'EndSet', at: thursday, endsAt }, settled);
    const dueAt = (part: number) => (state.status === 'new' ? [] : dueActions(state, thursday + (endsAt - thursday) * part).map(({ id, late }) => [id, late]));
    expect(dueAt(0.2)).toEqual([]);
    expect(dueAt(0.5)).toEqual([['next', false]]);
    expect(dueAt(0.9)).toEqual([
      ['next', true],
      ['later', false],
    ]);
    given({ ...started, content: { ...content, actions } })
      .when({ type: 'SettleAction', by: 'mia', action: 'now', outcome: 'done' }, firstCall)
      .isRefused('not_allowed');
  });

  it('takes the deadline as the end where it is far enough ahead', () => {
    const start = (endsOn: string): ProgrammeCommand => ({ type: 'StartProgramme', id: 'p1', content: withoutCall, endsAt: berlin(endsOn) });
    const endOfStart = (endsOn: string) =>
      decideProgramme(newProgramme, start(endsOn), thursday).flatMap((event) => (event.type === 'EndSet' ? [event.endsAt] : []));
    expect(endOfStart('2027-03-31T17:00')).toEqual([berlin('2027-03-31T17:00')]);
    expect(endOfStart('2026-12-04T17:00')).toEqual([berlin('2027-02-18T12:00')]);
  });

  it('follows a new deadline of the brief, as long as nobody moved the end and time is left', () => {
    const began: ProgrammeEvent = { ...started, content: withoutCall };
    const fromDeadline: ProgrammeEvent = { type: 'EndSet', at: thursday, endsAt: berlin('2027-03-31T17:00'), deadline: berlin('2027-03-31T17:00') };
    const signedAgain = (endsOn: string): ProgrammeCommand => ({ type: 'StartProgramme', id: 'p1', content: withoutCall, endsAt: berlin(endsOn) });
    const moved = berlin('2027-04-30T17:00');
    given(began, fromDeadline).when(signedAgain('2027-04-30T17:00'), firstCall).happens({ type: 'EndSet', at: firstCall, endsAt: moved, deadline: moved });
    given(began, fromDeadline).when(signedAgain('2027-03-31T17:00'), firstCall).happens();
    given(began, fromDeadline).when(signedAgain('2026-12-04T17:00'), firstCall).happens();
    given(began, fromDeadline).when({ type: 'StartProgramme', id: 'p1', content: withoutCall }, firstCall).happens();
    const byHand: ProgrammeEvent = { type: 'EndSet', at: thursday, endsAt: berlin('2027-03-01T16:00'), by: 'owner' };
    given(began, fromDeadline, byHand).when(signedAgain('2027-04-30T17:00'), firstCall).happens();
    given(began, { type: 'EndSet', at: thursday, endsAt }).when(signedAgain('2027-04-30T17:00'), firstCall).happens();
  });

  it('lets those who lead move the end, into the future and not for ever', () => {
    const change = (by: string, at: string): ProgrammeCommand => ({ type: 'ChangeEnd', by, endsAt: berlin(at) });
    given(...running)
      .when(change('owner', '2027-03-01T16:00'), firstCall)
      .happens({ type: 'EndSet', at: firstCall, endsAt: berlin('2027-03-01T16:00'), by: 'owner' });
    given(...running)
      .when(change('mia', '2027-03-01T16:00'), firstCall)
      .isRefused('not_allowed');
    for (const wrong of ['2026-11-01T16:00', '2029-01-01T16:00'])
      given(...running)
        .when(change('owner', wrong), firstCall)
        .isRefused('not_open');
  });
});

describe('what it was worth', () => {
  const ended: ProgrammeEvent = { type: 'ProgrammeEnded', at: firstCall, reason: 'finished' };
  const asked: ProgrammeEvent = { type: 'WorthAsked', at: firstCall, people: ['owner', 'mia', 'tom'] };
  const answered = (by: string, worth: Worth): ProgrammeEvent => ({ type: 'WorthAnswered', at: firstCall, by, worth });
  const counts = (...events: ProgrammeEvent[]) => {
    const state = stateOf(started, ended, asked, ...events);
    return state.status === 'ended' ? worthCounts(state) : fail();
  };

  it('is asked once, after the end, and told a week later or when everybody answered', () => {
    given(started)
      .when({ type: 'AskWorth', people: ['mia'] }, firstCall)
      .happens();
    given(started, ended)
      .when({ type: 'AskWorth', people: ['owner', 'mia', 'tom'] }, firstCall)
      .happens(asked);
    given(started, ended, asked, answered('mia', 'yes'), answered('tom', 'no'))
      .when({ type: 'AnswerWorth', by: 'owner', worth: 'partly' }, firstCall)
      .happens(answered('owner', 'partly'), { type: 'WorthTold', at: firstCall });
    expect(paceAt('2026-12-02T10:00', started, ended, asked)).toEqual([{ key: 'worth', dueAt: berlin('2026-12-08T10:00') }]);
    given(started, ended, asked).when({ type: 'AnswerWorth', by: 'eve', worth: 'no' }, firstCall).isRefused('not_allowed');
  });

  it('is counted from three answers on; a changed mind counts once', () => {
    expect(counts(answered('mia', 'yes'), answered('mia', 'no'), answered('tom', 'no'))).toBeUndefined();
    expect(counts(answered('mia', 'yes'), answered('mia', 'no'), answered('tom', 'no'), answered('owner', 'partly'))).toEqual({ yes: 0, partly: 1, no: 2 });
  });
});

describe('two weeks of "no progress" in a row', () => {
  const weeks = [digest('2026-W49', '2026-12-01T10:00'), digest('2026-W50', '2026-12-08T10:00')] as const;
  const second = berlin('2026-12-08T09:00');
  const third = berlin('2026-12-15T09:00');
  const raised: ProgrammeEvent = { type: 'EscalationRaised', at: second, week: '2026-W50', managers: ['mia'], owner: 'owner' };
  const posted = (at: number, ofWeek: string): ProgrammeEvent => ({ type: 'DigestPosted', at, week: ofWeek, callAt: at + 3_600_000 });

  it('go to the owner, once', () => {
    const twice = [started, said('mia', '2026-W49', 'no-progress'), weeks[0], said('mia', '2026-W50', 'no-progress')] as const;
    given(...twice)
      .when(due, second)
      .happens(posted(second, '2026-W50'), raised);
    given(...twice, weeks[1], raised, said('mia', '2026-W51', 'no-progress'))
      .when(due, third)
      .happens(posted(third, '2026-W51'));
  });

  it('go to the owner also where the second was said after the summary, and once', () => {
    const at = berlin('2026-12-08T14:00');
    const late = { type: 'RecordStatus', manager: 'mia', week: '2026-W50', status: 'no-progress' } as const;
    const recorded: ProgrammeEvent = { type: 'StatusRecorded', at, manager: 'mia', week: '2026-W50', report: { status: 'no-progress' }, late: true };
    const before = [started, said('mia', '2026-W49', 'no-progress'), weeks[0], weeks[1]] as const;
    given(...before)
      .when(late, at)
      .happens(recorded, { ...raised, at });
    given(...before, recorded, { ...raised, at })
      .when(late, at)
      .happens();
    given(started, weeks[0], weeks[1]).when(late, at).happens(recorded);
  });

  it('go to the owner again after it went better in between', () => {
    const events = [started, said('mia', '2026-W49', 'no-progress'), weeks[0], said('mia', '2026-W50', 'no-progress'), weeks[1], raised] as const;
    const better = [
      said('mia', '2026-W51', 'on-track'),
      digest('2026-W51', '2026-12-15T10:00'),
      said('mia', '2026-W52', 'no-progress'),
      digest('2026-W52', '2026-12-22T10:00'),
    ];
    const fifth = berlin('2026-12-29T09:00');
    given(...events, ...better, said('mia', '2026-W53', 'no-progress'))
      .when(due, fifth)
      .happens(posted(fifth, '2026-W53'), { ...raised, at: fifth, week: '2026-W53' });
  });

  it('are not two with a silent week or another manager between', () => {
    given(started, said('mia', '2026-W49', 'no-progress'), weeks[0], weeks[1], said('mia', '2026-W51', 'no-progress'))
      .when(due, third)
      .happens(posted(third, '2026-W51'));
    given(started, said('mia', '2026-W49', 'no-progress'), weeks[0], said('tom', '2026-W50', 'no-progress'))
      .when(due, second)
      .happens(posted(second, '2026-W50'));
  });
});

function fail(): never {
  throw new Error('the programme has not started');
}
