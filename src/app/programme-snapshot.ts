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
  calendars: z.record(z.string(), z.number()).exactOptional(),
  endsAt: z.number().exactOptional(),
  months: z.array(z.looseObject({ at: z.number(), from: z.number() })).exactOptional(),
  rhythmMissed: z.looseObject({ at: z.number(), missing: z.enum(['managers', 'call']) }).exactOptional(),
  digests: z.array(z.looseObject({ week: z.string(), callAt: z.number(), at: z.number(), asked: z.array(z.string()).exactOptional() })),
  escalations: z.array(
    z.looseObject({
      week: z.string(),
      managers: z.array(z.string()),
      at: z.number(),
      answered: z.looseObject({ by: z.string(), at: z.number(), choice: z.enum(['help', 'replan', 'stop']) }).exactOptional(),
    }),
  ),
};

/** What people say at the end. */
export const worthSince = {
  worth: z
    .looseObject({
      askedAt: z.number(),
      people: z.array(z.string()),
      answers: z.array(z.looseObject({ by: z.string(), at: z.number(), worth: z.enum(['yes', 'partly', 'no']), text: quote.exactOptional() })),
      toldAt: z.number().exactOptional(),
    })
    .exactOptional(),
};
