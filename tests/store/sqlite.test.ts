import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../src/app/store.ts';
import { messageRef } from '../../src/domain/conversation.ts';
import { createDatabase } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createWorkSignal } from '../../src/store/work-signal.ts';
import { sqliteDatabase } from './databases.ts';
import { alignment, alignmentChange, change, leaseAll, leaseOnly, NOW, posted, row, said, sendable, thread } from './kit.ts';
import { logInto } from './on-both.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function emptyFile(): Promise<string> {
  const database = await sqliteDatabase();
  closing.push(database.drop);
  return database.file;
}

async function open(file: string): Promise<Store> {
  const store = await openStore({ sqliteFile: file }, { clock: { now: () => NOW } });
  closing.push(() => store.close());
  return store;
}

describe('a SQLite file', () => {
  it('belongs to one process; the second is told what to do', async () => {
    const file = await emptyFile();
    const store = await open(file);
    await expect(openStore({ sqliteFile: file })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'store_in_use',
      message: expect.stringContaining('DATA_DIR'),
    });
    await store.close();
    await expect(open(file)).resolves.toBeDefined();
  });

  it('takes nothing in while it is not where it was opened, and says so when asked', async () => {
    const file = await emptyFile();
    const store = await open(file);
    await rename(file, `${file}.away`);
    for (const refused of [store.inbox.add(row('m1')), store.ping(), store.housekeep(NOW)]) await expect(refused).rejects.toMatchObject({ code: 'store_gone' });
    // A copy in its place is another file: what is written would not be in it.
    await copyFile(`${file}.away`, file);
    await expect(store.inbox.add(row('m1'))).rejects.toMatchObject({ code: 'store_gone' });
    await rename(`${file}.away`, file);
    await expect(store.inbox.add(row('m1'))).resolves.toBe('stored');
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('is free again after its process was killed, with all that was confirmed and no lease in the way', async () => {
    const file = await emptyFile();
    const child = fork(join(import.meta.dirname, 'hold-a-store.ts'), [file], { execArgv: [] });
    closing.push(() => child.kill('SIGKILL'));
    const [leased] = await once(child, 'message');
    expect(leased).toEqual({ streams: 1 });
    await expect(openStore({ sqliteFile: file })).rejects.toMatchObject({ code: 'store_in_use' });
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const store = await open(file);
    expect((await leaseOnly(store)).rows.map(({ event }) => event)).toEqual([posted('m1')]);
    // It was being sent, and nobody knows whether it arrived.
    const { due } = await store.outbox.lease({ now: NOW + 1, leaseUntil: NOW + 2, limit: 5 });
    expect(due).toMatchObject([{ id: 'o1', perhapsSentAt: NOW }]);
  });

  it('can be read by other tools while Plumb runs', async () => {
    const file = await emptyFile();
    const store = await open(file);
    await store.inbox.add(row('m1'));
    const reader = new DatabaseSync(file, { readOnly: true });
    closing.push(() => reader.close());
    expect(reader.prepare('select event_key from inbox').all()).toEqual([{ event_key: 'm1' }]);
  });

  it('syncs every commit and overwrites what is erased', async () => {
    const sqlite = openSqlite(await emptyFile());
    closing.push(sqlite.close);
    const setting = async (name: string) => Object.values((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(sqlite.db)).rows[0] ?? {})[0];
    expect([await setting('journal_mode'), await setting('synchronous'), await setting('secure_delete')]).toEqual(['wal', 2, 1]);
  });

  it('that is no database is left alone and named', async () => {
    const file = await emptyFile();
    await writeFile(file, 'This was never a database, but somebody may need it.'.repeat(100));
    await expect(openStore({ sqliteFile: file })).rejects.toMatchObject({ code: 'store_unreadable', message: expect.stringContaining(file) });
    expect(await readFile(file, 'utf8')).toContain('somebody may need it');
    await expect(openStore({ sqliteFile: join(file, 'below', 'a-file') })).rejects.toMatchObject({ code: 'store_unreadable' });
  });

  it('of a newer Plumb is refused and not changed', async () => {
    const file = await emptyFile();
    const store = await open(file);
    await store.close();
    const other = new DatabaseSync(file);
    other.exec(`insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`);
    other.close();
    await expect(openStore({ sqliteFile: file })).rejects.toMatchObject({ code: 'store_newer', message: expect.stringContaining('9999-from-the-future') });
  });

  it('commits what arrives together at once: the disk is synced a few times and not a hundred', async () => {
    const store = await open(await emptyFile());
    let announced = 0;
    store.onWork(() => {
      announced += 1;
    });
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.inbox.add(row(`m${index}`))));
    expect(announced).toBeLessThanOrEqual(2);
  });
});

