import { expect } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import type { Command, GivenAnswer } from '../../src/domain/command.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { QuestionId } from '../../src/domain/questions.ts';
import { type AlignmentState, newAlignment, type StartedAlignment } from '../../src/domain/state.ts';

export const MONDAY_9_UTC = Date.UTC(2026, 10, 23, 9);
export const DAY = 24 * 3_600_000;

export const conversation = { channel: 'room', tenant: 'room', place: 'sales-leaders', thread: 'm1' } as const;

let acts = 0;
/** An act that nobody did before. */
export const newAct = () => `act-${++acts}`;

/** Words that stand for an answer; what they say does not matter to the domain. */
export function said(questionId: QuestionId, status: GivenAnswer['status'] = 'clear', facts?: GivenAnswer['facts']): GivenAnswer {
  return { questionId, status, text: { textId: `text-${questionId}`, start: 0, end: 10 }, ...(facts && { facts }) };
}

type Opened = Extract<Command, { type: 'OpenAlignment' }>;

export function opening(over: Partial<Opened> = {}): Opened {
  return {
    type: 'OpenAlignment',
    id: 'a1',
    by: 'leader',
    act: 'm1',
    conversation,
    requester: 'leader',
    requestMessage: 'm1',
    request: { textId: 'm1', start: 0, end: 20 },
    understood: {},
    reasons: [],
    answers: [],
    audience: { kind: 'channel', place: 'sales-leaders' },
    ...over,
  };
}

export function answer(by: string, given: GivenAnswer | readonly GivenAnswer[], over: Partial<Extract<Command, { type: 'RecordAnswers' }>> = {}): Command {
  const act = over.act ?? newAct();
  return {
    type: 'RecordAnswers',
    by,
    act,
    messageRef: act,
    source: 'said',
    correction: false,
    answers: Array.isArray(given) ? given : [given as GivenAnswer],
    ...over,
  };
}

/** Plays commands, each followed by "what now?", as the app does. */
export function play(commands: readonly Command[], from: AlignmentState = newAlignment, now = MONDAY_9_UTC): { state: AlignmentState; events: DomainEvent[] } {
  let state = from;
  const events: DomainEvent[] = [];
  for (const command of commands) {
    for (const step of [command, { type: 'MoveOn' } as const]) {
      const happened = decide(state, step, now);
      state = happened.reduce(evolve, state);
      events.push(...happened);
    }
  }
  return { state, events };
}

/** The state after these commands, which must have been started. */
export function stateAfter(...commands: Command[]): StartedAlignment {
  const { state } = play([opening(), ...commands]);
  if (state.status === 'new') throw new Error('Nothing was opened.');
  return state;
}

export function asked(state: AlignmentState): QuestionId | undefined {
  return state.status === 'new' ? undefined : state.asked?.questionId;
}

export const given = (...commands: Command[]) => ({
  when: (command: Command, now = MONDAY_9_UTC) => {
    const state = play(commands).state;
    return {
      then: (...expected: Partial<DomainEvent>[]) => {
        const events = decide(state, command, now);
        expect(events).toHaveLength(expected.length);
        for (const [index, event] of expected.entries()) expect(events[index]).toMatchObject(event);
      },
      isRefused: (code: string) => expect(() => decide(state, command, now)).toThrow(expect.objectContaining({ code })),
    };
  },
});

export const essentialAnswers = () => [answer('leader', said('driver')), answer('leader', said('owner')), answer('leader', said('leading-kpis'))];
export const allOthers: readonly QuestionId[] = [
  'contribution',
  'sufficiency',
  'owner-role',
  'manager-role',
  'data-source',
  'weekly-call',
  'context',
  'reinforcement',
  'budget',
];
export const completed = () => [...essentialAnswers(), ...allOthers.map((id) => answer('leader', said(id)))];
