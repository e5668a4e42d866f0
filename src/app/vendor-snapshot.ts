import { z } from 'zod';
import { heldStatuses, type VendorAnswer, vendorPoints } from '../domain/vendor-answer.ts';

// Loose like every snapshot: what is checked must be right, what a later version adds must not get lost.
const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });

/** What is kept of vendors' answers. */
export const vendorAnswersSchema: z.ZodType<readonly VendorAnswer[]> = z.array(
  z.looseObject({
    id: z.string(),
    text: quote,
    messageRef: z.string(),
    by: z.string(),
    at: z.number(),
    version: z.number(),
    points: z.array(z.looseObject({ point: z.enum(vendorPoints), status: z.enum(heldStatuses), words: z.array(quote) })),
    sharedBy: z.string().exactOptional(),
  }),
);
