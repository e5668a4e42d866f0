/** Milliseconds of each item, after one round that warms the code up. Each counts with its best round: the others were disturbed on a shared machine. */
export async function bestOf<T>(items: readonly T[], rounds: number, work: (item: T) => Promise<unknown>): Promise<number[]> {
  const best = items.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, item] of items.entries()) {
      const startedAt = performance.now();
      await work(item);
      const took = performance.now() - startedAt;
      if (round > 0) best[index] = Math.min(best[index] ?? took, took);
    }
  }
  return best;
}

/** The 99th of 100. */
export function p99(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;
}
