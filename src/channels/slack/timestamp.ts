import { z } from 'zod';

/** Slack's id of a message within its conversation: seconds, a dot and a counter, such as 1700000000.000100 (docs: retrieving messages). */
export const timestampSchema = z.string().regex(/^\d{1,11}\.\d{1,9}$/);

/** When a message was written, in epoch milliseconds. */
export function momentOf(timestamp: string): number {
  return Math.round(Number(timestamp) * 1_000);
}
