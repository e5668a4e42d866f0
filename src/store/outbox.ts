import type { OutboundMessage } from '../app/ports.ts';
import type { OfChannels, Outbox, OutboxRow } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { freeDestinations, lockDestinations, nextDueAt, refreshDestinations, takeDueDestinations } from './destinations.ts';
import { keepMessage, keptMessages, takeKeptPlace } from './kept-messages.ts';
import { destinationKey, messageSchema, tenantOf } from './message-schema.ts';
import { postponeMessage } from './postponed.ts';
import { forgetQuotes, platformIdAt, rememberPost, rememberQuotes } from './posts.ts';
import { parseStored } from './stored-json.ts';

// Expired messages are dropped a few at a time, so that one lease never takes long.
const EXPIRED_AT_ONCE = 200;

/** Messages that are to be sent: durable, in order within a destination, at most one under way in each. */
export function createOutbox(database: Database): Outbox {
  const deliver = database.share(async (tx, deliveries: readonly Delivery[]) => {
    await settleDeliveries(database, tx, deliveries);
    return deliveries.map(() => true);
  });
  const leaseShared = database.share(
    async (tx, leases: readonly Lease[]) => {
      const leased: Awaited<ReturnType<Outbox['lease']>>[] = [];
      for (const options of leases) leased.push(await lease(database, tx, options));
      return leased;
    },
    () => false,
  );
  return {
    async lease(options) {
      // Reading first costs nothing when nothing is to be done, which is nearly always.
      if (!(await database.read((db) => hasWork(db, options)))) return { due: [], expired: 0 };
      // That a send began has to be known even after a power cut, but for the room: it keeps its posts here under the message's id, so a repeat changes nothing.
      const isRoomAlone = options.channels?.every((channel) => channel === 'room');
      if (isRoomAlone) return database.writeLease((tx) => lease(database, tx, options));
      // In PostgreSQL it takes locks, which nobody should wait for longer than it takes.
      return database.kind === 'sqlite' ? leaseShared(options) : database.write((tx) => lease(database, tx, options));
    },
    async delivered(rowId, result) {
      await deliver({ rowId, ...result });
    },
    fail: (rowId, failure) => database.writeWork((tx) => failMessage(database, tx, rowId, failure)),
    postpone: (rowId, dueAt) => database.writeWork((tx) => postponeMessage(tx, rowId, dueAt)),
    keep: (rowId, tell) => database.writeWork((tx) => keepMessage(database, tx, rowId, tell)),
    kept: (to) => database.read((db) => keptMessages(db, to)),
    drop: (rowId) => database.writeWork((tx) => dropMessage(database, tx, rowId)),
    waiting: (rowId) => database.read((db) => waitingMessage(db, rowId)),
    nextDueAt: (of) => database.read((db) => nextDueAt(db, of)),
  };
}

type Delivery = { rowId: string; platformId: string; at: number };

