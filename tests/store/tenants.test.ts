import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, jest } from '@jest/globals';
import { openStore } from '../../src/store/open-store.ts';
import { sqliteDatabase } from './databases.ts';
import { NOW } from './kit.ts';
import { type Open, type Opened, onBothDatabases, testSecretKey } from './on-both.ts';
import { DAY, fill } from './tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

onBothDatabases([erasing]);

async function tables({ run, kind }: Opened): Promise<string[]> {
  const named =
    kind === 'sqlite' ? `select name from sqlite_master where type = 'table'` : `select tablename as name from pg_tables where schemaname = 'public'`;
  return (await run(named)).map((row) => String(row['name'])).filter((name) => !/^(sqlite|kysely)_/.test(name));
}

/** Every row of every table, by table, but for when retention ran last: that is nobody's. */
async function everything(opened: Opened): Promise<Record<string, string[]>> {
  const names = (await tables(opened)).sort();
  const rowsOf = async (name: string) => (await opened.run(`select * from ${name}`)).map((row) => JSON.stringify(row)).sort();
  const rows = await Promise.all(names.map(async (name) => (await rowsOf(name)).filter((row) => !row.includes('retention_ran_at'))));
  return Object.fromEntries(names.map((name, index) => [name, rows[index] ?? []]));
}

function erasing(open: Open): void {
  describe('housekeeping', () => {
    it('erases everything of a tenant whose time is over, and nothing of another', async () => {
      const opened = await open();
      const { store } = opened;
      await fill(store, 'T12');
      const others = await everything(opened);
      await fill(store, 'T1');
      // What no tenant has: the room's posts and the clock. Everything else must have rows here, or this test would prove nothing of it.
      const filled = await everything(opened);
      const untouched = Object.keys(filled).filter((name) => JSON.stringify(filled[name]) === JSON.stringify(others[name]));
      expect(untouched).toEqual(['numbers', 'room_posts']);
      await store.installations.remove('slack', 'T1', NOW + DAY);
      await store.housekeep(NOW + DAY - 1);
      expect(await store.settings.load('T1')).toMatchObject({ silencedPlaces: ['place of T1'] });
      await store.housekeep(NOW + DAY);
      expect(await everything(opened)).toEqual(others);
    });

    it('erases what is left where no secret was kept', async () => {
      const { store, run } = await open();
      await store.usage.add({ tenant: 'T1', personId: 'U1', day: '2026-11-23', what: 'suggestion' });
      await store.installations.remove('slack', 'T1', NOW + DAY);
      await store.housekeep(NOW + DAY);
      expect([...(await run('select * from usage')), ...(await run('select * from installations'))]).toEqual([]);
    });

    it('erases nothing where Plumb was installed again in time', async () => {
      const opened = await open();
      const { store } = opened;
      await fill(store, 'T1');
      await store.installations.remove('slack', 'T1', NOW + DAY);
      await store.installations.save({ channel: 'slack', tenant: 'T1', secret: 'token', at: NOW });
      const before = await everything(opened);
      await store.housekeep(NOW + 2 * DAY);
      expect(await everything(opened)).toEqual(before);
    });

    it('ends however much there is', async () => {
      const { store, run } = await open();
      const texts = Array.from({ length: 1_203 }, (_, index) => `('t${index}', 'slack/T1/C1/${index}', 'slack/T1/C1/1.1', 'U1', 'words', 1)`);
      await run(`insert into texts (text_id, message_ref, conversation, author, body, at) values ${texts.join(', ')}`);
      await store.installations.remove('slack', 'T1', NOW);
      await store.housekeep(NOW);
      expect(await run('select * from texts')).toEqual([]);
    });
  });
}

it('leaves no word of an erased tenant in any file of a SQLite database', async () => {
  const database = await sqliteDatabase();
  const store = await openStore(database.location, { clock: { now: () => NOW }, secretKeys: [testSecretKey] });
  await fill(store, 'T1erased');
  await fill(store, 'T1kept');
  await store.installations.remove('slack', 'T1erased', NOW);
  await store.housekeep(NOW);
  await store.close();
  const folder = join(database.file, '..');
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
  const text = files.join('\n');
  expect(text).toContain('T1kept');
  expect(text).not.toContain('T1erased');
  const reader = new DatabaseSync(database.file, { readOnly: true });
  expect(reader.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  reader.close();
  await database.drop();
});
