import type { ChannelName } from '../domain/conversation.ts';
import { createLoop, type Loop } from './loop.ts';
import type { Clock, Logger } from './ports.ts';
import { servedBy } from './served.ts';
import type { Store } from './store.ts';

export type Waker = Loop;

const BATCH = 100;

/** Moves timers that are due into the inbox. Sleeps until the next is due; new timers and a moved clock poke it. */
export function createWaker(options: {
  store: Pick<Store, 'timers' | 'onWork'>;
  clock: Clock;
  logger: Logger;
  /** What this process serves; the timers of other platforms are left alone. Without it: all. */
  channels?: ReadonlyMap<ChannelName, unknown>;
}): Waker {
  const { store, clock, logger } = options;
  let stopListening: (() => void) | undefined;
  const loop = createLoop({
    name: 'waker',
    clock,
    logger,
    round: async () => {
      const woken = await store.timers.wake({ now: clock.now(), limit: BATCH, ...servedBy(options.channels) });
      return woken >= BATCH ? 'more' : 'idle';
    },
    nextAt: () => store.timers.nextDueAt(servedBy(options.channels)),
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
