import { sql } from 'kysely';
import type { InboundEvent } from '../app/ports.ts';
import type { AddResult, NewInboxRow } from '../app/store.ts';
import { conversationKey, messageRef } from '../domain/conversation.ts';
import type { Database, Tx } from './database.ts';
import { manyRows } from './many-rows.ts';
import { callStreams, leaseOf, lockStreams, streamsOf } from './streams.ts';

/** An event as a row, worked out before the shared transaction so that what cannot be written down fails alone. */
export type PreparedRow = {
  channel: string;
  tenant: string;
  event_key: string;
  conversation: string;
  person_id: string;
  type: string;
  message_ref: string | null;
  addressed: number;
  ready_at: number;
  burst_until: number | null;
  body: string;
};

export function prepareRow({ event, readyAt, extendBurstUntil, addressed = false }: NewInboxRow): PreparedRow {
  const judged = 'addressed' in event ? { ...event, addressed: event.addressed || addressed } : event;
  return {
    channel: event.conversation.channel,
    tenant: event.conversation.tenant,
    event_key: event.eventKey,
    conversation: conversationKey(event.conversation),
    person_id: event.personId,
    type: event.type,
    message_ref: messageRefOf(event),
    addressed: addressed || ('addressed' in judged && judged.addressed) ? 1 : 0,
    ready_at: readyAt,
    burst_until: extendBurstUntil ?? null,
    body: JSON.stringify(judged),
  };
}

function messageRefOf(event: InboundEvent): string | null {
  return 'messageId' in event ? messageRef({ ...event.conversation, messageId: event.messageId }) : null;
}

/** Writes rows that arrived together. A key that is there already is not stored again; that it is addressed to Plumb is never lost. */
export function addRows(database: Database) {
  return async (tx: Tx, rows: readonly PreparedRow[]): Promise<AddResult[]> => {
    const mapped = await streamsOf(
      tx,
      rows.map((row) => row.conversation),
    );
    const placed = rows.map((row) => ({ ...row, stream: mapped.get(row.conversation) ?? row.conversation }));
    await callStreams(database, tx, placed);
    const inserted = await insertRows(database, tx, placed);
    const results: AddResult[] = [];
    for (const row of placed) {
      const seq = inserted.get(keyOf(row));
      // The first of several in this batch with the same key is the one that was inserted.
      inserted.delete(keyOf(row));
      if (seq !== undefined) results.push('stored');
      else results.push(row.addressed === 1 ? await mergeAddressed(database, tx, row) : 'already there');
    }
    return results;
  };
}

type Inserted = { seq: number; channel: string; tenant: string; event_key: string };
type PlacedRow = PreparedRow & { stream: string };

function keyOf(row: Pick<PlacedRow, 'channel' | 'tenant' | 'event_key'>): string {
  return JSON.stringify([row.channel, row.tenant, row.event_key]);
}

/** Sequence numbers of the rows that were new, by key. */
export async function insertRows(database: Database, tx: Tx, rows: readonly PlacedRow[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const storedAt = database.clock.now();
  const values = rows.map((row) => [
    ...[row.channel, row.tenant, row.event_key, row.stream, row.conversation, row.person_id, row.type, row.message_ref, row.body],
    ...[row.addressed, row.ready_at, row.burst_until, storedAt],
  ]);
  const { rows: inserted } = await sql<Inserted>`
    insert into inbox (
      channel, tenant, event_key, stream, conversation, person_id, type, message_ref, body, addressed, ready_at, burst_until, stored_at, status, attempts
    ) select
      value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
      cast(value ->> 9 as integer), cast(value ->> 10 as bigint), cast(value ->> 11 as bigint), cast(value ->> 12 as bigint), ${'waiting'}, 0
    from ${manyRows(database.kind, values)} where true
    on conflict (channel, tenant, event_key) do nothing returning seq, channel, tenant, event_key`.execute(tx);
  return new Map(inserted.map((row) => [keyOf(row), row.seq]));
}

/**
 * The same message again, now known to be addressed to Plumb. While its row waits and nobody has it in hand, the row becomes addressed; otherwise it was
 * or is being read as unaddressed, so it is stored again under a key of its own.
 */
async function mergeAddressed(database: Database, tx: Tx, row: PlacedRow): Promise<AddResult> {
  const existing = await findRow(tx, row);
  if (existing && existing.stream !== row.stream) await lockStreams(tx, [existing.stream]);
  if (existing?.addressed === 1) return 'already there';
  if (existing?.status === 'waiting' && (await leaseOf(tx, existing.stream)) === null) {
    await tx.updateTable('inbox').set({ addressed: 1, body: row.body }).where('seq', '=', existing.seq).execute();
    return 'already there';
  }
  const inserted = await insertRows(database, tx, [{ ...row, event_key: `${row.event_key}#addressed` }]);
  return inserted.size > 0 ? 'stored' : 'already there';
}

async function findRow(tx: Tx, row: PlacedRow) {
  return tx
    .selectFrom('inbox')
    .select(['seq', 'stream', 'status', 'addressed'])
    .where('channel', '=', row.channel)
    .where('tenant', '=', row.tenant)
    .where('event_key', '=', row.event_key)
    .executeTakeFirst();
}
