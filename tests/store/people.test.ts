import { describe, expect, it, jest } from '@jest/globals';
import { messageRef } from '../../src/domain/conversation.ts';
import { change, NOW } from './kit.ts';
import { type Open, onBothDatabases } from './on-both.ts';
import { fill, forget, inWorkspace, refIn } from './tenant-kit.ts';

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
      expect((await store.people.kept(ann)).texts.map(({ messageRef: ref }) => ref).sort()).toEqual([refOf('T1', 'm1'), 'trigger-T1:driver']);
      await forget(store, ann);
      expect(await run('select * from texts')).toEqual([]);
      expect(await store.lessons.list('T1')).toEqual([]);
      expect(await run('select * from usage')).toEqual([]);
      expect(await store.habits.of('T1', ['U1'])).toEqual([]);
      const objective = { id: 'o1', text: 'objective of T1', weight: 2, competencies: [] };
      expect(await store.strategy.load('T1')).toEqual({ objectives: [objective], confirmedAt: NOW });
      expect(await store.people.kept(ann)).toEqual({ texts: [], habits: [], usage: [], lessons: [], waiting: 0 });
    });

    it('takes nothing from others, nor from somebody with the same id elsewhere', async () => {
      const { store } = await open();
      await fill(store, 'T1');
      await fill(store, 'T12');
      const ref = refOf('T1', 'm7');
      await store.commit(change({ texts: [{ textId: ref, messageRef: ref, author: 'U2', body: 'of somebody else', at: NOW }] }));
      await forget(store, ann);
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
      await forget(store, ann);
      expect(await run(`select body from inbox where body is not null`)).toEqual([]);
      expect(await run(`select body from outbox where body is not null and id = 'T1-private'`)).toEqual([]);
    });

    it('stands under another id in every state and event that names them, and version and readers go on', async () => {
      const { store, run } = await open();
      const [ref, other] = [refIn('T1'), refIn('T1', 'programme')];
      const summary = { status: 'aligned', people: ['U1', 'U2'], place: 'C1', updatedAt: NOW };
      const snapshot = { requester: 'U1', notes: { U1: 'x', by: 'U12' }, signed: [{ by: 'U1' }, { by: 'U2' }] };
      const signed = { type: 'BriefSigned', at: NOW, by: 'U1' };
      await store.commit(change({ aggregates: [{ ref, tenant: 'T1', expectedVersion: 0, events: [signed], snapshot, summary }] }));
      // Named in an event of long ago, and no participant any more.
      const started = { ref: other, tenant: 'T1', expectedVersion: 0, events: [signed], snapshot: {}, summary: { ...summary, people: ['U2'] } };
      await store.commit(change({ aggregates: [started] }));
      const refs = await store.people.named(ann);
      expect(refs).toEqual([ref, other]);
      await forget(store, ann, refs);
      expect((await store.aggregates.load(ref))?.snapshot).toEqual({
        requester: 'former:1',
        notes: { 'former:1': 'x', by: 'U12' },
        signed: [{ by: 'former:1' }, { by: 'U2' }],
      });
      for (const each of refs) expect(await store.aggregates.events(each)).toEqual([{ ...signed, by: 'former:1' }]);
      expect(await run(`select * from participants where person_id = 'U1'`)).toEqual([]);
      expect(await store.commit(change({ aggregates: [{ ...started, expectedVersion: 1 }] }))).toBe('conflict');
      expect(await store.people.named(ann)).toEqual([]);
    });
  });
}
