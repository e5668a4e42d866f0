import { nextAllowed } from '../domain/calendar.ts';
import type { Channel } from './ports.ts';
import type { OutboxRow, Store } from './store.ts';

/** So much later than planned (milliseconds) it is another time of day. */
const late = 600_000;

/**
 * Until when (epoch milliseconds) a message waits that was held back for somebody's working hours and could not go out in them, because Plumb or the platform
 * was away: the time of day is looked at again. Undefined for everything else.
 */
export async function heldAgain({ settings }: Pick<Store, 'settings'>, channel: Channel, row: OutboxRow, now: number): Promise<number | undefined> {
  const { to, notBefore } = row.message;
  if (to.kind !== 'person' || notBefore === undefined || now < notBefore + late || row.attempts > 0 || row.perhapsSentAt !== undefined) return undefined;
  const person = await channel.directory.person(to.tenant, to.personId);
  if (!person) return undefined;
  const { quietHours } = await settings.load(to.tenant);
  const allowed = nextAllowed(now, person.timeZone, quietHours);
  return allowed > now ? allowed : undefined;
}
