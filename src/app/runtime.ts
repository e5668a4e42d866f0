import type { ChannelName } from '../domain/conversation.ts';
import type { Language } from '../language/language.ts';
import { createAnswers } from './answers.ts';
import { createDeliverer } from './deliver.ts';
import { createInteract, type LateFiles } from './interact.ts';
import type { Channel, Clock, Intake, Logger, Metrics } from './ports.ts';
import { createReceive } from './receive.ts';
import { createSeen } from './seen.ts';
import type { Store } from './store.ts';
import type { Workspaces } from './tenant-language.ts';
import { createWaker } from './wake.ts';
import { createWorkThrough, type Handle } from './work-through.ts';
import { createWorker, defaultLeaseMs } from './worker.ts';

export type Runtime = {
  intake: Intake;
  start(): void;
  /** Takes nothing new from the store and resolves when everything in hand is done and written. Stop the listeners first. */
  stop(): Promise<void>;
  /** For /readyz. */
  running(): boolean;
  /** Looks for due work now; call it when the clock was moved. */
  poke(): void;
};

/** The whole way of an event, put together: intake, waker, worker and deliverer over one store. `leaseMs` in milliseconds. */
export function createRuntime(options: {
  store: Store;
  handle: Handle;
  language: Pick<Language, 'mayMatter' | 'glance' | 'isWorthKeeping'>;
  workspaces: Workspaces;
  channels: ReadonlyMap<ChannelName, Channel>;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  leaseMs?: number;
  /** Milliseconds in which a press or form is answered in its response. */
  deadlineMs?: number;
  concurrency?: number;
  files?: LateFiles;
  random?: () => number;
}): Runtime {
  const { store, leaseMs = defaultLeaseMs, random = Math.random } = options;
  const answers = createAnswers(options.handle);
  const receive = createReceive(options);
  const workThrough = createWorkThrough({ ...options, inbox: store.inbox, handle: answers.handle, leaseMs, random });
  const { interact, drain } = createInteract({ ...options, receive, workThrough, answers, leaseMs });
  const worker = createWorker({ ...options, handle: answers.handle });
  const waker = createWaker(options);
  const deliverer = createDeliverer({ store, channels: options.channels, clock: options.clock, logger: options.logger, metrics: options.metrics, random });
  const loops = [waker, worker, deliverer];
  return {
    intake: { receive, interact, seen: createSeen(options) },
    start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      await Promise.all([waker.stop(), worker.stop(), drain()]);
      // Last, so that what was just worked out still goes out; the rest waits in the outbox for the next start.
      await deliverer.stop();
    },
    running: () => loops.every((loop) => loop.running()),
    poke() {
      for (const loop of loops) loop.poke();
    },
  };
}
