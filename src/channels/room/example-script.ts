import { z } from 'zod';

const Say = z.strictObject({ as: z.string(), say: z.string().min(1) });
const Press = z.strictObject({ as: z.string(), press: z.string(), fill: z.record(z.string(), z.string()).exactOptional() });
/** Seconds by which the room's clock goes forward: the coach waits until nobody is in the middle of an answer, and a newcomer should not. */
const Wait = z.strictObject({ wait: z.int().min(1).max(600) });
const Step = z.union([Say, Press, Wait]);

/**
 * The example conversation. It does not know in which order Plumb asks: each rule waits for a card that carries its question or offers its action, and is
 * played once, top to bottom among those that fit. Within a rule the next step waits for Plumb's reply to the one before.
 */
export const ExampleScript = z.strictObject({
  opening: Say,
  rules: z.array(
    z.strictObject({ on: z.union([z.strictObject({ question: z.string() }), z.strictObject({ action: z.string() })]), steps: z.array(Step).min(1) }),
  ),
});
export type ExampleScript = z.infer<typeof ExampleScript>;
export type ExampleStep = z.infer<typeof Step>;
export type ExampleRule = ExampleScript['rules'][number];
