import { describe, expect, it } from '@jest/globals';
import { defaultSettings } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { change, leaseAll, leaseOnly, NOW, posted, row, said, sendable, thread } from './kit.ts';
import type { Open } from './on-both.ts';

const DAY = 86_400_000;

export function smallBehaviour(open: Open): void {
  describe('settings', () => {
    it('lose none of several changes at once', async () => {
      const { store, kind, another } = await open();
      const other = kind === 'postgres' ? await another() : store;
      const places = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];
      const silence = (at: Store, silenced: string) =>
        at.settings.change('acme', (current) => ({ ...current, silencedPlaces: [...current.silencedPlaces, silenced] }));
      await Promise.all(places.map((silenced, n) => silence(n % 2 === 0 ? store : other, silenced)));
      const { silencedPlaces } = await store.settings.load('acme');
      expect(silencedPlaces.toSorted()).toEqual(places);
    });

    it('are the defaults until an admin chose others', async () => {
      const { store, run } = await open();
      expect(await store.settings.load('acme')).toEqual(defaultSettings);
      const chosen = { ...defaultSettings, burstMs: 1, partners: [{ personId: 'lea', places: ['sales'] }, { personId: 'joe' }], silencedPlaces: ['lunch'] };
      await store.settings.save('acme', chosen);
      expect(await store.settings.load('acme')).toEqual(chosen);
      expect(await store.settings.load('globex')).toEqual(defaultSettings);
      await run(`update settings set body = '{"burstMs":5}'`);
      expect(await store.settings.load('acme')).toEqual({ ...defaultSettings, burstMs: 5 });
    });

    it('that are damaged are an error that says so, never silently the defaults', async () => {
      const { store, run } = await open();
      await store.settings.save('acme', defaultSettings);
      await run(`update settings set body = '{"silencedPlaces":7}'`);
      await expect(store.settings.load('acme')).rejects.toMatchObject({ code: 'stored_value_unreadable', message: expect.stringContaining('silencedPlaces') });
    });
  });

  it('counts per tenant, person, day and thing', async () => {
    const { store } = await open();
    const key = { tenant: 'acme', personId: 'ann', day: '2026-11-23', what: 'suggestion' };
    expect(await Promise.all([store.usage.add(key), store.usage.add(key), store.usage.add({ ...key, personId: 'bob' })])).toEqual([1, 2, 1]);
    expect(await store.usage.add(key)).toBe(3);
    expect(await store.usage.add({ ...key, day: '2026-11-24' })).toBe(1);
  });

  it('counts what goes with a commit only where that is written', async () => {
    const { store } = await open();
    const counted = { tenant: 'acme', personId: 'ann', day: '2026-11-23', what: 'promise', amount: 2 };
    expect(await store.commit(change({ usage: [counted], done: ['999'] }))).toBe('conflict');
    expect(await store.commit(change({ usage: [counted] }))).toBe('committed');
    expect(await store.usage.add({ ...counted, amount: 0 })).toBe(2);
  });

  it('remembers how far the clock was moved', async () => {
    const { store } = await open();
    expect(await store.clock.offset()).toBe(0);
    await store.clock.setOffset(3_600_000);
    await store.clock.setOffset(7_200_000);
    expect(await store.clock.offset()).toBe(7_200_000);
  });

  it('keeps the posts of the room, each once', async () => {
    const { store, run } = await open();
    const post = { platformId: 'p1', conversation: thread('t1'), at: NOW, card: { summary: 'x' }, audience: 'thread' };
    expect(await store.room.save('o1', post)).toEqual({ platformId: 'p1' });
    expect(await store.room.save('o1', { ...post, platformId: 'p9' })).toEqual({ platformId: 'p1' });
    await store.room.save('o2', { ...post, platformId: 'p2' });
    await store.room.save('o3', { ...post, platformId: 'p3' });
    await store.room.replace('o4', 'p1', { card: { summary: 'y' }, at: NOW + 1 });
    await store.room.remove('p2');
    expect(await store.room.posts()).toEqual([
      { ...post, card: { summary: 'y' }, editedAt: NOW + 1 },
      { ...post, platformId: 'p3' },
    ]);
    await run(`update room_posts set card = '{' where platform_id = 'p1'`);
    expect((await store.room.posts()).map(({ platformId }) => platformId)).toEqual(['p3']);
  });

  it('has what people said in the room: what is kept, and what waits to be handled', async () => {
    const { store, run } = await open();
    const edited = { ...posted('m4'), type: 'MessageEdited' as const, eventKey: 'm4 edited', editedAt: NOW + 1 };
    const deleted = { type: 'MessageDeleted' as const, eventKey: 'm4 deleted', conversation: thread('t1'), personId: 'ann', at: NOW, messageId: 'm4' };
    const elsewhere = { ...posted('m5'), conversation: { ...thread('t5'), channel: 'slack' as const } };
    const press = {
      type: 'ActionTaken' as const,
      eventKey: 'press',
      conversation: thread('t1'),
      personId: 'ann',
      at: NOW,
      action: 'skip',
      value: {},
      inputs: {},
    };
    await store.inbox.add(row('m1', 'a b/c%'));
    const leased = await leaseOnly(store);
    const text = { textId: 'm1', messageRef: 'room/acme/sales/m1', author: 'ann', body: 'words of m1', at: NOW };
    await store.commit(change({ lease: leased, texts: [text], done: leased.rows.map(({ id }) => id) }));
    await store.inbox.release(leased);
    await store.inbox.add(row('m2', 'parked'));
    await store.inbox.fail((await leaseOnly(store)).rows[0]?.id ?? '', { reason: 'bad' });
    for (const event of [posted('m3'), press, edited, deleted, elsewhere]) await store.inbox.add({ event, readyAt: NOW + 1_000 });

    expect(await store.room.kept()).toEqual([{ conversation: thread('a b/c%'), text }]);
    expect(await store.room.unhandled()).toEqual([posted('m2', 'parked'), posted('m3'), edited, deleted]);
    await run(`update inbox set body = '{' where event_key = 'm3'`);
    expect((await store.room.unhandled()).map(({ eventKey }) => eventKey)).toEqual(['m2', 'm4 edited', 'm4 deleted']);
  });

  describe('housekeeping', () => {
    it('erases dead letters after two weeks', async () => {
      const { store, run } = await open();
      await store.inbox.add(row('m1'));
      await store.inbox.fail((await leaseOnly(store)).rows[0]?.id ?? '', { reason: 'bad' });
      await store.commit(change({ outbox: [said('o1')] }));
      await sendable(store);
      await store.outbox.fail('o1', { reason: 'bad' });
      await store.housekeep(NOW + 14 * DAY);
      const letters = await store.deadLetters.list('acme');
      expect(letters).toHaveLength(2);
      expect((await store.depth()).deadLetters).toBe(2);
      expect(await store.deadLetters.erase(NOW + 1)).toBe(2);
      for (const { id } of letters) expect(await store.deadLetters.replay(id, NOW)).toBe(false);
      expect(await run('select body from inbox union select body from outbox')).toEqual([{ body: null }]);
    });

    it('forgets the keys of what was done a week ago, and nothing else', async () => {
      const { store } = await open();
      await store.inbox.add(row('done'));
      const leased = await leaseOnly(store);
      await store.commit(change({ lease: leased, done: leased.rows.map(({ id }) => id) }));
      await store.inbox.release(leased);
      await store.inbox.add(row('waits'));
      await store.housekeep(NOW + 7 * DAY);
      expect(await store.inbox.add(row('done'))).toBe('already there');
      await store.housekeep(NOW + 7 * DAY + 1);
      expect(await store.inbox.add(row('waits'))).toBe('already there');
      expect(await store.inbox.add(row('done'))).toBe('stored');
      expect(await leaseAll(store)).toHaveLength(1);
    });
  });

  it('refuses everything once it is closed, with a reason', async () => {
    const { store } = await open();
    const last = store.inbox.add(row('m1'));
    await store.close();
    expect(await last).toBe('stored');
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_closed' });
    await expect(store.inbox.add(row('m2'))).rejects.toMatchObject({ code: 'store_closed' });
    await store.close();
  });

  it('answers a ping', async () => {
    const { store } = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });
}
