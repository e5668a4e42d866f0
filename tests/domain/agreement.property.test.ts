import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { remind } from '../../src/app/remind.ts';
import { readAlignment } from '../../src/app/snapshots.ts';
import { decide } from '../../src/domain/alignment.ts';
import { alignmentTimers, isCoachTimer } from '../../src/domain/alignment-timers.ts';
import type { Command } from '../../src/domain/command.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { questionIds } from '../../src/domain/questions.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';
import { answer, DAY, MONDAY_9_UTC, opening, said } from './given.ts';

const quietHours = { start: '18:00', end: '08:00' };
const rhythm = { zone: 'Europe/Berlin', time: '09:00', quietHours };
const zones: Readonly<Record<string, string>> = { leader: 'America/New_York', partner: 'Asia/Tokyo' };
const zoneOf = (personId: string) => zones[personId] ?? 'Europe/Berlin';
const timersOf = (state: AlignmentState) => alignmentTimers(state, zoneOf, quietHours).filter(({ key }) => !isCoachTimer(key));

const person = fc.constantFrom('leader', 'partner', 'manager', 'colleague');
const by = { by: person, act: fc.string({ minLength: 3, maxLength: 4 }), standing: fc.constant(['listed-partner' as const]) };
const quote = fc.constantFrom('one', 'two', 'text-budget', 'text-driver').map((textId) => ({ textId, start: 0, end: 10 }));
const point = fc.constantFrom('budget' as const, 'data-source' as const, 'focus' as const);
const due = fc.integer({ min: -3, max: 20 }).map((days) => new Date(MONDAY_9_UTC + days * DAY).toISOString().slice(0, 10));
const someOwn = fc.constantFrom('first', 'last');
const simple = (...types: Command['type'][]) => fc.record({ type: fc.constantFrom(...types), ...by }) as fc.Arbitrary<Command>;

/** What happens around a draft and a signed brief. */
const one: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('SignBrief' as const), ...by, version: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 3,
    arbitrary: simple('ClaimAlignment', 'GiveBack', 'PauseAlignment', 'ResumeAlignment', 'UndoLastAct', 'DeclineSignOff', 'WriteBrief', 'ForgetPromises'),
  },
  { weight: 1, arbitrary: simple('WithdrawRequest', 'CloseAlignment', 'RejectRequest') },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('DeclineRequest' as const), ...by, reason: quote }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('DelegateSignOff' as const), ...by, to: person }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('ChangeLine' as const),
      ...by,
      line: fc.constant({ textId: 'text-driver', start: 0, end: 10 }),
      answer: fc.constant(said('driver')),
      messageRef: fc.constant('form'),
      reason: quote,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('ChangePart' as const),
      ...by,
      part: fc.constantFrom('audience' as const, 'deadline' as const),
      was: fc.option(quote, { nil: undefined }),
      quote,
      source: fc.constant('form' as const),
      messageRef: fc.constantFrom('form', 'm1'),
    }) as fc.Arbitrary<Command>,
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('RestoreLine' as const),
      ...by,
      questionId: fc.constant('driver' as const),
      line: fc.constant({ textId: 'text-driver', start: 0, end: 10 }),
      signed: fc.constant({ textId: 'text-driver', start: 0, end: 10 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('GiveOpenPoint' as const), ...by, point, owner: person, due }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('MoveOpenPoint' as const), ...by, point, due }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('SettleOpenPoint' as const),
      ...by,
      point,
      how: fc.constantFrom('done' as const, 'not-theirs' as const),
      words: quote,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('HearPromises' as const),
      ...by,
      messageRef: fc.constantFrom('m1', 'm2'),
      promises: fc.array(fc.record({ words: quote, due }), { maxLength: 2 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('ConfirmPromise' as const), ...by, id: someOwn, due, rhythm: fc.constant(rhythm) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('DismissPromise' as const, 'KeepPromise' as const, 'LetPromiseGo' as const, 'TellPromise' as const),
      ...by,
      id: someOwn,
    }),
  },
  fc.record({
    type: fc.constant('HoldVendorAnswer' as const),
    ...by,
    text: quote,
    messageRef: fc.constant('form'),
    points: fc.constant([{ point: 'kpi' as const, status: 'met' as const, words: [] }]),
  }),
  { weight: 3, arbitrary: fc.record({ type: fc.constant('ShareVendorAnswer' as const), ...by, id: fc.constant('abc') }) },
);
const open: readonly string[] = ['budget', 'data-source'];
const answered = questionIds.filter((id) => !open.includes(id)).map((id) => answer('leader', said(id)));
const writeBrief: Command = { type: 'WriteBrief', by: 'leader', act: 'write it' };
const sequences = fc.array(one, { minLength: 6, maxLength: 24 });

