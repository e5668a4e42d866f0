import { describe, expect, it } from '@jest/globals';
import type { OutboxRow } from '../../src/app/store.ts';
import type { ConversationRef } from '../../src/domain/conversation.ts';
import { alignment, alignmentChange, change, deliverAll, leaseAll, NOW, posted, said, sendable, thread } from './kit.ts';
import type { Open } from './on-both.ts';

export function sendingBehaviour(open: Open): void {
  describe('a send', () => {
    type Opened = Awaited<ReturnType<Open>>['store'];
    const take = async (store: Opened, now: number): Promise<OutboxRow | undefined> =>
      (await store.outbox.lease({ now, leaseUntil: now + 1_000, limit: 1 })).due[0];

    it('that nobody knows the end of is known by when it began, also after further tries', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1')] }));
      expect(await take(store, NOW)).not.toHaveProperty('perhapsSentAt');
      // Its sender died.
      expect(await take(store, NOW + 1_000)).toMatchObject({ perhapsSentAt: NOW, attempts: 0 });
      await store.outbox.fail('o1', { reason: 'reset', retryAt: NOW + 2_000, perhapsSent: true });
      expect(await take(store, NOW + 2_000)).toMatchObject({ perhapsSentAt: NOW, attempts: 1 });
    });

    it('that was clearly refused leaves nothing uncertain', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1')] }));
      await take(store, NOW);
      await store.outbox.fail('o1', { reason: '503', retryAt: NOW });
      const again = await take(store, NOW);
      expect(again).toMatchObject({ attempts: 1 });
      expect(again).not.toHaveProperty('perhapsSentAt');
    });

    it('stays uncertain when it is parked and replayed', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1')] }));
      await take(store, NOW);
      await store.outbox.fail('o1', { reason: 'reset', perhapsSent: true });
      const [letter] = await store.deadLetters.list('acme');
      await store.deadLetters.replay(letter?.id ?? '', NOW + 5_000);
      expect(await take(store, NOW + 5_000)).toMatchObject({ perhapsSentAt: NOW, attempts: 0 });
    });

    it('that ends after its message was seen takes nothing from the send of the next one', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2')] }));
      expect(await take(store, NOW)).toMatchObject({ id: 'o1' });
      expect(await store.outbox.waiting('o1')).toMatchObject({ id: 'o1' });
      await store.outbox.delivered('o1', { platformId: 'p', at: NOW });
      expect(await store.outbox.waiting('o1')).toBeUndefined();
      expect(await take(store, NOW)).toMatchObject({ id: 'o2' });
      await store.outbox.delivered('o1', { platformId: 'p', at: NOW });
      expect(await take(store, NOW)).toBeUndefined();
    });

    it('that a platform puts off is not counted, and nothing overtakes it', async () => {
      const { store } = await open();
      await store.commit(change({ outbox: [said('o1'), said('o2')] }));
      for (let tries = 0; tries < 3; tries += 1) {
        expect(await sendable(store, NOW + tries * 1_000)).toEqual(['o1']);
        await store.outbox.fail('o1', { reason: '429', retryAt: NOW + (tries + 1) * 1_000, busy: true });
        expect(await sendable(store, NOW + tries * 1_000)).toEqual([]);
      }
      expect(await take(store, NOW + 3_000)).toMatchObject({ id: 'o1', attempts: 1 });
      await store.outbox.delivered('o1', { platformId: 'p', at: NOW });
      expect(await deliverAll(store, NOW + 3_000)).toEqual(['o2']);
    });
  });

  describe('the work of one platform', () => {
    const slack: ConversationRef = { channel: 'slack', tenant: 'T1', place: 'C1', thread: 't1' };
    const lease = { now: NOW, leaseUntil: NOW + 1_000, limit: 10 };

    it('is all that is taken where only that one is served: events', async () => {
      const { store } = await open();
      await store.inbox.add({ event: posted('room message'), readyAt: NOW });
      await store.inbox.add({ event: posted('slack message', 't1', { conversation: slack }), readyAt: NOW + 1 });
      expect(await store.inbox.nextReadyAt({ channels: ['slack'] })).toBe(NOW + 1);
      expect(await store.inbox.nextReadyAt({ channels: ['teams'] })).toBeUndefined();
      expect(await store.inbox.lease({ ...lease, now: NOW + 1, channels: [] })).toEqual([]);
      const taken = await store.inbox.lease({ ...lease, now: NOW + 1, channels: ['slack', 'teams'] });
      expect(taken.flatMap(({ rows }) => rows.map(({ event }) => event.eventKey))).toEqual(['slack message']);
      expect((await leaseAll(store, NOW + 1)).flatMap(({ rows }) => rows.map(({ event }) => event.eventKey))).toEqual(['room message']);
    });

    it('is all that is taken where only that one is served: messages', async () => {
      const { store } = await open();
      const toPerson = said('to a person', 't1', { to: { kind: 'person', channel: 'slack', tenant: 'T1', personId: 'U1' } });
      const toThread = said('to a thread', 't1', { to: { kind: 'conversation', conversation: slack } });
      await store.commit(change({ outbox: [said('in the room'), toPerson, toThread] }));
      const { due } = await store.outbox.lease({ ...lease, channels: ['slack'] });
      expect(due.map(({ id }) => id).sort()).toEqual(['to a person', 'to a thread']);
      expect(await store.outbox.nextDueAt({ channels: ['teams'] })).toBeUndefined();
      expect((await store.outbox.lease({ ...lease, channels: ['room'] })).due.map(({ id }) => id)).toEqual(['in the room']);
    });

    it('is all that is taken where only that one is served: timers', async () => {
      const { store } = await open();
      const aggregates = [alignmentChange('a'), alignmentChange('b')];
      const timers = [
        { aggregate: alignment('a'), key: 'quiet', dueAt: NOW - 1, conversation: thread('t1') },
        { aggregate: alignment('b'), key: 'quiet', dueAt: NOW, conversation: slack },
      ];
      await store.commit(change({ aggregates, timers }));
      expect(await store.timers.nextDueAt({ channels: ['slack'] })).toBe(NOW);
      expect(await store.timers.wake({ now: NOW, limit: 10, channels: ['teams'] })).toBe(0);
      expect(await store.timers.wake({ now: NOW, limit: 10, channels: ['slack'] })).toBe(1);
      expect(await store.timers.list({ limit: 10 })).toMatchObject([{ aggregate: { id: 'a' } }]);
      expect(await store.timers.nextDueAt()).toBe(NOW - 1);
      expect(await store.timers.wake({ now: NOW, limit: 10 })).toBe(1);
    });
  });
}
