import { createAlarm } from './deadline.ts';
import type { Clock, Logger } from './ports.ts';
import { reasonOf } from './reason-of.ts';

// Work that another process made, or that a moved clock made due, is found at the latest after this time even if no notice came.
const LONGEST_SLEEP_MS = 1_000;
// What is due but held by somebody cannot be taken yet: looking again more often than this would only keep the database busy.
const SHORTEST_SLEEP_MS = 50;
const LONGEST_PAUSE_MS = 30_000;

export type Loop = {
  start(): void;
  /** Takes nothing new; resolves when the round under way has ended. */
  stop(): Promise<void>;
  /** Looks for work now: something was stored, or the clock was moved. */
  poke(): void;
  running(): boolean;
};

/**
 * Repeats `round` for as long as it says that there is more, and sleeps in between until `nextAt` (epoch milliseconds), a poke, or one second of real
 * time. An error never ends the loop: it is logged once, then tried again with growing pauses.
 */
export function createLoop(options: {
  name: string;
  round: () => Promise<'more' | 'idle'>;
  nextAt: () => Promise<number | undefined>;
  clock: Clock;
  logger: Logger;
}): Loop {
  const { name, clock, logger } = options;
  const alarm = createAlarm();
  const pause = createAlarm();
  let state: 'new' | 'running' | 'stopping' = 'new';
  let ended: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    if ((await options.round()) === 'more') return;
    const next = await options.nextAt();
    const wait = next === undefined ? LONGEST_SLEEP_MS : next - clock.now();
    if (isRunning()) await alarm.sleep(Math.min(Math.max(wait, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS));
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (isRunning()) {
      try {
        await turn();
        if (failures > 0) logger.info({ loop: name, failures }, 'The loop works again.');
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1)
          logger.error({ loop: name, reason: reasonOf(error) }, 'The loop met an error; it goes on, with pauses, and says when it works again.');
        await pause.sleep(Math.min(100 * 2 ** Math.min(failures, 20), LONGEST_PAUSE_MS));
      }
    }
  }

  // A function, because a comparison with the variable itself would be narrowed across awaits.
  const isRunning = (): boolean => state === 'running';

  return {
    start() {
      if (state !== 'new') return;
      state = 'running';
      ended = run();
    },
    async stop() {
      state = 'stopping';
      alarm.wake();
      pause.wake();
      await ended;
    },
    poke: () => alarm.wake(),
    running: isRunning,
  };
}
