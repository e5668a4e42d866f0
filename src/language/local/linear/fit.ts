import { dimensionsOf, type Features, type Space } from './hashed.ts';

export type Example = { features: Features; positive: boolean; weight?: number };

/** A linear decision: positive when the weighted sum with the bias is above zero. */
export type Linear = { weights: Float32Array; bias: number };

const passes = 12;
// The bias is a feature with this value: large, so that it is hardly held back by the regularisation.
const biasValue = 3;

/**
 * Fits a linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh et al. 2008, algorithm 1). The same examples give the
 * same weights. `cost`: how much a mistake counts against small weights.
 */
export function fitLinear(space: Space, examples: readonly Example[], cost: number): Linear {
  const weights = new Float32Array(dimensionsOf(space));
  let bias = 0;
  const alphas = new Float64Array(examples.length);
  const norms = examples.map(({ features }) => features.values.reduce((sum, value) => sum + value * value, biasValue * biasValue));
  const order = examples.map((_, index) => index);
  const random = seeded(17);
  for (let pass = 0; pass < passes; pass += 1) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      const norm = norms[index];
      const alpha = alphas[index];
      if (!example || norm === undefined || alpha === undefined) continue;
      const sign = example.positive ? 1 : -1;
      const softness = 1 / (2 * cost * (example.weight ?? 1));
      const slope = sign * (dot(weights, example.features) + bias * biasValue) - 1 + softness * alpha;
      const next = Math.max(0, alpha - slope / (norm + softness));
      if (next === alpha) continue;
      alphas[index] = next;
      const change = (next - alpha) * sign;
      add(weights, example.features, change);
      bias += change * biasValue;
    }
  }
  return { weights, bias: bias * biasValue };
}

/** The weighted sum of what a text is made of. */
export function dot(weights: Float32Array, { at, values }: Features): number {
  let sum = 0;
  for (let index = 0; index < at.length; index += 1) sum += (weights[at[index] ?? 0] ?? 0) * (values[index] ?? 0);
  return sum;
}

function add(weights: Float32Array, { at, values }: Features, factor: number): void {
  for (let index = 0; index < at.length; index += 1) {
    const where = at[index] ?? 0;
    weights[where] = (weights[where] ?? 0) + factor * (values[index] ?? 0);
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** Mulberry32: the same seed gives the same numbers from 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
