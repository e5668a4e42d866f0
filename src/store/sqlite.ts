import { closeSync, fdatasync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Dialect, Kysely, SqliteAdapter, type SqliteDatabase, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { z } from 'zod';
import { describeDriverError, StoreError, sqliteCode } from './errors.ts';
import type { Schema } from './schema.ts';

const SQLITE_BUSY = 5;
// The one writer is this process; waiting is only for other tools that hold the file for a moment.
const BUSY_TIMEOUT_MS = 1_000;
// More different statements than the store has; lists of varying length make many, so the oldest go.
const STATEMENTS_KEPT = 400;

export type Sqlite = {
  db: Kysely<Schema>;
  /** Moves the write-ahead log into the main file and empties it; false when another reader of the file is in the way. */
  fold(): boolean;
  /** Resolves when everything that was committed before is on the disk. */
  syncLog(): Promise<void>;
  /** Throws StoreError `store_gone` when the file is no longer where it was opened: what is written would be in no file. */
  requireFile(): void;
  /** Closes the file and lets the next process have it. */
  close(): Promise<void>;
};

/**
 * Opens a SQLite file (or ':memory:') for this process alone. Throws StoreError `store_in_use` when another process has it and `store_unreadable` when
 * it is no readable database.
 */
export function openSqlite(file: string): Sqlite {
  if (file !== ':memory:') makeFolder(file);
  const releaseFile = file === ':memory:' ? () => undefined : lockFile(file);
  try {
    const connection = connect(file);
    const db = new Kysely<Schema>({ dialect: dialectOn(connection) });
    const log = file === ':memory:' ? undefined : createLogSync(`${file}-wal`);
    return {
      db,
      fold: () => fold(connection),
      syncLog: async () => log?.sync(),
      requireFile: file === ':memory:' ? () => undefined : sameFile(file),
      async close() {
        log?.close();
        await db.destroy();
        if (connection.isOpen) connection.close();
        releaseFile();
      },
    };
  } catch (error) {
    releaseFile();
    throw error;
  }
}

/**
 * Syncs the write-ahead log, which is what SQLite does at the end of a commit with `synchronous = FULL` (sqlite.org/wal.html), but without keeping
 * everything else waiting. One sync serves all who came before it began.
 */
function createLogSync(file: string): { sync(): Promise<void>; close(): void } {
  let log: number | undefined;
  let next: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();
  // The log is there from the first write on, and stays the same file until the database is closed.
  const syncNow = (): Promise<void> => {
    const handle = log ?? openSync(file, 'r+');
    log = handle;
    return new Promise((resolve, reject) => fdatasync(handle, (error) => (error ? reject(error) : resolve())));
  };
  return {
    sync() {
      next ??= running.then(noop, noop).then(() => {
        next = undefined;
        running = syncNow();
        return running;
      });
      return next;
    },
    close() {
      if (log !== undefined) closeSync(log);
      log = undefined;
    },
  };
}

const noop = (): void => undefined;

/** The system lets a process write on into a file that was deleted, and forgets it all at the end. */
function sameFile(file: string): () => void {
  const { ino } = statSync(file);
  return () => {
    if (statSync(file, { throwIfNoEntry: false })?.ino === ino) return;
    throw new StoreError(
      'store_gone',
      `The database ${file} was deleted, moved or replaced while Plumb was running. Put the same file back, or stop Plumb, restore a backup and start it again; until then nothing is taken in.`,
    );
  };
}

const Checkpoint = z.object({ busy: z.number() });

function fold(connection: DatabaseSync): boolean {
  // Everything stands still while this waits for another reader, and the next housekeeping comes anyway.
  connection.exec('PRAGMA busy_timeout = 50');
  try {
    return Checkpoint.parse(connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).busy === 0;
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError('store_unreadable', `The folder of the database, ${dirname(resolve(file))}, could not be made. Check DATA_DIR and its permissions.`, {
      cause: error,
    });
  }
}

/**
 * Holds a lock that the operating system takes back however this process ends. It is on a file of its own, so that the database itself
 * can still be read with other tools.
 */
function lockFile(file: string): () => void {
  const lock = open(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error) !== SQLITE_BUSY) throw unreadable(`${file}.lock`, error);
    throw new StoreError(
      'store_in_use',
      `The database ${file} is in use by another Plumb process. Stop that process first, or give this one a DATA_DIR of its own; to run several, use PostgreSQL (DATABASE_URL).`,
      { cause: error },
    );
  }
  return () => lock.close();
}

function open(file: string, options: { timeout: number }): DatabaseSync {
  try {
    return new DatabaseSync(file, options);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function connect(file: string): DatabaseSync {
  const connection = open(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Committed means on the disk; erased means overwritten (sqlite.org/pragma.html).
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;');
    // Negative means KiB (sqlite.org/pragma.html#pragma_cache_size): the inner pages of every index stay in memory with millions of rows.
    connection.exec('PRAGMA cache_size = -16384;');
    // Pages (40 MB): folding the log away stops everything for a moment, and with the usual 4 MB a busy hour would do nothing else. Housekeeping does it each minute.
    connection.exec('PRAGMA wal_autocheckpoint = 10000;');
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return connection;
  } catch (error) {
    connection.close();
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): StoreError {
  return new StoreError(
    'store_unreadable',
    `The database ${file} could not be opened (${describeDriverError(error)}). Check that the file is a Plumb database, undamaged, and that this user may read and write it and its folder; restore a backup, or move it away to start with an empty one.`,
    { cause: error },
  );
}

// Kysely says that SQLite has no transactional DDL; it has (sqlite.org/lang_transaction.html), and with it a kill in the middle of a migration leaves nothing behind.
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function dialectOn(connection: DatabaseSync): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new SqliteDriver({ database: asKyselyDatabase(connection) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** The part of better-sqlite3's interface that Kysely uses, on Node's own SQLite, with its statements kept prepared. */
function asKyselyDatabase(connection: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, Statement>();
  return {
    prepare(sql) {
      const known = prepared.get(sql);
      if (known) return known;
      // A pragma may take effect when it is prepared, so it is prepared each time.
      if (/^pragma /i.test(sql)) return prepareOn(connection, sql);
      const statement = sql === 'rollback' ? rollbackOn(connection) : prepareOn(connection, sql);
      const oldest = prepared.size >= STATEMENTS_KEPT ? prepared.keys().next().value : undefined;
      if (oldest !== undefined) prepared.delete(oldest);
      prepared.set(sql, statement);
      return statement;
    },
    close: () => connection.close(),
  };
}

function prepareOn(connection: DatabaseSync, sql: string): Statement {
  const statement = connection.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(asInput)),
    run: (parameters) => statement.run(...parameters.map(asInput)),
    iterate: (parameters) => statement.iterate(...parameters.map(asInput)),
  };
}

/** After some errors (a full disk) SQLite has rolled back by itself; a second rollback would fail and hide what happened. */
function rollbackOn(connection: DatabaseSync): Statement {
  const run = () => {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, all: () => [], run, iterate: () => [].values() };
}

function asInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new TypeError(`A ${typeof value} cannot be stored in SQLite; give text, a number or null.`);
}
