import { z } from 'zod';
import { tellingKinds } from '../../domain/contradiction.ts';
import { type CueKind, cueKinds } from '../../domain/cues.ts';
import type { Features, Space } from './linear/hashed.ts';
import { createModel, modelSchema } from './linear/model.ts';
import { readModel } from './weights.ts';

/** Cues that knowledge tells, and not what was learned. */
const knownKinds = ['symptom', 'cause', 'fuzzy-topic'] as const;
export const learnedKinds: readonly CueKind[] = cueKinds.filter((kind) => !knownKinds.some((known) => known === kind));

/** What tells whether something stands against a request counts a little also where nobody could be sure of it: several faint ones add up. */
export const faintKinds: readonly CueKind[] = learnedKinds.filter((kind) => tellingKinds.includes(kind));

/** How likely a cue is at a score: `slope` and `start` of a logistic curve. */
const curve = z.object({ slope: z.number(), start: z.number() });
export type Curve = z.infer<typeof curve>;

const bySense = z.record(z.string(), z.number());
const curves = z.record(z.string(), curve);
/** `plainFrom`, `encodedFrom`: the score from which a cue is heard, without and with the encoder; `plainLikely`, `encodedLikely`: how likely it is. */
export const cueWeightsSchema = z.object({
  plain: modelSchema,
  encoded: modelSchema,
  plainFrom: bySense,
  encodedFrom: bySense,
  plainLikely: curves,
  encodedLikely: curves,
});
export type CueWeights = z.infer<typeof cueWeightsSchema>;

/** Higher speaks for a cue; it is heard from its border on. */
export type CueModel = {
  space: Space;
  /** `encoded`: the same window with the encoder's view, where there is one. Both views together are surer than either. */
  score(kind: CueKind, plain: Features, encoded?: Features): number;
  border(kind: CueKind, withEncoder: boolean): number;
  /** How likely the cue is at that score, from 0 to 1, as it was with authors who were held back. */
  likely(kind: CueKind, score: number, withEncoder: boolean): number;
};

/** How much of the score is the encoder's; found on authors who were held back. */
const encodedShare = 0.6;

let loaded: CueModel | undefined;

/** The model of this version. Throws when its file is damaged. */
export function cueModel(): CueModel {
  loaded ??= readModel('cues', cueWeightsSchema, createCueModel);
  return loaded;
}

/** What the weights hear in the features of a window. */
export function createCueModel(weights: CueWeights): CueModel {
  const plain = createModel(weights.plain);
  const encoded = createModel(weights.encoded);
  return {
    space: plain.space,
    score(kind, inPlain, inEncoded) {
      const score = plain.score(kind, inPlain);
      return inEncoded ? (1 - encodedShare) * score + encodedShare * encoded.score(kind, inEncoded) : score;
    },
    border: (kind, withEncoder) => (withEncoder ? weights.encodedFrom : weights.plainFrom)[kind] ?? 0,
    likely(kind, score, withEncoder) {
      const { slope, start } = (withEncoder ? weights.encodedLikely : weights.plainLikely)[kind] ?? { slope: 1, start: 0 };
      return 1 / (1 + Math.exp(-(slope * score + start)));
    },
  };
}
