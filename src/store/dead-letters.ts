import type { DeadLetter, DeadLetters } from '../app/store.ts';
import type { Database, Tx } from './database.ts';
import { lockDestinations, refreshDestinations } from './destinations.ts';
import { forgetQuotes } from './posts.ts';
import { lockStreams, refreshStreams } from './streams.ts';

/** What was given up on, with its body, until it is replayed or its time is over. */
export function createDeadLetters(database: Database): DeadLetters {
  return {
    list: (tenant) =>
      database.read(async (db) => {
        const columns = ['seq', 'reason', 'attempts', 'settled_at', 'stored_at'] as const;
        const events = await db
          .selectFrom('inbox')
          .select([...columns, 'type'])
          .where('status', '=', 'dead')
          .where('tenant', '=', tenant)
          .execute();
        const messages = await db
          .selectFrom('outbox')
          .select([...columns, 'audience', 'post'])
          .where('status', '=', 'dead')
          .where('tenant', '=', tenant)
          .execute();
        return [
          ...events.map((row) => asDeadLetter('inbox', tenant, row, row.type)),
          ...messages.map((row) => asDeadLetter('outbox', tenant, row, `${row.audience}: ${row.post ?? 'message'}`)),
        ].sort((one, other) => other.failedAt - one.failedAt);
      }),
    replay: (id, now) => database.writeWork((tx) => replay(tx, id, now)),
    erase: (before) => database.write((tx) => erase(tx, before)),
  };
}

type DeadRow = { seq: number; reason: string | null; attempts: number; settled_at: number | null; stored_at: number };

function asDeadLetter(kind: DeadLetter['kind'], tenant: string, row: DeadRow, what: string): DeadLetter {
  return {
    id: `${kind}-${row.seq}`,
    kind,
    tenant,
    what,
    reason: row.reason ?? 'unknown',
    attempts: row.attempts,
    failedAt: row.settled_at ?? row.stored_at,
  };
}

async function replay(tx: Tx, id: string, now: number): Promise<boolean> {
  const [, kind, number] = /^(inbox|outbox)-(\d+)$/.exec(id) ?? [];
  if (number === undefined) return false;
  return kind === 'inbox' ? replayEvent(tx, Number(number), now) : replayMessage(tx, Number(number), now);
}

async function replayEvent(tx: Tx, seq: number, now: number): Promise<boolean> {
  const row = await tx.selectFrom('inbox').select('stream').where('seq', '=', seq).where('status', '=', 'dead').executeTakeFirst();
  if (!row) return false;
  await lockStreams(tx, [row.stream]);
  const revived = await tx
    .updateTable('inbox')
    .set({ status: 'waiting', attempts: 0, ready_at: now, burst_until: null, settled_at: null })
    .where('seq', '=', seq)
    .where('status', '=', 'dead')
    .returning('seq')
    .executeTakeFirst();
  await refreshStreams(tx, [row.stream]);
  return revived !== undefined;
}

async function replayMessage(tx: Tx, seq: number, now: number): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select(['destination', 'post', 'expires_at'])
    .where('seq', '=', seq)
    .where('status', '=', 'dead')
    .executeTakeFirst();
  if (!row) return false;
  await lockDestinations(tx, [row.destination]);
  // What expired, or what a later message of the same post has overtaken, must not arrive now.
  const isPast = (row.expires_at !== null && row.expires_at <= now) || (row.post !== null && (await isOvertaken(tx, row.destination, row.post, seq)));
  const change = isPast ? { status: 'done' as const, body: null } : { status: 'waiting' as const, attempts: 0, due_at: now, lease_until: 0, settled_at: null };
  const changed = await tx.updateTable('outbox').set(change).where('seq', '=', seq).where('status', '=', 'dead').returning('seq').executeTakeFirst();
  if (isPast) await forgetQuotes(tx, [seq]);
  await refreshDestinations(tx, [row.destination]);
  return changed !== undefined && !isPast;
}

/** Whether a later message of the same post stands or comes at that destination. */
export async function isOvertaken(tx: Tx, destination: string, post: string, seq: number): Promise<boolean> {
  const later = await tx
    .selectFrom('outbox')
    .select('seq')
    .where('destination', '=', destination)
    .where('status', 'in', ['waiting', 'done', 'kept'])
    .where('post', '=', post)
    .where('seq', '>', seq)
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

/** Their rows stay as done for a while, so that a late repeat of the event is still recognised. */
export async function erase(tx: Tx, before: number): Promise<number> {
  const events = await tx
    .updateTable('inbox')
    .set({ status: 'done', body: null })
    .where('status', '=', 'dead')
    .where('settled_at', '<', before)
    .returning('seq')
    .execute();
  const messages = await tx
    .updateTable('outbox')
    .set({ status: 'done', body: null })
    .where('status', 'in', ['dead', 'kept'])
    .where('settled_at', '<', before)
    .returning('seq')
    .execute();
  for (const { seq } of messages) await forgetQuotes(tx, [seq]);
  return events.length + messages.length;
}
