import type { Clock } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import { RoomError } from './errors.ts';

type Dependencies = {
  store: Pick<Store, 'clock'>;
  clock: Clock;
  /** When the next timer is due (epoch milliseconds). */
  nextTimerAt: () => Promise<number | undefined>;
  /** The offset in the store has changed: read it again, and wake what is due. */
  onClockMoved: () => Promise<void> | void;
};

const hour = 3_600_000;

/** Moves the room's time forward, never back: by an hour, a day, or so many milliseconds. `next` goes to the moment at which Plumb does something by itself. */
export function createMovableClock({ store, clock, nextTimerAt, onClockMoved }: Dependencies) {
  return async function moveClock(to: 'hour' | 'day' | 'next' | number): Promise<void> {
    const now = clock.now();
    const target = to === 'next' ? await nextTimerAt() : now + (to === 'hour' ? hour : to === 'day' ? 24 * hour : to);
    if (target === undefined) throw new RoomError('nothing_planned', 'Nothing is planned yet. Ask for training in the channel first.');
    // One millisecond more, so that what is due at that moment is due.
    const forward = Math.max(target - now, 0) + 1;
    await store.clock.setOffset((await store.clock.offset()) + forward);
    await onClockMoved();
  };
}
