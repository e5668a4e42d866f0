import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Clock, Intake, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import { createRoomChannel } from './channel.ts';
import { type Commands, createCommands } from './commands.ts';
import { RoomError } from './errors.ts';
import { createExample, type Example } from './example.ts';
import type { ExampleScript } from './example-script.ts';
import { createFeed, type Feed } from './feed.ts';
import { createMovableClock } from './movable-clock.ts';
import { readExample } from './read-example.ts';
import { rebuild } from './rebuild.ts';
import { createTalk, type Talk } from './talk.ts';
import { createTimeline, type Timeline } from './timeline.ts';

export type RoomDependencies = {
  store: Pick<Store, 'room' | 'clock'>;
  /** The room's time: real time plus the offset in the store. */
  clock: Clock;
  logger: Logger;
  /** May also come later, through `setIntake`: the channel is needed to build what stands behind the intake. */
  intake?: Intake;
  nextTimerAt: () => Promise<number | undefined>;
  /** Whether the room's clock may be moved: not where a real platform shares it. */
  movable?: boolean;
  onClockMoved: () => Promise<void> | void;
  script?: ExampleScript;
  delay?: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type Room = {
  channel: Channel;
  setIntake(intake: Intake): void;
  talk: Talk;
  commands: Commands;
  timeline: Timeline;
  feed: Feed;
  example: Example;
  clock: Clock;
  moveClock(to: 'hour' | 'day' | 'next'): Promise<void>;
  logger: Logger;
  /** Ends the example and every open stream. */
  close(): void;
  onClose(listener: () => void): () => void;
};

/** The room: Plumb's local chat. Reads what is kept from the store first. Served by `mountRoom`. */
export async function createRoom(deps: RoomDependencies): Promise<Room> {
  const { store, clock, logger } = deps;
  let intake = deps.intake;
  const feed = createFeed();
  const timeline = createTimeline(feed);
  timeline.restore(await rebuild(store, logger));
  const talk = createTalk({ store, timeline, clock, logger, intake: () => intake });
  const delay = deps.delay ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  const moveOffset = createMovableClock({ store, clock, nextTimerAt: deps.nextTimerAt, onClockMoved: deps.onClockMoved });
  const isMovable = deps.movable !== false;
  const moveClock = async (to: Parameters<typeof moveOffset>[0]): Promise<void> => {
    await moveOffset(to);
    feed.publish({ type: 'clock' });
  };
  const moving = isMovable ? { moveBy: moveClock } : {};
  const example = createExample({ script: deps.script ?? readExample(), talk, timeline, feed, logger, delay, ...moving });
  const closing = new Set<() => void>();
  let closed = false;

  return {
    channel: createRoomChannel({ store, timeline, feed, clock }),
    setIntake(later) {
      intake = later;
    },
    talk,
    commands: createCommands({ timeline, clock, logger, intake: () => intake }),
    timeline,
    feed,
    example,
    clock,
    logger,
    async moveClock(to) {
      if (!isMovable) throw new RoomError('clock_fixed', 'The clock stands at real time here, because a real workspace is connected too.');
      await moveClock(to);
    },
    close() {
      closed = true;
      example.stop();
      for (const listener of [...closing]) listener();
    },
    onClose(listener) {
      // A stream that was asked for on an open connection just before the end must not hold the stop up.
      if (closed) listener();
      else closing.add(listener);
      return () => closing.delete(listener);
    },
  };
}
