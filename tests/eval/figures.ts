/** A share, or null where there is nothing to divide by. */
export type Figure = number | null;

/** Four digits are more than the test sets can tell apart. */
export function share(part: number, whole: number): Figure {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

/** True positives, what was found in all, and what was there to find. */
export type Hits = { right: number; found: number; gold: number };
export type PrecisionRecall = { precision: Figure; recall: Figure; f1: Figure };

/** `f1` is null only where there was nothing to find and nothing found. */
export function precisionRecall({ right, found, gold }: Hits): PrecisionRecall {
  return { precision: share(right, found), recall: share(right, gold), f1: share(2 * right, found + gold) };
}

/** Several counts as one (micro average). */
export function sumHits(all: readonly Hits[]): Hits {
  const sum: Hits = { right: 0, found: 0, gold: 0 };
  for (const { right, found, gold } of all) {
    sum.right += right;
    sum.found += found;
    sum.gold += gold;
  }
  return sum;
}

/** How two sets agree. */
export function hitsOf<T>(found: ReadonlySet<T>, gold: ReadonlySet<T>): Hits {
  return { right: found.intersection(gold).size, found: found.size, gold: gold.size };
}

/** The mean of the figures that are there. */
export function mean(figures: readonly Figure[]): Figure {
  const there = figures.filter((figure) => figure !== null);
  return share(
    there.reduce((sum, figure) => sum + figure, 0),
    there.length,
  );
}

/** The one in the middle, or the mean of the two in the middle; null for none. */
export function median(numbers: readonly number[]): Figure {
  const sorted = numbers.toSorted((one, other) => one - other);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}

/** Milliseconds, by nearest rank; null for none. */
export function percentiles(times: readonly number[]): { p50: Figure; p99: Figure } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number): Figure => {
    const time = sorted[Math.ceil(part * sorted.length) - 1];
    return time === undefined ? null : Math.round(time * 1_000) / 1_000;
  };
  return { p50: at(0.5), p99: at(0.99) };
}

/** How often what was meant (first key) was taken for what (second key). */
export type Confusion = Record<string, Record<string, number>>;

export function confusionOf(pairs: readonly { gold: string; got: string }[]): Confusion {
  const table: Confusion = {};
  for (const { gold, got } of pairs) {
    const row = table[gold] ?? {};
    table[gold] = { ...row, [got]: (row[got] ?? 0) + 1 };
  }
  return table;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(item);
    else if (key !== undefined) groups.set(key, [item]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}
