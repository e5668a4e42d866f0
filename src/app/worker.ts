import type { ChannelName } from '../domain/conversation.ts';
import { createLoop } from './loop.ts';
import type { Clock, Logger, Metrics } from './ports.ts';
import { servedBy } from './served.ts';
import type { Store } from './store.ts';
import { createWorkThrough, type Handle } from './work-through.ts';

export type Worker = {
  start(): void;
  /** Takes nothing new and resolves when everything in hand is handled and given back. */
  stop(): Promise<void>;
  /** True from start until stop: for /readyz. */
  running(): boolean;
  /** Looks for work now, for instance because the clock was moved. */
  poke(): void;
};

/** How long a crashed worker's conversations stay untouched; handling has to end within four fifths of it. */
export const defaultLeaseMs = 30_000;
const defaultConcurrency = 16;

/**
 * Leases conversations that have something waiting and handles them: in order within one, up to `concurrency` side by side. Errors of handling and of
 * the store never end it.
 */
export function createWorker(options: {
  store: Pick<Store, 'inbox' | 'onWork'>;
  handle: Handle;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** What this process serves; the work of other platforms is left alone. Without it: everything. */
  channels?: ReadonlyMap<ChannelName, unknown>;
  concurrency?: number;
  leaseMs?: number;
  random?: () => number;
}): Worker {
  const { store, clock, logger, concurrency = defaultConcurrency, leaseMs = defaultLeaseMs, random = Math.random } = options;
  const workThrough = createWorkThrough({ ...options, inbox: store.inbox, leaseMs, random });
  const inHand = new Set<Promise<unknown>>();
  let stopListening: (() => void) | undefined;

  const isFull = (): boolean => inHand.size >= concurrency;
  // With full hands the next due row does not matter: whatever ends first pokes the loop.
  const nextAt = async (): Promise<number | undefined> => (isFull() ? undefined : await store.inbox.nextReadyAt(servedBy(options.channels)));
  const loop = createLoop({ name: 'worker', clock, logger, round, nextAt });

  async function round(): Promise<'more' | 'idle'> {
    if (isFull()) return 'idle';
    const now = clock.now();
    const streams = await store.inbox.lease({ now, leaseUntil: now + leaseMs, limit: concurrency - inHand.size, ...servedBy(options.channels) });
    for (const leased of streams) {
      const work = workThrough(leased).finally(() => {
        inHand.delete(work);
        loop.poke();
      });
      inHand.add(work);
    }
    return streams.length > 0 ? 'more' : 'idle';
  }

  return {
    start() {
      stopListening ??= store.onWork(() => loop.poke());
      loop.start();
    },
    async stop() {
      stopListening?.();
      await loop.stop();
      await Promise.all(inHand);
    },
    running: loop.running,
    poke: loop.poke,
  };
}
