import { describe, expect, it, jest } from '@jest/globals';
import { openStore } from '../../src/store/open-store.ts';
import { sqliteDatabase } from './databases.ts';
import { change, NOW } from './kit.ts';
import { logInto, type Open, onBothDatabases } from './on-both.ts';
import { DAY, fill, inWorkspace, refIn } from './tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

onBothDatabases([keeping, leasing, removing]);

const saved = (tenant: string, secret = `token of ${tenant}`) => ({ channel: 'slack' as const, tenant, secret, at: NOW });

function keeping(open: Open): void {
  describe('an installation', () => {
    it('is kept for its tenant alone, encrypted', async () => {
      const { store, run } = await open();
      await store.installations.save(saved('T1'));
      await store.installations.save(saved('T1', 'newer'));
      await store.installations.save(saved('T12'));
      expect(await store.installations.load('slack', 'T1')).toBe('newer');
      expect(await store.installations.load('slack', 'T12')).toBe('token of T12');
      expect(await store.installations.load('teams', 'T1')).toBeUndefined();
      expect(JSON.stringify(await run('select * from installations'))).not.toMatch(/token of|newer/);
    });

    it('cannot be read in another tenant’s row', async () => {
      const { store, run } = await open();
      await store.installations.save(saved('T1'));
      await store.installations.save(saved('T2'));
      await run(`update installations set secret = (select i.secret from installations i where i.tenant = 'T1') where tenant = 'T2'`);
      await expect(store.installations.load('slack', 'T2')).rejects.toMatchObject({ name: 'StoreError', code: 'secret_unreadable' });
    });

    it('takes a renewed secret only in the place of the one that was renewed', async () => {
      const { store } = await open();
      const renewal = { channel: 'slack' as const, tenant: 'T1', from: 'old', to: 'new' };
      expect(await store.installations.renew(renewal)).toBe(false);
      await store.installations.save(saved('T1', 'old'));
      expect(await store.installations.renew(renewal)).toBe(true);
      expect(await store.installations.renew({ ...renewal, to: 'late' })).toBe(false);
      expect(await store.installations.load('slack', 'T1')).toBe('new');
      await store.installations.remove('slack', 'T1', NOW + DAY);
      expect(await store.installations.renew({ ...renewal, from: 'new' })).toBe(false);
      expect(await store.installations.load('slack', 'T1')).toBeUndefined();
    });
  });
}

function leasing(open: Open): void {
  describe('a lease', () => {
    it('is one holder’s until it ends, and none is given where nothing is installed', async () => {
      const { store } = await open();
      const take = (now: number) => store.installations.lease('slack', 'T1', { now, until: now + 10 });
      expect(await take(NOW)).toBe(false);
      await store.installations.save(saved('T1'));
      expect(await Promise.all([take(NOW), take(NOW), take(NOW)])).toEqual(expect.arrayContaining([true, false, false]));
      expect(await take(NOW + 9)).toBe(false);
      expect(await take(NOW + 10)).toBe(true);
      await store.installations.endLease('slack', 'T1');
      expect(await take(NOW)).toBe(true);
    });

    it('of another process cannot be ended', async () => {
      const { store, kind, another } = await open();
      if (kind === 'sqlite') return;
      const other = await another();
      await store.installations.save(saved('T1'));
      expect(await store.installations.lease('slack', 'T1', { now: NOW, until: NOW + 10 })).toBe(true);
      await other.installations.endLease('slack', 'T1');
      expect(await other.installations.lease('slack', 'T1', { now: NOW, until: NOW + 10 })).toBe(false);
    });
  });
}

