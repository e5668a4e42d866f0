import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError } from '../../src/app/errors.ts';
import type { LeasedStream, Store } from '../../src/app/store.ts';
import type { Handle } from '../../src/app/work-through.ts';
import { createWorker, type Worker } from '../../src/app/worker.ts';
import { change, createCounter, createGate, createLog, type HandClock, openTestStore, posted, pressed } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
let log: ReturnType<typeof createLog>;
let metrics: ReturnType<typeof createCounter>;
let workers: Worker[];
/** Each call of handle: the keys of its rows. */
let calls: string[][];

beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
  log = createLog();
  metrics = createCounter();
  workers = [];
  calls = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await close();
});

const keys = (leased: LeasedStream): string[] => leased.rows.map(({ event }) => event.eventKey);

/** Marks the rows done. */
const handle: Handle = async (leased) => {
  calls.push(keys(leased));
  if ((await store.commit(change({ lease: leased, done: leased.rows.map(({ id }) => id) }))) === 'conflict') throw new ConflictError();
  return { responses: new Map() };
};

function startWorker(parts: { handle?: Handle; store?: Store; leaseMs?: number; concurrency?: number } = {}): Worker {
  const worker = createWorker({ store, handle, clock, logger: log, metrics, random: () => 0.5, ...parts });
  workers.push(worker);
  worker.start();
  return worker;
}

const add = (eventKey: string, thread: string) => store.inbox.add({ event: pressed(eventKey, thread), readyAt: clock.now() });

/** Resolves when a worker that was just poked has looked for work: it has handled something new. */
async function roundPassed(worker: Worker): Promise<void> {
  const handled = metrics.of('handled');
  await add(`marker ${handled}`, `marker ${handled}`);
  worker.poke();
  await metrics.reached('handled', handled + 1);
}

it('reads a burst as one, in its order', async () => {
  for (const messageId of ['m2', 'm3', 'm4']) {
    await store.inbox.add({ event: posted(messageId, 'm1'), readyAt: clock.now() + 3_000, extendBurstUntil: clock.now() + 10_000 });
    clock.move(1_000);
  }
  const worker = startWorker();
  await roundPassed(worker);
  expect(calls.flat()).not.toContain('m2');
  clock.move(3_000);
  worker.poke();
  await metrics.reached('handled', 4);
  expect(calls.filter((call) => call.includes('m2'))).toEqual([['m2', 'm3', 'm4']]);
});

it('keeps the order within a conversation while others go on', async () => {
  const gate = createGate();
  const entered = createGate();
  const worker = startWorker({
    handle: async (leased) => {
      if (keys(leased).includes('slow 1')) {
        entered.open();
        await gate.opened;
      }
      return handle(leased);
    },
  });
  await add('slow 1', 'slow');
  await entered.opened;
  await add('slow 2', 'slow');
  for (const key of ['a', 'b', 'c']) await add(key, key);
  worker.poke();
  await metrics.reached('handled', 3);
  expect(calls.flat().toSorted()).toEqual(['a', 'b', 'c']);
  gate.open();
  await metrics.reached('handled', 5);
  expect(calls.flat().slice(3)).toEqual(['slow 1', 'slow 2']);
});

it('does not hold more conversations than it may', async () => {
  const gate = createGate();
  let inside = 0;
  let most = 0;
  for (const key of ['a', 'b', 'c', 'd', 'e']) await add(key, key);
  startWorker({
    concurrency: 2,
    handle: async (leased) => {
      inside += 1;
      most = Math.max(most, inside);
      if (inside === 2) gate.open();
      await gate.opened;
      const result = await handle(leased);
      inside -= 1;
      return result;
    },
  });
  await metrics.reached('handled', 5);
  expect(most).toBe(2);
});

it('takes over what a crashed worker held, and the dead hand writes nothing any more', async () => {
  await add('press', 'm1');
  const [dead] = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 30_000, limit: 1 });
  const worker = startWorker();
  await roundPassed(worker);
  expect(calls.flat()).not.toContain('press');
  clock.move(30_001);
  worker.poke();
  await metrics.reached('handled', 2);
  expect(calls.flat().filter((key) => key === 'press')).toEqual(['press']);
  await expect(handle(dead as LeasedStream)).rejects.toBeInstanceOf(ConflictError);
});

