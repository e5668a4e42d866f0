import { describe, expect, it, jest } from '@jest/globals';
import type { OutboundMessage } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { change, NOW, posted, said, sendable } from './kit.ts';
import { type Open, onBothDatabases } from './on-both.ts';
import { forget } from './tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

const ann = { kind: 'person' as const, channel: 'room' as const, tenant: 'acme', personId: 'ann' };
const toAnn = (id: string, more: Partial<OutboundMessage> = {}) => said(id, 't1', { to: ann, audience: 'private', ...more });
const tell = posted('refused');

/** Says these to Ann, who has no chat: each is tried and kept. */
async function keeps(store: Store, ...messages: OutboundMessage[]): Promise<void> {
  for (const message of messages) {
    await store.commit(change({ outbox: [message] }));
    await sendable(store);
    await store.outbox.keep(message.id);
  }
}

const keptIds = async (store: Store) => (await store.outbox.kept(ann)).map(({ id }) => id);

function keptBehaviour(open: Open): void {
  describe('a message that is kept', () => {
    it('waits in nobody’s way, and is no dead letter', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1'));
      await store.commit(change({ outbox: [toAnn('o2')] }));
      expect(await sendable(store, NOW + 60_000)).toEqual(['o2']);
      expect(await store.deadLetters.list('acme')).toEqual([]);
      expect(await store.depth()).toMatchObject({ outbox: 1, deadLetters: 0 });
      expect(await store.outbox.kept(ann)).toMatchObject([{ id: 'o1', message: { audience: 'private' } }]);
    });

    it('is sent behind what the same commit says, from its moment on and as if for the first time', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1'));
      await store.commit(change({ outbox: [toAnn('welcome')], kept: [{ id: 'o1', notBefore: NOW + 5_000 }] }));
      expect(await keptIds(store)).toEqual([]);
      expect(await sendable(store)).toEqual(['welcome']);
      await store.outbox.delivered('welcome', { platformId: 'p1', at: NOW });
      expect(await sendable(store, NOW + 4_999)).toEqual([]);
      const { due } = await store.outbox.lease({ now: NOW + 5_000, leaseUntil: NOW + 6_000, limit: 5 });
      expect(due).toMatchObject([{ id: 'o1', attempts: 0 }]);
      expect(due[0]).not.toHaveProperty('perhapsSentAt');
    });

    it('is sent behind that also when both are due', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1'));
      await store.commit(change({ outbox: [toAnn('welcome')], kept: [{ id: 'o1', notBefore: NOW }] }));
      expect(await sendable(store)).toEqual(['welcome']);
      await store.outbox.delivered('welcome', { platformId: 'p1', at: NOW });
      expect(await sendable(store)).toEqual(['o1']);
    });

    it('can be forgotten, and is not there a second time', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1'));
      await store.commit(change({ kept: [{ id: 'o1', notBefore: 'forgotten' }] }));
      await store.commit(change({ kept: [{ id: 'o1', notBefore: NOW }] }));
      expect(await keptIds(store)).toEqual([]);
      expect(await sendable(store)).toEqual([]);
    });

    it('stays kept when the commit loses against another', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1'));
      const lost = change({ lease: { stream: 'room/acme/sales/t1', lease: 'not held', rows: [] }, kept: [{ id: 'o1', notBefore: NOW }] });
      expect(await store.commit(lost)).toBe('conflict');
      expect(await keptIds(store)).toEqual(['o1']);
    });

    it('goes when a later message takes its place, whenever that comes', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1', { post: 'notice' }));
      await store.commit(change({ outbox: [toAnn('o2', { card: 'removed', replaces: 'notice' })] }));
      expect(await keptIds(store)).toEqual([]);
      await store.commit(change({ outbox: [toAnn('o3', { post: 'draft' })] }));
      await store.commit(change({ outbox: [toAnn('o4', { post: 'draft', replaces: 'draft' })] }));
      await store.outbox.keep('o3');
      expect(await keptIds(store)).toEqual([]);
    });

    it('stores with it what is to be told, but nothing where it has been overtaken', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [toAnn('o1', { post: 'draft' })] }));
      await store.outbox.keep('o1', tell);
      expect((await store.depth()).inbox).toBe(1);
      await store.commit(change({ outbox: [toAnn('o2', { post: 'other' }), toAnn('o3', { post: 'other', replaces: 'other' })] }));
      await store.outbox.keep('o2', posted('another'));
      expect((await store.depth()).inbox).toBe(1);
    });

    it('loses words that their author deletes, and its post is still known to quote none of them', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1', { post: 'notice', quotes: ['m1'] }));
      await store.commit(change({ eraseTexts: ['m1'] }));
      expect(await keptIds(store)).toEqual([]);
    });

    it('still quotes what it quotes once it is sent', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1', { post: 'notice', quotes: ['m1'] }));
      await store.commit(change({ kept: [{ id: 'o1', notBefore: NOW }] }));
      expect((await store.posts.quoting('m1')).map(({ post }) => post)).toEqual(['notice']);
      await sendable(store);
      await store.outbox.delivered('o1', { platformId: 'p1', at: NOW });
      expect((await store.posts.quoting('m1')).map(({ post }) => post)).toEqual(['notice']);
    });

    it('counts as a post that is on its way', async () => {
      const { store } = await open();
      await keeps(store, toAnn('o1', { post: 'notice' }));
      expect(await store.posts.named(ann, 'not')).toEqual(['notice']);
    });

    it('is erased after two weeks, with the tenant, and with the person', async () => {
      const { store } = await open();
      const bob = { ...ann, personId: 'bob' };
      const others = async () => (await store.outbox.kept(bob)).map(({ id }) => id);
      await keeps(store, toAnn('o1'), toAnn('o2', { to: bob }));
      await forget(store, ann);
      expect([await keptIds(store), await others()]).toEqual([[], ['o2']]);
      await store.housekeep(NOW + 13 * 86_400_000);
      expect(await others()).toEqual(['o2']);
      await store.housekeep(NOW + 15 * 86_400_000);
      expect(await others()).toEqual([]);
      await keeps(store, toAnn('o3'));
      await store.installations.remove('room', 'acme', NOW + 1);
      expect(await keptIds(store)).toEqual([]);
    });
  });

  it('the id of a named post is known at each destination for itself', async () => {
    const { store } = await open();
    const bob = { ...ann, personId: 'bob' };
    await store.commit(change({ outbox: [toAnn('o1', { post: 'notice' }), toAnn('o2', { to: bob, post: 'notice' })] }));
    await sendable(store);
    await store.outbox.delivered('o1', { platformId: 'p1', at: NOW });
    await store.outbox.delivered('o2', { platformId: 'p2', at: NOW });
    expect([await store.posts.platformIdAt(ann, 'notice'), await store.posts.platformIdAt(bob, 'notice')]).toEqual(['p1', 'p2']);
    expect(await store.posts.platformIdAt(ann, 'other')).toBeUndefined();
  });
}

onBothDatabases([keptBehaviour]);
