import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it, jest } from '@jest/globals';
import { openStore } from '../../src/store/open-store.ts';
import { sqliteDatabase } from './databases.ts';
import { alignment, alignmentChange, change, leaseAll, NOW, posted, row, said, thread } from './kit.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

// What a turn or a waiting worker runs must cost the same with a thousand and with a million rows beside it.
it('walks an index in every statement of a turn, and reads no table from end to end', async () => {
  const database = await sqliteDatabase();
  const prepared = jest.spyOn(DatabaseSync.prototype, 'prepare');
  const store = await openStore(database.location, { clock: { now: () => NOW } });
  prepared.mockClear();
  try {
    await turn(store);
    const statements = [...new Set(prepared.mock.calls.map(([statement]) => statement))].filter((statement) =>
      /^(select|insert|update|delete)/i.test(statement),
    );
    expect(statements.length).toBeGreaterThan(40);
    const reader = new DatabaseSync(database.file, { readOnly: true });
    const slow = statements.flatMap((statement) => slowSteps(reader, statement));
    reader.close();
    expect(slow).toEqual([]);
  } finally {
    await store.close();
    await database.drop();
  }
});

async function turn(store: Awaited<ReturnType<typeof openStore>>): Promise<void> {
  await store.inbox.tracks(thread('t1'));
  await store.inbox.add(row('m1', 't1', { extendBurstUntil: NOW + 5 }));
  await store.inbox.add(row('m1', 't1', { addressed: true }));
  await store.inbox.add({ event: posted('m2'), readyAt: NOW });
  await store.inbox.nextReadyAt();
  await store.inbox.nextReadyAt({ channels: ['slack'] });
  await store.inbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5, channels: ['slack'] });
  const [leased] = await leaseAll(store);
  await store.inbox.fail(leased?.rows[1]?.id ?? '', { reason: 'x', retryAt: NOW });
  await store.aggregates.of(thread('t1'));
  await store.aggregates.load(alignment('a'));
  await store.aggregates.events(alignment('a'));
  await store.texts.load(['m1']);
  await store.texts.ofConversation(thread('t1'));
  await store.posts.platformId('intake');
  await store.posts.named(said('o0', 't1').to, 'intake');
  await store.posts.quoting('m1');
  await store.settings.load('acme');
  const text = { textId: 'm1', messageRef: 'm1', author: 'ann', body: 'x', at: NOW };
  const timers = [{ aggregate: alignment('a'), key: 'remind', dueAt: NOW, conversation: thread('t1') }];
  const conversations = [{ conversation: thread('t1'), stream: 's', aggregate: alignment('a') }];
  const outbox = [said('o1', 't1', { post: 'intake', quotes: ['m1'] }), said('o2', 't1', { replaces: 'intake' }), said('o3', 't2', { expiresAt: NOW })];
  const opened = change({
    aggregates: [alignmentChange('a')],
    texts: [text],
    eraseTexts: ['m9'],
    timers,
    conversations,
    outbox,
    done: [leased?.rows[0]?.id ?? ''],
  });
  await store.commit(leased ? { ...opened, lease: leased } : opened);
  await store.commit(change({ aggregates: [alignmentChange('a', 1)], timers }));
  const lesson = { id: 'l', verdict: 'not-request' as const, features: [], by: 'ann', at: NOW, act: 'm1', thread: 't1' };
  const undone = [
    { tenant: 'acme', type: 'undone' as const, id: 'l' },
    { tenant: 'acme', type: 'undone' as const, id: 'l', act: 'm1' },
    { tenant: 'acme', type: 'outdated' as const, thread: 't1' },
  ];
  const many = Array.from({ length: 25 }, (_, days) => ({ ...lesson, id: `l${days}`, at: NOW + days * 86_400_000 }));
  await store.commit(change({ lessons: [...many.map((taught) => ({ tenant: 'acme', type: 'taught' as const, lesson: taught })), ...undone] }));
  await store.lessons.list('acme');
  if (leased) await store.inbox.release(leased);
  await store.inbox.leaseStream('s', { now: NOW, leaseUntil: NOW + 1 });
  for (let round = 0; round < 3; round += 1) {
    const { due } = await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5 });
    for (const { id } of due)
      await (round === 0 ? store.outbox.fail(id, { reason: 'x', retryAt: NOW }) : store.outbox.delivered(id, { platformId: 'p', at: NOW }));
  }
  await store.outbox.nextDueAt();
  await store.outbox.nextDueAt({ channels: ['slack'] });
  await store.outbox.lease({ now: NOW, leaseUntil: NOW + 1, limit: 5, channels: ['room'] });
  await store.timers.nextDueAt();
  await store.timers.wake({ now: NOW, limit: 100 });
  await store.timers.list({ limit: 5 });
  await store.usage.add({ tenant: 'acme', personId: 'ann', day: '2026-11-23', what: 'suggestion' });
  await store.strategy.load('acme');
  await store.strategy.save('acme', { objectives: [] });
  await store.habits.add('acme', 'ann', 'dismissed:panic');
  await store.habits.of('acme', ['ann']);
  for (const query of [{}, { person: 'ann' }, { statuses: ['clarifying'] }])
    await store.aggregates.list({ tenant: 'acme', kind: 'alignment', limit: 5, ...query });
  await store.deadLetters.list('acme');
  await store.housekeep(NOW);
}

/** Steps of the plan that grow with the table: a scan that no limit ends, or a sort of everything that was found. */
function slowSteps(reader: DatabaseSync, statement: string): string[] {
  const steps = reader.prepare(`explain query plan ${statement}`).all();
  const isLimited = /limit \?/i.test(statement);
  return steps
    .map(({ detail }) => String(detail))
    .filter((step) => /^SCAN (?!CONSTANT|\d+-ROW VALUES|json_each VIRTUAL TABLE)/.test(step) || step.startsWith('USE TEMP B-TREE FOR ORDER BY'))
    .filter((step) => !(isLimited && /^SCAN \w+ USING (COVERING )?INDEX/.test(step)))
    .map((step) => `${step}: ${statement}`);
}
