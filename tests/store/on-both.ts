import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import pg from 'pg';
import type { Logger } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { emptiedDatabases, type PostgresServer, sqliteDatabase, startPostgres, type TestDatabase } from './databases.ts';
import { NOW } from './kit.ts';

export type Opened = {
  store: Store;
  kind: 'sqlite' | 'postgres';
  /** A statement given to the database behind the store's back. */
  run(statement: string): Promise<Record<string, unknown>[]>;
  /** Another store on the same database (PostgreSQL only). */
  another(): Promise<Store>;
  logged: string[];
};
export type Open = () => Promise<Opened>;

export const testSecretKey = 'a key that is used in tests alone, ok';

/** Runs the same behaviours on SQLite and on PostgreSQL, each test on an empty database. */
export function onBothDatabases(behaviours: readonly ((open: Open) => void)[]): void {
  describe('on SQLite', () => {
    withDatabases('sqlite', sqliteDatabase, behaviours);
  });
  describe('on PostgreSQL', () => {
    let server: PostgresServer;
    let next: () => Promise<TestDatabase>;
    beforeAll(async () => {
      server = await startPostgres();
      next = emptiedDatabases(server);
    }, 60_000);
    afterAll(() => server.stop(), 30_000);
    withDatabases('postgres', () => next(), behaviours);
  });
}

function withDatabases(kind: Opened['kind'], create: () => Promise<TestDatabase>, behaviours: readonly ((open: Open) => void)[]): void {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  for (const behaviour of behaviours) {
    behaviour(async () => {
      const database = await create();
      closing.push(database.drop);
      const logged: string[] = [];
      const openOne = async () => {
        const store = await openStore(database.location, { clock: { now: () => NOW }, logger: logInto(logged), secretKeys: [testSecretKey] });
        closing.push(() => store.close());
        return store;
      };
      const store = await openOne();
      return { store, kind, run: (statement) => runOn(database.location, statement), another: openOne, logged };
    });
  }
}

export function logInto(lines: string[]): Logger {
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

async function runOn(location: TestDatabase['location'], statement: string): Promise<Record<string, unknown>[]> {
  if ('sqliteFile' in location) {
    const connection = new DatabaseSync(location.sqliteFile);
    try {
      return connection.prepare(statement).all();
    } finally {
      connection.close();
    }
  }
  const client = new pg.Client({ connectionString: location.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
