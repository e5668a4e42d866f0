import type { Signal } from './coaching-state.ts';
import type { Quote } from './conversation.ts';
import { type Heard, heardIn } from './heard.ts';
import type { Knowledge } from './knowledge.ts';
import { diagnosisSignals } from './signals-diagnosis.ts';
import { partnerSignals } from './signals-partner.ts';
import { requestSignals } from './signals-request.ts';
import { supportSignals } from './signals-support.ts';
import type { StartedAlignment } from './state.ts';
import type { Strategy } from './strategy.ts';
import { type Tension, tensionOf } from './tension.ts';
import { triggerIds } from './triggers.ts';

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

/** What every group of signals looks at. */
export type Scene = { state: StartedAlignment; known: Known; heard: Heard; tension: Tension | undefined };

/** Every occasion that there is now (METHOD §9), the most valuable first. */
export function signalsOf(state: StartedAlignment, known: Known): Signal[] {
  const heard = heardIn(state);
  const scene = { state, known, heard, tension: tensionOf(state, known, heard) };
  const found = [...requestSignals(scene), ...diagnosisSignals(scene), ...supportSignals(scene), ...partnerSignals(scene)];
  return triggerIds.flatMap((id) => found.filter(({ trigger }) => trigger === id).slice(0, 1));
}
