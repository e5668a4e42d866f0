import { z } from 'zod';
import { type GivenPoint, pointIds } from '../domain/open-points.ts';

const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });

/** Open points that somebody finds out, as they are stored. */
export const openPointsSchema: z.ZodType<readonly GivenPoint[]> = z.array(
  z.looseObject({
    point: z.enum(pointIds),
    owner: z.string(),
    due: z.string(),
    by: z.string(),
    at: z.number(),
    remindedAt: z.number().exactOptional(),
    overdueAt: z.number().exactOptional(),
    settled: z.looseObject({ how: z.enum(['done', 'not-theirs']), by: z.string(), at: z.number(), words: quote.exactOptional() }).exactOptional(),
  }),
);
