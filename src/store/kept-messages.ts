import type { InboundEvent, OutboundMessage } from '../app/ports.ts';
import type { Commit } from '../app/store.ts';
import { addRows, prepareRow } from './add-rows.ts';
import type { Database, Reader, Tx } from './database.ts';
import { isOvertaken } from './dead-letters.ts';
import { freeDestinations, lockDestinations, refreshDestinations } from './destinations.ts';
import { destinationKey, messageSchema } from './message-schema.ts';
import { forgetQuotes } from './posts.ts';
import { parseStored } from './stored-json.ts';

/**
 * Sets a message aside until the person it is for has a chat with Plumb, and stores `tell` with it. What has been overtaken meanwhile is forgotten.
 */
export async function keepMessage(database: Database, tx: Tx, rowId: string, tell: InboundEvent | undefined): Promise<void> {
  const row = tx.selectFrom('outbox').select(['seq', 'destination', 'post']).where('id', '=', rowId).where('status', '=', 'waiting');
  const found = await row.executeTakeFirst();
  if (!found) return;
  const isPast = found.post !== null && (await isOvertaken(tx, found.destination, found.post, found.seq));
  const now = database.clock.now();
  // Streams before destinations, as in every commit, so that two of them never wait for each other.
  if (tell && !isPast) await addRows(database)(tx, [prepareRow({ event: tell, readyAt: now })]);
  await lockDestinations(tx, [found.destination]);
  await tx
    .updateTable('outbox')
    .set({ status: isPast ? 'done' : 'kept', lease_until: 0, sending_at: null, settled_at: now, ...(isPast && { body: null }) })
    .where('seq', '=', found.seq)
    .where('status', '=', 'waiting')
    .execute();
  if (isPast) await forgetQuotes(tx, [found.seq]);
  await freeDestinations(tx, [found.destination]);
}

/** Those that can be read, oldest first. */
export async function keptMessages(db: Reader, to: OutboundMessage['to']): Promise<{ id: string; message: OutboundMessage }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'body'])
    .where('destination', '=', destinationKey(to))
    .where('status', '=', 'kept')
    .orderBy('seq')
    .execute();
  return rows.flatMap(({ id, body }) => {
    const parsed = parseStored(messageSchema, body);
    return parsed.ok ? [{ id, message: parsed.value }] : [];
  });
}

type Kept = NonNullable<Commit['kept']>;

/** Where these are to go. */
export async function destinationsOfKept(tx: Tx, kept: Kept): Promise<string[]> {
  if (kept.length === 0) return [];
  const ids = kept.map(({ id }) => id);
  const rows = await tx.selectFrom('outbox').select('destination').where('id', 'in', ids).where('status', '=', 'kept').execute();
  return rows.map((row) => row.destination);
}

/** Back to waiting behind everything else at their (locked) destinations, with no attempts counted; or forgotten. What is not kept any more stays as it is. */
export async function takeUpKept(database: Database, tx: Tx, kept: Kept): Promise<void> {
  for (const { id, notBefore } of kept) {
    const row = await tx.selectFrom('outbox').selectAll().where('id', '=', id).where('status', '=', 'kept').executeTakeFirst();
    if (!row) continue;
    const { seq, ...rest } = row;
    if (notBefore === 'forgotten') {
      await tx.updateTable('outbox').set({ status: 'done', body: null, settled_at: database.clock.now() }).where('seq', '=', seq).execute();
      await forgetQuotes(tx, [seq]);
      continue;
    }
    await tx.deleteFrom('outbox').where('seq', '=', seq).execute();
    const again = { ...rest, status: 'waiting' as const, attempts: 0, due_at: notBefore, lease_until: 0, settled_at: null };
    const added = await tx.insertInto('outbox').values(again).returning('seq').executeTakeFirstOrThrow();
    await tx.updateTable('quotes').set({ seq: added.seq }).where('seq', '=', seq).execute();
    await refreshDestinations(tx, [rest.destination]);
  }
}

/** A message that is kept never goes out once a later one replaces it. */
export async function takeKeptPlace(tx: Tx, { to, replaces }: OutboundMessage): Promise<void> {
  if (replaces === undefined) return;
  const kept = await tx
    .updateTable('outbox')
    .set({ status: 'done', body: null })
    .where('destination', '=', destinationKey(to))
    .where('status', '=', 'kept')
    .where('post', '=', replaces)
    .returning('seq')
    .execute();
  await forgetQuotes(
    tx,
    kept.map((row) => row.seq),
  );
}