describe('a row that cannot be handled', () => {
  /** Fails whenever the poisonous row is among its rows. */
  const poisoned: Handle = async (leased) => {
    if (!keys(leased).includes('poison')) return handle(leased);
    calls.push(keys(leased));
    throw new SyntaxError('Unexpected token in "our secret plans"');
  };

  beforeEach(async () => {
    for (const key of ['before', 'poison', 'after']) await add(key, 'm1');
  });

  it('does not take its neighbours along', async () => {
    startWorker({ handle: poisoned });
    await metrics.reached('handled', 2);
    await metrics.reached('retried', 1);
    expect(calls).toEqual([['before', 'poison', 'after'], ['before'], ['poison'], ['after']]);
  });

  it('is tried again after 1 s, 5 s, 30 s, 2 min and 10 min, then parked where it can be replayed', async () => {
    let cured = false;
    const worker = startWorker({ handle: (leased) => (cured ? handle(leased) : poisoned(leased)) });
    const tries = () => calls.filter((call) => call.length === 1 && call[0] === 'poison').length;
    for (const [index, delay] of [1_000, 5_000, 30_000, 120_000, 600_000].entries()) {
      await metrics.reached('retried', index + 1);
      clock.move(delay - 1);
      await roundPassed(worker);
      expect(tries()).toBe(index + 1);
      clock.move(1);
      worker.poke();
    }
    await metrics.reached('dead_letter', 1);
    expect(tries()).toBe(6);
    const [letter] = await store.deadLetters.list('acme');
    expect(letter).toMatchObject({ kind: 'inbox', attempts: 6 });
    expect(letter?.reason).toContain('SyntaxError');
    expect(letter?.reason + log.lines.join()).not.toContain('secret');

    cured = true;
    const handled = metrics.of('handled');
    await store.deadLetters.replay(letter?.id ?? '', clock.now());
    worker.poke();
    await metrics.reached('handled', handled + 1);
    expect(await store.deadLetters.list('acme')).toEqual([]);
  });

  it('keeps its delay while others in its conversation go on', async () => {
    const worker = startWorker({ handle: poisoned });
    await metrics.reached('retried', 1);
    for (const key of ['next', 'and next']) {
      const handled = metrics.of('handled');
      await add(key, 'm1');
      worker.poke();
      await metrics.reached('handled', handled + 1);
    }
    await worker.stop();
    expect(metrics.of('retried')).toBe(1);
  });
});

it('tries again soon, without counting, when another writer was faster', async () => {
  let tries = 0;
  await add('press', 'm1');
  startWorker({
    handle: async (leased) => {
      tries += 1;
      expect(leased.rows[0]?.attempts).toBe(0);
      if (tries <= 8) throw new ConflictError();
      return handle(leased);
    },
  });
  await metrics.reached('handled', 1);
  expect(metrics.of('conflict')).toBe(8);
  expect(metrics.of('retried')).toBe(0);
});

it('gives up on a handling that hangs, refuses its late commit, and tries again', async () => {
  const gate = createGate();
  const late: Promise<unknown>[] = [];
  await add('press', 'm1');
  const impatient = startWorker({
    leaseMs: 25,
    handle: (leased) => {
      const work = gate.opened.then(() => handle(leased));
      late.push(work.catch((error: unknown) => error));
      return work;
    },
  });
  await metrics.reached('retried', 1);
  await impatient.stop();
  gate.open();
  expect(await late[0]).toBeInstanceOf(ConflictError);
  clock.move(1_000);
  startWorker();
  await metrics.reached('handled', 1);
});

it('finishes what it holds when it is stopped, and takes nothing new', async () => {
  const gate = createGate();
  const entered = createGate();
  const worker = startWorker({
    handle: async (leased) => {
      entered.open();
      await gate.opened;
      return handle(leased);
    },
  });
  await add('in hand', 'm1');
  await entered.opened;
  expect(worker.running()).toBe(true);
  let hasStopped = false;
  const stopped = worker.stop().then(() => {
    hasStopped = true;
  });
  expect(worker.running()).toBe(false);
  await add('too late', 'm2');
  expect(hasStopped).toBe(false);
  gate.open();
  await stopped;
  expect(calls).toEqual([['in hand']]);
  expect((await store.depth()).inbox).toBe(1);
  // Given back, not only finished: another worker has both conversations at once.
  startWorker();
  await metrics.reached('handled', 2);
  expect(calls).toEqual([['in hand'], ['too late']]);
});

it('outlives errors of the store and says so once', async () => {
  let failures = 3;
  const lease: Store['inbox']['lease'] = (options) => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error('database is locked')) : store.inbox.lease(options);
  };
  startWorker({ store: { ...store, inbox: { ...store.inbox, lease } } });
  await add('press', 'm1');
  await metrics.reached('handled', 1);
  await log.logged('works again');
  expect(log.lines.filter((line) => line.startsWith('error')).length).toBe(1);
});
