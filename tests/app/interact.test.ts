import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAnswers } from '../../src/app/answers.ts';
import { ConflictError, NotStoredError } from '../../src/app/errors.ts';
import { createInteract, type LateFiles } from '../../src/app/interact.ts';
import type { InteractionResponse } from '../../src/app/ports.ts';
import type { LeasedStream, Store } from '../../src/app/store.ts';
import { createWorkThrough, type Handle } from '../../src/app/work-through.ts';
import { createWorker } from '../../src/app/worker.ts';
import { change, conversation, createCounter, createGate, createLog, type HandClock, openTestStore, posted, pressed } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
let log: ReturnType<typeof createLog>;
let metrics: ReturnType<typeof createCounter>;

beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
  log = createLog();
  metrics = createCounter();
});
afterEach(() => close());

/** Marks rows done and answers each with its own key. */
const handle: Handle = async (leased) => {
  if ((await store.commit(change({ lease: leased, done: leased.rows.map(({ id }) => id) }))) === 'conflict') throw new ConflictError();
  return { responses: new Map(leased.rows.map((row): [string, InteractionResponse] => [row.id, { kind: 'notice', text: `answer to ${row.event.eventKey}` }])) };
};

function parts(options: { handle?: Handle; deadlineMs?: number; store?: Store; files?: LateFiles } = {}) {
  const answers = createAnswers(options.handle ?? handle);
  const shared = { clock, logger: log, metrics, leaseMs: 30_000, random: () => 0.5 };
  const workThrough = createWorkThrough({ ...shared, inbox: store.inbox, handle: answers.handle });
  const receive = async () => 'stored' as const;
  const { files, deadlineMs = 20_000 } = options;
  const interact = createInteract({ ...shared, store: options.store ?? store, receive, workThrough, answers, deadlineMs, ...(files && { files }) });
  const worker = createWorker({ ...shared, store, handle: answers.handle });
  return { ...interact, worker };
}

it('gives the answer in the response', async () => {
  const { interact } = parts();
  expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'notice', text: 'answer to press' });
  expect((await store.depth()).inbox).toBe(0);
});

it('handles what waits in the same conversation first, in order', async () => {
  const handled: string[] = [];
  const { interact } = parts({
    handle: (leased) => {
      handled.push(...leased.rows.map(({ event }) => event.eventKey));
      return handle(leased);
    },
  });
  await store.inbox.add({ event: posted('m2', 'm1'), readyAt: clock.now() + 3_000 });
  expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'notice', text: 'answer to press' });
  expect(handled).toEqual(['m2', 'press']);
});

it('keeps a press from other workers until the response is due, and one for a file until nobody waits for it', async () => {
  const readyAt: number[] = [];
  const add: Store['inbox']['add'] = (row) => {
    readyAt.push(row.readyAt);
    return store.inbox.add(row);
  };
  const noting = { ...store, inbox: { ...store.inbox, add } };
  await parts({ store: noting }).interact(pressed('press', 'm1'));
  const files = { asksForFile: () => true, coming: 'coming', failed: 'failed', patienceMs: 2_000 };
  await parts({ store: noting, files }).interact(pressed('export', 'm1'));
  expect(readyAt).toEqual([clock.now() + 20_000, clock.now() + 22_000]);
});

it('answers the same press once, and handles it once', async () => {
  const { interact } = parts();
  const responses = await Promise.all(Array.from({ length: 5 }, () => interact(pressed('press', 'm1'))));
  expect(responses.filter(({ kind }) => kind === 'notice').length).toBe(1);
  expect(responses.filter(({ kind }) => kind === 'nothing').length).toBe(4);
  expect(metrics.of('handled')).toBe(1);
});

it('waits for whoever holds the conversation', async () => {
  const { interact } = parts();
  await store.inbox.add({ event: posted('m2', 'm1'), readyAt: clock.now() });
  const [held] = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 30_000, limit: 1 });
  const response = interact(pressed('press', 'm1'));
  await metrics.reached('stored', 1);
  await handle(held as LeasedStream);
  await store.inbox.release(held as LeasedStream);
  expect(await response).toEqual({ kind: 'notice', text: 'answer to press' });
});

it('gives the answer also when a worker takes the press along', async () => {
  const gate = createGate();
  const entered = createGate();
  const { interact, worker } = parts({
    handle: async (leased) => {
      entered.open();
      await gate.opened;
      return handle(leased);
    },
  });
  await store.inbox.add({ event: posted('m2', 'm1'), readyAt: clock.now() });
  worker.start();
  await entered.opened;
  const response = interact(pressed('press', 'm1'));
  await metrics.reached('stored', 1);
  clock.move(20_000);
  gate.open();
  expect(await response).toEqual({ kind: 'notice', text: 'answer to press' });
  await worker.stop();
});

