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

/** What else a stored programme's content has; absent in what was stored before it was kept. */
export const contentSince = {
  readers: z.array(z.string()).exactOptional(),
  focus: z.looseObject({ cause: z.string().exactOptional() }).exactOptional(),
  actions: z.array(z.looseObject({ id: z.string(), text: quote, phase: z.enum(['now', 'next', 'later']), owner: z.string().exactOptional() })).exactOptional(),
  pilot: z.looseObject({ group: quote, outcome: quote.exactOptional(), until: quote.exactOptional(), endsAt: z.number().exactOptional() }).exactOptional(),
};

/** What a stored programme keeps besides its rhythm. All of it is absent in what was stored before it was kept. */
export const programmeSince = {
  readings: z.array(reading).default([]),
  calendars: z.record(z.string(), z.number()).exactOptional(),
  endsAt: z.number().exactOptional(),
  deadline: z.number().exactOptional(),
  months: z.array(z.looseObject({ at: z.number(), from: z.number() })).exactOptional(),
  pilot: z
    .looseObject({
      at: z.number(),
      group: quote,
      until: quote.exactOptional(),
      answered: z.looseObject({ by: z.string(), at: z.number(), choice: z.enum(['widen', 'change', 'stop']) }).exactOptional(),
    })
    .exactOptional(),
  settled: z.array(z.looseObject({ action: z.string(), by: z.string(), at: z.number(), outcome: z.enum(['done', 'dropped']) })).exactOptional(),
  nobodyAsked: z.looseObject({ at: z.number(), managers: z.array(z.string()) }).exactOptional(),
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
