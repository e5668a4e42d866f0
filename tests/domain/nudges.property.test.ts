import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type CallTime, callOccurrences, isQuiet, isWeekend, localDay, nextAllowed, weekOf } from '../../src/domain/calendar.ts';
import type { NudgeAbout, NudgeSettings, PersonCommand, PersonEvent, ProgrammeRole } from '../../src/domain/nudge-event.ts';
import { evolveNudges } from '../../src/domain/nudge-evolve.ts';
import { newPerson, type PersonState } from '../../src/domain/nudge-state.ts';
import { decideNudges, nudgeTimers } from '../../src/domain/nudges.ts';
import type { Weekday } from '../../src/domain/questions.ts';
import { refusalOf } from './given-events.ts';

const settings: NudgeSettings = { quietHours: { start: '18:00', end: '08:00' }, nudgeTime: '09:00' };
const hour = 3_600_000;
const start = Date.UTC(2026, 8, 1);
const zones = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Moscow',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Nuuk',
  'America/Santiago',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];
const programmes = ['p1', 'p2', 'p3'];
const anyProgramme = fc.constantFrom(...programmes);
const anyCall: fc.Arbitrary<CallTime> = fc
  .tuple(
    fc.constantFrom<Weekday>('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'),
    fc.constantFrom('00:30', '02:30', '08:15', '10:00', '16:00', '23:30'),
    fc.constantFrom(...zones),
  )
  .map(([weekday, time, timeZone]) => ({ weekday, time, timeZone }));
const anyRoles = fc.constantFrom<readonly ProgrammeRole[]>(['manager'], ['owner'], ['owner', 'manager'], ['data'], ['manager', 'data']);
const anyQuote = fc.constantFrom('t1', 't2').map((textId) => ({ textId, start: 0, end: 4 }));

type Step = { wait: number; command: (state: PersonState, now: number) => PersonCommand };
const fixed = (command: PersonCommand) => () => command;
const latestWeek = (state: PersonState, programmeId: string) => state.programmes[programmeId]?.asked?.week ?? '2026-W40';

const anyCommand: fc.Arbitrary<Step['command']> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(fixed({ type: 'NudgeDue', settings })) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        programmeId: anyProgramme,
        roles: anyRoles,
        commitment: anyQuote,
        call: anyCall,
        zone: fc.constantFrom(...zones),
      })
      .map((facts) => fixed({ type: 'IntroducePerson', namedBy: 'leader', ...facts })),
  },
  { weight: 5, arbitrary: anyProgramme.map((programmeId) => fixed({ type: 'AcceptIntroduction', programmeId })) },
  anyProgramme.map((programmeId) => fixed({ type: 'DeclineIntroduction', programmeId })),
  fc.record({ programmeId: anyProgramme, correction: anyQuote }).map((words) => fixed({ type: 'CorrectIntroduction', ...words })),
  fc.record({ programmeId: anyProgramme, call: anyCall }).map((change) => fixed({ type: 'ChangeCall', ...change })),
  anyProgramme.map((programmeId) => fixed({ type: 'ChangeCall', programmeId })),
  fc
    .record({ programmeId: anyProgramme, reason: fc.constantFrom('programme-ended' as const, 'no-longer-named' as const) })
    .map((end) => fixed({ type: 'EndParticipation', ...end })),
  fc.record({ programmeId: anyProgramme, status: fc.constantFrom('on-track' as const, 'at-risk' as const, 'no-progress' as const), note: anyQuote }).map(
    (given) =>
      (state: PersonState): PersonCommand => ({ type: 'GiveStatus', week: latestWeek(state, given.programmeId), ...given }),
  ),
  anyProgramme.map(
    (programmeId) =>
      (state: PersonState): PersonCommand => ({ type: 'GiveReading', programmeId, week: latestWeek(state, programmeId) }),
  ),
  { weight: 3, arbitrary: fc.constant(fixed({ type: 'SnoozeNudge', settings })) },
  fc.constantFrom('07:00', '09:00', '14:45', '22:00', 'soon').map((time) => fixed({ type: 'SetNudgeTime', time })),
  fc.integer({ min: -5, max: 400 }).map(
    (days) =>
      (_: PersonState, now: number): PersonCommand => ({ type: 'TakeHoliday', until: now + days * 24 * hour }),
  ),
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -1, max: 40 })).map(
    ([start, days]) =>
      (_: PersonState, now: number): PersonCommand => ({ type: 'TakeHoliday', from: now + start * 24 * hour, until: now + (start + days) * 24 * hour }),
  ),
  fc
    .constantFrom<PersonCommand>(
      { type: 'EndHoliday' },
      { type: 'OptOut' },
      { type: 'OptIn' },
      { type: 'ChangeZone', zone: 'Asia/Tokyo' },
      { type: 'ChangeZone', zone: '?' },
      { type: 'NotePresence', left: true },
      { type: 'NotePresence', left: false },
    )
    .map(fixed),
);
/** Waits until the next timer (-1) or for some hours. */
const anyStep: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(
    { weight: 2, arbitrary: fc.constant(-1) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 4, max: 500 }) },
  ),
  command: anyCommand,
});

