import { decide } from '../../src/domain/alignment.ts';
import type { CoachRules } from '../../src/domain/coaching-command.ts';
import { type Coaching, type Evidence, noCoaching, type Signal } from '../../src/domain/coaching-state.ts';
import type { Command } from '../../src/domain/command.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import type { CueKind, HeardCue } from '../../src/domain/cues.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';
import type { TriggerId } from '../../src/domain/triggers.ts';
import { MONDAY_9_UTC, newAct, opening } from './given.ts';

export const MINUTE = 60_000;
export const rules: CoachRules = { promptLimits: { usual: 6, contested: 6 }, midAnswerMs: 90_000, rarer: {} };

/** Which words stand there does not matter to the domain. */
export const words = (textId: string): Quote => ({ textId, start: 0, end: 10 });
export const evidence = (messageRef: string, by = 'leader'): Evidence => ({ quote: words(messageRef), by, messageRef });

/** An occasion whose evidence is the request unless said otherwise. */
export function signal(trigger: TriggerId, over: Partial<Signal> = {}): Signal {
  return { trigger, evidence: [evidence('m1')], about: {}, sure: true, ...over };
}

/** Somebody writes a message, in which these cues are heard. */
export function says(by: string, messageRef: string, ...kinds: CueKind[]): Command {
  const side = by === 'leader' ? 'requester' : by === 'partner' ? 'partner' : 'other';
  const cues = kinds.map((cue): HeardCue => ({ cue, quote: words(messageRef), by, side, messageRef, at: 0 }));
  return { type: 'HearCues', by, act: messageRef, messageRef, cues };
}

export const claims = (by = 'partner'): Command => ({ type: 'ClaimAlignment', by, act: newAct(), standing: ['listed-partner'] });
export const by = (personId: string) => ({ by: personId, act: newAct() });

type Conversation = {
  readonly state: AlignmentState;
  readonly coaching: Coaching;
  /** Everything that happened. */
  readonly events: readonly DomainEvent[];
  readonly now: number;
  /** One turn a minute after the last: commands, then the coach, then the next question, as the app does. Gives what happened in it. */
  turn(commands: readonly Command[], signals?: readonly Signal[], over?: Partial<CoachRules>): DomainEvent[];
  /** The same after so many milliseconds. */
  later(ms: number, signals?: readonly Signal[], over?: Partial<CoachRules>): DomainEvent[];
};

/** A conversation about the request m1 of "leader", played turn by turn. */
export function conversation(...first: readonly Command[]): Conversation {
  let state: AlignmentState = newAlignment;
  let now = MONDAY_9_UTC;
  const events: DomainEvent[] = [];
  function turn(commands: readonly Command[], signals: readonly Signal[] = [], over: Partial<CoachRules> = {}): DomainEvent[] {
    const from = events.length;
    for (const command of [...commands, { type: 'Coach', signals, rules: { ...rules, ...over } } as const, { type: 'MoveOn' } as const]) {
      // What is heard is heard in this turn.
      const timed = command.type === 'HearCues' ? { ...command, cues: command.cues.map((cue) => ({ ...cue, at: now })) } : command;
      const happened = decide(state, timed, now);
      state = happened.reduce(evolve, state);
      events.push(...happened);
    }
    return events.slice(from);
  }
  turn([opening(), ...first]);
  return {
    get state() {
      return state;
    },
    get coaching() {
      return state.status === 'new' ? noCoaching : (state.coaching ?? noCoaching);
    },
    events,
    get now() {
      return now;
    },
    turn(...args) {
      now += MINUTE;
      return turn(...args);
    },
    later(ms, ...args) {
      now += ms;
      return turn([], ...args);
    },
  };
}

/** The events of these types, in order. */
export function only<T extends DomainEvent['type']>(events: readonly DomainEvent[], ...types: T[]): Extract<DomainEvent, { type: T }>[] {
  return events.filter((event): event is Extract<DomainEvent, { type: T }> => types.some((type) => type === event.type));
}
