import { z } from 'zod';
import type { Picture } from '../domain/picture.ts';
import type { Card, CardAction, CardBlock, Text } from '../views/card.ts';

const text: z.ZodType<Text> = z.union([
  z.string(),
  z.array(
    z.union([
      z.string(),
      z.looseObject({ person: z.string(), name: z.string() }),
      z.looseObject({ at: z.number(), as: z.enum(['date', 'time', 'date-time']) }),
      z.looseObject({ link: z.string(), label: z.string() }),
    ]),
  ),
]);

const strings = z.record(z.string(), z.string());

const input = z.looseObject({
  type: z.literal('input'),
  id: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'multiline', 'choice', 'person', 'weekday', 'time', 'toggle']),
  value: z.string().exactOptional(),
  required: z.boolean().exactOptional(),
  maxLength: z.number().exactOptional(),
  placeholder: z.string().exactOptional(),
  hint: z.string().exactOptional(),
  options: z.array(z.looseObject({ value: z.string(), label: z.string() })).exactOptional(),
  error: z.string().exactOptional(),
});

const level = z.object({ value: z.number(), label: z.string() });

/** What a picture is drawn from. */
export const pictureSchema: z.ZodType<Picture> = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('impact-cost'),
    title: z.string(),
    axes: z.object({ impact: z.string(), cost: z.string() }),
    points: z.array(z.object({ label: z.string(), impact: z.number(), cost: z.number(), phase: z.enum(['now', 'next', 'later']) })),
    phases: z.object({ now: z.string(), next: z.string(), later: z.string() }),
  }),
  z.looseObject({
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
]);

const block: z.ZodType<CardBlock> = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text, style: z.enum(['plain', 'strong', 'subtle', 'quote', 'heading']).exactOptional() }),
  z.looseObject({ type: z.literal('facts'), facts: z.array(z.looseObject({ label: z.string(), value: text })) }),
  z.looseObject({
    type: z.literal('progress'),
    label: z.string(),
    steps: z.array(z.looseObject({ label: z.string(), done: z.number(), total: z.number() })),
  }),
  z.looseObject({ type: z.literal('list'), items: z.array(z.looseObject({ text, note: text.exactOptional() })) }),
  z.looseObject({ type: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(text)) }),
  z.looseObject({ type: z.literal('divider') }),
  z.looseObject({
    type: z.literal('image'),
    picture: pictureSchema,
    alt: z.string(),
    url: z.string().exactOptional(),
  }),
  input,
]);

const action: z.ZodType<CardAction> = z.looseObject({
  action: z.string(),
  label: z.string(),
  value: strings.exactOptional(),
  style: z.enum(['primary', 'danger']).exactOptional(),
  form: z.boolean().exactOptional(),
  more: z.literal(true).exactOptional(),
  url: z.string().exactOptional(),
});

/** A card as it was stored, before it is sent or shown again. Loose here and elsewhere: what is checked must be right, what a later version adds must not get lost. */
export const cardSchema: z.ZodType<Card> = z.looseObject({
  summary: z.string(),
  title: text.exactOptional(),
  blocks: z.array(block),
  actions: z.array(action),
  generated: z.literal(true).exactOptional(),
});
