import { type Kysely, sql, type Transaction } from 'kysely';
import type { Clock, Logger } from '../app/ports.ts';
import { describeDriverError, driverCode, isUnreachable, StoreError, VersionConflict } from './errors.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import type { DatabaseKind, Schema } from './schema.ts';
import type { WorkSignal } from './work-signal.ts';

export type Tx = Transaction<Schema>;
export type Reader = Kysely<Schema>;

/** What every part of the store works with. Errors that come out are StoreErrors that say what to do. */
export type Database = {
  kind: DatabaseKind;
  clock: Clock;
  logger: Logger;
  signal: WorkSignal;
  read<Result>(query: (db: Reader) => Promise<Result>): Promise<Result>;
  /** One transaction. */
  write<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The same for a change that may make work for somebody: listeners are called after it. */
  writeWork<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** One transaction that a power cut may undo: for leases, which are void after it anyway. It costs no sync of the disk. */
  writeLease<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Small writes that share a transaction. */
  share: GroupCommit['share'];
  drained: GroupCommit['drained'];
  /** From now on everything is refused with `store_closed`. */
  close(): void;
};

// PostgreSQL ends one of two transactions that wait for each other; the other one then goes through at once.
const WRITE_ATTEMPTS = 4;
const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';

export function createDatabase(options: {
  db: Kysely<Schema>;
  kind: DatabaseKind;
  clock: Clock;
  logger: Logger;
  signal: WorkSignal;
  /** Throws when nothing may be written now. */
  requireFile?: (() => void) | undefined;
  /** SQLite: resolves when everything committed so far is on the disk. */
  syncLog?: (() => Promise<void>) | undefined;
}): Database {
  const { db, kind, clock, logger, signal, requireFile } = options;
  let isClosed = false;

  async function guarded<Result>(what: 'read' | 'write', query: () => Promise<Result>): Promise<Result> {
    if (isClosed)
      throw new StoreError('store_closed', 'The store is closed because Plumb is stopping. Start it again to go on; nothing that was confirmed is lost.');
    try {
      if (what === 'write') requireFile?.();
      return await query();
    } catch (error) {
      throw explain(error, what);
    }
  }

  const write: Database['write'] = (change) => guarded('write', () => insisting(() => db.transaction().execute(change)));
  const writeLease: Database['writeLease'] = (change) =>
    guarded('write', () => insisting(() => (kind === 'sqlite' ? unsynced(db, change) : unflushed(db, change))));

  /** Tells other processes along with the change. */
  const announced: Database['write'] = (change) =>
    write(async (tx) => {
      const changed = await change(tx);
      await signal.announceIn(tx);
      return changed;
    });

  async function writeWork<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result> {
    const result = await announced(change);
    signal.call();
    return result;
  }

  const { share, drained } = createGroupCommit({
    // SQLite waits for the disk at each synced commit and nothing else goes on meanwhile; here the log is synced beside the next batch.
    write: options.syncLog ? (change) => guarded('write', () => insisting(() => unsynced(db, change))) : announced,
    durable: options.syncLog ? () => guarded('write', async () => options.syncLog?.()) : async () => undefined,
    announce: signal.call,
  });
  return {
    kind,
    clock,
    logger,
    signal,
    read: (query) => guarded('read', () => query(db)),
    write,
    writeWork,
    writeLease,
    share,
    drained,
    close() {
      isClosed = true;
    },
  };
}

async function insisting<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      const code = driverCode(error);
      if (attempt >= WRITE_ATTEMPTS || (code !== DEADLOCK && code !== SERIALIZATION_FAILURE)) throw error;
    }
  }
}

/** SQLite: the next synced commit syncs this one along, so order is kept (sqlite.org/pragma.html#pragma_synchronous). */
async function unsynced<Result>(db: Kysely<Schema>, change: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(change);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

async function unflushed<Result>(db: Kysely<Schema>, change: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx);
    return change(tx);
  });
}

function explain(error: unknown, what: 'read' | 'write'): unknown {
  if (error instanceof StoreError || error instanceof VersionConflict) return error;
  const reason = describeDriverError(error);
  if (isUnreachable(error)) {
    return new StoreError(
      'store_unreachable',
      `The database does not answer (${reason}). Check DATABASE_URL and that PostgreSQL is running; Plumb tries again by itself.`,
      {
        cause: error,
      },
    );
  }
  if (what === 'read') {
    return new StoreError(
      'store_read_failed',
      `The database could not be read (${reason}). Check the disk and the database's own log; if the file is damaged, restore a backup.`,
      {
        cause: error,
      },
    );
  }
  return new StoreError(
    'store_write_failed',
    `The database could not be written (${reason}). Nothing of this change was kept. Make room on the disk and check that this user may write there; later writes work again by themselves.`,
    { cause: error },
  );
}
