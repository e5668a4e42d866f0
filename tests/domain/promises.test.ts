import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import { alignmentTimers } from '../../src/domain/alignment-timers.ts';
import type { Command } from '../../src/domain/command.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';

// Wednesday, 25 November 2026, 16:00 in Berlin.
const NOW = Date.UTC(2026, 10, 25, 15);
const quietHours = { start: '18:00', end: '08:00' };
const berlin = { zone: 'Europe/Berlin', time: '09:00', quietHours };
const words = { textId: 'm2#promise:0', start: 0, end: 20 };
const tom = { by: 'tom', act: 'press' };

function having(commands: readonly Command[], at = NOW): AlignmentState {
  return commands.reduce<AlignmentState>((state, command) => decide(state, command, at).reduce(evolve, state), newAlignment);
}

const conversation = { channel: 'room', tenant: 'acme', place: 'sales', thread: 'm1' } as const;
const opened: Command = {
  type: 'OpenAlignment',
  by: 'dana',
  act: 'm1',
  id: 'a1',
  conversation,
  requester: 'dana',
  understood: {},
  reasons: [],
  answers: [],
  audience: { kind: 'channel', place: 'sales' },
};
const heard = (due?: string): Command => ({
  type: 'HearPromises',
  by: 'tom',
  act: 'm2',
  messageRef: 'm2',
  promises: [{ words, ...(due !== undefined && { due }) }],
});
const idIn = (state: AlignmentState) => (state.status === 'new' ? '' : (state.promises?.[0]?.id ?? ''));

/** When Plumb wants to be woken for a promise of that day, confirmed at NOW: local dates and times in `zone`. */
function wakes(due: string, rhythm = berlin, now = NOW): string[] {
  let state = having([opened, heard(due)], now);
  const confirm: Command = { type: 'ConfirmPromise', ...tom, id: idIn(state), due, rhythm };
  state = decide(state, confirm, now).reduce(evolve, state);
  const woken: string[] = [];
  for (let timers = 0; timers < 5; timers += 1) {
    const timer = alignmentTimers(state, () => rhythm.zone, quietHours).find(({ key }) => key.startsWith('promise:'));
    if (!timer) return woken;
    const events = decide(state, { type: 'PromiseDue', id: idIn(state) }, timer.dueAt);
    woken.push(`${events.map(({ type }) => type).join()} ${new Date(timer.dueAt).toLocaleString('sv', { timeZone: rhythm.zone })}`);
    state = events.reduce(evolve, state);
  }
  return woken;
}

describe('a promise', () => {
  it.each([
    ['2026-11-27', ['PromiseReminded 2026-11-26 09:00:00', 'PromiseAskedAbout 2026-11-30 09:00:00']],
    // Said this afternoon for tomorrow: the morning of the day itself.
    ['2026-11-26', ['PromiseReminded 2026-11-26 09:00:00', 'PromiseAskedAbout 2026-11-27 09:00:00']],
    // For today there is nothing to remind of.
    ['2026-11-25', ['PromiseAskedAbout 2026-11-26 09:00:00']],
    // For a Sunday: the Friday before, the Monday after.
    ['2026-11-29', ['PromiseReminded 2026-11-27 09:00:00', 'PromiseAskedAbout 2026-11-30 09:00:00']],
    // Over the change to summer time it stays nine in the morning.
    ['2027-03-30', ['PromiseReminded 2027-03-29 09:00:00', 'PromiseAskedAbout 2027-03-31 09:00:00']],
  ])('for %s is reminded of once and asked about once, on working days', (due, expected) => {
    expect(wakes(due)).toEqual(expected);
  });

  it('is asked about once when Plumb was down over its day, and not reminded of any more', () => {
    let state = having([opened, heard('2026-11-27')]);
    state = decide(state, { type: 'ConfirmPromise', ...tom, id: idIn(state), due: '2026-11-27', rhythm: berlin }, NOW).reduce(evolve, state);
    const late = NOW + 8 * 86_400_000;
    const events = decide(state, { type: 'PromiseDue', id: idIn(state) }, late);
    expect(events.map(({ type }) => type)).toEqual(['PromiseAskedAbout']);
    expect(decide(events.reduce(evolve, state), { type: 'PromiseDue', id: idIn(state) }, late)).toEqual([]);
  });

  it('is for nobody else to decide about, and takes no day that has passed', () => {
    const state = having([opened, heard('2026-11-27')]);
    const of = { id: idIn(state) };
    for (const type of ['KeepPromise', 'DismissPromise', 'LetPromiseGo', 'TellPromise'] as const)
      expect(() => decide(state, { type, by: 'dana', act: 'p', ...of }, NOW)).toThrow('Only whoever said it');
    expect(() => decide(state, { type: 'ConfirmPromise', ...tom, ...of, due: '2026-11-24', rhythm: berlin }, NOW)).toThrow('from today on');
    expect(() => decide(state, { type: 'ConfirmPromise', ...tom, ...of, due: '2028-01-01', rhythm: berlin }, NOW)).toThrow('within a year');
  });

  it('leaves the conversation as quiet as it was: no activity, nothing to undo', () => {
    const before = having([opened]);
    const state = decide(before, heard('2026-11-27'), NOW + 1).reduce(evolve, before);
    const { promises: _, ...rest } = { promises: undefined, ...state };
    expect(rest).toEqual(before);
  });

  it('that was confirmed for another day than its message names keeps it when only the words are edited', () => {
    const proposed = having([opened, heard('2026-11-27')]);
    const open = decide(proposed, { type: 'ConfirmPromise', ...tom, id: idIn(proposed), due: '2026-12-01', rhythm: berlin }, NOW).reduce(evolve, proposed);
    const edited = decide(open, heard('2026-11-27'), NOW).reduce(evolve, open);
    expect(edited).toMatchObject({ promises: [{ status: 'open', due: '2026-12-01' }] });
  });

  it('that was confirmed and then edited to another day asks again; a settled one stays settled', () => {
    let state = having([opened, heard('2026-11-27')]);
    const id = idIn(state);
    state = decide(state, { type: 'ConfirmPromise', ...tom, id, due: '2026-11-27', rhythm: berlin }, NOW).reduce(evolve, state);
    const edited = decide(state, heard('2026-11-30'), NOW).reduce(evolve, state);
    expect(edited).toMatchObject({ promises: [{ id, status: 'proposed', due: '2026-11-30' }] });
    const kept = decide(state, { type: 'KeepPromise', ...tom, id }, NOW).reduce(evolve, state);
    expect(decide(kept, heard('2026-11-30'), NOW).reduce(evolve, kept)).toMatchObject({ promises: [{ id, status: 'kept' }] });
    expect(decide(kept, { type: 'LetPromiseGo', ...tom, id }, NOW)).toEqual([]);
  });
});
