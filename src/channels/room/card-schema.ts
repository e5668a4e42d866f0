import { z } from 'zod';
import type { Card, CardBlock } from '../../views/card.ts';

const level = z.object({ value: z.number(), label: z.string() });

const TextPart = z.union([
  z.string(),
  z.object({ person: z.string(), name: z.string() }),
  z.object({ at: z.number(), as: z.enum(['date', 'time', 'date-time']) }),
  z.object({ link: z.string(), label: z.string() }),
]);
const Text = z.union([z.string(), z.array(TextPart)]);
const Block: z.ZodType<CardBlock> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: Text, style: z.enum(['plain', 'strong', 'subtle', 'quote', 'heading']).exactOptional() }),
  z.object({ type: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: Text })) }),
  z.object({ type: z.literal('progress'), label: z.string(), steps: z.array(z.object({ label: z.string(), done: z.number(), total: z.number() })) }),
  z.object({ type: z.literal('list'), items: z.array(z.object({ text: Text, note: Text.exactOptional() })) }),
  z.object({ type: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(Text)) }),
  z.object({ type: z.literal('divider') }),
  z.object({
    type: z.literal('image'),
    picture: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('impact-cost'),
        title: z.string(),
        axes: z.object({ impact: z.string(), cost: z.string() }),
        points: z.array(z.object({ label: z.string(), impact: z.number(), cost: z.number(), phase: z.enum(['now', 'next', 'later']) })),
        phases: z.object({ now: z.string(), next: z.string(), later: z.string() }),
      }),
      z.object({
        kind: z.literal('kpi-trend'),
        title: z.string(),
        kpis: z.array(
          z.object({
            label: z.string(),
            baseline: level.exactOptional(),
            target: level.exactOptional(),
            points: z.array(z.object({ value: z.number(), label: z.string(), when: z.string() })),
          }),
        ),
      }),
    ]),
    alt: z.string(),
    url: z.string().exactOptional(),
  }),
  z.object({
    type: z.literal('input'),
    id: z.string(),
    label: z.string(),
    kind: z.enum(['text', 'multiline', 'choice', 'person', 'weekday', 'time', 'toggle']),
    value: z.string().exactOptional(),
    required: z.boolean().exactOptional(),
    maxLength: z.number().exactOptional(),
    placeholder: z.string().exactOptional(),
    hint: z.string().exactOptional(),
    options: z.array(z.object({ value: z.string(), label: z.string() })).exactOptional(),
    error: z.string().exactOptional(),
  }),
]);

/** A card as it was stored: read back before it is shown again. */
export const StoredCard: z.ZodType<Card> = z.object({
  summary: z.string(),
  title: Text.exactOptional(),
  blocks: z.array(Block),
  actions: z.array(
    z.object({
      action: z.string(),
      label: z.string(),
      value: z.record(z.string(), z.string()).exactOptional(),
      style: z.enum(['primary', 'danger']).exactOptional(),
      form: z.boolean().exactOptional(),
      url: z.string().exactOptional(),
    }),
  ),
});
