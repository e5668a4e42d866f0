import { z } from 'zod';
import type { RestatedPart } from '../domain/state.ts';

/** What a draft under review has since signing can be passed on and is reminded of. */
export const signOffSince = {
  delegations: z.array(z.looseObject({ from: z.string(), to: z.string(), at: z.number(), declined: z.literal(true).exactOptional() })).exactOptional(),
  reminded: z.record(z.string(), z.number()).exactOptional(),
  remindedAt: z.record(z.string(), z.number()).exactOptional(),
};

const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });

/** What was said anew of what the request told. */
export const restatedSchema = z.array(
  z.looseObject({
    part: z.enum(['topic', 'audience', 'format', 'deadline']),
    quote: quote.exactOptional(),
    was: quote.exactOptional(),
    source: z.enum(['said', 'form']),
    by: z.string(),
    at: z.number(),
    messageRef: z.string(),
    act: z.string(),
    reason: quote.exactOptional(),
  } satisfies Record<keyof RestatedPart, z.ZodType>),
);
