import { z } from 'zod';
import { type Features, featuresOf, type Space } from './linear/hashed.ts';
import { createModel, modelSchema } from './linear/model.ts';
import { readModel } from './weights.ts';
import { wordOrderOf } from './word-order.ts';

/** Where bands begin, in the model's own scores; found by `npm run train` on families of messages that were held back. */
const bandsSchema = z.object({ maybe: z.number(), sure: z.number() });
export const requestWeightsSchema = z.object({ model: modelSchema, candidate: z.number(), quick: bandsSchema, full: bandsSchema });
export type RequestWeights = z.infer<typeof requestWeightsSchema>;

/** What was learned from example messages: scores of a normalised text with its evidence by name, without and with the sentence encoder's view of it. */
export type RequestModel = Omit<RequestWeights, 'model'> & {
  scoreQuick(low: string, evidence: Iterable<string>): number;
  scoreFull(low: string, evidence: Iterable<string>, dense: Float32Array): number;
};

let loaded: RequestModel | undefined;

/** The model of this version. Throws when its file is damaged. */
export function requestModel(): RequestModel {
  loaded ??= readModel('requests', requestWeightsSchema, createRequestModel);
  return loaded;
}

/** The quick model knows much more chat, the full one knows the encoder: together they err less than either. */
export function joined(quick: number, full: number): number {
  return (quick + full) / 2;
}

/** What the models weigh of a normalised text. */
export function requestFeatures(space: Space, low: string, evidence: Iterable<string>, dense?: Float32Array): Features {
  return featuresOf(space, low, [...evidence, ...wordOrderOf(low)], dense);
}

function createRequestModel({ model: stored, ...thresholds }: RequestWeights): RequestModel {
  const model = createModel(stored);
  return {
    ...thresholds,
    scoreQuick: (low, evidence) => model.score('quick', requestFeatures(model.space, low, evidence)),
    scoreFull(low, evidence, dense) {
      const features = requestFeatures(model.space, low, evidence, dense);
      return joined(model.score('quick', features), model.score('full', features));
    },
  };
}
