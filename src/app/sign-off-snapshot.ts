import { z } from 'zod';

/** What a draft under review has since signing can be passed on and is reminded of. */
export const signOffSince = {
  delegations: z.array(z.looseObject({ from: z.string(), to: z.string(), at: z.number(), declined: z.literal(true).exactOptional() })).exactOptional(),
  reminded: z.record(z.string(), z.number()).exactOptional(),
  remindedAt: z.record(z.string(), z.number()).exactOptional(),
};