function removing(open: Open): void {
  describe('a removal', () => {
    it('forgets the secret and everything that waits, and leaves the rest for a while', async () => {
      const { store, run } = await open();
      await fill(store, 'T1');
      await store.installations.remove('slack', 'T1', NOW + DAY);
      expect(await store.installations.load('slack', 'T1')).toBeUndefined();
      expect(await store.depth()).toEqual({ inbox: 0, outbox: 0, deadLetters: 0, timers: 0 });
      expect(await store.inbox.nextReadyAt()).toBeUndefined();
      expect(await store.outbox.nextDueAt()).toBeUndefined();
      expect(await run('select body from inbox where body is not null union all select body from outbox where body is not null')).toEqual([]);
      expect(await store.aggregates.load(refIn('T1'))).toBeDefined();
      expect((await store.texts.ofConversation(inWorkspace('T1'))).length).toBe(2);
    });

    it('makes a handling that is just running fail', async () => {
      const { store } = await open();
      await fill(store, 'T1');
      const stream = await store.inbox.streamOf(inWorkspace('T1'));
      const running = await store.inbox.leaseStream(stream, { now: NOW, leaseUntil: NOW + 30_000 });
      const idle = await store.inbox.leaseStream(`${stream}-beside`, { now: NOW, leaseUntil: NOW + 30_000 });
      if (!running || !idle) throw new Error('Both streams were expected to be free.');
      await store.installations.remove('slack', 'T1', NOW + DAY);
      const { rows } = running;
      expect(rows.length).toBe(1);
      expect(await store.commit(change({ lease: running, done: rows.map((row) => row.id) }))).toBe('conflict');
      expect(await store.commit(change({ lease: idle }))).toBe('conflict');
    });

    it('makes nothing of a send that is under way', async () => {
      const { store, run } = await open();
      await fill(store, 'T1');
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 30_000, limit: 10 });
      expect(due.map(({ id }) => id)).toEqual(['T1-private']);
      await store.installations.remove('slack', 'T1', NOW + DAY);
      await store.outbox.delivered('T1-private', { platformId: 'D1:1.1', at: NOW });
      await store.outbox.fail('T1-private', { reason: 'late', retryAt: NOW });
      expect((await store.depth()).outbox).toBe(0);
      expect(await run(`select post from posts where post = 'hint'`)).toEqual([]);
      expect(await run('select destination from destinations')).toEqual([]);
    });

    it('told of twice is erased at the first moment, and an installation in between calls it off', async () => {
      const { store, run } = await open();
      const eraseAt = async () => (await run('select erase_at from installations')).map((row) => row['erase_at'] && Number(row['erase_at']));
      await store.installations.save(saved('T1'));
      await store.installations.remove('slack', 'T1', NOW + DAY);
      await store.installations.remove('slack', 'T1', NOW + 5 * DAY);
      expect(await eraseAt()).toEqual([NOW + DAY]);
      await store.installations.save(saved('T1'));
      expect(await eraseAt()).toEqual([null]);
      await store.installations.remove('slack', 'T1', NOW + 5 * DAY);
      expect(await eraseAt()).toEqual([NOW + 5 * DAY]);
      await store.installations.callOffErasure('slack', 'T1');
      expect(await eraseAt()).toEqual([null]);
    });

    it('that is told late takes nothing from an installation after it', async () => {
      const { store } = await open();
      await fill(store, 'T1');
      expect(await store.installations.remove('slack', 'T1', NOW + DAY, NOW - 60_000)).toBe(false);
      expect(await store.installations.load('slack', 'T1')).toBe('token of T1');
      expect((await store.depth()).timers).toBe(3);
      // Whole seconds, and clocks that differ a little.
      expect(await store.installations.remove('slack', 'T1', NOW + DAY, NOW - 1_000)).toBe(true);
      expect(await store.installations.remove('slack', 'T1', NOW + DAY, NOW - 60_000)).toBe(true);
      expect(await store.installations.load('slack', 'T1')).toBeUndefined();
    });

    it('takes nothing from other workspaces, whatever their ids begin with', async () => {
      const { store } = await open();
      await fill(store, 'T12');
      const before = await store.depth();
      await fill(store, 'T1');
      await store.installations.remove('slack', 'T1', NOW + DAY);
      expect(await store.depth()).toEqual(before);
      expect(await store.installations.load('slack', 'T12')).toBe('token of T12');
    });
  });
}

describe('a key', () => {
  const [first, second] = ['the first key, long enough to be safe', 'the second key, long enough to be safe'];

  it('that is new encrypts what is there at the next start, and the old one is not needed after that', async () => {
    const database = await sqliteDatabase();
    const openWith = (secretKeys: string[], logged: string[] = []) =>
      openStore(database.location, { clock: { now: () => NOW }, secretKeys, logger: logInto(logged) });
    const old = await openWith([first]);
    await old.installations.save(saved('T1'));
    await old.close();
    const logged: string[] = [];
    const wrong = await openWith([second], logged);
    await expect(wrong.installations.load('slack', 'T1')).rejects.toMatchObject({ message: expect.stringContaining('SECRET_KEY_PREVIOUS') });
    expect(logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
    await wrong.close();
    await (await openWith([second, first])).close();
    const after = await openWith([second]);
    expect(await after.installations.load('slack', 'T1')).toBe('token of T1');
    await after.close();
    const none = await openWith([]);
    await expect(none.installations.load('slack', 'T1')).rejects.toMatchObject({ code: 'secret_key_missing' });
    await expect(none.installations.save(saved('T2'))).rejects.toMatchObject({ code: 'secret_key_missing' });
    await none.close();
    await database.drop();
  });
});
