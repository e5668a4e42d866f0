import { z } from 'zod';
import type { NoPromise, Promised } from '../domain/promise-state.ts';

// Loose like every snapshot: what is checked must be right, what a later version adds must not get lost.
const of = {
  id: z.string(),
  by: z.string(),
  words: z.looseObject({ textId: z.string(), start: z.number(), end: z.number() }),
  messageRef: z.string(),
  at: z.number(),
  heard: z.string().exactOptional(),
  mark: z.string().exactOptional(),
};
const due = z.string();

/** What people said they would do, as stored. */
export const promisesSchema: z.ZodType<readonly Promised[]> = z.array(
  z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('proposed'), due: due.exactOptional(), ...of }),
    z.looseObject({
      status: z.literal('open'),
      due,
      remindAt: z.number().exactOptional(),
      askAt: z.number(),
      reminded: z.literal(true).exactOptional(),
      ...of,
    }),
    z.looseObject({ status: z.literal('asked'), due, ...of }),
    z.looseObject({ status: z.enum(['kept', 'let-go']), due: due.exactOptional(), settledAt: z.number(), told: z.literal(true).exactOptional(), ...of }),
  ]),
);

/** What was none, as stored. */
export const noPromisesSchema: z.ZodType<readonly NoPromise[]> = z.array(
  z.looseObject({ by: z.string(), messageRef: z.string(), place: z.number(), mark: z.string().exactOptional() } satisfies Record<keyof NoPromise, z.ZodType>),
);
