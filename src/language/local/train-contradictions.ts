import { writeFileSync } from 'node:fs';
import { type ContradictionFeatures, type ContradictionWeights, contradictionFeatures, likelyContradiction } from '../../domain/contradiction.ts';
import type { HeardCue } from '../../domain/cues.ts';
import type { Knowledge } from '../../domain/knowledge.ts';
import type { CueModel } from './cue-model.ts';
import { type Author, type CueRow, readThreads, type Thread } from './cue-rows.ts';
import { type CueContext, type CueReader, createCueReader, type SentenceViews } from './cues/read-cues.ts';
import { fitLogistic } from './linear/logistic.ts';

/** A model and the authors that it has not seen. */
export type Judge = { authors: readonly Author[]; model: CueModel };

/** What was heard up to a turn, and whether it can be seen there that something stands against the request. */
type Moment = { thread: Thread; features: ContradictionFeatures; shows: boolean };

const cost = 0.03;
const weightsFile = `${import.meta.dirname}/../../domain/contradiction-weights.ts`;

/**
 * Fits what tells that something stands against a request on how each thread is heard by a model that has not seen its author, says how it does on authors
 * that it has not seen itself, and writes the weights.
 */
export function trainContradictions(judges: readonly Judge[], views: SentenceViews, knowledge: Knowledge, say: (line: string) => void): void {
  const threads = readThreads();
  const moments = judges.flatMap(({ authors, model }) => {
    const reader = createCueReader(knowledge, model);
    return threads.filter(({ author }) => authors.includes(author)).flatMap((thread) => momentsOf(thread, reader, views));
  });
  const highest = judges.flatMap(({ authors }) => {
    const weights = fitMoments(moments.filter(({ thread }) => !authors.includes(thread.author)));
    const judged = moments.filter(({ thread }) => authors.includes(thread.author));
    return [...Map.groupBy(judged, ({ thread }) => thread)].map(([{ shows }, of]) => {
      return { isOne: shows !== undefined, likely: Math.max(...of.map(({ features }) => likelyContradiction(features, weights))) };
    });
  });
  for (const from of [0.55, 0.6, 0.66, 0.7, 0.75]) {
    const found = (isOne: boolean) => highest.filter((one) => one.isOne === isOne && one.likely >= from).length;
    const all = (isOne: boolean) => highest.filter((one) => one.isOne === isOne).length;
    say(`contradictions, other authors: ${found(true)} of ${all(true)} found, ${found(false)} of ${all(false)} threads without one (from ${from})`);
  }
  writeFileSync(weightsFile, sourceOf(fitMoments(moments)));
}

function momentsOf(thread: Thread, reader: CueReader, views: SentenceViews): Moment[] {
  const cues: HeardCue[] = [];
  return thread.rows.map((row, turn) => {
    cues.push(...cuesOf(row, turn, contextOf(row, turn, cues), reader, views));
    return { thread, features: contradictionFeatures(cues, refOf(0)), shows: thread.shows !== undefined && turn >= thread.shows };
  });
}

const refOf = (turn: number): string => `${turn}`;

function cuesOf({ text }: CueRow, turn: number, context: CueContext, reader: CueReader, views: SentenceViews): HeardCue[] {
  // The request is read before the encoder has its turn.
  const known = context.request ? [] : reader.toEncode(text, context);
  const heard = reader.read(text, context, new Map(known.flatMap((words) => entryOf(words, views))));
  const { side } = context;
  const asHeard = ({ cue, span, confidence }: (typeof heard.cues)[number]): HeardCue => {
    return { cue, quote: { textId: refOf(turn), ...span }, by: side, side, messageRef: refOf(turn), at: turn, likely: confidence };
  };
  const faint = context.request ? [] : heard.faint.map((cue) => ({ ...asHeard(cue), faint: true as const }));
  return [...heard.cues.map(asHeard), ...faint];
}

function entryOf(words: string, views: SentenceViews): [string, Float32Array][] {
  const view = views.get(words);
  return view ? [[words, view]] : [];
}

/** So many turns after it what the requester says may still answer it. */
const stillAnswers = 2;

/** As it is when people talk: what a partner asked is what was heard, and nothing was asked by Plumb besides its own questions. */
function contextOf({ situation: { side, request, asked } }: CueRow, turn: number, before: readonly HeardCue[]): CueContext {
  const put = before.findLast(
    ({ cue, faint, side: by, at }) => !faint && by === 'partner' && turn - at <= stillAnswers && (cue === 'either-or' || cue === 'asks-gap'),
  );
  const justAsked = put && side === 'requester' ? ({ justAsked: put.cue === 'either-or' ? 'either-or' : 'gap' } as const) : {};
  return { side, request, probed: false, ...(asked && { asked }), ...justAsked, own: [] };
}

function fitMoments(moments: readonly Moment[]): ContradictionWeights {
  const names = [...(moments[0]?.features.keys() ?? [])];
  const examples = moments.map(({ thread, features, shows }) => {
    return { values: names.map((name) => features.get(name) ?? 0), positive: shows, weight: 1 / thread.rows.length };
  });
  const { bias, weights } = fitLogistic(examples, cost);
  return { bias, by: Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0])) };
}

const digits = 3;

function sourceOf({ bias, by }: ContradictionWeights): string {
  const lines = Object.entries(by).map(([name, weight]) => `    ${/^\w+$/.test(name) ? name : `'${name}'`}: ${Number(weight.toFixed(digits))},`);
  return [
    "import type { ContradictionWeights } from './contradiction.ts';",
    '',
    '/** Learned from whole threads; written by "npm run train -- cues". */',
    'export const contradictionWeights: ContradictionWeights = {',
    `  bias: ${Number(bias.toFixed(digits))},`,
    '  by: {',
    ...lines,
    '  },',
    '};',
    '',
  ].join('\n');
}