type Happened = { event: PersonEvent; before: PersonState };

/** Two programmes to begin with, so that nudges come before much else has to happen. */
const beginning: readonly Step[] = ['p1', 'p2'].flatMap((programmeId) =>
  [
    fixed({
      type: 'IntroducePerson',
      programmeId,
      roles: ['manager'],
      namedBy: 'leader',
      call: { weekday: 'tue', time: '16:00', timeZone: 'Europe/Berlin' },
      zone: 'Europe/Berlin',
    }),
    fixed({ type: 'AcceptIntroduction', programmeId }),
  ].map((command) => ({ wait: 0, command })),
);

function play(drawn: readonly Step[]): { happened: Happened[]; state: PersonState; now: number } {
  let state = newPerson;
  let now = start;
  const happened: Happened[] = [];
  for (const { wait, command } of [...beginning, ...drawn]) {
    const timer = nudgeTimers(state, settings, now)[0]?.dueAt;
    now = wait >= 0 ? now + wait * hour : Math.max(now, timer ?? now);
    let events: PersonEvent[] = [];
    refusalOf(() => {
      events = decideNudges(state, command(state, now), now);
    });
    for (const event of events) {
      happened.push({ event, before: state });
      state = evolveNudges(state, event);
    }
  }
  return { happened, state, now };
}

const nudges = (happened: readonly Happened[]) => happened.flatMap(({ event, before }) => (event.type === 'NudgeSent' ? [{ ...event, before }] : []));

