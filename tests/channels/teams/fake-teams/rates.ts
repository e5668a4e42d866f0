// Microsoft Learn, "Optimize your bot with rate limiting": per bot and conversation, sending.
const limits = [
  { within: 1_000, most: 7 },
  { within: 2_000, most: 8 },
  { within: 30_000, most: 60 },
  { within: 3_600_000, most: 1_800 },
] as const;

/** Counts the calls of each conversation in the documented spans of time. */
export function createRates(now: () => number) {
  const times = new Map<string, number[]>();
  return {
    take(conversation: string): boolean {
      const at = now();
      const before = (times.get(conversation) ?? []).filter((one) => at - one < 3_600_000);
      if (limits.some(({ within, most }) => before.filter((one) => at - one < within).length >= most)) return false;
      times.set(conversation, [...before, at]);
      return true;
    },
  };
}
