import { readdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type CueKind, cueKinds, type Side } from '../../domain/cues.ts';
import { cueFeatures, signPlaces } from './cue-features.ts';
import { type CueModel, type CueWeights, createCueModel, learnedKinds } from './cue-model.ts';
import { type CueWindow, cueWindowsOf } from './cues/cue-windows.ts';
import type { Encoder } from './encoder/encoder.ts';
import { type Example, fitLinear, type Linear } from './linear/fit.ts';
import type { Space } from './linear/hashed.ts';
import { packModel } from './linear/model.ts';
import { normalise } from './normalise.ts';
import { encodedUnits } from './replies.ts';
import { byFamily, linesOf, trainingFolder } from './training-files.ts';
import { weightsFile } from './weights.ts';

const space: Space = { words: 4096, letters: 4096, named: 1024 };
const cost = 0.3;
const atOnce = 32;

const heard = z.object({ cue: z.enum(cueKinds), detail: z.string().optional(), text: z.string() });
const cueSchema = z.object({
  text: z.string(),
  side: z.enum(['requester', 'partner', 'other']),
  family: z.string().optional(),
  dialogue: z.string().optional(),
  cues: z.array(heard),
  /** Kinds that could be argued about: neither learned from nor judged. */
  open: z.array(z.enum(cueKinds)).default([]),
});
const replySchema = z.object({ text: z.string(), answers: z.record(z.string(), z.unknown()).optional() });

type CueRow = {
  text: string;
  low: string;
  side: Side;
  fold: number;
  source: 'written' | 'dialogue' | 'reply';
  weight: number;
  /** Put together from others, or from a pattern: learned from, but not judged by. */
  joined: boolean;
  kinds: ReadonlySet<CueKind>;
  open: ReadonlySet<CueKind>;
  /** Where each cue's words stand. */
  places: readonly { kind: CueKind; start: number; end: number }[];
};

/** Messages with their cues, and replies as examples of messages that have none unless a line of `cues-replies` says otherwise. */
function readCueRows(): CueRow[] {
  const names = readdirSync(trainingFolder).sort();
  const written = names
    .filter((name) => name.startsWith('cues-'))
    .flatMap((name) => linesOf(`${trainingFolder}/${name}`, cueSchema).map((line, index) => rowOf(line, name, index)));
  const known = new Set(written.map(({ text }) => text));
  const replies = names
    .filter((name) => /replies/.test(name) && !name.startsWith('cues-'))
    .flatMap((name) => linesOf(`${trainingFolder}/${name}`, replySchema).map((line, index) => ({ line, family: `${name}-${Math.floor(index / 5)}` })))
    .filter(({ line }) => !known.has(line.text))
    .map(({ line, family }): CueRow => {
      const open = line.answers && 'sufficiency' in line.answers ? learnedKinds : line.answers && 'driver' in line.answers ? openInDrivers : openInReplies;
      return {
        text: line.text,
        low: normalise(line.text),
        side: 'requester',
        fold: byFamily(family),
        source: 'reply',
        weight: replyWeighs,
        joined: false,
        kinds: new Set(),
        open: new Set(open),
        places: [],
      };
    });
  return [...written, ...replies];
}

const replyWeighs = 0.5;
/** What answers about the business often say beside, which nobody marked there. */
const openInDrivers: readonly CueKind[] = ['priority', 'elsewhere', 'lacks-skill', 'obstacle', 'knows-how', 'win', 'settled'];
const openInReplies: readonly CueKind[] = [];

function rowOf(line: z.infer<typeof cueSchema>, name: string, index: number): CueRow {
  const low = normalise(line.text);
  const kinds = new Set(line.cues.map(({ cue }) => cue));
  const places = line.cues.map(({ cue, text }) => {
    const start = line.text.indexOf(text);
    if (start < 0) throw new Error(`${trainingFolder}/${name}:${index + 1} does not have the words "${text}".`);
    return { kind: cue, start, end: start + text.length };
  });
  const family = line.dialogue ?? line.family ?? `${name}-${Math.floor(index / 4)}`;
  return {
    text: line.text,
    low,
    side: line.side,
    fold: byFamily(family),
    source: line.dialogue ? 'dialogue' : 'written',
    weight: 1,
    joined: /joined|templates/.test(name),
    kinds,
    open: new Set(line.open),
    places,
  };
}

type Vectors = ReadonlyMap<string, Float32Array>;

async function vectorsOf(encoder: Encoder, rows: readonly CueRow[]): Promise<Vectors> {
  const texts = [...new Set(rows.map(({ low }) => low.trim().slice(0, encodedUnits)))];
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
  const dense = vectors.get(row.low.trim().slice(0, encodedUnits));
  const windows = cueWindowsOf(row.low);
  return windows.map((window) => {
    const yes = new Set(row.places.filter((place) => covers(row, window, place) >= mostly).map(({ kind }) => kind));
    const partly = row.places.filter((place) => covers(row, window, place) > 0 && !yes.has(place.kind)).map(({ kind }) => kind);
    return {
      plain: cueFeatures(space, row.low, window, row.side, places),
      encoded: dense && cueFeatures(space, row.low, window, row.side, places, dense),
      yes,
      unsure: new Set([...partly, ...row.open]),
      weight: row.weight / Math.sqrt(windows.length),
    };
  });
}

