import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { dot, type Linear } from './fit.ts';
import { dimensionsOf, type Features, type Space } from './hashed.ts';

const outputSchema = z.object({ bias: z.number(), scale: z.number(), weights: z.base64() });
/** A model as it is kept: the space of its features and, by output, weights as signed bytes times `scale`, deflated. */
export const modelSchema = z.object({
  space: z.object({ words: z.int(), letters: z.int(), named: z.int() }),
  outputs: z.record(z.string(), outputSchema),
});
export type StoredModel = z.infer<typeof modelSchema>;

/** Scores by the name of the output; above zero means yes. */
export type LinearModel = { space: Space; outputs: readonly string[]; score(output: string, features: Features): number };

/** A model that was written by `packModel`. Throws when its weights do not fit its space. */
export function createModel({ space, outputs: stored }: StoredModel): LinearModel {
  const outputs = new Map(Object.entries(stored).map(([name, output]) => [name, unpack(space, name, output)]));
  return {
    space,
    outputs: [...outputs.keys()],
    score(output, features) {
      const linear = outputs.get(output);
      if (!linear) throw new Error(`The model has no output "${output}". Run "npm run train" to make its weights anew.`);
      return dot(linear.weights, features) + linear.bias;
    },
  };
}

/** Weights as bytes: the largest becomes 127; what is smaller than half a step becomes nothing. */
export function packModel(space: Space, fitted: Readonly<Record<string, Linear>>): StoredModel {
  const outputs = Object.entries(fitted).map(([name, { weights, bias }]) => {
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
    const scale = largest / 127;
    const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
    return [name, { bias, scale, weights: deflateRawSync(bytes, { level: 9 }).toString('base64') }] as const;
  });
  return { space, outputs: Object.fromEntries(outputs) };
}

function unpack(space: Space, name: string, { bias, scale, weights }: z.infer<typeof outputSchema>): Linear {
  const raw = inflateRawSync(Buffer.from(weights, 'base64'), { maxOutputLength: dimensionsOf(space) + 1 });
  const bytes = new Int8Array(raw.buffer, raw.byteOffset, raw.length);
  if (bytes.length !== dimensionsOf(space)) throw new Error(`The weights of "${name}" do not fit their space. Run "npm run train" again.`);
  return { bias, weights: Float32Array.from(bytes, (byte) => byte * scale) };
}
