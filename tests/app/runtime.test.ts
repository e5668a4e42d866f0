import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ConflictError } from '../../src/app/errors.ts';
import { createRuntime, type Runtime } from '../../src/app/runtime.ts';
import type { Store } from '../../src/app/store.ts';
import type { Handle } from '../../src/app/work-through.ts';
import { change, createCounter, createGate, createLog, createRoom, openTestStore, posted, pressed, said } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let metrics: ReturnType<typeof createCounter>;
let runtime: Runtime;
let sent: string[];
let gate: Promise<void>;
let entered: ReturnType<typeof createGate>;

/** Says one thing about each row. */
const handle: Handle = async (leased) => {
  entered.open();
  await gate;
  const outbox = leased.rows.map(({ event }) => said(`about ${event.eventKey}`, event.conversation.thread));
  if ((await store.commit(change({ lease: leased, outbox, done: leased.rows.map(({ id }) => id) }))) === 'conflict') throw new ConflictError();
  return { responses: new Map(leased.rows.map(({ id }) => [id, { kind: 'notice' as const, text: 'taken' }])) };
};

beforeEach(async () => {
  const opened = await openTestStore();
  ({ store, close } = opened);
  metrics = createCounter();
  sent = [];
  gate = Promise.resolve();
  entered = createGate();
  const room = createRoom({
    send: async ({ id }) => {
      sent.push(id);
      return { platformId: id };
    },
  });
  runtime = createRuntime({
    store,
    handle,
    language: {
      mayMatter: () => false,
      glance: () => 'no',
      isWorthKeeping: async () => false,
    },
    workspaces: 'one',
    channels: new Map([['room', room]]),
    clock: opened.clock,
    logger: createLog(),
    metrics,
  });
});
afterEach(async () => {
  await runtime.stop();
  await close();
});

it('carries an event from its platform to what is said about it, once for five deliveries', async () => {
  runtime.start();
  for (let delivery = 1; delivery <= 5; delivery += 1) await runtime.intake.receive(posted('m1', 'm1', { addressed: true }));
  expect(await runtime.intake.interact(pressed('press', 'm1'))).toEqual({ kind: 'notice', text: 'taken' });
  await metrics.reached('delivered', 2);
  expect(sent.toSorted()).toEqual(['about m1', 'about press']);
});

it('loses nothing when it is stopped in the middle of work', async () => {
  const door = createGate();
  gate = door.opened;
  runtime.start();
  expect(runtime.running()).toBe(true);
  await runtime.intake.receive(posted('m1', 'm1', { addressed: true }));
  await entered.opened;
  const stopped = runtime.stop();
  expect(runtime.running()).toBe(false);
  await runtime.intake.receive(posted('m2', 'm2', { addressed: true }));
  door.open();
  await stopped;
  // What was in hand is done, what came later waits for the next start, and nothing is in between.
  const { inbox, outbox } = await store.depth();
  expect({ inbox, outboxOrSent: outbox + sent.length }).toEqual({ inbox: 1, outboxOrSent: 1 });
});
