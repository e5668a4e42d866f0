import { describe, expect, it, jest } from '@jest/globals';
import { messageRef } from '../../src/domain/conversation.ts';
import { change, NOW } from './kit.ts';
import { type Open, onBothDatabases } from './on-both.ts';
import { fill, inWorkspace } from './tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

onBothDatabases([forgetting]);

const ann = { channel: 'slack' as const, tenant: 'T1', personId: 'U1' };
const refOf = (tenant: string, messageId: string) => messageRef({ ...inWorkspace(tenant), messageId });

function forgetting(open: Open): void {
  describe('somebody who is forgotten', () => {
    it('leaves no words, no lessons and no counters; which messages it was is told', async () => {
      const { store, run } = await open();
      await fill(store, 'T1');
      expect(await store.people.forget(ann)).toEqual([refOf('T1', 'm1'), 'trigger-T1:driver']);
      expect(await run('select * from texts')).toEqual([]);
      expect(await store.lessons.list('T1')).toEqual([]);
      expect(await run('select * from usage')).toEqual([]);
      expect(await store.habits.of('T1', ['U1'])).toEqual([]);
      const objective = { id: 'o1', text: 'objective of T1', weight: 2, competencies: [] };
      expect(await store.strategy.load('T1')).toEqual({ objectives: [objective], confirmedAt: NOW });
      expect(await store.people.forget(ann)).toEqual([]);
    });

    it('takes nothing from others, nor from somebody with the same id elsewhere', async () => {
      const { store } = await open();
      await fill(store, 'T1');
      await fill(store, 'T12');
      const ref = refOf('T1', 'm7');
      await store.commit(change({ texts: [{ textId: ref, messageRef: ref, author: 'U2', body: 'of somebody else', at: NOW }] }));
      await store.people.forget(ann);
      expect((await store.texts.load([ref])).get(ref)?.body).toBe('of somebody else');
      expect((await store.texts.ofConversation(inWorkspace('T12'))).length).toBe(2);
      expect((await store.lessons.list('T12')).length).toBe(1);
      expect(await store.habits.of('T12', ['U1'])).toHaveLength(1);
      expect(await store.strategy.load('T12')).toMatchObject({ confirmedBy: 'U1' });
      expect(await store.usage.add({ tenant: 'T12', personId: 'U1', day: '2026-11-23', what: 'suggestion', amount: 0 })).toBe(1);
    });

    it('is not in parked events or parked quotes either', async () => {
      const { store, run } = await open();
      await fill(store, 'T1');
      const [leased] = await store.inbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 1 });
      await store.inbox.fail(leased?.rows[0]?.id ?? '', { reason: 'parked' });
      await store.outbox.fail('T1-private', { reason: 'parked' });
      await store.people.forget(ann);
      expect(await run(`select body from inbox where body is not null`)).toEqual([]);
      expect(await run(`select body from outbox where body is not null and id = 'T1-private'`)).toEqual([]);
    });
  });
}
