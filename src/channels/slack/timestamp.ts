import { z } from 'zod';

/**
 * Slack's id of a message within its conversation: seconds, a dot and a counter, such as 1700000000.000100 (docs: retrieving messages). Other servers
 * make it of a clock as it comes, so the fraction may be missing or longer.
 */
export const timestampSchema = z.string().regex(/^\d{1,17}(\.\d{1,12})?$/);

/** The message that a thread began with; a message that stands in none has no such field, or an empty one. */
export const threadSchema = z
  .literal('')
  .transform(() => undefined)
  .or(timestampSchema)
  .nullish();

// What is larger counts milliseconds: as seconds it would be the year 5138.
const LAST_SECOND = 100_000_000_000;

/** When a message was written, in epoch milliseconds. */
export function momentOf(timestamp: string): number {
  const given = Number(timestamp);
  return Math.round(given < LAST_SECOND ? given * 1_000 : given);
}
