import { sql } from 'kysely';
import type { Store } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { erase } from './dead-letters.ts';
import { eraseOutdated } from './retention.ts';
import { eraseRemovedTenants } from './tenants.ts';

const DAY_MS = 86_400_000;
/** Dead letters are erased after two weeks, whoever has not replayed them by then. */
const DEAD_LETTER_MS = 14 * DAY_MS;
/** Far longer than any platform repeats an event (Slack: about an hour). */
const KEY_MS = 7 * DAY_MS;
const USAGE_MS = 40 * DAY_MS;
const PRUNED_AT_ONCE = 1_000;

/** Erases what is due, a little at a time so that nobody waits long for the writer. */
export async function housekeep(database: Database, now: number, retentionDays?: number): Promise<void> {
  await eraseRemovedTenants(database, now);
  await eraseOutdated(database, now, retentionDays);
  await database.write((tx) => erase(tx, now - DEAD_LETTER_MS));
  await untilNothingIsLeft(() => database.write((tx) => prune(tx, 'inbox', now - KEY_MS)));
  await untilNothingIsLeft(() => database.write((tx) => prune(tx, 'outbox', now - KEY_MS)));
  await database.write(async (tx) => {
    await tx
      .deleteFrom('usage')
      .where('updated_at', '<', now - USAGE_MS)
      .execute();
    // Left behind by somebody who took a free stream or destination and died.
    await tx.deleteFrom('streams').where('lease_until', '<', now).where('ready_at', 'is', null).execute();
    await tx.deleteFrom('destinations').where('lease_until', '<', now).where('due_at', 'is', null).execute();
  });
}

async function untilNothingIsLeft(step: () => Promise<number>): Promise<void> {
  while ((await step()) >= PRUNED_AT_ONCE);
}

async function prune(tx: Tx, table: 'inbox' | 'outbox', before: number): Promise<number> {
  const rows = await tx.selectFrom(table).select('seq').where('status', '=', 'done').where('settled_at', '<', before).limit(PRUNED_AT_ONCE).execute();
  if (rows.length > 0) {
    await tx
      .deleteFrom(table)
      .where(
        'seq',
        'in',
        rows.map((row) => row.seq),
      )
      .execute();
  }
  return rows.length;
}

/** How much waits, for metrics. */
export async function depth(db: Reader): ReturnType<Store['depth']> {
  const count = async (table: 'inbox' | 'outbox', status: 'waiting' | 'dead') =>
    (await db.selectFrom(table).select(sql<number>`count(*)`.as('rows')).where('status', '=', status).executeTakeFirstOrThrow()).rows;
  const timers = await db.selectFrom('timers').select(sql<number>`count(*)`.as('rows')).executeTakeFirstOrThrow();
  return {
    inbox: await count('inbox', 'waiting'),
    outbox: await count('outbox', 'waiting'),
    deadLetters: (await count('inbox', 'dead')) + (await count('outbox', 'dead')),
    timers: timers.rows,
  };
}
