import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/domain/alignment.ts';
import type { Command } from '../../src/domain/command.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { isAnswered, type QuestionId, questionIds } from '../../src/domain/questions.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';
import { DAY, MONDAY_9_UTC, opening, said } from './given.ts';

const person = fc.constantFrom('leader', 'partner', 'manager', 'colleague');
const question = fc.constantFrom(...questionIds);
const message = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5');
const name = { textId: 'text-owner', start: 0, end: 5 };

function commands(): fc.Arbitrary<Command[]> {
  const by = { by: person, act: fc.string({ minLength: 3, maxLength: 4 }), standing: fc.subarray(['listed-partner', 'admin', 'volunteer'] as const) };
  const given = fc
    .record({ questionId: question, status: fc.constantFrom('clear' as const, 'thin' as const) })
    .map(({ questionId, status }) => said(questionId, status, { people: [{ name }] }));
  const simple = (...types: Command['type'][]) => fc.record({ type: fc.constantFrom(...types), ...by }) as fc.Arbitrary<Command>;
  const one: fc.Arbitrary<Command> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('RecordAnswers' as const),
        ...by,
        answers: fc.array(given, { maxLength: 3 }),
        source: fc.constantFrom('said' as const, 'form' as const),
        correction: fc.boolean(),
        messageRef: message,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('ReviseMessage' as const), ...by, answers: fc.array(given, { maxLength: 2 }), messageRef: message }),
    },
    fc.record({ type: fc.constant('RemoveMessage' as const), ...by, messageRef: message }),
    fc.record({ type: fc.constantFrom('SayUnknown' as const, 'SkipQuestion' as const), ...by, messageRef: message }),
    fc.record({ type: fc.constant('DelegateQuestion' as const), ...by, to: person, privately: fc.boolean(), messageRef: message }),
    fc.record({ type: fc.constant('ResolvePerson' as const), ...by, questionId: question, name: fc.constant(name), personId: person }),
    fc.record({ type: fc.constant('HandOver' as const), ...by, to: person, cover: fc.boolean() }),
    fc.record({ type: fc.constant('ConfirmPartner' as const), ...by, personId: person }),
    { weight: 3, arbitrary: fc.record({ type: fc.constant('SignBrief' as const), ...by, version: fc.integer({ min: 1, max: 4 }) }) },
    fc.record({ type: fc.constant('ChooseAudience' as const), ...by, audience: fc.constant({ kind: 'participants' as const }) }),
    simple(
      'TakeShortPath',
      'CarryOn',
      'LeaveRestToPartner',
      'WriteBrief',
      'PauseAlignment',
      'ResumeAlignment',
      'UndoLastAct',
      'ClaimAlignment',
      'GiveBack',
      'AskWhy',
      'AskHelp',
    ),
    fc.record({ type: fc.constant('AskAbout' as const), ...by, about: fc.constantFrom('who-sees' as const, 'so-far' as const, 'example' as const) }),
    simple('StartOver', 'WithdrawRequest', 'RejectRequest', 'CloseAlignment', 'ContinuePrivately', 'ContinueInThread', 'AcceptSuggestion'),
    fc.constantFrom<Command>({ type: 'RemindOfQuiet' }, { type: 'ExpireSuggestion' }, { type: 'LapseDelegation', questionId: 'driver' }),
  );
  return fc.array(one, { maxLength: 40 });
}

/** Plays any commands; what the domain refuses changes nothing, and nothing but DomainError may be thrown. */
function run(sequence: readonly Command[], onStep: (before: AlignmentState, command: Command, events: DomainEvent[]) => void = () => undefined) {
  let state: AlignmentState = newAlignment;
  const history: DomainEvent[] = [];
  for (const [index, command] of [opening(), ...sequence].entries()) {
    for (const step of [command, { type: 'MoveOn' } as const]) {
      let events: DomainEvent[] = [];
      try {
        events = decide(state, step, MONDAY_9_UTC + index * DAY);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
      onStep(state, step, events);
      state = events.reduce(evolve, state);
      history.push(...events);
    }
  }
  return { state, history };
}

describe('whatever people do', () => {
  it('replaying the events gives the same state, also from stored JSON', () => {
    fc.assert(
      fc.property(commands(), (sequence) => {
        const { state, history } = run(sequence);
        const replayed = (JSON.parse(JSON.stringify(history)) as DomainEvent[]).reduce(evolve, newAlignment);
        expect(replayed).toEqual(JSON.parse(JSON.stringify(state)));
      }),
    );
  });

  it('an answered question is not asked again unless its answer was taken away', () => {
    fc.assert(
      fc.property(commands(), (sequence) => {
        run(sequence, (before, _command, events) => {
          for (const event of events)
            if (event.type === 'QuestionAsked' && before.status !== 'new') expect(isAnswered(before.answers, event.questionId)).toBe(false);
        });
      }),
    );
  });

  it('a thin answer is followed up at most once before it is taken away', () => {
    fc.assert(
      fc.property(commands(), (sequence) => {
        const followed = new Set<QuestionId>();
        run(sequence, (_before, _command, events) => {
          for (const event of events) {
            if (event.type === 'AnswersRemoved' || event.type === 'ActUndone') for (const id of event.questionIds) followed.delete(id);
            if (event.type === 'StartedOver') followed.clear();
            if (event.type !== 'FollowUpAsked') continue;
            expect(followed.has(event.questionId)).toBe(false);
            followed.add(event.questionId);
          }
        });
      }),
    );
  });

  it('each version is reached at most once, so that a brief is posted at most once per signed version', () => {
    fc.assert(
      fc.property(commands(), (sequence) => {
        const versions = run(sequence).history.flatMap((event) => (event.type === 'AlignmentReached' ? [event.version] : []));
        expect(new Set(versions).size).toBe(versions.length);
        expect([...versions].sort((a, b) => a - b)).toEqual(versions);
      }),
    );
  });

  it('every status can reach an end', () => {
    fc.assert(
      fc.property(commands(), (sequence) => {
        const { state } = run(sequence);
        if (state.status === 'new' || state.status === 'declined' || state.status === 'closed' || state.status === 'withdrawn') return;
        const end: Command =
          state.status === 'suggested'
            ? { type: 'RejectRequest', by: state.requester, act: 'end' }
            : { type: 'WithdrawRequest', by: state.requester, act: 'end' };
        expect(['declined', 'withdrawn', 'closed']).toContain(decide(state, end, MONDAY_9_UTC + 100 * DAY).reduce(evolve, state).status);
      }),
    );
  });
});
