import { z } from 'zod';
import type { CardInput } from '../../../views/card.ts';
import { limits } from './limits.ts';
import type { PressedInputs } from './rendering.ts';

/** The fields of a card as they travel in the button that opens them: short names, since a value has room for 2,000 characters only. */
const Input = z.object({
  i: z.string().min(1).max(limits.blockId),
  l: z.string(),
  k: z.enum(['text', 'multiline', 'choice', 'person', 'weekday', 'time', 'toggle']),
  v: z.string().optional(),
  r: z.literal(1).optional(),
  m: z.number().int().positive().optional(),
  p: z.string().optional(),
  h: z.string().optional(),
  o: z.array(z.tuple([z.string(), z.string()])).optional(),
});
const Carried = z.object({
  c: z
    .array(z.tuple([z.string().min(1), z.string()]))
    .min(1)
    .max(limits.radioOptions),
  n: z.number().int().nonnegative().optional(),
  v: z.record(z.string(), z.string()).default({}),
  i: z.array(Input).min(1),
  d: z.string().optional(),
  t: z.string().optional(),
});
type CarriedInput = z.infer<typeof Input>;

/** Undefined when even the shortest way to say it is too long: then the button can't open anything. */
export function toCarried(pressed: Omit<PressedInputs, 'kind'>): string | undefined {
  const { intro: _, ...bare } = pressed;
  // What only helps goes first: what the fields are about stands on the card as well.
  const tries = [pressed, bare, { ...bare, inputs: bare.inputs.map(({ hint: _hint, placeholder: _placeholder, ...input }) => input) }];
  return tries.map((one) => JSON.stringify(carried(one))).find((text) => text.length <= limits.buttonValue);
}

function carried({ choices, chosen, value, inputs, title, intro }: Omit<PressedInputs, 'kind'>): z.input<typeof Carried> {
  return {
    c: choices.map(({ action, label }) => [action, label]),
    ...(chosen !== undefined && { n: chosen }),
    ...(Object.keys(value).length > 0 && { v: { ...value } }),
    i: inputs.map(carriedInput),
    ...(title !== undefined && { d: title }),
    ...(intro !== undefined && { t: intro }),
  };
}

function carriedInput(input: CardInput): CarriedInput {
  return {
    i: input.id,
    l: input.label,
    k: input.kind,
    ...(input.value !== undefined && { v: input.value }),
    ...(input.required && { r: 1 }),
    ...(input.maxLength !== undefined && { m: input.maxLength }),
    ...(input.placeholder !== undefined && { p: input.placeholder }),
    ...(input.hint !== undefined && { h: input.hint }),
    ...(input.options !== undefined && { o: input.options.map(({ value, label }) => [value, label]) }),
  };
}

/** What such a button brought back. */
export function readCarried(value: unknown): PressedInputs | undefined {
  const read = Carried.safeParse(value);
  if (!read.success) return undefined;
  const { c, n, v, i, d, t } = read.data;
  return {
    kind: 'inputs',
    choices: c.map(([action, label]) => ({ action, label })),
    ...(n !== undefined && { chosen: n }),
    value: v,
    inputs: i.map(inputOf),
    ...(d !== undefined && { title: d }),
    ...(t !== undefined && { intro: t }),
  };
}

function inputOf({ i, l, k, v, r, m, p, h, o }: CarriedInput): CardInput {
  return {
    type: 'input',
    id: i,
    label: l,
    kind: k,
    ...(v !== undefined && { value: v }),
    ...(r && { required: true }),
    ...(m !== undefined && { maxLength: m }),
    ...(p !== undefined && { placeholder: p }),
    ...(h !== undefined && { hint: h }),
    ...(o && { options: o.map(([value, label]) => ({ value, label })) }),
  };
}
