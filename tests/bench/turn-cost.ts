import { median } from './median.ts';
import { openSeeded } from './seeded-store.ts';

const SMALL = 1_000;
const WARM_UP = 20;
const TURNS = 150;

/** The same turn among 1,000 and among `large` open alignments, one after the other in turns, so that whatever else the machine does hits both. */
export async function measureTurnCost(folder: string, large: number): Promise<{ ratio: number; smallMs: number; largeMs: number }> {
  const [small, big] = [await openSeeded(folder, SMALL), await openSeeded(folder, large)];
  const times = { small: [] as number[], big: [] as number[] };
  const spread = Math.floor((large - 1) / (WARM_UP + TURNS));
  try {
    for (let n = 1; n <= WARM_UP + TURNS; n += 1) {
      const sides = [
        { key: 'small' as const, turn: () => small.turn(n) },
        // Spread over the whole store: neighbours would share pages.
        { key: 'big' as const, turn: () => big.turn(n * spread) },
      ];
      for (const { key, turn } of n % 2 === 0 ? sides : sides.reverse()) {
        const ms = await turn();
        if (n > WARM_UP) times[key].push(ms);
      }
    }
  } finally {
    await small.close();
    await big.close();
  }
  const [smallMs, largeMs] = [median(times.small), median(times.big)];
  return { ratio: largeMs / smallMs, smallMs, largeMs };
}
