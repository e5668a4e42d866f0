import type { Clock, Logger } from '../app/ports.ts';
import type { Store } from '../app/store.ts';
import { createAggregates } from './aggregates.ts';
import { type Cipher, createCipher } from './cipher.ts';
import { createCommit } from './commit.ts';
import { createDatabase, type Database } from './database.ts';
import { createDeadLetters } from './dead-letters.ts';
import { StoreError } from './errors.ts';
import { createHabits } from './habits.ts';
import { depth, housekeep } from './housekeeping.ts';
import { createInbox } from './inbox.ts';
import { createInstallations, renewEncryption } from './installations.ts';
import { createLessons } from './lessons.ts';
import { migrate } from './migrate.ts';
import { createMovedClock } from './moved-clock.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import type { Postgres } from './postgres.ts';
import { createPosts } from './posts.ts';
import { createReferences } from './references.ts';
import { createRetention } from './retention.ts';
import { createRoom } from './room.ts';
import type { DatabaseKind } from './schema.ts';
import { createSettings } from './settings.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import { createStrategies } from './strategy.ts';
import { createTexts } from './texts.ts';
import { createTimers } from './timers.ts';
import { createUsage } from './usage.ts';
import { createWorkSignal, type WorkSignal } from './work-signal.ts';

export type StoreLocation = { sqliteFile: string } | { databaseUrl: string };

type StoreOptions = { clock?: Clock; logger?: Logger; secretKeys?: readonly string[] };

type Opened = Postgres & Partial<Pick<Sqlite, 'fold' | 'requireFile' | 'syncLog'>>;

const systemClock: Clock = { now: () => Date.now() };
const quiet: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Opens the store, brings its tables up to date and takes it over: leases of an earlier process on the same SQLite file end. Throws StoreError
 * `store_in_use`, `store_unreadable`, `store_unreachable`, `store_newer`, `store_migration_failed` or `secret_key_short`. `secretKeys` encrypt tokens:
 * the first one encrypts, all of them decrypt, and what an earlier one encrypted is encrypted anew here. Several processes on one database get a new key
 * as a further one first, everywhere, and as the first one after that.
 */
export async function openStore(location: StoreLocation, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, logger = quiet, secretKeys = [] } = options;
  const cipher = createCipher(secretKeys);
  const kind: DatabaseKind = 'sqliteFile' in location ? 'sqlite' : 'postgres';
  const signal = createWorkSignal(kind);
  // The driver of PostgreSQL takes memory that nobody needs beside SQLite.
  const opened: Opened =
    'sqliteFile' in location
      ? openSqlite(location.sqliteFile)
      : (await import('./postgres.ts')).openPostgres(location.databaseUrl, { logger, onWork: signal.call });
  const database = createDatabase({ db: opened.db, kind, clock, logger, signal, requireFile: opened.requireFile, syncLog: opened.syncLog });
  try {
    await database.read((db) => migrate(db, kind));
    if (kind === 'sqlite') await endLeases(database);
    await renewEncryption(database, cipher);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return assemble(database, cipher, signal, {
    fold: async () => {
      if (opened.fold?.() === false) {
        logger.warn({}, 'Another tool is reading the database, so erased text stays in its write-ahead log until the next housekeeping.');
      }
    },
    requireFile: () => opened.requireFile?.(),
    close: opened.close,
  });
}

/** A SQLite file belongs to one process: whoever held a lease is gone, so nothing has to wait until it runs out. */
async function endLeases(database: Database): Promise<void> {
  await database.write(async (tx) => {
    await tx.updateTable('streams').set({ lease: null, lease_until: 0 }).where('lease_until', '>', 0).execute();
    await tx.updateTable('destinations').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
    await tx.updateTable('installations').set({ lease: null, lease_until: 0 }).where('lease_until', '>', 0).execute();
    await tx.updateTable('outbox').set({ lease_until: 0 }).where('status', '=', 'waiting').where('lease_until', '>', 0).execute();
  });
}

type Files = { fold(): Promise<void>; requireFile(): void; close(): Promise<void> };

function assemble(database: Database, cipher: Cipher, signal: WorkSignal, files: Files): Store {
  let closing: Promise<void> | undefined;
  return {
    installations: createInstallations(database, cipher),
    people: createPeople(database),
    references: createReferences(database),
    inbox: createInbox(database),
    outbox: createOutbox(database),
    deadLetters: createDeadLetters(database),
    posts: createPosts(database),
    commit: createCommit(database),
    aggregates: createAggregates(database),
    texts: createTexts(database),
    timers: createTimers(database),
    settings: createSettings(database),
    lessons: createLessons(database),
    usage: createUsage(database),
    strategy: createStrategies(database),
    habits: createHabits(database),
    retention: createRetention(database),
    room: createRoom(database),
    clock: createMovedClock(database),
    onWork: signal.listen,
    ping: () =>
      database.read(async (db) => {
        files.requireFile();
        const row = await db.selectNoFrom((select) => select.lit(1).as('one')).executeTakeFirst();
        if (!row) throw new StoreError('store_read_failed', 'The database gave no answer to the simplest question. Check its own log.');
      }),
    depth: () => database.read(depth),
    async housekeep(now, retentionDays) {
      await housekeep(database, now, retentionDays);
      await files.fold();
    },
    close() {
      closing ??= database.drained().then(() => {
        database.close();
        return files.close();
      });
      return closing;
    },
  };
}