describe('whatever is asked of a person’s nudges', () => {
  const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 80 });

  it('replaying the stored events gives the same state', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { happened, state } = play(steps);
        const stored: PersonEvent[] = JSON.parse(JSON.stringify(happened.map(({ event }) => event)));
        expect(stored.reduce(evolveNudges, newPerson)).toEqual(state);
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
      }),
    );
  });

  it('asks at most once per programme and week, and again only after a snooze', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { happened } = play(steps);
        const asked = nudges(happened).flatMap(({ about }) => about);
        const first = asked.filter(({ again }) => !again).map(({ programmeId, week }) => `${programmeId} ${week}`);
        expect(new Set(first).size).toBe(first.length);
        for (const programmeId of programmes) {
          const snoozes = happened.filter(({ event }) => event.type === 'NudgeSnoozed' && event.programmeIds.includes(programmeId));
          expect(asked.filter((about) => about.again && about.programmeId === programmeId).length).toBeLessThanOrEqual(snoozes.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('sends only to those who accepted as managers or for the figures, are there and want it, in working hours, before the call, never twice within an hour', () => {
    let sent = 0;
    fc.assert(
      fc.property(anySteps, (steps) => {
        const all = nudges(play(steps).happened);
        sent += all.length;
        all.forEach(({ at, about, before }, index) => {
          expect(before.nudging.status).toBe('on');
          expect(isWeekend(at, before.zone) || isQuiet(at, before.zone, settings.quietHours)).toBe(false);
          expect(before.holiday !== undefined && at >= before.holiday.from && at < before.holiday.until).toBe(false);
          expect(at - (all[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(hour);
          for (const each of about) expectMayAsk(before, each, at);
        });
      }),
      { numRuns: 300 },
    );
    expect(sent).toBeGreaterThan(100);
  });

  it('a timer that is due is answered by a nudge, so that none is woken for over and over', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { state, now } = play(steps);
        const [timer] = nudgeTimers(state, settings, now);
        if (!timer) return;
        const woken = Math.max(now, timer.dueAt);
        const events = decideNudges(state, { type: 'NudgeDue', settings }, woken);
        expect(events.map(({ type }) => type)).toEqual(['NudgeSent']);
        const next = nudgeTimers(events.reduce(evolveNudges, state), settings, woken)[0]?.dueAt;
        expect(next === undefined || next > woken).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function expectMayAsk(before: PersonState, { programmeId, callAt }: NudgeAbout, at: number): void {
  const participation = before.programmes[programmeId];
  expect(participation?.introduction.status).toBe('accepted');
  expect(participation?.roles.some((role) => role !== 'owner')).toBe(true);
  expect(before.leftAt).toBeUndefined();
  expect(participation?.ended).toBeUndefined();
  expect(callAt).toBeGreaterThan(at);
}

/** A manager of these programmes, and everything sent while the timers run from `from` for so many nudges' worth of time. */
function run(zone: string, calls: readonly CallTime[], until: number, down: (dueAt: number) => number = (dueAt) => dueAt) {
  const joining = calls.flatMap((call, index): PersonEvent[] => [
    { type: 'PersonIntroduced', at: start, programmeId: `p${index + 1}`, roles: ['manager'], namedBy: 'leader', call, zone },
    { type: 'IntroductionAccepted', at: start, programmeId: `p${index + 1}` },
  ]);
  let state = joining.reduce(evolveNudges, newPerson);
  const sent: Extract<PersonEvent, { type: 'NudgeSent' }>[] = [];
  for (let now = start; ; ) {
    const [timer] = nudgeTimers(state, settings, now);
    if (!timer || timer.dueAt > until) return sent;
    now = Math.max(now, down(timer.dueAt));
    for (const event of decideNudges(state, { type: 'NudgeDue', settings }, now)) {
      state = evolveNudges(state, event);
      if (event.type === 'NudgeSent') sent.push(event);
    }
  }
}

const flat = (sent: ReturnType<typeof run>) =>
  sent.flatMap(({ at, about }) => about.map(({ programmeId, week, callAt }) => ({ at, callAt, name: `${programmeId} ${week}` })));

describe('60 weeks in 20 zones', () => {
  it.each(zones)('%s: one nudge per programme and call week at the local nudge time, joined where they fall on one day', (zone) => {
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 1, maxLength: 3 }), (calls) => {
        const until = start + 60 * 7 * 24 * hour;
        const sent = run(zone, calls, until);
        for (const { at } of sent) {
          expect(DateTime.fromMillis(at, { zone }).toFormat('HH:mm')).toBe('09:00');
          expect(isWeekend(at, zone)).toBe(false);
        }
        expect(new Set(sent.map(({ at }) => localDay(at, zone))).size).toBe(sent.length);
        calls.forEach((call, index) => {
          const weeks = sent.flatMap(({ about }) => about.filter(({ programmeId }) => programmeId === `p${index + 1}`).map(({ week }) => week));
          const all = callOccurrences(call, start, 62).map((callAt) => weekOf(callAt, call.timeZone));
          const first = all.indexOf(weeks[0] ?? '');
          expect(first).toBeLessThanOrEqual(1);
          expect(weeks).toEqual(all.slice(first, first + weeks.length));
          expect(weeks.length).toBeGreaterThanOrEqual(59);
        });
      }),
      { numRuns: 2 },
    );
  });

  it('after three days down, asks once for all whose call is still ahead, at the first moment that is allowed, and goes on as ever', () => {
    let caughtUp = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(anyCall, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 9 * 7 * 24 }),
        (zone, calls, hours) => {
          const until = start + 12 * 7 * 24 * hour;
          const from = start + 7 * 24 * hour + hours * hour;
          const back = from + 3 * 24 * hour;
          const first = nextAllowed(back, zone, settings.quietHours);
          const asEver = flat(run(zone, calls, until));
          const sent = flat(run(zone, calls, until, (dueAt) => (dueAt >= from && dueAt < back ? back : dueAt)));
          const missed = asEver.filter(({ at }) => at >= from && at < back);
          const late = missed.filter(({ callAt }) => callAt > first).map(({ name }) => name);
          caughtUp += late.length;
          expect(sent.map(({ name }) => name).sort()).toEqual(
            asEver
              .filter((one) => !missed.includes(one) || one.callAt > first)
              .map(({ name }) => name)
              .sort(),
          );
          for (const { name, at } of sent) if (late.includes(name)) expect(at).toBe(first);
        },
      ),
      { numRuns: 30 },
    );
    expect(caughtUp).toBeGreaterThan(0);
  });

  it('with Plumb down for three days at a time, catches up once or leaves out what is over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(anyCall, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 72 })),
        (zone, calls, hoursDown) => {
          const sent = run(zone, calls, start + 20 * 7 * 24 * hour, (dueAt) => dueAt + (hoursDown.next().value ?? 0) * hour);
          const asked = sent.flatMap(({ about }) => about.map(({ programmeId, week }) => `${programmeId} ${week}`));
          expect(new Set(asked).size).toBe(asked.length);
          for (const { at, about } of sent) {
            expect(isWeekend(at, zone) || isQuiet(at, zone, settings.quietHours)).toBe(false);
            for (const { callAt } of about) expect(callAt).toBeGreaterThan(at);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
