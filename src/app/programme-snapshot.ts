import { z } from 'zod';

const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });

const reading = z.looseObject({
  kpi: z.string(),
  value: z.number(),
  unit: z.string().exactOptional(),
  text: quote,
  week: z.string(),
  by: z.string(),
  at: z.number(),
});

/** What a stored programme keeps besides its rhythm. All of it is absent in what was stored before it was kept. */
export const programmeSince = {
  readings: z.array(reading).default([]),
  endsAt: z.number().exactOptional(),
};
