import type { Store } from '../app/store.ts';
import type { Database } from './database.ts';

const OFFSET = 'clock_offset';

/** How far the room's clock was moved. */
export function createMovedClock(database: Database): Store['clock'] {
  return {
    offset: () =>
      database.read(async (db) => {
        const row = await db.selectFrom('numbers').select('value').where('name', '=', OFFSET).executeTakeFirst();
        return row?.value ?? 0;
      }),
    setOffset: (ms) =>
      database.writeWork(async (tx) => {
        await tx
          .insertInto('numbers')
          .values({ name: OFFSET, value: ms })
          .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') })))
          .execute();
      }),
  };
}
