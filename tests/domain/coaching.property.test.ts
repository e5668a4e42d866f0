import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAlignment } from '../../src/app/snapshots.ts';
import { decide } from '../../src/domain/alignment.ts';
import type { CoachRules } from '../../src/domain/coaching-command.ts';
import type { Signal } from '../../src/domain/coaching-state.ts';
import type { Command } from '../../src/domain/command.ts';
import { cueKinds, type HeardCue } from '../../src/domain/cues.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';
import type { TriggerId } from '../../src/domain/triggers.ts';
import { MONDAY_9_UTC, opening, said } from './given.ts';
import { evidence, rules, words } from './given-coaching.ts';

type Turn = { commands: Command[]; signals: Signal[]; rules: CoachRules; after: number };

const person = fc.constantFrom('leader', 'partner', 'second', 'manager');
const message = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6');
// Few, so that they meet.
const trigger = fc.constantFrom<TriggerId>('strategy-conflict', 'prescription', 'too-broad', 'no-owner', 'stalled', 'self-orientation', 'fuzzy-topic');
const cue = fc.constantFrom(...cueKinds, 'changes-focus' as const, 'keeps-request' as const, 'narrowed' as const);
const signal: fc.Arbitrary<Signal> = fc.record({
  trigger,
  evidence: fc.array(fc.tuple(message, person), { maxLength: 2 }).map((said) => said.map(([messageRef, by]) => evidence(messageRef, by))),
  about: fc.constantFrom({}, { cause: 'thin-pipeline' }),
  sure: fc.boolean(),
});

function turns(): fc.Arbitrary<Turn[]> {
  const by = { by: person, act: fc.string({ minLength: 3, maxLength: 4 }), standing: fc.subarray(['listed-partner'] as const) };
  const quote = message.map(words);
  const cues = fc.array(cue, { maxLength: 2 });
  const plain = (...types: Command['type'][]) => fc.record({ type: fc.constantFrom(...types), ...by }) as fc.Arbitrary<Command>;
  const prompted = (...types: Command['type'][]) => fc.record({ type: fc.constantFrom(...types), ...by, trigger }) as fc.Arbitrary<Command>;
  const heard = fc.record({ ...by, messageRef: message, cues }).map(({ by: author, act, messageRef, cues: kinds }): Command => {
    const side = author === 'leader' ? 'requester' : author === 'manager' ? 'other' : 'partner';
    const found = kinds.map((kind): HeardCue => ({ cue: kind, quote: words(messageRef), by: author, side, messageRef, at: 0 }));
    return { type: 'HearCues', by: author, act, messageRef, cues: found };
  });
  const choice = fc.constantFrom('as-asked' as const, 'other-focus' as const, 'to-find-out' as const, 'agree' as const);
  const one: fc.Arbitrary<Command> = fc.oneof(
    { weight: 6, arbitrary: heard },
    { weight: 4, arbitrary: plain('ClaimAlignment') },
    { weight: 4, arbitrary: prompted('AskPrompt', 'DismissPrompt', 'DismissPrompt', 'PutChallenge', 'ExplainPrompt') },
    fc.record({ type: fc.constant('SetPromptLimit' as const), ...by, limit: fc.integer({ min: -1, max: 5 }) }),
    fc.record({ type: fc.constant('AnswerPrompt' as const), ...by, trigger, words: quote, messageRef: message, cues }),
    fc.record({ type: fc.constant('AnswerChallenge' as const), ...by, words: quote, messageRef: message, cues }),
    fc.record({ type: fc.constant('AnswerChallenge' as const), ...by, choice, messageRef: message, cues }),
    fc.record({ type: fc.constant('AgreePilot' as const), ...by, group: quote, messageRef: message }),
    fc.record({ type: fc.constant('RemoveMessage' as const), ...by, messageRef: message }),
    fc.record({ type: fc.constant('ReviseMessage' as const), ...by, messageRef: message, answers: fc.constant([]) }),
    fc.record({
      type: fc.constant('RecordAnswers' as const),
      ...by,
      answers: fc.constantFrom([said('driver')], [said('owner'), said('leading-kpis')], [said('sufficiency', 'thin')]),
      source: fc.constant('said' as const),
      correction: fc.boolean(),
      messageRef: message,
    }),
    fc.record({ type: fc.constant('SignBrief' as const), ...by, version: fc.integer({ min: 1, max: 2 }) }),
    plain('DeclinePilot', 'UndoLastAct', 'UndoLastAct', 'GiveBack', 'WriteBrief', 'PauseAlignment', 'ResumeAlignment', 'StartOver', 'WithdrawRequest'),
  );
  return fc.array(
    fc.record({
      commands: fc.array(one, { maxLength: 3 }),
      signals: fc.array(signal, { maxLength: 3 }),
      rules: fc.constantFrom(rules, { ...rules, promptLimits: { usual: 2, contested: 4 } }, { ...rules, rarer: { partner: ['prescription', 'too-broad'] } }),
      after: fc.constantFrom(0, 1_000, 60_000, 120_000, 86_400_000),
    }),
    { maxLength: 25 },
  );
}

type Step = { before: AlignmentState; command: Command; events: DomainEvent[]; now: number };

