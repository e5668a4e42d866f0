import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../app/ports.ts';
import { describeDriverError } from './errors.ts';
import type { Schema } from './schema.ts';
import { workChannel } from './work-signal.ts';

const INT8 = 20;
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const LONGEST_RECONNECT_MS = 10_000;

export type Postgres = { db: Kysely<Schema>; close(): Promise<void> };

/** A pool of connections, and one more that hears when another instance has made work; it comes back by itself after a loss. */
export function openPostgres(databaseUrl: string, { logger, onWork }: { logger: Logger; onWork: () => void }): Postgres {
  // Times and counts are bigint in PostgreSQL and stay far below 2^53.
  const types = { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) };
  const pool = new pg.Pool({ connectionString: databaseUrl, types, max: POOL_SIZE, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // Without a listener a lost idle connection would end the process; the pool replaces it by itself.
  pool.on('error', (error) => logger.warn({ reason: describeDriverError(error) }, 'A connection to PostgreSQL was lost; a new one is made when needed.'));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const ear = listenForWork(databaseUrl, logger, onWork);
  return {
    db,
    async close() {
      await ear.close();
      await db.destroy();
    },
  };
}

function listenForWork(databaseUrl: string, logger: Logger, onWork: () => void): { close(): Promise<void> } {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let losses = 0;

  async function connect(): Promise<void> {
    const connecting = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    client = connecting;
    let isLost = false;
    const lost = (error?: unknown) => {
      if (isLost || isClosed) return;
      isLost = true;
      losses += 1;
      const pause = Math.min(100 * 2 ** Math.min(losses, 20), LONGEST_RECONNECT_MS);
      logger.warn(
        { reason: describeDriverError(error), againInMs: pause },
        'The connection that hears about work of other instances was lost; it is made again. Until then work is found by looking.',
      );
      timer = setTimeout(() => void connect(), pause);
      void connecting.end().catch((cause: unknown) => logger.debug({ reason: describeDriverError(cause) }, 'The lost connection could not be closed.'));
    };
    connecting.on('error', lost);
    connecting.on('end', () => lost());
    connecting.on('notification', onWork);
    try {
      await connecting.connect();
      await connecting.query(`listen ${workChannel}`);
      if (losses > 0) logger.info({ losses }, 'The connection that hears about work of other instances is back.');
      losses = 0;
      // Something may have been announced while nobody heard.
      onWork();
    } catch (error) {
      lost(error);
    }
  }

  const first = connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await first;
      await client?.end();
    },
  };
}
