import { writeFileSync } from 'node:fs';
import { type QuestionId, questionIds } from '../../domain/questions.ts';
import type { Reading } from '../language.ts';
import type { Encoder } from './encoder/encoder.ts';
import { type Example, fitLinear, type Linear } from './linear/fit.ts';
import type { Space } from './linear/hashed.ts';
import { packModel } from './linear/model.ts';
import { readWith } from './replies.ts';
import { createReplyModel, outputNames, type ReplyModel, type ReplyWeights, replyFeatures } from './reply-model.ts';
import { type Part, type ReplyRow, readReplyRows } from './reply-rows.ts';
import { weightsFile } from './weights.ts';

const space: Space = { words: 4096, letters: 4096, named: 2048 };
const cost = 0.2;
const atOnce = 32;

type Vectors = ReadonlyMap<string, Float32Array>;

/**
 * Fits what `readReply` decides with on the replies in training/ and writes the weights. Prints what it reaches on replies that were held back, with and
 * without the encoder.
 */
export async function trainReplies(encoder: Encoder, say: (line: string) => void): Promise<void> {
  const rows = readReplyRows();
  const vectors = await vectorsOf(encoder, rows);
  say(`${rows.length} replies`);
  for (const encoded of vectors.size > 0 ? [false, true] : [false]) {
    const read = heldBack(rows, vectors, (row) => row.fold, encoded);
    for (const line of figuresOf(read)) say(`${encoded ? 'with the encoder' : 'without'}, a fifth held back: ${line}`);
  }
  if (vectors.size === 0) throw new Error('The weights for replies need the sentence encoder. Run "npm ci" and train again.');
  writeFileSync(weightsFile('replies'), `${JSON.stringify(fitAll(rows, vectors))}\n`);
}

async function vectorsOf(encoder: Encoder, rows: readonly ReplyRow[]): Promise<Vectors> {
  const texts = [...new Set(rows.map(({ low }) => low))];
  const vectors = new Map<string, Float32Array>();
  for (let at = 0; at < texts.length; at += atOnce) {
    const some = texts.slice(at, at + atOnce);
    const encoded = await encoder.encode(some);
    if (!encoded) return new Map();
    for (const [index, text] of some.entries()) if (encoded[index]) vectors.set(text, encoded[index]);
  }
  return vectors;
}

function fitAll(rows: readonly ReplyRow[], vectors: Vectors): ReplyWeights {
  return { plain: packModel(space, fitOutputs(rows, undefined)), encoded: packModel(space, fitOutputs(rows, vectors)) };
}

function fitOutputs(rows: readonly ReplyRow[], vectors: Vectors | undefined): Record<string, Linear> {
  const sorts = { move: examplesOf(rows, 'moves', vectors), question: examplesOf(rows, 'questions', vectors), thin: examplesOf(rows, 'thin', vectors) };
  const outputs = outputNames.map((name): [string, Linear] => {
    const sort = name.startsWith('move:') ? sorts.move : name.startsWith('question:') ? sorts.question : sorts.thin;
    return [
      name,
      fitLinear(
        space,
        sort.map(({ part, features }): Example => ({ features, positive: part.yes.has(name), weight: part.weight })),
        cost,
      ),
    ];
  });
  return Object.fromEntries(outputs);
}

function examplesOf(rows: readonly ReplyRow[], sort: 'moves' | 'questions' | 'thin', vectors: Vectors | undefined) {
  const examples: { part: Part; features: Example['features'] }[] = [];
  for (const row of rows) {
    const dense = vectors?.get(row.low);
    for (const part of row[sort]) examples.push({ part, features: replyFeatures(space, part.low, part.named, part.whole ? dense : undefined) });
  }
  return examples;
}

type ReadRow = { row: ReplyRow; reading: Reading };

/** Each reply read with a model that has not seen its group. */
function heldBack(rows: readonly ReplyRow[], vectors: Vectors, groupOf: (row: ReplyRow) => string | number, encoded: boolean): ReadRow[] {
  const groups = [...new Set(rows.map(groupOf))];
  return groups.flatMap((group) => {
    const model = createReplyModel(
      fitOnly(
        rows.filter((row) => groupOf(row) !== group),
        vectors,
        encoded,
      ),
    );
    return readAll(
      model,
      rows.filter((row) => groupOf(row) === group && row.kind !== 'chat'),
      encoded ? vectors : new Map(),
    );
  });
}

function fitOnly(rows: readonly ReplyRow[], vectors: Vectors, encoded: boolean): ReplyWeights {
  const plain = packModel(space, fitOutputs(rows, undefined));
  return { plain, encoded: encoded ? packModel(space, fitOutputs(rows, vectors)) : plain };
}

function readAll(model: ReplyModel, rows: readonly ReplyRow[], vectors: Vectors): ReadRow[] {
  return rows.map((row) => ({ row, reading: readWith(model, row.text, row.context, vectors.get(row.low)) }));
}

/** In plain words, what was read right. */
function figuresOf(read: readonly ReadRow[]): string[] {
  const judged = read.map(({ row, reading }) => ({ row, reading, found: new Set(reading.answers.map(({ questionId }) => questionId)) }));
  const acts = share(judged, ({ row, reading }) => row.acts[0] === reading.acts[0]);
  const answers = judged.filter(({ row }) => row.gold !== undefined && row.context.asked !== undefined);
  const others = answers.filter(({ row }) => (row.gold?.size ?? 0) > 0 && !(row.context.asked && row.gold?.has(row.context.asked)));
  const several = answers.filter(({ row }) => (row.gold?.size ?? 0) > 1);
  const side = judged.filter(({ row }) => row.acts.every((act) => act === 'chit-chat'));
  const wrongStops = judged.filter(({ row, reading }) => reading.acts.includes('stop') && !row.acts.includes('stop'));
  const recalls = [
    'stop',
    'pause',
    'skip',
    'dont-know',
    'delegate',
    'resume',
    'objection',
    'counter-question',
    'correction',
    'acknowledge',
    'chit-chat',
    'partial',
    'answer',
  ].map((act) => {
    const gold = judged.filter(({ row }) => row.acts.includes(act));
    const found = judged.filter(({ reading }) => reading.acts.some((one) => one === act));
    return `${act} ${share(gold, ({ reading }) => reading.acts.some((one) => one === act))}/${share(found, ({ row }) => row.acts.includes(act))}`;
  });
  return [
    `acts ${acts} of ${judged.length}; questions f1 ${f1(answers)}, another than asked ${f1(others)}, several ${f1(several)}; side talk as answer ${share(side, ({ found }) => found.size > 0)}; asks back ${share(judged, ({ reading }) => reading.needsClarification !== undefined)}; wrong stops ${wrongStops.length}`,
    `recall/precision: ${recalls.join(', ')}`,
  ];
}

function share<T>(all: readonly T[], is: (one: T) => boolean): string {
  return all.length === 0 ? '–' : (all.filter(is).length / all.length).toFixed(3);
}

function f1(judged: readonly { row: ReplyRow; found: ReadonlySet<QuestionId> }[]): string {
  let [right, found, gold] = [0, 0, 0];
  for (const one of judged) {
    const meant = one.row.gold ?? new Set();
    right += questionIds.filter((id) => meant.has(id) && one.found.has(id)).length;
    found += one.found.size;
    gold += meant.size;
  }
  return ((2 * right) / Math.max(1, found + gold)).toFixed(3);
}