/** What people decide of promises, they decide of their own. */
function ofItsAuthor(command: Command, state: AlignmentState): Command {
  const promises = state.status === 'new' ? [] : (state.promises ?? []);
  if (!('id' in command) || !('by' in command) || command.type === 'ShareVendorAnswer') return command;
  const promise = promises.at(command.id === 'first' ? 0 : -1);
  return promise ? ({ ...command, id: promise.id, by: promise.by } as Command) : command;
}

/** What the domain refuses changes nothing, and nothing but DomainError may be thrown. A day goes by with every command; timers go off when they are due. */
function play(sequence: readonly Command[]): { state: AlignmentState; history: DomainEvent[]; now: number } {
  let state: AlignmentState = newAlignment;
  const history: DomainEvent[] = [];
  const take = (command: Command, now: number) => {
    try {
      const events = decide(state, command, now);
      state = events.reduce(evolve, state);
      history.push(...events);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  };
  const now = (index: number) => MONDAY_9_UTC + index * DAY;
  for (const command of [opening(), ...answered, writeBrief]) take(command, now(0));
  for (const [index, command] of sequence.entries()) {
    const at = now(index + 1);
    for (const { key, dueAt } of timersOf(state)) {
      const order = remind(key);
      if (order && dueAt <= at) take(order, at);
    }
    take(ofItsAuthor(command, state), at);
    take({ type: 'MoveOn' }, at);
  }
  return { state, history, now: now(sequence.length + 1) };
}

describe('whatever happens around a draft and a signed brief', () => {
  it('is more than refusals: what is played comes to all of it', () => {
    const seen = new Set(fc.sample(sequences, { seed: 7, numRuns: 150 }).flatMap((sequence) => play(sequence).history.map(({ type }) => type)));
    for (const type of [
      'SignOffDelegated',
      'SignOffReminded',
      'OpenPointGiven',
      'OpenPointReminded',
      'PromiseConfirmed',
      'PromiseAskedAbout',
      'LineChanged',
      'PartChanged',
      'LineRestored',
    ])
      expect(seen).toContain(type);
  });

  it('is the same again from its events and from what is stored', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { state, history } = play(sequence);
        const stored: unknown = JSON.parse(JSON.stringify(state));
        expect((JSON.parse(JSON.stringify(history)) as DomainEvent[]).reduce(evolve, newAlignment)).toEqual(stored);
        expect(readAlignment(stored)).toEqual(stored);
      }),
      { numRuns: 100 },
    );
  });

  it('a timer that goes off is done with, or comes later: nothing wakes again and again for nothing', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { state, now } = play(sequence);
        for (const { key, dueAt } of timersOf(state)) {
          const order = remind(key);
          expect(order).toBeDefined();
          const at = Math.max(dueAt, now);
          const after = order ? decide(state, order, at).reduce(evolve, state) : state;
          const again = timersOf(after).find((timer) => timer.key === key);
          expect(again === undefined || again.dueAt > at).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('ends nothing that goes on asking: where it is over, no timer is left', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const { state } = play([...sequence, { type: 'WithdrawRequest', by: 'leader', act: 'the end' }]);
        expect(['withdrawn', 'closed', 'declined']).toContain(state.status);
        expect(timersOf(state)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
