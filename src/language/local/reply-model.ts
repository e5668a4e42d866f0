import { z } from 'zod';
import { type QuestionId, questionIds } from '../../domain/questions.ts';
import { type ActKind, actKinds } from '../language.ts';
import { type Features, featuresOf, type Space } from './linear/hashed.ts';
import { createModel, modelSchema } from './linear/model.ts';
import { readWeights } from './weights.ts';

/** What a message does on the whole; whether an answer is good enough to be one is judged by what stands in it. */
export type Move = Exclude<ActKind, 'partial'>;
export const moves: readonly Move[] = actKinds.filter((act) => act !== 'partial');

/** Higher speaks for it; above zero is a yes. */
export type MoveScores = Readonly<Record<Move, number>>;
export type QuestionScores = Readonly<Record<QuestionId, number>>;

export const replyWeightsSchema = z.object({ plain: modelSchema, encoded: modelSchema });
export type ReplyWeights = z.infer<typeof replyWeightsSchema>;

/** What was learned from example replies. With `dense`, the sentence encoder's view of the text, it knows wording that it has not seen. */
export type ReplyModel = {
  moves(low: string, named: Iterable<string>, dense?: Float32Array): MoveScores;
  questions(low: string, named: Iterable<string>, dense?: Float32Array): QuestionScores;
  /** Above zero: the answer lacks something. */
  thin(low: string, named: Iterable<string>, dense?: Float32Array): number;
};

/** What the rules say counts more beside single words than in the hearing of requests; found on replies that were held back. */
const namedFactor = 2;

export function replyFeatures(space: Space, low: string, named: Iterable<string>, dense?: Float32Array): Features {
  const features = featuresOf(space, low.slice(0, longest), named, dense);
  const from = space.words + space.letters;
  const to = from + space.named;
  features.at.forEach((where, index) => {
    if (where >= from && where < to) features.values[index] = (features.values[index] ?? 0) * namedFactor;
  });
  return features;
}

/** Units that the learned models look at: what a reply does shows in its beginning. */
const longest = 1200;

let loaded: ReplyModel | undefined;

/** The model of this version. Throws when its file is damaged. */
export function replyModel(): ReplyModel {
  loaded ??= createReplyModel(readWeights('replies', replyWeightsSchema));
  return loaded;
}

export function createReplyModel({ plain: storedPlain, encoded: storedEncoded }: ReplyWeights): ReplyModel {
  const plain = createModel(storedPlain);
  const encoded = createModel(storedEncoded);
  const scorer = (low: string, named: Iterable<string>, dense: Float32Array | undefined) => {
    const model = dense ? encoded : plain;
    const features = replyFeatures(model.space, low, named, dense);
    return (output: string) => model.score(output, features);
  };
  return {
    moves(low, named, dense) {
      const score = scorer(low, named, dense);
      return byMove((move) => score(`move:${move}`));
    },
    questions(low, named, dense) {
      const score = scorer(low, named, dense);
      return byQuestion((id) => score(`question:${id}`));
    },
    thin: (low, named, dense) => scorer(low, named, dense)('thin'),
  };
}

function byMove(value: (move: Move) => number): Record<Move, number> {
  return {
    answer: value('answer'),
    'dont-know': value('dont-know'),
    delegate: value('delegate'),
    'counter-question': value('counter-question'),
    correction: value('correction'),
    skip: value('skip'),
    acknowledge: value('acknowledge'),
    'chit-chat': value('chit-chat'),
    stop: value('stop'),
    pause: value('pause'),
    resume: value('resume'),
    objection: value('objection'),
  };
}

function byQuestion(value: (id: QuestionId) => number): Record<QuestionId, number> {
  return {
    driver: value('driver'),
    owner: value('owner'),
    'leading-kpis': value('leading-kpis'),
    contribution: value('contribution'),
    sufficiency: value('sufficiency'),
    'owner-role': value('owner-role'),
    'manager-role': value('manager-role'),
    'data-source': value('data-source'),
    'weekly-call': value('weekly-call'),
    context: value('context'),
    reinforcement: value('reinforcement'),
    budget: value('budget'),
  };
}

/** Names of outputs, as weights are kept. */
export const outputNames: readonly string[] = [...moves.map((move) => `move:${move}`), ...questionIds.map((id) => `question:${id}`), 'thin'];
