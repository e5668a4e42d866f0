import type { Signal } from './coaching-state.ts';
import { type HeardCue, proposedQuestion } from './cues.ts';
import type { StartedAlignment } from './state.ts';
import { triggerIds } from './triggers.ts';

const minute = 60_000;
/** After so long the conversation speaks of something else. */
const freshFor = 15 * minute;

/**
 * The occasions with what an external model proposed: its wording where Plumb sees the occasion too, otherwise one more of the same list of triggers.
 * Never sure, so that nothing is put in the thread on the word of a model. `now`: epoch milliseconds.
 */
export function withProposedQuestions(signals: readonly Signal[], { coaching }: Pick<StartedAlignment, 'coaching'>, now: number): Signal[] {
  const proposed = (coaching?.cues ?? []).filter(({ cue, at }) => cue === proposedQuestion && now - at <= freshFor).flatMap(asSignal);
  if (proposed.length === 0) return [...signals];
  const worded = signals.map((signal) => {
    const wording = proposed.findLast(({ trigger }) => trigger === signal.trigger)?.wording;
    return wording ? { ...signal, wording } : signal;
  });
  const others = proposed.filter(({ trigger }, at) => {
    const isSeen = signals.some((signal) => signal.trigger === trigger);
    return !isSeen && proposed.findLastIndex((other) => other.trigger === trigger) === at;
  });
  return [...worded, ...others].sort((one, other) => triggerIds.indexOf(one.trigger) - triggerIds.indexOf(other.trigger));
}

function asSignal({ detail, quote, by, messageRef, wording }: HeardCue): Signal[] {
  const trigger = triggerIds.find((id) => id === detail);
  return trigger && wording ? [{ trigger, evidence: [{ quote, by, messageRef }], about: {}, sure: false, wording }] : [];
}
