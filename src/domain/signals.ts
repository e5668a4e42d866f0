import type { Signal } from './coaching-state.ts';
import type { Quote } from './conversation.ts';
import type { Knowledge } from './knowledge.ts';
import type { StartedAlignment } from './state.ts';
import type { Strategy } from './strategy.ts';

/** What the coach may look at besides the state. `words`: those of a quote, undefined once they are erased. `now`: epoch milliseconds. */
export type Known = {
  words(quote: Quote): string | undefined;
  knowledge: Knowledge;
  strategy: Strategy;
  /** Working days since anybody said anything, in the requester's time zone. */
  quietDays: number;
  /** Weeks of the programme in which nobody told a win; absent before it runs. */
  weeksWithoutWin?: number;
  now: number;
};

/** Every occasion that there is now (METHOD §9), the most valuable first. */
export function signalsOf(_state: StartedAlignment, _known: Known): Signal[] {
  return [];
}
