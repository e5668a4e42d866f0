import { describe, expect, it, jest } from '@jest/globals';
import type { ReferenceOf } from '../../src/app/store.ts';
import { NOW } from './kit.ts';
import { type Open, onBothDatabases } from './on-both.ts';
import { DAY, forget } from './tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

onBothDatabases([keeping, forgetting, erasing]);

const dana: ReferenceOf = { channel: 'teams', tenant: 'T1', kind: 'person', id: 'dana' };
const kinds = ['tenant', 'team', 'place', 'person'] as const;

function keeping(open: Open): void {
  describe('a reference', () => {
    it('is found by everything that names it, and by nothing less', async () => {
      const { store } = await open();
      await store.references.save(dana, '{"chat":"a"}', NOW);
      expect(await store.references.load(dana)).toBe('{"chat":"a"}');
      const others: ReferenceOf[] = [
        { ...dana, channel: 'slack' },
        { ...dana, tenant: 'T12' },
        { ...dana, kind: 'team' },
        { ...dana, id: 'Dana' },
      ];
      for (const other of others) expect(await store.references.load(other)).toBeUndefined();
    });

    it('is replaced by a later one, and goes when it is removed', async () => {
      const { store, run } = await open();
      await store.references.save(dana, 'first', NOW);
      await store.references.save(dana, 'second', NOW + 1);
      expect(await store.references.load(dana)).toBe('second');
      expect(await run('select id from conversation_references')).toHaveLength(1);
      await store.references.remove(dana);
      await store.references.remove(dana);
      expect(await store.references.load(dana)).toBeUndefined();
    });

    it('is listed with those of its kind and tenant', async () => {
      const { store } = await open();
      for (const id of ['b', 'a']) await store.references.save({ ...dana, kind: 'team', id }, `team ${id}`, NOW);
      await store.references.save({ ...dana, kind: 'team', id: 'c', tenant: 'T2' }, 'of another tenant', NOW);
      await store.references.save({ ...dana, kind: 'place', id: 'd' }, 'a place', NOW);
      const listed = await store.references.list({ channel: 'teams', tenant: 'T1', kind: 'team' });
      expect(listed).toEqual([
        { id: 'a', body: 'team a' },
        { id: 'b', body: 'team b' },
      ]);
    });

    it('is there once when two save it at the same time', async () => {
      const { store, run, kind, another } = await open();
      const second = kind === 'postgres' ? await another() : store;
      await Promise.all([...Array(10).keys()].map((n) => (n % 2 === 0 ? store : second).references.save(dana, `${n}`, NOW)));
      expect(await run('select id from conversation_references')).toHaveLength(1);
    });
  });
}

function forgetting(open: Open): void {
  it('goes with a person who is forgotten, on that platform and in that tenant alone', async () => {
    const { store } = await open();
    const stay: ReferenceOf[] = [
      { ...dana, tenant: 'T12' },
      { ...dana, channel: 'slack' },
      { ...dana, id: 'dana2' },
      // A place that is called as they are is no person.
      { ...dana, kind: 'place' },
    ];
    for (const one of [dana, ...stay]) await store.references.save(one, 'kept', NOW);
    await forget(store, { channel: 'teams', tenant: 'T1', personId: 'dana' });
    expect(await store.references.load(dana)).toBeUndefined();
    for (const one of stay) expect(await store.references.load(one)).toBe('kept');
  });
}

function erasing(open: Open): void {
  describe('references of a tenant', () => {
    it('stay while Plumb may still come back, and are erased with everything else in time', async () => {
      const { store, run } = await open();
      for (const tenant of ['T1', 'T12']) for (const kind of kinds) await store.references.save({ channel: 'teams', tenant, kind, id: 'x' }, tenant, NOW);
      await store.references.save({ ...dana, channel: 'slack' }, 'slack', NOW);
      expect(await store.installations.remove('teams', 'T1', NOW + DAY)).toBe(true);
      await store.housekeep(NOW + DAY - 1);
      expect(await store.references.load({ ...dana, kind: 'team', id: 'x' })).toBe('T1');
      await store.housekeep(NOW + DAY);
      expect(await run(`select channel, tenant from conversation_references where tenant = 'T1'`)).toEqual([{ channel: 'slack', tenant: 'T1' }]);
      expect(await run(`select kind from conversation_references where tenant = 'T12'`)).toHaveLength(kinds.length);
    });

    it('are kept when the erasure was called off', async () => {
      const { store } = await open();
      await store.references.save(dana, 'kept', NOW);
      await store.installations.remove('teams', 'T1', NOW + DAY);
      await store.installations.callOffErasure('teams', 'T1');
      await store.housekeep(NOW + 2 * DAY);
      expect(await store.references.load(dana)).toBe('kept');
    });

    it('are erased to the last one, however many there are', async () => {
      const { store, run } = await open();
      await Promise.all([...Array(600).keys()].map((n) => store.references.save({ ...dana, id: `p${n}` }, 'kept', NOW)));
      await store.installations.remove('teams', 'T1', NOW);
      await store.housekeep(NOW);
      expect(await run('select id from conversation_references')).toEqual([]);
    });
  });
}
