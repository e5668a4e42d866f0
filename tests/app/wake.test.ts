import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { InboundEvent, TimerTarget } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { createWaker, type Waker } from '../../src/app/wake.ts';
import { createWorker, type Worker } from '../../src/app/worker.ts';
import { change, conversation, createCounter, createLog, type HandClock, MONDAY_9_UTC, openTestStore } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
let metrics: ReturnType<typeof createCounter>;
let waker: Waker;
let worker: Worker;
let woken: InboundEvent[];

beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
  metrics = createCounter();
  woken = [];
  waker = createWaker({ store, clock, logger: createLog() });
  worker = createWorker({
    store,
    clock,
    logger: createLog(),
    metrics,
    handle: async (leased) => {
      woken.push(...leased.rows.map(({ event }) => event));
      await store.commit(change({ lease: leased, done: leased.rows.map(({ id }) => id) }));
      return { responses: new Map() };
    },
  });
  waker.start();
  worker.start();
});
afterEach(async () => {
  await waker.stop();
  await worker.stop();
  await close();
});

const reminder: TimerTarget = { aggregate: { kind: 'alignment', id: 'a1' }, key: 'reminder' };

async function setTimer(dueAt: number, expectedVersion = 0, key = reminder.key): Promise<void> {
  const summary = { status: 'clarifying', people: ['ann'], updatedAt: MONDAY_9_UTC };
  const events = [{ type: 'Something', at: MONDAY_9_UTC }];
  const result = await store.commit(
    change({
      aggregates: [{ ref: reminder.aggregate, tenant: 'acme', expectedVersion, events, snapshot: {}, summary }],
      timers: [{ ...reminder, key, dueAt, conversation: conversation('m1') }],
    }),
  );
  expect(result).toBe('committed');
}

it('puts a timer into the inbox when it is due, once', async () => {
  await setTimer(clock.now() + 60_000);
  clock.move(60_000);
  waker.poke();
  await metrics.reached('handled', 1);
  expect(woken).toMatchObject([{ type: 'TimerDue', timer: reminder, conversation: conversation('m1') }]);
  expect(await store.timers.list({ limit: 10 })).toEqual([]);
});

it('goes by the newest time of a timer', async () => {
  await setTimer(clock.now() + 60_000);
  await setTimer(clock.now() + 120_000, 1);
  clock.move(119_999);
  expect(await store.timers.wake({ now: clock.now(), limit: 10 })).toBe(0);
  clock.move(1);
  waker.poke();
  await metrics.reached('handled', 1);
  expect(woken.length).toBe(1);
});

it('wakes more timers than fit into one batch', async () => {
  const summary = { status: 'clarifying', people: ['ann'], updatedAt: MONDAY_9_UTC };
  const timers = Array.from({ length: 250 }, (_, index) => ({ ...reminder, key: `t${index}`, dueAt: clock.now() + 1_000, conversation: conversation('m1') }));
  await store.commit(change({ aggregates: [{ ref: reminder.aggregate, tenant: 'acme', expectedVersion: 0, events: [], snapshot: {}, summary }], timers }));
  clock.move(1_000);
  waker.poke();
  await metrics.reached('handled', 250);
  expect(new Set(woken.map((event) => event.type === 'TimerDue' && event.timer.key)).size).toBe(250);
});