/** Adds messages in their order. One whose id is there already is not added again. */
export async function addMessages(database: Database, tx: Tx, messages: readonly OutboundMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const destinations = messages.map((message) => destinationKey(message.to));
  await lockDestinations(tx, destinations);
  const storedAt = database.clock.now();
  for (const message of messages) {
    await takeKeptPlace(tx, message);
    const heldUntil = await overtake(tx, message, storedAt);
    if (heldUntil !== undefined && message.card === 'removed') continue;
    const row = await tx
      .insertInto('outbox')
      .values({
        id: message.id,
        destination: destinationKey(message.to),
        tenant: tenantOf(message.to),
        audience: message.audience,
        post: message.post ?? message.replaces ?? null,
        replaces: message.replaces ?? null,
        status: 'waiting',
        due_at: message.notBefore ?? heldUntil ?? 0,
        expires_at: message.expiresAt ?? null,
        lease_until: 0,
        attempts: 0,
        body: JSON.stringify(heldUntil === undefined ? message : { ...message, notBefore: heldUntil }),
        reason: null,
        stored_at: storedAt,
        settled_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('seq')
      .executeTakeFirst();
    if (row) await rememberQuotes(tx, message, row.seq);
  }
  await refreshDestinations(tx, destinations);
}

/**
 * A post that is still held back for a better hour never goes out once a later message replaces it: the later one takes its hour, or, when it only
 * takes the post away, nothing goes out at all. Returns that hour (epoch milliseconds).
 */
async function overtake(tx: Tx, message: OutboundMessage, now: number): Promise<number | undefined> {
  if (message.replaces === undefined) return undefined;
  const held = await tx
    .selectFrom('outbox')
    .select(['seq', 'due_at'])
    .where('destination', '=', destinationKey(message.to))
    .where('status', '=', 'waiting')
    .where('post', '=', message.replaces)
    .where('attempts', '=', 0)
    .where('due_at', '>', now)
    .where('lease_until', '<=', now)
    .execute();
  const [first] = held;
  if (!first) return undefined;
  const seqs = held.map((row) => row.seq);
  await tx.updateTable('outbox').set({ status: 'done', body: null, settled_at: now }).where('seq', 'in', seqs).execute();
  await forgetQuotes(tx, seqs);
  return first.due_at;
}

async function hasWork(db: Reader, options: { now: number } & OfChannels): Promise<boolean> {
  const { now } = options;
  const next = await nextDueAt(db, options);
  if (next !== undefined && next <= now) return true;
  const expired = await db.selectFrom('outbox').select('seq').where('status', '=', 'waiting').where('expires_at', '<=', now).limit(1).executeTakeFirst();
  return expired !== undefined;
}

type Lease = { now: number; leaseUntil: number; limit: number } & OfChannels;

async function lease(database: Database, tx: Tx, options: Lease): Promise<{ due: OutboxRow[]; expired: number }> {
  const expired = await dropExpired(database, tx, options.now);
  const destinations = await takeDueDestinations(database, tx, options);
  const due: OutboxRow[] = [];
  const taken: number[] = [];
  const idle: string[] = [];
  for (const destination of destinations) {
    const next = await takeNext(database, tx, destination, options);
    if (next) {
      due.push(next.row);
      taken.push(next.seq);
    } else idle.push(destination);
  }
  await freeDestinations(tx, idle);
  if (taken.length > 0) {
    await tx
      .updateTable('outbox')
      .set((old) => ({ lease_until: options.leaseUntil, sending_at: old.fn.coalesce('sending_at', old.val(options.now)) }))
      .where('seq', 'in', taken)
      .execute();
  }
  return { due, expired };
}

/** The first message of a destination that may go now, not marked as taken yet. One that cannot be read is parked and the next is taken. */
async function takeNext(database: Database, tx: Tx, destination: string, options: { now: number }): Promise<{ seq: number; row: OutboxRow } | undefined> {
  for (;;) {
    const waiting = await tx
      .selectFrom('outbox')
      .select(['seq', 'id', 'body', 'attempts', 'stored_at', 'due_at', 'replaces', 'sending_at'])
      .where('destination', '=', destination)
      .where('status', '=', 'waiting')
      // The first that is due or being retried: whatever stands before it is not to go yet.
      .where((row) => row.or([row('due_at', '<=', options.now), row('attempts', '>', 0)]))
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (!waiting || waiting.due_at > options.now) return undefined;
    const parsed = parseStored(messageSchema, waiting.body);
    if (parsed.ok) {
      const platformId = waiting.replaces === null ? undefined : await platformIdAt(tx, destination, waiting.replaces);
      const row = {
        id: waiting.id,
        message: parsed.value,
        attempts: waiting.attempts,
        storedAt: waiting.stored_at,
        ...(platformId !== undefined && { platformId }),
        ...(waiting.sending_at !== null && { perhapsSentAt: waiting.sending_at }),
      };
      return { seq: waiting.seq, row };
    }
    database.logger.error({ row: waiting.id, reason: parsed.reason }, 'A stored message cannot be read and was parked as a dead letter.');
    await park(database, tx, waiting.seq, parsed.reason);
  }
}

async function dropExpired(database: Database, tx: Tx, now: number): Promise<number> {
  const expired = await tx
    .selectFrom('outbox')
    .select(['seq', 'destination'])
    .where('status', '=', 'waiting')
    .where('expires_at', '<=', now)
    // One that is under way may arrive yet.
    .where('lease_until', '<=', now)
    .limit(EXPIRED_AT_ONCE)
    .execute();
  if (expired.length === 0) return 0;
  const destinations = expired.map((row) => row.destination);
  await lockDestinations(tx, destinations);
  const dropped = await tx
    .updateTable('outbox')
    .set({ status: 'done', body: null, settled_at: database.clock.now() })
    .where(
      'seq',
      'in',
      expired.map((row) => row.seq),
    )
    .where('status', '=', 'waiting')
    .where('lease_until', '<=', now)
    .returning('seq')
    .execute();
  await forgetQuotes(
    tx,
    dropped.map((row) => row.seq),
  );
  await refreshDestinations(tx, destinations);
  return dropped.length;
}

async function settleDeliveries(database: Database, tx: Tx, deliveries: readonly Delivery[]): Promise<void> {
  const ids = deliveries.map(({ rowId }) => rowId);
  const found = await tx.selectFrom('outbox').select('destination').where('id', 'in', ids).execute();
  const destinations = found.map((row) => row.destination);
  await lockDestinations(tx, destinations);
  const rows = await tx.selectFrom('outbox').select(['seq', 'id', 'destination', 'post', 'replaces', 'status', 'body']).where('id', 'in', ids).execute();
  // Others are known to be delivered already, because the platform showed it or a worker that was believed dead had sent it: the next may be under way now.
  const open = new Map(rows.flatMap((row) => (row.status === 'done' && row.body === null ? [] : [[row.id, row] as const])));
  const settled: number[] = [];
  const freed: string[] = [];
  for (const { rowId, platformId, at } of deliveries) {
    const row = open.get(rowId);
    if (!row) continue;
    open.delete(rowId);
    const parsed = parseStored(messageSchema, row.body);
    await rememberPost(tx, { ...row, platformId, at, isRemoval: parsed.ok && parsed.value.card === 'removed' });
    settled.push(row.seq);
    freed.push(row.destination);
  }
  if (settled.length > 0) {
    const done = { status: 'done' as const, body: null, reason: null, lease_until: 0, settled_at: database.clock.now() };
    await tx.updateTable('outbox').set(done).where('seq', 'in', settled).execute();
    await freeDestinations(tx, freed);
  }
  await refreshDestinations(
    tx,
    destinations.filter((destination) => !freed.includes(destination)),
  );
}

async function failMessage(database: Database, tx: Tx, rowId: string, failure: Parameters<Outbox['fail']>[1]): Promise<void> {
  const found = await tx
    .selectFrom('outbox')
    .select(['seq', 'destination', 'attempts'])
    .where('id', '=', rowId)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  if (!found) return;
  await lockDestinations(tx, [found.destination]);
  // A definite refusal: nothing of it is out.
  if (!failure.perhapsSent) await tx.updateTable('outbox').set({ sending_at: null }).where('seq', '=', found.seq).execute();
  if (failure.retryAt === undefined) await park(database, tx, found.seq, failure.reason);
  else {
    // A first try is counted all the same: it marks the row as one that is being retried, which nothing overtakes.
    const attempts = failure.busy ? Math.max(found.attempts, 1) : found.attempts + 1;
    await tx
      .updateTable('outbox')
      .set({ attempts, due_at: failure.retryAt, lease_until: 0, reason: failure.reason })
      .where('seq', '=', found.seq)
      .where('status', '=', 'waiting')
      .execute();
  }
  await freeDestinations(tx, [found.destination]);
}

async function dropMessage(database: Database, tx: Tx, rowId: string): Promise<void> {
  const found = await tx.selectFrom('outbox').select(['seq', 'destination']).where('id', '=', rowId).where('status', '=', 'waiting').executeTakeFirst();
  if (!found) return;
  await lockDestinations(tx, [found.destination]);
  await tx
    .updateTable('outbox')
    .set({ status: 'done', body: null, lease_until: 0, settled_at: database.clock.now() })
    .where('seq', '=', found.seq)
    .where('status', '=', 'waiting')
    .execute();
  await forgetQuotes(tx, [found.seq]);
  await freeDestinations(tx, [found.destination]);
}

/** One that cannot be read counts as none: it is parked when its turn comes. */
async function waitingMessage(db: Reader, rowId: string): Promise<OutboundMessage | undefined> {
  const row = await db.selectFrom('outbox').select('body').where('id', '=', rowId).where('status', '=', 'waiting').executeTakeFirst();
  const parsed = row && parseStored(messageSchema, row.body);
  return parsed?.ok ? parsed.value : undefined;
}

async function park(database: Database, tx: Tx, seq: number, reason: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((old) => ({ status: 'dead', attempts: old('attempts', '+', 1), lease_until: 0, reason, settled_at: database.clock.now() }))
    .where('seq', '=', seq)
    .where('status', '=', 'waiting')
    .execute();
}
