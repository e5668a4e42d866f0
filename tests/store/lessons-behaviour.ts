import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/app/store.ts';
import { lessonLimits, type TaughtLesson } from '../../src/domain/lessons.ts';
import { alignmentChange, change, NOW } from './kit.ts';
import type { Open } from './on-both.ts';

const DAY = 86_400_000;

function lesson(id: string, more: Partial<TaughtLesson> = {}): TaughtLesson {
  return { id, verdict: 'not-request', features: ['ask+solution', 'topic:crm'], by: 'ann', at: NOW, act: `press on ${id}`, thread: `thread of ${id}`, ...more };
}

function teach(store: Store, taught: TaughtLesson, tenant = 'acme') {
  return store.commit(change({ lessons: [{ tenant, type: 'taught', lesson: taught }] }));
}

const idsOf = async (store: Store, tenant = 'acme') => (await store.lessons.list(tenant)).map(({ id }) => id);

export function lessonsBehaviour(open: Open): void {
  describe('what people taught', () => {
    it('is kept for their organisation alone, newest first', async () => {
      const { store } = await open();
      expect(await store.lessons.list('acme')).toEqual([]);
      await teach(store, lesson('a'));
      await teach(store, lesson('b', { at: NOW + 1, verdict: 'request', by: 'bob' }));
      await teach(store, lesson('a', { features: ['has:team'] }), 'globex');
      expect(await store.lessons.list('acme')).toEqual([lesson('b', { at: NOW + 1, verdict: 'request', by: 'bob' }), lesson('a')]);
      expect(await store.lessons.list('globex')).toEqual([lesson('a', { features: ['has:team'] })]);
    });

    it('is kept with everything else of its commit, or not at all', async () => {
      const { store } = await open();
      await store.commit(change({ aggregates: [alignmentChange('x')] }));
      const refused = change({ aggregates: [alignmentChange('x')], lessons: [{ tenant: 'acme', type: 'taught', lesson: lesson('a') }] });
      expect(await store.commit(refused)).toBe('conflict');
      expect(await store.lessons.list('acme')).toEqual([]);
    });

    it('is one word for each message and person: the last one', async () => {
      const { store } = await open();
      for (const at of [NOW, NOW + 1, NOW + 2]) await teach(store, lesson('a', { at }));
      await teach(store, lesson('a', { at: NOW + 3, verdict: 'request' }));
      expect(await store.lessons.list('acme')).toEqual([lesson('a', { at: NOW + 3, verdict: 'request' })]);
    });

    it('is at most a few a day of one person', async () => {
      const { store } = await open();
      for (let press = 0; press < lessonLimits.perDay + 3; press += 1) await teach(store, lesson(`a${press}`, { at: NOW + press }));
      await teach(store, lesson('b', { by: 'bob' }));
      expect(await store.lessons.list('acme')).toHaveLength(lessonLimits.perDay + 1);
      await teach(store, lesson('later', { at: NOW + DAY }));
      expect(await idsOf(store)).toContain('later');
    });

    it('of one person is their newest twenty', async () => {
      const { store } = await open();
      await teach(store, lesson('of bob', { by: 'bob', at: NOW - DAY }));
      for (let press = 0; press < lessonLimits.perPerson + 4; press += 1) await teach(store, lesson(`a${press}`, { at: NOW + press * DAY }));
      const ids = await idsOf(store);
      expect(ids).toHaveLength(lessonLimits.perPerson + 1);
      expect(ids[0]).toBe(`a${lessonLimits.perPerson + 3}`);
      expect(ids).toContain('of bob');
      expect(ids).not.toContain('a3');
    });

    it('is undone by name, and with the act that taught it', async () => {
      const { store } = await open();
      for (const id of ['a', 'b', 'c']) await teach(store, lesson(id));
      await store.commit(change({ lessons: [{ tenant: 'globex', type: 'undone', id: 'a' }] }));
      await store.commit(change({ lessons: [{ tenant: 'acme', type: 'undone', id: 'a', act: 'another press' }] }));
      expect(await idsOf(store)).toEqual(['c', 'b', 'a']);
      await store.commit(change({ lessons: [{ tenant: 'acme', type: 'undone', id: 'a', act: 'press on a' }] }));
      await store.commit(change({ lessons: [{ tenant: 'acme', type: 'undone', id: 'b' }] }));
      expect(await idsOf(store)).toEqual(['c']);
    });

    it('no longer says that there was no request in a thread where somebody started after all', async () => {
      const { store } = await open();
      await teach(store, lesson('a', { thread: 't1' }));
      await teach(store, lesson('b', { thread: 't1', verdict: 'request', by: 'bob' }));
      await teach(store, lesson('c', { thread: 't2', by: 'bob' }));
      await store.commit(change({ lessons: [{ tenant: 'acme', type: 'outdated', thread: 't1' }] }));
      expect(await idsOf(store)).toEqual(['c', 'b']);
    });

    it('is left out where it is damaged, and others still count', async () => {
      const { store, run, logged } = await open();
      for (const id of ['a', 'b', 'c']) await teach(store, lesson(id));
      await run(`update lessons set features = '[' where id = 'a'`);
      await run(`update lessons set verdict = 'perhaps' where id = 'b'`);
      expect(await idsOf(store)).toEqual(['c']);
      expect(logged.filter((line) => line.includes('stored lesson cannot be read'))).toHaveLength(2);
    });
  });
}
