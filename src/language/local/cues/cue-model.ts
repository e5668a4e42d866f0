import { z } from 'zod';
import { type CueKind, cueKinds } from '../../../domain/cues.ts';
import type { Features, Space } from '../linear/hashed.ts';
import { createModel, modelSchema } from '../linear/model.ts';
import { readModel } from '../weights.ts';

/** Cues that knowledge tells, and not what was learned. */
export const knownKinds = ['symptom', 'cause', 'fuzzy-topic'] as const;
export const learnedKinds: readonly CueKind[] = cueKinds.filter((kind) => !knownKinds.some((known) => known === kind));

const bySense = z.record(z.string(), z.number());
/** `plainFrom`, `encodedFrom`: the score from which a cue is heard, without and with the encoder. */
export const cueWeightsSchema = z.object({ plain: modelSchema, encoded: modelSchema, plainFrom: bySense, encodedFrom: bySense });
export type CueWeights = z.infer<typeof cueWeightsSchema>;

/** How far a score lies above the border of each cue; below zero is a no. */
export type CueModel = {
  space: Space;
  plain(kind: CueKind, features: Features): number;
  encoded(kind: CueKind, features: Features): number;
  /** The borders themselves. */
  from(kind: CueKind, withEncoder: boolean): number;
};

let loaded: CueModel | undefined;

/** The model of this version. Throws when its file is damaged. */
export function cueModel(): CueModel {
  loaded ??= readModel('cues', cueWeightsSchema, createCueModel);
  return loaded;
}

export function createCueModel(weights: CueWeights): CueModel {
  const plain = createModel(weights.plain);
  const encoded = createModel(weights.encoded);
  return {
    space: plain.space,
    plain: (kind, features) => plain.score(kind, features),
    encoded: (kind, features) => encoded.score(kind, features),
    from: (kind, withEncoder) => (withEncoder ? weights.encodedFrom : weights.plainFrom)[kind] ?? 0,
  };
}
