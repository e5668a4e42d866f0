import { z } from 'zod';
import { featuresOf } from './linear/hashed.ts';
import { createModel, modelSchema } from './linear/model.ts';
import { readWeights } from './weights.ts';

/** Where bands begin, in the model's own scores; found by `npm run train` on families of messages that were held back. */
const bandsSchema = z.object({ maybe: z.number(), sure: z.number() });
export const requestWeightsSchema = z.object({ model: modelSchema, candidate: z.number(), quick: bandsSchema, full: bandsSchema });
export type RequestWeights = z.infer<typeof requestWeightsSchema>;

/** What was learned from example messages: scores of a normalised text with its evidence by name, without and with the sentence encoder's view of it. */
export type RequestModel = Omit<RequestWeights, 'model'> & {
  scoreQuick(low: string, named: Iterable<string>): number;
  scoreFull(low: string, named: Iterable<string>, dense: Float32Array): number;
};

let loaded: RequestModel | undefined;

/** The model of this version. Throws when its file is damaged. */
export function requestModel(): RequestModel {
  loaded ??= createRequestModel(readWeights('requests', requestWeightsSchema));
  return loaded;
}

function createRequestModel({ model: stored, ...thresholds }: RequestWeights): RequestModel {
  const model = createModel(stored);
  return {
    ...thresholds,
    scoreQuick: (low, named) => model.score('quick', featuresOf(model.space, low, named)),
    scoreFull: (low, named, dense) => model.score('full', featuresOf(model.space, low, named, dense)),
  };
}