describe('a full disk', () => {
  it('fails what cannot be kept with a reason, keeps what was confirmed, and later writes work again', async () => {
    const sqlite = openSqlite(await emptyFile());
    closing.push(sqlite.close);
    await migrate(sqlite.db, 'sqlite');
    const database = createDatabase({ db: sqlite.db, kind: 'sqlite', clock: { now: () => NOW }, logger: logInto([]), signal: createWorkSignal('sqlite') });
    const inbox = createInbox(database);
    await inbox.add(row('before'));
    const pages = (await sql<{ page_count: number }>`pragma page_count`.execute(sqlite.db)).rows[0]?.page_count ?? 0;
    await sql.raw(`pragma max_page_count = ${pages + 2}`).execute(sqlite.db);
    const long = (id: string) => ({ event: posted(id, 't1', { text: 'x'.repeat(20_000) }), readyAt: NOW });
    const failed = await Promise.allSettled([inbox.add(long('a')), inbox.add(long('b'))]);
    for (const result of failed) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store_write_failed', message: expect.stringContaining('Make room on the disk') } });
    }
    expect(await inbox.tracks(thread('t1'))).toBe(true);
    await sql.raw('pragma max_page_count = 1000000').execute(sqlite.db);
    expect(await inbox.add(long('a'))).toBe('stored');
    const [leased] = await inbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 1 });
    expect(leased?.rows.map(({ event }) => event.eventKey)).toEqual(['before', 'a']);
  });
});

describe('erased words', () => {
  const SECRET = 'the-secret-words-';
  const refOf = (id: string) => messageRef({ ...thread('t1'), messageId: id });

  it('are in no file after housekeeping', async () => {
    const file = await emptyFile();
    const store = await open(file);
    const ids = Array.from({ length: 60 }, (_, index) => `m${index}`);
    // Sizes around and above a page, so that words stand in rows, in overflow pages and in pages that are split.
    const words = (id: string) => `${SECRET}${id} `.repeat(1 + ((Number(id.slice(1)) * 37) % 400));
    for (const id of ids) await store.inbox.add({ event: posted(id, 't1', { text: words(id) }), readyAt: NOW });
    const leased = await leaseOnly(store);
    await store.inbox.fail(leased.rows[0]?.id ?? '', { reason: 'bad' });
    await store.commit(
      change({
        lease: leased,
        aggregates: [alignmentChange('a')],
        texts: ids.map((id) => ({ textId: id, messageRef: refOf(id), author: 'ann', body: words(id), at: NOW })),
        outbox: ids.map((id) =>
          said(id, id, { post: id, quotes: [refOf(id)], card: { summary: words(id), blocks: [{ type: 'text', text: words(id) }], actions: [] } }),
        ),
        done: leased.rows.slice(1).map(({ id }) => id),
      }),
    );
    for (const id of await sendable(store)) {
      if (id === 'm7') await store.outbox.fail(id, { reason: 'bad' });
      else await store.outbox.delivered(id, { platformId: id, at: NOW });
    }
    expect(await traces(file)).not.toEqual([]);
    await store.commit(change({ eraseTexts: ids.map(refOf) }));
    expect(await store.deadLetters.list('acme')).toEqual([]);
    await store.housekeep(NOW);
    expect(await traces(file)).toEqual([]);
    expect(await store.aggregates.load(alignment('a'))).toBeDefined();
  });

  it('stay no longer because a tool reads the file: the next housekeeping takes them away, and says so until then', async () => {
    const file = await emptyFile();
    const logged: string[] = [];
    const store = await openStore({ sqliteFile: file }, { clock: { now: () => NOW }, logger: logInto(logged) });
    closing.push(() => store.close());
    await store.commit(change({ texts: [{ textId: 'm1', messageRef: refOf('m1'), author: 'ann', body: SECRET, at: NOW }] }));
    const reader = new DatabaseSync(file);
    reader.exec('begin; select count(*) from texts;');
    await store.commit(change({ eraseTexts: [refOf('m1')] }));
    await store.housekeep(NOW);
    expect(logged.join()).toContain('Another tool is reading the database');
    reader.close();
    await store.housekeep(NOW);
    expect(await traces(file)).toEqual([]);
  });

  async function traces(file: string): Promise<string[]> {
    const found: string[] = [];
    for (const suffix of ['', '-wal', '-shm', '.lock']) {
      const bytes = await readFile(`${file}${suffix}`);
      if (bytes.includes(SECRET)) found.push(suffix);
    }
    return found;
  }
});

it('takes leases without waiting for the disk, and is durable again at once', async () => {
  const sqlite = openSqlite(await emptyFile());
  closing.push(sqlite.close);
  await migrate(sqlite.db, 'sqlite');
  const database = createDatabase({ db: sqlite.db, kind: 'sqlite', clock: { now: () => NOW }, logger: logInto([]), signal: createWorkSignal('sqlite') });
  const level = async () => (await sql<{ synchronous: number }>`pragma synchronous`.execute(sqlite.db)).rows[0]?.synchronous;
  const inside = await database.writeLease(async (tx) => (await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)).rows[0]?.synchronous);
  expect([inside, await level()]).toEqual([1, 2]);
  await expect(database.writeLease(async () => Promise.reject(new Error('no')))).rejects.toThrow();
  expect(await level()).toBe(2);
});

it('gives every stream of a large backlog to somebody', async () => {
  const store = await open(await emptyFile());
  await Promise.all(Array.from({ length: 700 }, (_, index) => store.inbox.add(row(`m${index}`, `t${index}`))));
  expect(await leaseAll(store, NOW, 1_000)).toHaveLength(700);
});
