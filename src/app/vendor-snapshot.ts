import { z } from 'zod';
import { vendorLineIds } from '../domain/vendor.ts';
import { heldStatuses, type VendorAnswer, vendorPoints } from '../domain/vendor-answer.ts';
import type { VendorWriting } from '../domain/vendor-writing.ts';

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

/** What is kept of what went to vendors. */
export const vendorWritingsSchema: z.ZodType<readonly VendorWriting[]> = z.array(
  z.looseObject({
    by: z.string(),
    at: z.number(),
    ticked: z.array(z.enum(vendorLineIds)),
    unticked: z.array(z.enum(vendorLineIds)),
    scope: z.array(quote),
    joins: quote.exactOptional(),
    time: quote.exactOptional(),
    reach: quote.exactOptional(),
    contact: z.string().exactOptional(),
  }),
);
