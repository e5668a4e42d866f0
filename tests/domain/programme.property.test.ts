import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { weekOf } from '../../src/domain/calendar.ts';
import { callOf, decideProgramme, evolveProgramme, programmeTimers } from '../../src/domain/programme.ts';
import type { ProgrammeCommand, ProgrammeContent, ProgrammeEvent } from '../../src/domain/programme-event.ts';
import { newProgramme, type ProgrammeState } from '../../src/domain/programme-state.ts';
import type { WeeklyTime } from '../../src/domain/questions.ts';
import { refusalOf } from './given-events.ts';

const quietHours = { start: '18:00', end: '08:00' };
const hour = 3_600_000;
const start = Date.UTC(2026, 8, 1);

const anyCall = fc.constantFrom<WeeklyTime | undefined>(
  undefined,
  { weekday: 'tue' },
  { weekday: 'tue', time: '10:00' },
  { weekday: 'thu', time: '08:30', timeZone: 'America/New_York' },
  { weekday: 'sun', time: '02:30', timeZone: 'Europe/London' },
);
const anyContent = fc
  .tuple(fc.integer({ min: 1, max: 4 }), anyCall, fc.subarray(['mia', 'tom', 'ana']))
  .map(([version, weeklyCall, managers]): ProgrammeContent => {
    const conversation = { channel: 'room', tenant: 'acme', place: 'sales', thread: 'm1' } as const;
    const fixed = { alignmentId: 'a1', conversation, outcome: [], kpis: [], commitments: [], owner: 'owner', zone: 'Europe/Berlin' };
    return { ...fixed, version, managers, ...(weeklyCall && { weeklyCall }) };
  });

type Step = { wait: number; command: (state: ProgrammeState, now: number) => ProgrammeCommand };
const fixed = (command: ProgrammeCommand) => () => command;

const digestTimer = (state: ProgrammeState, now: number) => programmeTimers(state, now, quietHours).find(({ key }) => key === 'digest');

/** The week of the coming call, or one that does not exist. */
function currentWeek(state: ProgrammeState, now: number): string {
  const timer = digestTimer(state, now);
  const call = state.status === 'new' ? undefined : callOf(state.content);
  return timer && call ? weekOf(timer.dueAt + hour, call.timeZone) : 'never';
}

const anyCommand: fc.Arbitrary<Step['command']> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(fixed({ type: 'DigestDue', quietHours })) },
  { weight: 2, arbitrary: anyContent.map((content) => fixed({ type: 'UpdateProgramme', content })) },
  anyContent.map((content) => fixed({ type: 'StartProgramme', id: 'p1', content })),
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom('mia', 'tom', 'eve'), fc.constantFrom('on-track' as const, 'no-progress' as const)).map(
      ([manager, status]) =>
        (state: ProgrammeState, now: number): ProgrammeCommand => ({ type: 'RecordStatus', manager, week: currentWeek(state, now), status }),
    ),
  },
  fc.constantFrom('end', 'month', 'rhythm', 'worth').map((key) => fixed({ type: 'PaceDue', key, quietHours })),
  fc.constant(fixed({ type: 'EndProgramme', reason: 'finished' })),
);
const anySteps = fc
  .tuple(
    anyContent.map((content): Step => ({ wait: 0, command: fixed({ type: 'StartProgramme', id: 'p1', content }) })),
    fc.array(fc.record({ wait: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 200 })), command: anyCommand }), { maxLength: 60 }),
  )
  .map(([first, others]) => [first, ...others]);

/** Waits until the next timer (-1) or for some hours, then asks; refusals change nothing, anything else thrown fails the test. */
function play(steps: readonly Step[]) {
  let state: ProgrammeState = newProgramme;
  let now = start;
  const happened: ProgrammeEvent[] = [];
  for (const { wait, command } of steps) {
    const timer = digestTimer(state, now)?.dueAt;
    now = wait >= 0 ? now + wait * hour : Math.max(now, timer ?? now);
    refusalOf(() => {
      const events = decideProgramme(state, command(state, now), now);
      happened.push(...events);
      state = events.reduce(evolveProgramme, state);
    });
  }
  return { happened, state, now };
}

describe('whatever is asked of a programme', () => {
  it('replaying the stored events gives the same state', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { happened, state } = play(steps);
        const stored: ProgrammeEvent[] = JSON.parse(JSON.stringify(happened));
        expect(stored.reduce(evolveProgramme, newProgramme)).toEqual(state);
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
      }),
    );
  });

  it('posts one digest a week at most, and nothing after the end', () => {
    let posts = 0;
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { happened } = play(steps);
        const weeks = happened.flatMap((event) => (event.type === 'DigestPosted' ? [event.week] : []));
        posts += weeks.length;
        expect(new Set(weeks).size).toBe(weeks.length);
        const end = happened.findIndex((event) => event.type === 'ProgrammeEnded');
        expect(end === -1 ? [] : happened.slice(end + 1)).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(posts).toBeGreaterThan(20);
  });

  it('a timer that is due is answered by a digest, so that none is woken for over and over', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { state, now } = play(steps);
        const timer = digestTimer(state, now);
        if (!timer) return;
        const woken = Math.max(now, timer.dueAt);
        const events = decideProgramme(state, { type: 'DigestDue', quietHours }, woken);
        expect(events[0]?.type).toBe('DigestPosted');
        const next = digestTimer(events.reduce(evolveProgramme, state), woken)?.dueAt;
        expect(next).toBeGreaterThan(woken);
      }),
      { numRuns: 200 },
    );
  });
});