const mostly = 0.6;

/** Which share of the cue's words the window has, or of the window's words the cue, whichever is more. */
function covers(row: CueRow, window: CueWindow, place: { start: number; end: number }): number {
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

function modelOf(parts: readonly Part[], encoded: boolean): CueModel {
  const plain = packModel(space, fitKinds(parts, false));
  return createCueModel({ plain, encoded: encoded ? packModel(space, fitKinds(parts, true)) : plain, plainFrom: {}, encodedFrom: {} });
}

type Judged = { row: CueRow; scores: Readonly<Partial<Record<CueKind, number>>> };

/** Each message's best window by cue, with a model that has not seen its family. */
function heldBack(rows: readonly CueRow[], partsBy: ReadonlyMap<CueRow, Part[]>, encoded: boolean): Judged[] {
  return [0, 1, 2, 3, 4].flatMap((fold) => {
    const seen = rows.filter((row) => row.fold !== fold).flatMap((row) => partsBy.get(row) ?? []);
    const model = modelOf(seen, encoded);
    return rows.filter((row) => row.fold === fold).map((row) => ({ row, scores: bestOf(model, partsBy.get(row) ?? [], encoded) }));
  });
}

function bestOf(model: CueModel, parts: readonly Part[], encoded: boolean): Judged['scores'] {
  const of = (kind: CueKind) => parts.map((part) => model.score(kind, part.plain, encoded ? part.encoded : undefined));
  return Object.fromEntries(learnedKinds.map((kind) => [kind, Math.max(-9, ...of(kind))]));
}

/** Cues that decide on contradictions: a wrong one costs more than a missed one. */
const mustBeRight: readonly CueKind[] = ['elsewhere', 'obstacle', 'changes-focus', 'settled', 'keeps-request', 'either-or', 'win'];

type Figures = { from: number; precision: number; recall: number; gold: number };

/** The border with the best F (of ½ where a cue must be right, of ¾ elsewhere). */
function borderOf(kind: CueKind, judged: readonly Judged[]): Figures {
  const beta = mustBeRight.includes(kind) ? 0.5 : 0.75;
  const usable = judged.filter(({ row }) => !row.joined && !row.open.has(kind));
  const gold = usable.filter(({ row }) => row.kinds.has(kind)).length;
  let best: Figures = { from: 0, precision: 0, recall: 0, gold };
  let most = -1;
  for (let from = -1; from <= 1; from += 0.05) {
    const found = usable.filter(({ scores }) => (scores[kind] ?? -9) >= from);
    const right = found.filter(({ row }) => row.kinds.has(kind)).length;
    const precision = right / Math.max(1, found.length);
    const recall = right / Math.max(1, gold);
    const f = ((1 + beta ** 2) * precision * recall) / Math.max(1e-9, beta ** 2 * precision + recall);
    if (f > most) [most, best] = [f, { from, precision, recall, gold }];
  }
  return best;
}

/** Fits what cues are heard with on the messages in training/, chooses the borders on families that were held back, and writes the weights. */
export async function trainCues(encoder: Encoder, say: (line: string) => void): Promise<void> {
  const rows = readCueRows();
  const vectors = await vectorsOf(encoder, rows);
  if (vectors.size === 0) throw new Error('The weights for cues need the sentence encoder. Run "npm ci" and train again.');
  say(`${rows.length} messages, ${rows.filter(({ kinds }) => kinds.size > 0).length} of them with cues`);
  const partsBy = new Map(rows.map((row) => [row, partsOf(row, vectors)]));
  const borders = { plainFrom: {}, encodedFrom: {} } satisfies Pick<CueWeights, 'plainFrom' | 'encodedFrom'>;
  for (const encoded of [false, true]) {
    const judged = heldBack(rows, partsBy, encoded);
    const figures = learnedKinds.map((kind) => ({ kind, ...borderOf(kind, judged) }));
    Object.assign(encoded ? borders.encodedFrom : borders.plainFrom, Object.fromEntries(figures.map(({ kind, from }) => [kind, Number(from.toFixed(2))])));
    for (const { kind, from, precision, recall, gold } of figures) {
      say(
        `${encoded ? 'with the encoder' : 'without'}, held back: ${kind} precision ${precision.toFixed(2)} recall ${recall.toFixed(2)} of ${gold} (from ${from.toFixed(2)})${onDialogues(kind, from, judged)}`,
      );
    }
  }
  const all = rows.flatMap((row) => partsBy.get(row) ?? []);
  const weights: CueWeights = { plain: packModel(space, fitKinds(all, false)), encoded: packModel(space, fitKinds(all, true)), ...borders };
  writeFileSync(weightsFile('cues'), `${JSON.stringify(weights)}\n`);
}

function onDialogues(kind: CueKind, from: number, judged: readonly Judged[]): string {
  const spoken = judged.filter(({ row }) => row.source === 'dialogue');
  const found = spoken.filter(({ scores }) => (scores[kind] ?? -9) >= from);
  const right = found.filter(({ row }) => row.kinds.has(kind)).length;
  return `; in dialogues ${right} right of ${found.length} heard, ${spoken.filter(({ row }) => row.kinds.has(kind)).length} there`;
}
