import { randomUUID } from 'node:crypto';
import type { Inbox, InboxRow, LeasedStream } from '../app/store.ts';
import { conversationKey } from '../domain/conversation.ts';
import { addRows, prepareRow } from './add-rows.ts';
import type { Database, Reader, Tx } from './database.ts';
import { eventSchema } from './event-schema.ts';
import { manyTexts } from './many-rows.ts';
import { readTogether } from './read-together.ts';
import { parseStored } from './stored-json.ts';
import { lockStreams, nextReadyAt, refreshStreams, releaseStreams, streamOf, takeReadyStreams, takeStream } from './streams.ts';

// Workers look at least once a second by themselves (app/loop.ts): what may be part of a burst for longer needs no call.
const NOTICED_ANYWAY_MS = 1_500;

/** Events that are stored and not done yet. */
export function createInbox(database: Database): Inbox {
  const add = database.share(addRows(database), (row) => row.ready_at - database.clock.now() < NOTICED_ANYWAY_MS);
  const giveBack = database.share(async (tx, held: readonly LeasedStream[]) => {
    await releaseStreams(tx, held);
    return held.map(() => true);
  });
  // Adds that are on their way, by conversation: a message that follows at once must find its thread tracked.
  const underWay = new Map<string, Promise<unknown>>();

  const isTracked = readTogether((keys) => database.read((db) => trackedAmong(database, db, keys)));

  return {
    async add(row) {
      const prepared = prepareRow(row);
      const added = add(prepared);
      const settled = added.then(noop, noop);
      underWay.set(prepared.conversation, settled);
      try {
        return await added;
      } finally {
        if (underWay.get(prepared.conversation) === settled) underWay.delete(prepared.conversation);
      }
    },
    async tracks(conversation) {
      const key = conversationKey(conversation);
      await underWay.get(key);
      return (await isTracked(key)) === true;
    },
    lease: (options) =>
      database.writeLease(async (tx) => {
        const lease = randomUUID();
        const streams = await takeReadyStreams(database, tx, { ...options, lease });
        return streams.length === 0 ? [] : leasedStreams(database, tx, streams, lease);
      }),
    leaseStream: (stream, options) =>
      database.writeLease(async (tx) => {
        const lease = randomUUID();
        if (!(await takeStream(tx, stream, { ...options, lease }))) return undefined;
        const [leased] = await leasedStreams(database, tx, [stream], lease);
        return leased ?? { stream, lease, rows: [] };
      }),
    streamOf: (conversation) => database.read((db) => streamOf(db, conversation)),
    async release(leased) {
      // Announced even when nothing is left: somebody may wait for just this stream to answer a press.
      if (database.kind === 'sqlite') {
        await giveBack(leased);
        return;
      }
      await database.writeLease(async (tx) => {
        await releaseStreams(tx, [leased]);
        await database.signal.announceIn(tx);
      });
      database.signal.call();
    },
    fail: (rowId, failure) => database.writeWork((tx) => failRow(database, tx, rowId, failure)),
    nextReadyAt: (of) => database.read((db) => nextReadyAt(db, of)),
  };
}

/** Those conversations (keys) that belong to an aggregate or have a row waiting. */
async function trackedAmong({ kind }: Database, db: Reader, keys: readonly string[]): Promise<Map<string, true>> {
  const mapped = await db.selectFrom('conversations').select('conversation').where('conversation', 'in', manyTexts(kind, keys)).execute();
  const tracked = new Map(mapped.map(({ conversation }) => [conversation, true] as const));
  const rest = keys.filter((key) => !tracked.has(key));
  if (rest.length === 0) return tracked;
  const waiting = await db
    .selectFrom('inbox')
    .select('stream')
    .distinct()
    .where('stream', 'in', manyTexts(kind, rest))
    .where('status', '=', 'waiting')
    .execute();
  for (const { stream } of waiting) tracked.set(stream, true);
  return tracked;
}

const noop = (): void => undefined;

/** The waiting rows of streams just taken. A row that cannot be read is parked; a stream in which nothing else waits is given back. */
async function leasedStreams(database: Database, tx: Tx, streams: readonly string[], lease: string): Promise<LeasedStream[]> {
  const rows = await tx
    .selectFrom('inbox')
    .select(['seq', 'stream', 'body', 'attempts', 'ready_at', 'stored_at'])
    .where('stream', 'in', streams)
    .where('status', '=', 'waiting')
    .orderBy('seq')
    .execute();
  const readable = new Map<string, InboxRow[]>(streams.map((stream) => [stream, []]));
  const damaged = new Set<string>();
  for (const row of rows) {
    const parsed = parseStored(eventSchema, row.body);
    if (parsed.ok) {
      readable
        .get(row.stream)
        ?.push({ id: String(row.seq), stream: row.stream, event: parsed.value, attempts: row.attempts, readyAt: row.ready_at, storedAt: row.stored_at });
    } else {
      damaged.add(row.stream);
      database.logger.error({ row: row.seq, stream: row.stream, reason: parsed.reason }, 'A stored event cannot be read and was parked as a dead letter.');
      await park(database, tx, row.seq, parsed.reason);
    }
  }
  await refreshStreams(tx, damaged);
  const empty = streams.filter((stream) => damaged.has(stream) && readable.get(stream)?.length === 0);
  await releaseStreams(
    tx,
    empty.map((stream) => ({ stream, lease })),
  );
  return streams.filter((stream) => !empty.includes(stream)).map((stream) => ({ stream, lease, rows: readable.get(stream) ?? [] }));
}

async function failRow(database: Database, tx: Tx, rowId: string, failure: { reason: string; retryAt?: number }): Promise<void> {
  const seq = Number(rowId);
  const row = await tx.selectFrom('inbox').select('stream').where('seq', '=', seq).where('status', '=', 'waiting').executeTakeFirst();
  if (!row) return;
  await lockStreams(tx, [row.stream]);
  if (failure.retryAt === undefined) await park(database, tx, seq, failure.reason);
  else {
    await tx
      .updateTable('inbox')
      .set((old) => ({ attempts: old('attempts', '+', 1), ready_at: failure.retryAt, burst_until: null, reason: failure.reason }))
      .where('seq', '=', seq)
      .where('status', '=', 'waiting')
      .execute();
  }
  await refreshStreams(tx, [row.stream]);
}

async function park(database: Database, tx: Tx, seq: number, reason: string): Promise<void> {
  await tx
    .updateTable('inbox')
    .set((old) => ({ status: 'dead', attempts: old('attempts', '+', 1), reason, settled_at: database.clock.now() }))
    .where('seq', '=', seq)
    .where('status', '=', 'waiting')
    .execute();
}
