/** Occasions for a live prompt (METHOD §9), the most valuable first: where several are there, the first one is shown. */
export const triggerIds = [
  'strategy-conflict',
  'prescription',
  'self-orientation',
  'upstream-cause',
  'panic',
  'fuzzy-topic',
  'gap-unknown',
  'training-only',
  'no-owner',
  'lagging-only',
  'too-broad',
  'vague-outcome',
  'deliverable-talk',
  'no-reinforcement',
  'managers-missing',
  'stalled',
  'wins-missing',
] as const;
export type TriggerId = (typeof triggerIds)[number];
