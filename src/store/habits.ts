import type { Store } from '../app/store.ts';
import type { Database, Tx } from './database.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;

/** How often somebody did the same thing, for as long as they are known. */
export function createHabits(database: Database): Store['habits'] {
  return {
    add: (tenant, personId, what) => database.write((tx) => addHabit(tx, { tenant, personId, what }, database.clock.now())),
    of: (tenant, personIds) =>
      database.read(async (db) => {
        if (personIds.length === 0) return [];
        const rows = await db
          .selectFrom('habits')
          .select(['person_id', 'what', 'count'])
          .where('tenant', '=', tenant)
          .where('person_id', 'in', [...new Set(personIds)].slice(0, LIST_LIMIT))
          .orderBy('person_id')
          .orderBy('what')
          .execute();
        return rows.map((row) => ({ personId: row.person_id, what: row.what, count: row.count }));
      }),
  };
}

/** Once more; returns how often by now. */
export async function addHabit(tx: Tx, { tenant, personId, what }: { tenant: string; personId: string; what: string }, now: number): Promise<number> {
  const row = await tx
    .insertInto('habits')
    .values({ tenant, person_id: personId, what, count: 1, updated_at: now })
    .onConflict((conflict) => conflict.columns(['tenant', 'person_id', 'what']).doUpdateSet((old) => ({ count: old('habits.count', '+', 1), updated_at: now })))
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count;
}
