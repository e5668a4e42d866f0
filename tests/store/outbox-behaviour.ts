import { describe, expect, it } from '@jest/globals';
import type { OutboundMessage } from '../../src/app/ports.ts';
import { change, deliverAll, NOW, said, sendable, thread } from './kit.ts';
import type { Open } from './on-both.ts';

export function outboxBehaviour(open: Open): void {
  describe('messages of one destination', () => {
    it('go out one after the other, in the order in which they were said', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2'), said('other', 't2')] }));
      await store.commit(change({ outbox: [said('o3')] }));
      expect((await sendable(store)).sort()).toEqual(['o1', 'other']);
      expect(await sendable(store)).toEqual([]);
      await store.outbox.delivered('o1', { platformId: 'p1', at: NOW });
      expect(await sendable(store)).toEqual(['o2']);
      await store.outbox.delivered('o2', { platformId: 'p2', at: NOW });
      expect(await deliverAll(store)).toEqual(['o3']);
    });

    it('wait while one is being tried again; other destinations do not', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2'), said('other', 't2')] }));
      await sendable(store);
      await store.outbox.fail('o1', { reason: '429', retryAt: NOW + 5_000 });
      await store.outbox.delivered('other', { platformId: 'p', at: NOW });
      await store.commit(change({ outbox: [said('other2', 't2')] }));
      expect(await sendable(store)).toEqual(['other2']);
      await store.outbox.delivered('other2', { platformId: 'p', at: NOW });
      expect(await store.outbox.nextDueAt()).toBe(NOW + 5_000);
      expect(await deliverAll(store, NOW + 5_000)).toEqual(['o1', 'o2']);
    });

    it('overtake one that is not to go yet', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('later', 't1', { notBefore: NOW + 60_000 }), said('now')] }));
      expect(await deliverAll(store)).toEqual(['now']);
      expect(await store.outbox.nextDueAt()).toBe(NOW + 60_000);
      await store.commit(change({ outbox: [said('last')] }));
      expect(await deliverAll(store, NOW + 60_000)).toEqual(['later', 'last']);
    });

    it('overtake neither a retry behind one that is not to go yet, nor the one under way', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('later', 't1', { notBefore: NOW + 1_000 }), said('o1'), said('o2')] }));
      expect(await sendable(store)).toEqual(['o1']);
      expect(await sendable(store, NOW + 1_000)).toEqual([]);
      await store.outbox.fail('o1', { reason: 'down', retryAt: NOW + 9_000 });
      expect(await sendable(store, NOW + 1_000)).toEqual(['later']);
      await store.outbox.delivered('later', { platformId: 'p', at: NOW });
      expect(await sendable(store, NOW + 1_000)).toEqual([]);
      expect(await deliverAll(store, NOW + 9_000)).toEqual(['o1', 'o2']);
    });

    it('are sent again when their sender died', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2')] }));
      await sendable(store);
      expect(await store.outbox.nextDueAt()).toBe(NOW + 30_000);
      expect(await sendable(store, NOW + 30_000)).toEqual(['o1']);
    });

    it('are given to one of many who ask at once', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: Array.from({ length: 30 }, (_, index) => said(`o${index}`, `t${index % 10}`)) }));
      const taken = (await Promise.all(Array.from({ length: 10 }, () => sendable(store, NOW, 3)))).flat();
      expect(new Set(taken).size).toBe(taken.length);
      expect((await sendable(store)).length + taken.length).toBe(10);
    });
  });

  describe('a message', () => {
    it('comes back as it was given, and its body is erased once it is delivered', async () => {
      const { store, run } = await open();
      const message: OutboundMessage = {
        id: 'o1',
        to: { kind: 'person', channel: 'teams', tenant: 'acme', personId: 'ann' },
        audience: 'private',
        card: {
          summary: 'One question',
          title: ['To ', { person: 'ann', name: 'Ann' }],
          blocks: [
            { type: 'facts', facts: [{ label: 'When', value: [{ at: NOW, as: 'date' }] }] },
            { type: 'progress', label: 'Progress', steps: [{ label: 'Roles', done: 1, total: 3 }] },
            { type: 'list', items: [{ text: 'a', note: [{ link: 'https://example.com', label: 'b' }] }] },
            { type: 'table', columns: ['x'], rows: [['1']] },
            { type: 'divider' },
            { type: 'input', id: 'q', label: 'Q', kind: 'choice', options: [{ value: '1', label: 'One' }], required: true },
          ],
          actions: [{ action: 'later', label: 'Later', value: { alignment: 'a' }, style: 'primary', form: false }],
        },
        post: 'question',
        notBefore: NOW - 5,
        expiresAt: NOW + 5,
        quotes: ['m1'],
      };
      await store.commit(change({ outbox: [message] }));
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 1 });
      expect(due).toEqual([{ id: 'o1', message, attempts: 0, storedAt: NOW }]);
      await store.outbox.delivered('o1', { platformId: 'p', at: NOW });
      expect(await run('select body, status from outbox')).toEqual([{ body: null, status: 'done' }]);
    });

    it('with an id that is there already is not said again', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1')] }));
      await store.commit(change({ outbox: [said('o1'), said('o2')] }));
      expect(await deliverAll(store)).toEqual(['o1', 'o2']);
      await store.commit(change({ outbox: [said('o1')] }));
      expect(await deliverAll(store)).toEqual([]);
    });

    it('that expired is dropped and counted, and what follows it goes on', async () => {
      const { store, run } = await open();
      await store.commit(change({ outbox: [said('old', 't1', { expiresAt: NOW }), said('new')] }));
      const { due, expired } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5 });
      expect([due.map(({ id }) => id), expired]).toEqual([['new'], 1]);
      expect(await run(`select body from outbox where id = 'old'`)).toEqual([{ body: null }]);
    });

    it('that expired while it was being tried again no longer holds back the others', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('old', 't1', { expiresAt: NOW + 2_000 }), said('new')] }));
      await sendable(store);
      await store.outbox.fail('old', { reason: 'down', retryAt: NOW + 60_000 });
      expect(await deliverAll(store, NOW + 2_000)).toEqual(['new']);
    });

    it('that cannot be read is parked, and the next one goes on', async () => {
      const { store, run } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2')] }));
      await run(`update outbox set body = '{"id":"o1"}' where id = 'o1'`);
      expect(await sendable(store)).toEqual(['o2']);
      expect(await store.deadLetters.list('acme')).toMatchObject([
        { kind: 'outbox', what: 'thread: message', reason: expect.stringContaining('not what is expected') },
      ]);
    });

    it('that failed for good is parked; a replay sends it', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake' }), said('o2')] }));
      await sendable(store);
      await store.outbox.fail('o1', { reason: 'not in channel' });
      expect(await deliverAll(store)).toEqual(['o2']);
      const [letter] = await store.deadLetters.list('acme');
      expect(letter).toMatchObject({ kind: 'outbox', tenant: 'acme', what: 'thread: intake', reason: 'not in channel', attempts: 1 });
      expect(await store.deadLetters.replay(letter?.id ?? '', NOW)).toBe(true);
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5 });
      expect(due).toMatchObject([{ id: 'o1', attempts: 0 }]);
    });

    it('is not replayed when it expired, or when its post shows something newer', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { expiresAt: NOW + 1 }), said('o2', 't2', { post: 'intake' })] }));
      for (const id of await sendable(store)) await store.outbox.fail(id, { reason: 'gone' });
      await store.commit(change({ outbox: [said('o3', 't2', { replaces: 'intake' })] }));
      const letters = await store.deadLetters.list('acme');
      expect(letters).toHaveLength(2);
      for (const { id } of letters) expect(await store.deadLetters.replay(id, NOW + 1)).toBe(false);
      expect(await store.deadLetters.list('acme')).toEqual([]);
      expect(await deliverAll(store, NOW + 1)).toEqual(['o3']);
    });
  });

  describe('a named post', () => {
    it('gives the platform its own id when it is replaced', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake' }), said('o2', 't1', { replaces: 'intake' })] }));
      await sendable(store);
      await store.outbox.delivered('o1', { platformId: 'ts-1', at: NOW });
      expect(await store.posts.platformId('intake')).toBe('ts-1');
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 1 });
      expect(due).toMatchObject([{ id: 'o2', platformId: 'ts-1' }]);
    });

    it('has no id when it never arrived', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake', expiresAt: NOW }), said('o2', 't1', { replaces: 'intake' })] }));
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 1 });
      expect(due).toEqual([expect.not.objectContaining({ platformId: expect.anything() })]);
      expect(await store.posts.platformId('intake')).toBeUndefined();
    });

    it('is another one in another destination', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake' }), said('o2', 't2', { post: 'intake' })] }));
      await deliverAll(store);
      await store.commit(change({ outbox: [said('o3', 't1', { replaces: 'intake' })] }));
      const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5 });
      expect(due).toMatchObject([{ id: 'o3', platformId: 'post of o1' }]);
    });

    it('that is still held back is overtaken by what replaces it, at the same hour', async () => {
      const { store } = await open();
      const later = NOW + 3_600_000;
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake', notBefore: later }), said('o2', 't1', { replaces: 'intake' })] }));
      expect(await deliverAll(store, later - 1)).toEqual([]);
      expect(await deliverAll(store, later)).toEqual(['o2']);
    });

    it('that is still held back never goes out once it is taken away', async () => {
      const { store } = await open();
      const later = NOW + 3_600_000;
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake', notBefore: later })] }));
      await store.commit(change({ outbox: [said('o2', 't1', { replaces: 'intake', card: 'removed' })] }));
      expect(await deliverAll(store, later)).toEqual([]);
    });

    it('is forgotten once it is removed', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake' }), said('o2', 't1', { replaces: 'intake', card: 'removed' })] }));
      await deliverAll(store);
      expect(await store.posts.platformId('intake')).toBeUndefined();
    });

    it('is found by how its name begins, where it stands or is on its way', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'a:intake' }), said('o2', 't2', { post: 'a:brief' })] }));
      await deliverAll(store);
      await store.commit(
        change({ outbox: [said('o3', 't1', { post: 'a:turn' }), said('o4', 't1', { replaces: 'a:intake' }), said('o5', 't1', { post: 'b:turn' })] }),
      );
      const { to } = said('o0', 't1');
      expect((await store.posts.named(to, 'a:')).sort()).toEqual(['a:intake', 'a:turn']);
    });

    it('tells whose words it repeats, from when it is said until it shows something else', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake', quotes: ['m1', 'm2'] }), said('o2', 't2', { post: 'brief', quotes: ['m1'] })] }));
      const to = (id: string) => ({ kind: 'conversation', conversation: thread(id) });
      const both = [
        { post: 'brief', message: { to: to('t2'), audience: 'thread' } },
        { post: 'intake', message: { to: to('t1'), audience: 'thread' } },
      ];
      const quoting = async (ref: string) => (await store.posts.quoting(ref)).sort((one, other) => (one.post < other.post ? -1 : 1));
      expect(await quoting('m1')).toEqual(both);
      await deliverAll(store);
      expect(await quoting('m1')).toEqual(both);
      await store.commit(change({ outbox: [said('o3', 't1', { replaces: 'intake', quotes: ['m2'] })] }));
      expect(await quoting('m1')).toEqual(both);
      await deliverAll(store);
      expect(await quoting('m1')).toEqual(both.slice(0, 1));
      expect(await quoting('m2')).toEqual(both.slice(1));
    });
  });
}