/** Plays any turns as the app does; what the domain refuses changes nothing. */
function run(sequence: readonly Turn[]): { steps: Step[]; state: AlignmentState; history: DomainEvent[] } {
  let state: AlignmentState = newAlignment;
  let now = MONDAY_9_UTC;
  const steps: Step[] = [];
  for (const { commands, signals, rules: given, after } of [{ commands: [opening()], signals: [], rules, after: 0 }, ...sequence]) {
    now += after;
    for (const command of [...commands, { type: 'Coach', signals, rules: given } as const, { type: 'MoveOn' } as const]) {
      const timed = command.type === 'HearCues' ? { ...command, cues: command.cues.map((one) => ({ ...one, at: now })) } : command;
      let events: DomainEvent[] = [];
      try {
        events = decide(state, timed, now);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
      steps.push({ before: state, command: timed, events, now });
      state = events.reduce(evolve, state);
    }
  }
  return { steps, state, history: steps.flatMap(({ events }) => events) };
}

const coachingIn = (state: AlignmentState) => (state.status === 'new' ? undefined : state.coaching);
const partnersIn = (state: AlignmentState) => (state.status === 'new' ? [] : state.partners.map(({ personId }) => personId));
const timesOf = (history: readonly DomainEvent[], type: DomainEvent['type']) => history.filter((event) => event.type === type).length;

describe('whatever is heard and pressed', () => {
  it('at most one prompt is open, no trigger comes twice, nobody but partners is shown one, and the limit holds', () => {
    fc.assert(
      fc.property(turns(), (sequence) => {
        const seen = new Set<TriggerId>();
        for (const { before, command, events } of run(sequence).steps) {
          const after = events.reduce(evolve, before);
          expect(coachingIn(after)?.prompts.filter(({ status }) => status === 'open').length ?? 0).toBeLessThan(2);
          for (const event of events) {
            if (event.type !== 'LivePromptShown' || command.type !== 'Coach') continue;
            expect(seen).not.toContain(event.prompt.trigger);
            seen.add(event.prompt.trigger);
            expect(event.prompt.to.length).toBeGreaterThan(0);
            expect(partnersIn(before)).toEqual(expect.arrayContaining([...event.prompt.to]));
            expect(seen.size).toBeLessThanOrEqual(coachingIn(before)?.limit ?? command.rules.promptLimits.contested);
          }
        }
      }),
    );
  });

  it('nobody is prompted while the requester is in the middle of an answer', () => {
    fc.assert(
      fc.property(turns(), (sequence) => {
        let wroteAt = Number.NEGATIVE_INFINITY;
        for (const { before, command, events, now } of run(sequence).steps) {
          const isWritten = command.type === 'HearCues' && command.by === 'leader' && events.some(({ type }) => type === 'CuesHeard');
          const isNew = isWritten && !coachingIn(before)?.messages?.some(({ messageRef }) => messageRef === command.messageRef);
          if (isNew && command.messageRef !== 'm1') wroteAt = now;
          if (timesOf(events, 'LivePromptShown') > 0) expect(now - wroteAt).toBeGreaterThanOrEqual(rules.midAnswerMs);
        }
      }),
    );
  });

  it('a challenge comes once, never unasked where a partner has claimed, never unsure, never with a first group, and nothing is asked while it is open', () => {
    fc.assert(
      fc.property(turns(), (sequence) => {
        const { steps, history } = run(sequence);
        expect(timesOf(history, 'ChallengePut')).toBeLessThan(2);
        expect(timesOf(history, 'PilotProposed')).toBeLessThan(2);
        for (const { before, command, events } of steps) {
          const put = events.find((event) => event.type === 'ChallengePut');
          if (put && command.type === 'Coach') {
            expect(partnersIn(before)).toEqual([]);
            expect(command.signals.some(({ trigger: id, sure }) => id === 'strategy-conflict' && sure)).toBe(true);
            expect(timesOf(events, 'PilotProposed')).toBe(0);
          }
          const { step } = coachingIn(before)?.challenge ?? {};
          if (command.type === 'MoveOn' && step !== undefined && step !== 'settled') expect(events).toEqual([]);
        }
      }),
    );
  });

  it('one focus is decided at a time, and nothing is kept of a message that is gone', () => {
    fc.assert(
      fc.property(turns(), (sequence) => {
        for (const { before, command, events } of run(sequence).steps) {
          const coaching = coachingIn(events.reduce(evolve, before));
          expect(coaching?.decisions.length ?? 0).toBeLessThan(2);
          if (command.type !== 'RemoveMessage' || before.status === 'withdrawn' || before.status === 'closed') continue;
          const { messages: _written, ...kept } = coaching ?? {};
          expect(JSON.stringify(kept)).not.toContain(`"messageRef":"${command.messageRef}"`);
        }
      }),
    );
  });

  it('replaying the events gives the same state, which can be stored and read again', () => {
    fc.assert(
      fc.property(turns(), (sequence) => {
        const { state, history } = run(sequence);
        expect((JSON.parse(JSON.stringify(history)) as DomainEvent[]).reduce(evolve, newAlignment)).toEqual(state);
        expect(readAlignment(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });
});
