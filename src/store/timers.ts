import type { InboundEvent, TimerTarget } from '../app/ports.ts';
import type { Commit, Store } from '../app/store.ts';
import type { ConversationRef } from '../domain/conversation.ts';
import { insertRows, prepareRow } from './add-rows.ts';
import type { Database, Tx } from './database.ts';
import { aggregateKindSchema, conversationSchema } from './event-schema.ts';
import { parseStored } from './stored-json.ts';
import { lockStreams, refreshStreams, streamsOf } from './streams.ts';

// Keeps one statement below the drivers' limits for parameters.
const LIST_LIMIT = 500;

/** Moments at which something is to happen, until they are due. */
export function createTimers(database: Database): Store['timers'] {
  return {
    async wake(options) {
      // Reading first costs nothing when nothing is due, which is nearly always.
      const next = await database.read(nextDueAt);
      return next === undefined || next > options.now ? 0 : database.writeWork((tx) => wake(database, tx, options));
    },
    nextDueAt: () => database.read(nextDueAt),
    list: ({ limit }) =>
      database.read(async (db) => {
        const rows = await db.selectFrom('timers').select(['kind', 'aggregate_id', 'key', 'due_at']).orderBy('due_at').limit(limit).execute();
        return rows.map((row) => ({ ...asTarget(row), dueAt: row.due_at }));
      }),
  };
}

async function nextDueAt(db: Parameters<Parameters<Database['read']>[0]>[0]): Promise<number | undefined> {
  const row = await db.selectFrom('timers').select('due_at').orderBy('due_at').limit(1).executeTakeFirst();
  return row?.due_at;
}

function asTarget(row: { kind: string; aggregate_id: string; key: string }): TimerTarget {
  return { aggregate: { kind: aggregateKindSchema.parse(row.kind), id: row.aggregate_id }, key: row.key };
}

async function wake(database: Database, tx: Tx, { now, limit }: { now: number; limit: number }): Promise<number> {
  const dueFirst = tx.selectFrom('timers').selectAll().where('due_at', '<=', now).orderBy('due_at').limit(limit);
  const due = await (database.kind === 'postgres' ? dueFirst.forUpdate().skipLocked() : dueFirst).execute();
  const events: InboundEvent[] = [];
  for (const row of due) {
    const conversation = parseStored(conversationSchema, row.conversation);
    if (conversation.ok) events.push(timerDue(asTarget(row), row.due_at, conversation.value));
    else {
      database.logger.error(
        { aggregate: `${row.kind}/${row.aggregate_id}`, timer: row.key, reason: conversation.reason },
        'A stored timer cannot be read and was removed; the next change of its aggregate sets it anew.',
      );
    }
    await tx.deleteFrom('timers').where('kind', '=', row.kind).where('aggregate_id', '=', row.aggregate_id).where('key', '=', row.key).execute();
  }
  await storeEvents(database, tx, events, now);
  return due.length;
}

function timerDue(timer: TimerTarget, dueAt: number, conversation: ConversationRef): InboundEvent {
  const { kind, id } = timer.aggregate;
  // The moment is part of the key: the same timer set again for later is another event, moved into the inbox twice it is the same.
  const eventKey = ['timer', kind, id, timer.key, String(dueAt)].map(encodeURIComponent).join('/');
  return { type: 'TimerDue', timer, eventKey, conversation, personId: '', at: dueAt };
}

async function storeEvents(database: Database, tx: Tx, events: readonly InboundEvent[], readyAt: number): Promise<void> {
  if (events.length === 0) return;
  const prepared = events.map((event) => prepareRow({ event, readyAt }));
  const mapped = await streamsOf(
    tx,
    prepared.map((row) => row.conversation),
  );
  const placed = prepared.map((row) => ({ ...row, stream: mapped.get(row.conversation) ?? row.conversation }));
  const streams = placed.map((row) => row.stream);
  await lockStreams(tx, streams);
  await insertRows(database, tx, placed);
  await refreshStreams(tx, streams);
}

/** Makes the timers of every changed aggregate exactly those of the change. Only what differs is written: most stay as they are. */
export async function syncTimers(tx: Tx, { aggregates, timers }: Pick<Commit, 'aggregates' | 'timers'>): Promise<void> {
  const unchanged = new Set<string>();
  const wanted = new Set(timers.map((timer) => fingerprint(asRow(timer))));
  for (const { ref } of aggregates) {
    const stored = await tx.selectFrom('timers').selectAll().where('kind', '=', ref.kind).where('aggregate_id', '=', ref.id).execute();
    for (const row of stored) {
      if (wanted.has(fingerprint(row))) unchanged.add(fingerprint(row));
      else await tx.deleteFrom('timers').where('kind', '=', ref.kind).where('aggregate_id', '=', ref.id).where('key', '=', row.key).execute();
    }
  }
  const rows = timers.map(asRow).filter((row) => !unchanged.has(fingerprint(row)));
  for (let from = 0; from < rows.length; from += LIST_LIMIT) {
    await tx
      .insertInto('timers')
      .values(rows.slice(from, from + LIST_LIMIT))
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'aggregate_id', 'key'])
          .doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at'), conversation: row.ref('excluded.conversation') })),
      )
      .execute();
  }
}

type TimerRow = { kind: string; aggregate_id: string; key: string; due_at: number; conversation: string };

function asRow({ aggregate, key, dueAt, conversation }: Commit['timers'][number]): TimerRow {
  return { kind: aggregate.kind, aggregate_id: aggregate.id, key, due_at: dueAt, conversation: JSON.stringify(conversation) };
}

function fingerprint({ kind, aggregate_id, key, due_at, conversation }: TimerRow): string {
  return JSON.stringify([kind, aggregate_id, key, due_at, conversation]);
}
