import { sql } from 'kysely';
import type { OfChannels } from '../app/store.ts';
import { type ConversationRef, conversationKey } from '../domain/conversation.ts';
import type { Database, Reader, Tx } from './database.ts';
import { manyRows } from './many-rows.ts';
import { streamsIn } from './of-channels.ts';

// Where all that was called too early is set right, the next look finds others; more looks in one transaction would keep writers waiting.
const MOST_LOOKS = 4;

/** The unit of order that a conversation belongs to: its alignment's stream, or its own. */
export async function streamOf(db: Reader, conversation: ConversationRef): Promise<string> {
  const key = conversationKey(conversation);
  return (await streamsOf(db, [key])).get(key) ?? key;
}

/** The streams of those conversations (keys) that belong to an aggregate. */
export async function streamsOf(db: Reader, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('conversations')
    .select(['conversation', 'stream'])
    .where('conversation', 'in', [...new Set(keys)])
    .execute();
  return new Map(rows.map((row) => [row.conversation, row.stream]));
}

/**
 * Makes the rows of these streams exist and keeps other transactions off them until this one ends. Everybody who changes what waits in a stream does this
 * first, always in the same order, so that nobody waits in a circle.
 */
export async function lockStreams(tx: Tx, streams: Iterable<string>): Promise<void> {
  const sorted = [...new Set(streams)].sort();
  if (sorted.length === 0) return;
  await tx
    .insertInto('streams')
    .values(sorted.map((stream) => ({ stream, ready_at: null, lease: null, lease_until: 0 })))
    .onConflict((conflict) => conflict.column('stream').doUpdateSet((row) => ({ stream: row.ref('excluded.stream') })))
    .execute();
}

/**
 * Locks the streams of rows that are about to be added, and lets each be looked at when the first of them is ready. That may be too early, where they only
 * prolong a burst: whoever takes a stream works its moment out first. A row that stays as it is is locked all the same (PostgreSQL docs: INSERT).
 */
export async function callStreams({ kind }: Pick<Database, 'kind'>, tx: Tx, rows: readonly { stream: string; ready_at: number }[]): Promise<void> {
  const earliestOf = new Map<string, number>();
  for (const { stream, ready_at } of rows) earliestOf.set(stream, Math.min(earliestOf.get(stream) ?? ready_at, ready_at));
  const sorted = [...earliestOf].sort(([one], [other]) => (one < other ? -1 : 1));
  if (sorted.length === 0) return;
  await sql`
    insert into streams (stream, ready_at, lease_until)
    select value ->> 0, cast(value ->> 1 as bigint), 0 from ${manyRows(kind, sorted)} where true
    on conflict (stream) do update set ready_at = excluded.ready_at
    where streams.ready_at is null or streams.ready_at > excluded.ready_at`.execute(tx);
}

/**
 * Works out anew when each of these (locked) streams is ready; a free one in which nothing waits is forgotten. What one person writes in a burst is ready
 * together: when the last of it is, but at the latest when the first may wait no longer.
 */
export async function refreshStreams(tx: Tx, streams: Iterable<string>): Promise<void> {
  const names = [...new Set(streams)];
  if (names.length === 0) return;
  await tx
    .updateTable('streams')
    .set({
      ready_at: sql<number | null>`(
        select min(writer.ready_at) from (
          select case when max(i.ready_at) < min(i.burst_until) then max(i.ready_at) else coalesce(min(i.burst_until), min(i.ready_at)) end as ready_at
          from inbox i where i.stream = streams.stream and i.status = ${'waiting'}
          group by i.person_id, i.burst_until is null
        ) writer)`,
    })
    .where('stream', 'in', names)
    .execute();
  await tx.deleteFrom('streams').where('stream', 'in', names).where('ready_at', 'is', null).where('lease_until', '=', 0).execute();
}

type Taking = { now: number; leaseUntil: number; limit: number; lease: string } & OfChannels;

