import { describe, expect, it } from '@jest/globals';
import type { Strategy } from '../../src/domain/strategy.ts';
import { alignmentChange, change, NOW } from './kit.ts';
import type { Open } from './on-both.ts';

const strategy: Strategy = {
  objectives: [
    {
      id: 'o1',
      text: 'Grow “existing accounts” by 30 %',
      timeFrame: 'by December',
      weight: 3,
      competencies: [{ kind: 'behaviour', text: 'ask for a second meeting' }],
    },
    { id: 'o2', text: 'Keep the margin', weight: 1, competencies: [] },
  ],
  confirmedBy: 'ann',
  confirmedAt: NOW,
};

export function coachingBehaviour(open: Open): void {
  describe('the strategy on file', () => {
    it('has no objectives until somebody put them there, and is per tenant', async () => {
      const { store } = await open();
      await store.strategy.save('acme', { objectives: [] });
      await store.strategy.save('acme', strategy);
      expect(await store.strategy.load('acme')).toEqual(strategy);
      expect(await store.strategy.load('globex')).toEqual({ objectives: [] });
    });

    it('that is damaged is an error that names the place and none of the words', async () => {
      const { store, run } = await open();
      await store.strategy.save('acme', strategy);
      await run(`update strategy set body = replace(body, '"weight":3', '"weight":4')`);
      const read = store.strategy.load('acme');
      await expect(read).rejects.toMatchObject({ code: 'stored_value_unreadable', message: expect.stringContaining('objectives.0.weight') });
      await expect(read).rejects.not.toMatchObject({ message: expect.stringContaining('Grow') });
    });

    it('holds two hundred objectives', async () => {
      const { store } = await open();
      const objectives = Array.from({ length: 200 }, (_, n) => ({ id: `o${n}`, text: 'x'.repeat(300), weight: 2 as const, competencies: [] }));
      await store.strategy.save('acme', { objectives });
      expect((await store.strategy.load('acme')).objectives).toEqual(objectives);
    });
  });

  it('counts what somebody does again and again, for each person and thing', async () => {
    const { store } = await open();
    const added = await Promise.all([1, 2, 3].map(() => store.habits.add('acme', 'lea', 'dismissed:panic')));
    expect(added.toSorted()).toEqual([1, 2, 3]);
    await store.habits.add('acme', 'joe', 'asked:panic');
    await store.habits.add('globex', 'lea', 'asked:panic');
    expect(await store.habits.of('acme', ['lea', 'joe', 'lea', 'nobody'])).toEqual([
      { personId: 'joe', what: 'asked:panic', count: 1 },
      { personId: 'lea', what: 'dismissed:panic', count: 3 },
    ]);
    expect(await store.habits.of('acme', [])).toEqual([]);
  });

  it('counts it with the commit that it belongs to, and not where that loses against another writer', async () => {
    const { store } = await open();
    const habits = [{ tenant: 'acme', personId: 'lea', what: 'dismissed:panic' }];
    expect(await store.commit(change({ aggregates: [alignmentChange('a1', 7)], habits }))).toBe('conflict');
    expect(await store.commit(change({ aggregates: [alignmentChange('a1')], habits }))).toBe('committed');
    expect(await store.habits.of('acme', ['lea'])).toEqual([{ personId: 'lea', what: 'dismissed:panic', count: 1 }]);
  });
}
