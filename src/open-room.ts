import type { Channel, Clock, Intake, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import { nextAllowed, type QuietHours } from './domain/calendar.ts';
import type { ServerOptions } from './server.ts';

export type RoomPlatform = { channel: Channel; setIntake(intake: Intake): void; mount: NonNullable<ServerOptions['local']['mount']>; close(): void };

/** The room, the local chat page. Its code is loaded only when it is on. `moveClock` tells the process's clock its new offset (ms); without it the clock is real. */
export async function openRoom(options: {
  store: Store;
  clock: Clock;
  moveClock: ((offsetMs: number) => void) | undefined;
  logger: Logger;
  admins: readonly string[];
  poke: () => void;
}): Promise<RoomPlatform> {
  const { store, clock, moveClock, logger, admins, poke } = options;
  const { createRoom } = await import('./channels/room/room.ts');
  const { mountRoom } = await import('./channels/room/mount-room.ts');
  const { roomPeople, roomSettings, roomTenant } = await import('./channels/room/people.ts');
  const saved = await store.settings.load(roomTenant);
  // What an admin chose in the room stays chosen; a room that was never opened has no admins yet.
  const settings = saved.admins.length === 0 ? roomSettings : { ...saved, burstMs: roomSettings.burstMs };
  await store.settings.save(roomTenant, { ...settings, admins: [...new Set([...roomSettings.admins, ...admins])] });
  if (moveClock) {
    await startInWorkingHours(store, roomPeople[0]?.timeZone ?? 'UTC', roomSettings.quietHours);
    moveClock(await store.clock.offset());
  }
  const room = await createRoom({
    store,
    clock,
    logger,
    movable: moveClock !== undefined,
    nextTimerAt: () => nextMoment(store, clock),
    onClockMoved: async () => {
      moveClock?.(await store.clock.offset());
      poke();
    },
  });
  return { channel: room.channel, setIntake: room.setIntake, mount: (server) => mountRoom(server, room), close: room.close };
}

/** A new room opens in working hours: introductions and nudges wait for them, and nobody wants to see nothing happen at night. */
async function startInWorkingHours(store: Store, zone: string, quietHours: QuietHours): Promise<void> {
  if ((await store.clock.offset()) !== 0) return;
  const now = Date.now();
  await store.clock.setOffset(nextAllowed(now, zone, quietHours) - now);
}

/** When Plumb does something by itself next: a timer, or a message held back for somebody's working hours. */
async function nextMoment(store: Store, clock: Clock): Promise<number | undefined> {
  const moments = [await store.timers.nextDueAt(), await store.outbox.nextDueAt()].flatMap((at) => (at !== undefined && at > clock.now() ? [at] : []));
  return moments.length === 0 ? undefined : Math.min(...moments);
}
