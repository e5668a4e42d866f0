import { describe, expect, it } from '@jest/globals';
import { messageRef } from '../../src/domain/conversation.ts';
import { alignment, alignmentChange, change, keysOf, leaseAll, leaseOnly, NOW, posted, row, said, sendable, thread } from './kit.ts';
import type { Open } from './on-both.ts';

const refOf = (messageId: string) => messageRef({ ...thread('t1'), messageId });
const textOf = (messageId: string, body = `words of ${messageId}`) => ({ textId: messageId, messageRef: refOf(messageId), author: 'ann', body, at: NOW });

export function commitBehaviour(open: Open): void {
  describe('a commit', () => {
    it('keeps events, state and lists together', async () => {
      const { store } = await open();
      expect(await store.commit(change({ aggregates: [alignmentChange('a')] }))).toBe('committed');
      const events = [
        { type: 'QuestionAnswered', at: NOW + 1, by: 'ann' },
        { type: 'QuestionAsked', at: NOW + 2 },
      ];
      expect(await store.commit(change({ aggregates: [alignmentChange('a', 1, { events, snapshot: { now: 3 } })] }))).toBe('committed');
      expect(await store.aggregates.load(alignment('a'))).toEqual({ ref: alignment('a'), version: 3, snapshot: { now: 3 } });
      expect(await store.aggregates.events(alignment('a'))).toEqual([{ type: 'QuestionAsked', at: NOW }, ...events]);
      expect(await store.aggregates.load({ kind: 'programme', id: 'a' })).toBeUndefined();
    });

    it('that expects another version changes nothing at all', async () => {
      const { store } = await open();
      await store.inbox.add(row('m1'));
      const leased = await leaseOnly(store);
      await store.commit(change({ aggregates: [alignmentChange('a')] }));
      for (const expected of [0, 2]) {
        const refused = change({
          lease: leased,
          aggregates: [alignmentChange('b'), alignmentChange('a', expected)],
          texts: [textOf('m1')],
          outbox: [said('o1')],
          timers: [{ aggregate: alignment('b'), key: 'remind', dueAt: NOW, conversation: thread('t1') }],
          conversations: [{ conversation: thread('t1'), stream: 's', aggregate: alignment('b') }],
          done: leased.rows.map(({ id }) => id),
        });
        expect(await store.commit(refused)).toBe('conflict');
      }
      expect(await store.aggregates.load(alignment('b'))).toBeUndefined();
      expect(await sendable(store)).toEqual([]);
      expect(await store.depth()).toEqual({ inbox: 1, outbox: 0, deadLetters: 0, timers: 0 });
      expect((await store.texts.load(['m1'])).size).toBe(0);
      expect(await store.aggregates.of(thread('t1'))).toBeUndefined();
    });

    it('of one of two who worked on the same state is refused', async () => {
      const { store } = await open();
      await store.commit(change({ aggregates: [alignmentChange('a')] }));
      const results = await Promise.all([1, 2, 3].map(() => store.commit(change({ aggregates: [alignmentChange('a', 1)] }))));
      expect(results.sort()).toEqual(['committed', 'conflict', 'conflict']);
    });

    it('that would finish a row for the second time is refused', async () => {
      const { store } = await open();
      await store.inbox.add(row('m1'));
      const leased = await leaseOnly(store);
      const done = leased.rows.map(({ id }) => id);
      expect(await store.commit(change({ lease: leased, done, outbox: [said('o1')] }))).toBe('committed');
      expect(await store.commit(change({ lease: leased, done, outbox: [said('o2')] }))).toBe('conflict');
      expect(await sendable(store)).toEqual(['o1']);
    });

    it('of many streams to one destination and one aggregate each lets all through', async () => {
      const { store } = await open();
      const to = { kind: 'person' as const, channel: 'room' as const, tenant: 'acme', personId: 'ann' };
      const commits = Array.from({ length: 20 }, (_, index) =>
        change({ aggregates: [alignmentChange(`a${index}`)], outbox: [said(`x${index}`, `t${index % 3}`), said(`o${index}`, 't1', { to })] }),
      );
      expect(new Set(await Promise.all(commits.map(store.commit)))).toEqual(new Set(['committed']));
      expect((await store.depth()).outbox).toBe(40);
    });
  });

  describe('the list of alignments', () => {
    it('shows the newest first, of a person, in given states', async () => {
      const { store } = await open();
      const listed = (id: string, people: string[], status: string, updatedAt: number) =>
        alignmentChange(id, 0, { summary: { status, people, updatedAt, ...(id === 'c' ? {} : { place: 'sales' }) } });
      await store.commit(
        change({ aggregates: [listed('a', ['ann', 'bob'], 'clarifying', 1), listed('b', ['bob'], 'aligned', 2), listed('c', ['ann'], 'aligned', 3)] }),
      );
      const ids = async (query: { person?: string; statuses?: string[]; limit?: number; tenant?: string }) =>
        (await store.aggregates.list({ tenant: 'acme', kind: 'alignment', limit: 10, ...query })).map(({ ref }) => ref.id);
      expect(await ids({})).toEqual(['c', 'b', 'a']);
      expect(await ids({ person: 'ann' })).toEqual(['c', 'a']);
      expect(await ids({ statuses: ['aligned'] })).toEqual(['c', 'b']);
      expect(await ids({ person: 'bob', statuses: ['aligned', 'closed'] })).toEqual(['b']);
      expect(await ids({ statuses: [] })).toEqual([]);
      expect(await ids({ limit: 1 })).toEqual(['c']);
      expect(await ids({ tenant: 'globex' })).toEqual([]);
      await store.commit(change({ aggregates: [alignmentChange('a', 1, { summary: { status: 'closed', people: ['bob'], updatedAt: 9 } })] }));
      expect(await ids({ person: 'ann' })).toEqual(['c']);
      expect(await store.aggregates.list({ tenant: 'acme', kind: 'alignment', person: 'bob', limit: 10 })).toEqual([
        { ref: alignment('a'), status: 'closed', updatedAt: 9 },
        { ref: alignment('b'), status: 'aligned', updatedAt: 2, place: 'sales' },
      ]);
    });
  });

  describe('words', () => {
    it('are kept with the conversation that they were said in', async () => {
      const { store } = await open();
      await store.commit(
        change({
          conversations: [
            { conversation: thread('t2'), stream: 's', aggregate: alignment('a') },
            { conversation: thread('t1'), stream: 's', aggregate: alignment('a') },
          ],
        }),
      );
      await store.inbox.add(row('m1'));
      await store.inbox.add(row('m2', 't2'));
      const leased = await leaseOnly(store);
      await store.commit(change({ lease: leased, texts: [textOf('m1'), textOf('m2')], done: leased.rows.map(({ id }) => id) }));
      expect(await store.texts.load(['m1', 'm2', 'm3'])).toEqual(
        new Map([
          ['m1', textOf('m1')],
          ['m2', textOf('m2')],
        ]),
      );
      expect(await store.texts.ofConversation(thread('t1'))).toEqual([textOf('m1')]);
      expect(await store.texts.ofConversation(thread('t2'))).toEqual([textOf('m2')]);
      expect((await store.texts.load([])).size).toBe(0);
    });

    it('of a deleted message are gone in all its edits; the new words of an edited one stay', async () => {
      const { store } = await open();
      await store.commit(change({ texts: [textOf('m1'), { ...textOf('m1'), textId: 'm1@2' }, textOf('m2')] }));
      await store.commit(change({ eraseTexts: [refOf('m1')], texts: [{ ...textOf('m1', 'new'), textId: 'm1@3' }] }));
      expect([...(await store.texts.load(['m1', 'm1@2', 'm1@3', 'm2'])).values()].map(({ body }) => body).sort()).toEqual(['new', 'words of m2']);
      await store.commit(change({ eraseTexts: [refOf('m1'), refOf('m2')] }));
      expect((await store.texts.load(['m1', 'm1@2', 'm1@3', 'm2'])).size).toBe(0);
    });

    it('of a deleted message are also erased in dead letters', async () => {
      const { store, run } = await open();
      await store.inbox.add(row('m1'));
      const leased = await leaseOnly(store);
      await store.inbox.fail(leased.rows[0]?.id ?? '', { reason: 'bad' });
      await store.commit(change({ outbox: [said('o1', 't1', { post: 'intake', quotes: [refOf('m1')] })] }));
      await sendable(store);
      await store.outbox.fail('o1', { reason: 'bad' });
      expect(await store.deadLetters.list('acme')).toHaveLength(2);
      await store.commit(change({ eraseTexts: [refOf('m1')] }));
      expect(await store.deadLetters.list('acme')).toEqual([]);
      expect(await run('select body from inbox union select body from outbox')).toEqual([{ body: null }]);
    });
  });

  describe('timers', () => {
    const timer = (key: string, dueAt: number, id = 'a') => ({ aggregate: alignment(id), key, dueAt, conversation: thread('t1') });

    it('become events when they are due, once', async () => {
      const { store } = await open();
      await store.commit(change({ timers: [timer('remind', NOW), timer('pause', NOW + 1)] }));
      expect(await store.timers.nextDueAt()).toBe(NOW);
      expect(await Promise.all([store.timers.wake({ now: NOW, limit: 10 }), store.timers.wake({ now: NOW, limit: 10 })]).then((woken) => woken.sort())).toEqual(
        [0, 1],
      );
      const leased = await leaseOnly(store);
      expect(leased.rows.map(({ event }) => event)).toEqual([
        {
          type: 'TimerDue',
          timer: { aggregate: alignment('a'), key: 'remind' },
          eventKey: `timer/alignment/a/remind/${NOW}`,
          conversation: thread('t1'),
          personId: '',
          at: NOW,
        },
      ]);
      // Set again for the same moment by somebody who had not seen it go.
      await store.commit(change({ timers: [timer('remind', NOW)] }));
      expect(await store.timers.wake({ now: NOW, limit: 10 })).toBe(1);
      await store.inbox.release(leased);
      expect((await leaseOnly(store)).rows).toHaveLength(1);
    });

    it('go to the stream of their alignment', async () => {
      const { store } = await open();
      await store.commit(change({ timers: [timer('remind', NOW)], conversations: [{ conversation: thread('t1'), stream: 's', aggregate: alignment('a') }] }));
      await store.timers.wake({ now: NOW, limit: 10 });
      expect((await leaseOnly(store)).stream).toBe('s');
    });

    it('of a changed aggregate are exactly those of the change; others stay', async () => {
      const { store } = await open();
      await store.commit(
        change({
          aggregates: [alignmentChange('a'), alignmentChange('b')],
          timers: [timer('remind', NOW + 1), timer('pause', NOW + 2), timer('remind', NOW + 3, 'b')],
        }),
      );
      await store.commit(change({ aggregates: [alignmentChange('a', 1)], timers: [timer('remind', NOW + 9)] }));
      expect(await store.timers.list({ limit: 10 })).toEqual([
        { aggregate: alignment('b'), key: 'remind', dueAt: NOW + 3 },
        { aggregate: alignment('a'), key: 'remind', dueAt: NOW + 9 },
      ]);
      await store.commit(change({ aggregates: [alignmentChange('a', 2), alignmentChange('b', 1)] }));
      expect(await store.timers.nextDueAt()).toBeUndefined();
    });

    it('wake the earliest first, at most as many as asked for', async () => {
      const { store } = await open();
      await store.commit(change({ timers: [3, 1, 2].map((offset) => timer(`k${offset}`, NOW + offset)) }));
      expect(await store.timers.wake({ now: NOW + 9, limit: 2 })).toBe(2);
      expect(keysOf(await leaseOnly(store, NOW + 9))?.map((key) => key.split('/')[3])).toEqual(['k1', 'k2']);
      expect(await store.timers.wake({ now: NOW + 9, limit: 2 })).toBe(1);
    });

    it('that cannot be read do not hold up the others', async () => {
      const { store, run } = await open();
      await store.commit(change({ timers: [timer('bad', NOW), timer('good', NOW + 1)] }));
      await run(`update timers set conversation = 'x' where key = 'bad'`);
      expect(await store.timers.wake({ now: NOW + 9, limit: 9 })).toBe(2);
      expect((await leaseOnly(store, NOW + 9)).rows).toHaveLength(1);
    });
  });

  describe('work', () => {
    it('is announced when a row, a message or a timer came in', async () => {
      const { store } = await open();
      let calls = 0;
      const stop = store.onWork(() => {
        calls += 1;
      });
      await store.inbox.add(row('m1'));
      expect(calls).toBeGreaterThan(0);
      const before = calls;
      await store.commit(change({ outbox: [said('o1')] }));
      expect(calls).toBeGreaterThan(before);
      stop();
      const after = calls;
      await store.inbox.add({ event: posted('m2'), readyAt: NOW });
      expect(calls).toBe(after);
      expect(await leaseAll(store)).toHaveLength(1);
    });
  });
}
