import { createLoop, type Loop } from './loop.ts';
import type { Clock, Logger } from './ports.ts';
import type { Store } from './store.ts';

export type Waker = Loop;

const BATCH = 100;

/** Moves timers that are due into the inbox. Sleeps until the next is due; new timers and a moved clock poke it. */
export function createWaker(options: { store: Pick<Store, 'timers' | 'onWork'>; clock: Clock; logger: Logger }): Waker {
  const { store, clock, logger } = options;
  let stopListening: (() => void) | undefined;
  const loop = createLoop({
    name: 'waker',
    clock,
    logger,
    round: async () => ((await store.timers.wake({ now: clock.now(), limit: BATCH })) >= BATCH ? 'more' : 'idle'),
    nextAt: () => store.timers.nextDueAt(),
  });
  return {
    ...loop,
    start() {
      stopListening ??= store.onWork(() => loop.poke());
      loop.start();
    },
    async stop() {
      stopListening?.();
      await loop.stop();
    },
  };
}
