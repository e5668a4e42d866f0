import type { Store } from '../app/store.ts';
import type { Database, Tx } from './database.ts';

type Key = Parameters<Store['usage']['add']>[0];

/** Small counters per tenant, person and day. */
export function createUsage(database: Database): Store['usage'] {
  const add = database.share(async (tx, keys: readonly Key[]) => {
    const counts: number[] = [];
    for (const key of keys) counts.push(await addUsage(tx, key, database.clock.now()));
    return counts;
  });
  return { add };
}

/** Within a transaction; returns the value after adding. */
export async function addUsage(tx: Tx, { tenant, personId, day, what, amount = 1 }: Key, now: number): Promise<number> {
  const row = await tx
    .insertInto('usage')
    .values({ tenant, person_id: personId, day, what, count: amount, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'person_id', 'day', 'what']).doUpdateSet((old) => ({ count: old('usage.count', '+', amount), updated_at: now })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count;
}
