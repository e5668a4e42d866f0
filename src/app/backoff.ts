/** Milliseconds between tries of a row whose handling fails; after the last it is parked, so one row is tried six times within a quarter of an hour. */
export const handlingDelays: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Milliseconds between tries of a send that the platform refuses for now: outlives an outage of some hours. What is late by then carries its own `expiresAt`. */
export const deliveryDelays: readonly number[] = [...handlingDelays, 1_800_000, 3_600_000, 7_200_000];

/** Milliseconds to the next try where a platform asks for patience and does not say for how long. */
const busyDelay = 1_000;

/** The same for a platform that only asks for patience: as long as it says, and up to a fifth more by chance. Such tries have no end. */
export function busyWait(retryAfterMs: number | undefined, random: () => number): number {
  // Never earlier than asked for: Slack counts a call before its Retry-After as one more too many (docs: rate limits).
  return Math.round((retryAfterMs ?? busyDelay) * (1 + 0.2 * random()));
}

/** Milliseconds to wait after the try that follows `attempts` failed ones, a fifth more or less by chance; undefined when the tries are used up. */
export function retryDelay(delays: readonly number[], attempts: number, random: () => number): number | undefined {
  const delay = delays[attempts];
  // What failed together must not come back together.
  return delay === undefined ? undefined : Math.round(delay * (0.8 + 0.4 * random()));
}
