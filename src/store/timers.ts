import type { InboundEvent, TimerTarget } from '../app/ports.ts';
import type { Commit, OfChannels, Store } from '../app/store.ts';
import type { ChannelName, ConversationRef } from '../domain/conversation.ts';
import { insertRows, prepareRow } from './add-rows.ts';
import type { Database, Reader, Tx } from './database.ts';
import { aggregateKindSchema, conversationSchema } from './event-schema.ts';
import { channelNames } from './of-channels.ts';
import { parseStored } from './stored-json.ts';
import { earliest, lockStreams, refreshStreams, streamsOf } from './streams.ts';

// Keeps one statement below the drivers' limits for parameters.
const LIST_LIMIT = 500;

/** Moments at which something is to happen, until they are due. */
export function createTimers(database: Database): Store['timers'] {
  return {
    async wake(options) {
      // Reading first costs nothing when nothing is due, which is nearly always.
      const next = await database.read((db) => nextDueAt(db, options));
      return next === undefined || next > options.now ? 0 : database.writeWork((tx) => wake(database, tx, options));
    },
    nextDueAt: (of = {}) => database.read((db) => nextDueAt(db, of)),
    list: ({ limit }) =>
      database.read(async (db) => {
        const rows = [];
        for (const channel of channelNames) rows.push(...(await firstOf(db, channel).selectAll().limit(limit).execute()));
        rows.sort((one, other) => one.due_at - other.due_at);
        return rows.slice(0, limit).map((row) => ({ ...asTarget(row), dueAt: row.due_at }));
      }),
  };
}

/** In the order of the index, which goes by platform: so each is asked on its own. */
function firstOf(db: Reader, channel: ChannelName) {
  return db.selectFrom('timers').where('channel', '=', channel).orderBy('due_at');
}

async function nextDueAt(db: Reader, { channels = channelNames }: OfChannels): Promise<number | undefined> {
  const times: (number | undefined)[] = [];
  for (const channel of channels) times.push((await firstOf(db, channel).select('due_at').limit(1).executeTakeFirst())?.due_at);
  return earliest(times);
}

function asTarget(row: { kind: string; aggregate_id: string; key: string }): TimerTarget {
  return { aggregate: { kind: aggregateKindSchema.parse(row.kind), id: row.aggregate_id }, key: row.key };
}

type Wake = { now: number; limit: number } & OfChannels;

async function wake(database: Database, tx: Tx, options: Wake): Promise<number> {
  const { now, limit, channels = channelNames } = options;
  const due: TimerRow[] = [];
  for (const channel of channels) {
    if (due.length >= limit) break;
    const left = limit - due.length;
    const first = firstOf(tx, channel).selectAll().where('due_at', '<=', now).limit(left);
    due.push(...(await (database.kind === 'postgres' ? first.forUpdate().skipLocked() : first).execute()));
  }
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
          .doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at'), conversation: row.ref('excluded.conversation'), channel: row.ref('excluded.channel') })),
      )
      .execute();
  }
}

type TimerRow = { kind: string; aggregate_id: string; key: string; due_at: number; conversation: string; channel: string };

function asRow({ aggregate, key, dueAt, conversation }: Commit['timers'][number]): TimerRow {
  return { kind: aggregate.kind, aggregate_id: aggregate.id, key, due_at: dueAt, conversation: JSON.stringify(conversation), channel: conversation.channel };
}

function fingerprint({ kind, aggregate_id, key, due_at, conversation }: Omit<TimerRow, 'channel'>): string {
  return JSON.stringify([kind, aggregate_id, key, due_at, conversation]);
}