/** Takes up to `limit` streams that are ready and free, the longest ready first. */
export async function takeReadyStreams(database: Database, tx: Tx, options: Taking): Promise<string[]> {
  for (let tries = 0; tries < MOST_LOOKS; tries += 1) {
    const called = await calledStreams(database, tx, options);
    if (called.length === 0) return [];
    await refreshStreams(tx, called);
    const ready = await tx.selectFrom('streams').select('stream').where('stream', 'in', called).where('ready_at', '<=', options.now).execute();
    const streams = called.filter((stream) => ready.some((row) => row.stream === stream));
    await setLease(tx, streams, options);
    if (streams.length > 0) return streams;
  }
  return [];
}

/** Free streams that may be ready, the longest first. */
async function calledStreams(database: Database, tx: Tx, options: Taking): Promise<string[]> {
  const { now, limit } = options;
  const ready = tx.selectFrom('streams').select('stream').where('ready_at', '<=', now).where(streamsIn(options));
  const skipping = database.kind === 'postgres' ? ready.forUpdate().skipLocked() : ready;
  // Two queries, because each can then walk the index; what somebody left behind comes first.
  const abandoned = await skipping.where('lease_until', '>', 0).where('lease_until', '<=', now).limit(limit).execute();
  const left = limit - abandoned.length;
  const free = left > 0 ? await skipping.where('lease_until', '=', 0).orderBy('ready_at').limit(left).execute() : [];
  return [...abandoned, ...free].map((row) => row.stream);
}

/** Takes one stream whether or not something waits in it; false while somebody else holds it. */
export async function takeStream(tx: Tx, stream: string, options: { now: number; leaseUntil: number; lease: string }): Promise<boolean> {
  await lockStreams(tx, [stream]);
  const { lease_until: heldUntil } = await tx.selectFrom('streams').select('lease_until').where('stream', '=', stream).executeTakeFirstOrThrow();
  if (heldUntil > options.now) return false;
  await setLease(tx, [stream], options);
  return true;
}

async function setLease(tx: Tx, streams: readonly string[], { lease, leaseUntil }: { lease: string; leaseUntil: number }): Promise<void> {
  if (streams.length === 0) return;
  await tx.updateTable('streams').set({ lease, lease_until: leaseUntil }).where('stream', 'in', streams).execute();
}

/** Who holds a (locked) stream now. */
export async function leaseOf(tx: Tx, stream: string): Promise<string | null> {
  const row = await tx.selectFrom('streams').select('lease').where('stream', '=', stream).executeTakeFirst();
  return row?.lease ?? null;
}

/** Gives streams back that are still held under these leases. */
export async function releaseStreams(tx: Tx, held: readonly { stream: string; lease: string }[]): Promise<void> {
  await lockStreams(
    tx,
    held.map(({ stream }) => stream),
  );
  for (const { stream, lease } of held) {
    await tx.updateTable('streams').set({ lease: null, lease_until: 0 }).where('stream', '=', stream).where('lease', '=', lease).execute();
  }
  await refreshStreams(
    tx,
    held.map(({ stream }) => stream),
  );
}

/** When the next stream can be taken (epoch milliseconds). */
export async function nextReadyAt(db: Reader, of: OfChannels = {}): Promise<number | undefined> {
  const free = await db
    .selectFrom('streams')
    .select('ready_at')
    .where('lease_until', '=', 0)
    .where('ready_at', 'is not', null)
    .where(streamsIn(of))
    .orderBy('ready_at')
    .limit(1)
    .executeTakeFirst();
  const held = await db
    .selectFrom('streams')
    .select(sql<number | null>`min(case when ready_at > lease_until then ready_at else lease_until end)`.as('at'))
    .where('lease_until', '>', 0)
    .where('ready_at', 'is not', null)
    .where(streamsIn(of))
    .executeTakeFirst();
  return earliest([free?.ready_at, held?.at]);
}

export function earliest(times: readonly (number | null | undefined)[]): number | undefined {
  const known = times.filter((time): time is number => typeof time === 'number');
  return known.length === 0 ? undefined : Math.min(...known);
}
