import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { Store } from '../../src/app/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type PostgresServer, startPostgres } from './databases.ts';
import { alignmentChange, change, leaseAll, NOW, row, said, sendable } from './kit.ts';
import { logInto } from './on-both.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

describe('several instances on one PostgreSQL database', () => {
  let server: PostgresServer;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => server.stop(), 30_000);

  async function newDatabase() {
    const database = await server.database();
    closing.push(database.drop);
    return database.location.databaseUrl;
  }

  async function open(databaseUrl: string, logged: string[] = []): Promise<Store> {
    const store = await openStore({ databaseUrl }, { clock: { now: () => NOW }, logger: logInto(logged) });
    closing.push(() => store.close());
    return store;
  }

  /** Resolves when the store says that there is work, after it has been given something to do. */
  async function hears(store: Store, cause: () => Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = store.onWork(resolve);
    await cause();
    await promise;
    stop();
  }

  it('start at the same time on an empty database', async () => {
    const url = await newDatabase();
    const stores = await Promise.all([open(url), open(url), open(url)]);
    await Promise.all(stores.map((store) => store.ping()));
  });

  it('hear of each other’s work', async () => {
    const url = await newDatabase();
    const [here, there] = await Promise.all([open(url), open(url)]);
    await hears(here, () => there.inbox.add(row('m1')));
    expect(await leaseAll(here)).toHaveLength(1);
    await hears(here, () => there.commit(change({ outbox: [said('o1')] })));
    expect(await sendable(here)).toEqual(['o1']);
  });

  it('hear again after their connections were cut, and say so', async () => {
    const url = await newDatabase();
    const logged: string[] = [];
    const [here, there] = await Promise.all([open(url, logged), open(url)]);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()`,
    );
    // The listener is called once the connection is back, whatever was missed.
    await hears(here, async () => undefined);
    await hears(here, () => there.inbox.add(row('m1')));
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    await client.end();
    await hears(here, async () => undefined);
    expect(logged.join('\n')).toContain('was lost; it is made again');
    expect(logged.join('\n')).toContain('is back');
    expect(await leaseAll(here)).toHaveLength(1);
  });

  it('share streams and destinations without taking one twice', async () => {
    const url = await newDatabase();
    const stores = await Promise.all([open(url), open(url)]);
    await Promise.all(Array.from({ length: 60 }, (_, index) => stores[index % 2]?.inbox.add(row(`m${index}`, `t${index % 20}`))));
    const leased = (await Promise.all(Array.from({ length: 12 }, (_, index) => leaseAll(stores[index % 2] ?? fail(), NOW, 3)))).flat();
    const streams = leased.map(({ stream }) => stream);
    expect(new Set(streams).size).toBe(streams.length);
    await stores[0]?.commit(change({ outbox: Array.from({ length: 60 }, (_, index) => said(`o${index}`, `t${index % 20}`)) }));
    const sent = (await Promise.all(Array.from({ length: 12 }, (_, index) => sendable(stores[index % 2] ?? fail(), NOW, 3)))).flat();
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.every((id) => Number(id.slice(1)) < 20)).toBe(true);
  });

  it('that change the same alignments in any order all get through or conflict, and none is stuck', async () => {
    const url = await newDatabase();
    const stores = await Promise.all([open(url), open(url)]);
    await stores[0]?.commit(change({ aggregates: [alignmentChange('a'), alignmentChange('b')] }));
    const rounds = Array.from({ length: 20 }, (_, index) => {
      const aggregates = [alignmentChange('a', 1), alignmentChange('b', 1)];
      return (stores[index % 2] ?? fail()).commit(change({ aggregates: index % 3 === 0 ? aggregates.reverse() : aggregates }));
    });
    const results = await Promise.all(rounds);
    expect(results.filter((result) => result === 'committed')).toHaveLength(1);
    expect(results.filter((result) => result === 'conflict')).toHaveLength(19);
  });

  it('refuse a database that a newer Plumb has changed', async () => {
    const url = await newDatabase();
    await (await open(url)).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`);
    await client.end();
    await expect(openStore({ databaseUrl: url })).rejects.toMatchObject({ code: 'store_newer' });
  });
});

it('says what to do when PostgreSQL does not answer', async () => {
  await expect(openStore({ databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/nothing' })).rejects.toMatchObject({
    code: 'store_unreachable',
    message: expect.stringMatching(/DATABASE_URL(?!.*secret)/),
  });
});

function fail(): never {
  throw new Error('There are two stores.');
}
