import { sql } from 'kysely';
import type { OfChannels } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { destinationsIn } from './of-channels.ts';
import { earliest } from './streams.ts';

/** Makes the rows of these destinations exist and keeps other transactions off them, always in the same order. */
export async function lockDestinations(tx: Tx, destinations: Iterable<string>): Promise<void> {
  const sorted = [...new Set(destinations)].sort();
  if (sorted.length === 0) return;
  await tx
    .insertInto('destinations')
    .values(sorted.map((destination) => ({ destination, due_at: null, lease_until: 0 })))
    .onConflict((conflict) => conflict.column('destination').doUpdateSet((row) => ({ destination: row.ref('excluded.destination') })))
    .execute();
}

/**
 * Works out anew when each of these (locked) destinations has something to send. A message that is being retried holds back everything after it;
 * one that is not to go before some moment holds back nothing.
 */
export async function refreshDestinations(tx: Tx, destinations: Iterable<string>): Promise<void> {
  const names = [...new Set(destinations)];
  if (names.length === 0) return;
  await tx
    .updateTable('destinations')
    .set({
      due_at: sql<number | null>`(
        select min(o.due_at) from outbox o
        where o.destination = destinations.destination and o.status = ${'waiting'} and o.seq <= coalesce((
          select min(r.seq) from outbox r where r.destination = destinations.destination and r.status = ${'waiting'} and r.attempts > 0
        ), ${Number.MAX_SAFE_INTEGER}))`,
    })
    .where('destination', 'in', names)
    .execute();
  await tx.deleteFrom('destinations').where('destination', 'in', names).where('due_at', 'is', null).where('lease_until', '=', 0).execute();
}

/** Takes up to `limit` free destinations in which something is due, the longest due first. */
export async function takeDueDestinations(
  database: Database,
  tx: Tx,
  options: { now: number; leaseUntil: number; limit: number } & OfChannels,
): Promise<string[]> {
  const { now, limit, leaseUntil } = options;
  const due = tx.selectFrom('destinations').select('destination').where('due_at', '<=', now).where(destinationsIn(options));
  const skipping = database.kind === 'postgres' ? due.forUpdate().skipLocked() : due;
  const abandoned = await skipping.where('lease_until', '>', 0).where('lease_until', '<=', now).limit(limit).execute();
  const left = limit - abandoned.length;
  const free = left > 0 ? await skipping.where('lease_until', '=', 0).orderBy('due_at').limit(left).execute() : [];
  const taken = [...abandoned, ...free].map((row) => row.destination);
  if (taken.length > 0) await tx.updateTable('destinations').set({ lease_until: leaseUntil }).where('destination', 'in', taken).execute();
  return taken;
}

/** Gives (locked) destinations back: their message is delivered, failed, or there was none. */
export async function freeDestinations(tx: Tx, destinations: readonly string[]): Promise<void> {
  if (destinations.length === 0) return;
  await tx.updateTable('destinations').set({ lease_until: 0 }).where('destination', 'in', destinations).execute();
  await refreshDestinations(tx, destinations);
}

/** When the next message can be sent (epoch milliseconds). */
export async function nextDueAt(db: Reader, of: OfChannels = {}): Promise<number | undefined> {
  const free = await db
    .selectFrom('destinations')
    .select('due_at')
    .where('lease_until', '=', 0)
    .where('due_at', 'is not', null)
    .where(destinationsIn(of))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  const held = await db
    .selectFrom('destinations')
    .select(sql<number | null>`min(case when due_at > lease_until then due_at else lease_until end)`.as('at'))
    .where('lease_until', '>', 0)
    .where('due_at', 'is not', null)
    .where(destinationsIn(of))
    .executeTakeFirst();
  return earliest([free?.due_at, held?.at]);
}
