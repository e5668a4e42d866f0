import type { Store } from '../app/store.ts';
import { dayMs, overStatuses } from '../domain/retention.ts';
import type { Database, Reader, Tx } from './database.ts';
import { eraseAlignment } from './erase-alignment.ts';
import { load } from './settings.ts';

// Often enough that nobody waits for it, seldom enough that it costs nothing.
const RUN_EVERY_MS = 3_600_000;
const RAN_AT = 'retention_ran_at';
// So few that others get their turn; what is left is erased in the next hour.
const ERASED_AT_ONCE = 500;
const LISTED = 1_000;

/** What is over, and when it was touched last. */
export function createRetention(database: Database): Store['retention'] {
  return {
    over: async (tenant) => {
      const rows = await database.read((db) => over(db, tenant, Number.MAX_SAFE_INTEGER, LISTED));
      return rows.map(({ updatedAt }) => updatedAt);
    },
  };
}

/**
 * Erases for good what was over for longer than its organisation keeps it, with its programme, words, events and posts. `most`: the longest that anybody
 * keeps it, in days; undefined: as each organisation chose, which may be for ever.
 */
export async function eraseOutdated(database: Database, now: number, most: number | undefined): Promise<void> {
  if (!(await isTime(database, now))) return;
  for (let tenant = await nextTenant(database, ''); tenant !== undefined; tenant = await nextTenant(database, tenant)) {
    const name = tenant;
    const { retentionDays } = await database.read((db) => load(db, name));
    const days = [most, retentionDays].filter((limit) => limit !== undefined);
    if (days.length === 0) continue;
    const before = now - Math.min(...days) * dayMs;
    const due = await database.read((db) => over(db, name, before, ERASED_AT_ONCE));
    for (const { id } of due) await database.write((tx) => eraseIfDue(database, tx, name, id, before));
  }
}

/** One process in an hour does it; a clock that was moved back counts as a new hour. */
async function isTime(database: Database, now: number): Promise<boolean> {
  const ranAt = async (db: Reader) => (await db.selectFrom('numbers').select('value').where('name', '=', RAN_AT).executeTakeFirst())?.value;
  const isDue = (at: number | undefined) => at === undefined || now >= at + RUN_EVERY_MS || now < at;
  // Reading first costs nothing when it is not time, which is nearly always.
  if (!isDue(await database.read(ranAt))) return false;
  return database.write(async (tx) => {
    if (!isDue(await ranAt(tx))) return false;
    await tx
      .insertInto('numbers')
      .values({ name: RAN_AT, value: now })
      .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') })))
      .execute();
    return true;
  });
}

async function nextTenant(database: Database, after: string): Promise<string | undefined> {
  const first = database.read((db) => db.selectFrom('aggregates').select('tenant').where('tenant', '>', after).orderBy('tenant').limit(1).executeTakeFirst());
  return (await first)?.tenant;
}

/** Oldest first. What happened to a programme counts as well. */
async function over(db: Reader, tenant: string, before: number, limit: number): Promise<{ id: string; updatedAt: number }[]> {
  const rows = await db
    .selectFrom('aggregates')
    .leftJoin('aggregates as programme', (join) => join.on('programme.kind', '=', 'programme').onRef('programme.id', '=', 'aggregates.id'))
    .select(['aggregates.id', 'aggregates.updated_at', 'programme.updated_at as followed_at', 'programme.status as followed'])
    .where('aggregates.tenant', '=', tenant)
    .where('aggregates.kind', '=', 'alignment')
    .where('aggregates.updated_at', '<', before)
    .where('aggregates.status', 'in', overStatuses)
    .orderBy('aggregates.updated_at')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, updated_at, followed_at, followed }) => {
    const updatedAt = Math.max(updated_at, followed_at ?? 0);
    return followed === 'running' || updatedAt >= before ? [] : [{ id, updatedAt }];
  });
}

/** Somebody may have taken it up again since it was looked at. */
async function eraseIfDue(database: Database, tx: Tx, tenant: string, id: string, before: number): Promise<void> {
  const row = tx.selectFrom('aggregates').select(['status', 'updated_at']).where('kind', '=', 'alignment').where('id', '=', id).where('tenant', '=', tenant);
  const found = await (database.kind === 'postgres' ? row.forUpdate() : row).executeTakeFirst();
  if (!found || found.updated_at >= before || !overStatuses.some((status) => status === found.status)) return;
  await eraseAlignment(database, tx, id);
}