describe('past the deadline', () => {
  it('gives nothing while the handling goes on to its end', async () => {
    const gate = createGate();
    const { interact, drain } = parts({
      deadlineMs: 20,
      handle: async (leased) => {
        await gate.opened;
        return handle(leased);
      },
    });
    expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'nothing' });
    gate.open();
    await drain();
    expect((await store.depth()).inbox).toBe(0);
  });

  it('leaves a conversation that stays held to the worker', async () => {
    const { interact, worker } = parts({ deadlineMs: 20 });
    await store.inbox.add({ event: posted('m2', 'm1'), readyAt: clock.now() });
    const [held] = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 30_000, limit: 1 });
    expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'nothing' });
    await store.inbox.release(held as LeasedStream);
    worker.start();
    await metrics.reached('handled', 2);
    await worker.stop();
  });
});

describe('a file that somebody asked for', () => {
  const files = { asksForFile: () => true, coming: 'coming', failed: 'failed', patienceMs: 2_000 };
  const later = (response: InteractionResponse) => (response.kind === 'notice' ? response.later : undefined);

  it('comes after the deadline, once, and whoever asked is told meanwhile', async () => {
    const gate = createGate();
    const { interact } = parts({
      deadlineMs: 20,
      files,
      handle: async (leased) => {
        await gate.opened;
        return handle(leased);
      },
    });
    const response = await interact(pressed('press', 'm1'));
    expect(response).toMatchObject({ kind: 'notice', text: 'coming' });
    expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'nothing' });
    gate.open();
    expect(await later(response)).toEqual({ kind: 'notice', text: 'answer to press' });
    expect(metrics.of('handled')).toBe(1);
  });

  it('comes also where somebody else held the conversation until after the deadline', async () => {
    const { interact } = parts({ deadlineMs: 20, files });
    await store.inbox.add({ event: posted('m2', 'm1'), readyAt: clock.now() });
    const [held] = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 30_000, limit: 1 });
    const response = await interact(pressed('press', 'm1'));
    await handle(held as LeasedStream);
    await store.inbox.release(held as LeasedStream);
    expect(await later(response)).toEqual({ kind: 'notice', text: 'answer to press' });
  });

  it('that cannot be made is told of, in time and late, and a stop does not wait for it', async () => {
    const failing: Handle = () => Promise.reject(new Error('unlucky'));
    expect(await parts({ files, handle: failing }).interact(pressed('press', 'm1'))).toMatchObject({ text: 'failed', failed: true });
    await store.inbox.add({ event: posted('m2', 'm2'), readyAt: clock.now() });
    await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 30_000, limit: 9 });
    const { interact, drain } = parts({ deadlineMs: 20, files: { ...files, patienceMs: 60_000 } });
    const response = await interact(pressed('late', 'm2'));
    await drain();
    expect(await later(response)).toMatchObject({ text: 'failed', failed: true });
  });
});

it('gives nothing when the handling fails, and the press is tried again', async () => {
  let failed = false;
  const { interact, worker } = parts({
    handle: async (leased) => {
      if (failed) return handle(leased);
      failed = true;
      throw new Error('unlucky');
    },
  });
  expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'nothing' });
  worker.start();
  clock.move(5_000);
  worker.poke();
  await metrics.reached('handled', 1);
  await worker.stop();
});

it('tries again at once when another writer was faster', async () => {
  let tries = 0;
  const { interact } = parts({
    handle: async (leased) => {
      tries += 1;
      if (tries < 3) throw new ConflictError();
      return handle(leased);
    },
  });
  expect(await interact(pressed('press', 'm1'))).toEqual({ kind: 'notice', text: 'answer to press' });
  expect(metrics.of('conflict')).toBe(2);
});

it('rejects when the press could not be stored', async () => {
  const { interact } = parts({ store: { ...store, inbox: { ...store.inbox, add: () => Promise.reject(new Error('disk full')) } } });
  await expect(interact(pressed('press', 'm1'))).rejects.toBeInstanceOf(NotStoredError);
  expect(await store.inbox.tracks(conversation('m1'))).toBe(false);
});

describe('that a press is durable', () => {
  it('is told before it is handled', async () => {
    const order: string[] = [];
    const { interact } = parts({
      handle: (leased) => {
        order.push('handled');
        return handle(leased);
      },
    });
    await interact(pressed('press', 'm1'), () => order.push('stored'));
    expect(order).toEqual(['stored', 'handled']);
  });

  it('is told of one that was there already', async () => {
    const { interact } = parts();
    await interact(pressed('press', 'm1'));
    let told = 0;
    await interact(pressed('press', 'm1'), () => {
      told += 1;
    });
    expect(told).toBe(1);
  });

  it('is not told of one that could not be stored', async () => {
    const { interact } = parts({ store: { ...store, inbox: { ...store.inbox, add: () => Promise.reject(new Error('disk full')) } } });
    let told = 0;
    const interacted = interact(pressed('press', 'm1'), () => {
      told += 1;
    });
    await expect(interacted).rejects.toBeInstanceOf(NotStoredError);
    expect(told).toBe(0);
  });
});
