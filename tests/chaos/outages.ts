import { DateTime } from 'luxon';

const hour = 3_600_000;
/** Over the two weekends on which the Americas and Europe set their clocks forward. */
const begins = { month: 2, day: 22, hour: 15 };

/**
 * Plumb stays away from one weekday evening (1: Monday) until Friday once, in a week after its first digests, and for some hours now and then: never so long
 * that a call begins meanwhile.
 */
export function outagesFrom(random: () => number, weekday: number) {
  let last = 0;
  let long = false;
  return {
    /** For how many milliseconds it stays away after this kill. */
    next(now: number): number {
      const there = DateTime.fromMillis(now, { zone: 'utc' });
      if (!long && there.weekday === weekday && there.hour >= 17) {
        long = true;
        last = now;
        // From after the calls until Friday: what was due in Madrid and Tokyo that morning was missed.
        return (
          DateTime.fromMillis(now, { zone: 'Europe/Madrid' })
            .plus({ days: 5 - weekday })
            .set({ hour: 10, minute: 30 })
            .toMillis() - now
        );
      }
      if (random() > 0.2 || now - last < 3 * 24 * hour) return 0;
      last = now;
      return Math.floor(4 * hour * random());
    },
  };
}

/** Milliseconds to the coming 22 February, at an hour at which everybody who talks works. */
export function untilBegin(now: number): number {
  const day = (year: number) => DateTime.fromObject({ year, ...begins }, { zone: 'utc' }).toMillis();
  const { year } = DateTime.fromMillis(now, { zone: 'utc' });
  return (day(year) > now ? day(year) : day(year + 1)) - now;
}
