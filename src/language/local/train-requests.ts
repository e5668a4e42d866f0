import { readdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Encoder } from './encoder/encoder.ts';
import { dot, type Example, fitLinear } from './linear/fit.ts';
import type { Features, Space } from './linear/hashed.ts';
import { packModel } from './linear/model.ts';
import { normalise } from './normalise.ts';
import { evidenceIn } from './request-features.ts';
import { joined, type RequestWeights, requestFeatures } from './request-model.ts';
import { byFamily, type Fold, linesOf, trainingFolder } from './training-files.ts';
import { weightsFile } from './weights.ts';

const space: Space = { words: 65_536, letters: 65_536, named: 65_536 };
const cost = 0.5;
/** The full model is only asked about what the quick one does not rule out; of real chat it therefore learns from the most misleading share alone. */
const misleadingShare = 0.15;

/** How often chat may be mistaken, in 10,000 messages of it: worth a second look, worth a private question, worth a public reply. */
const mostCandidates = 120;
const mostMaybe = 8;
const mostSure = 0.3;
/** Of messages written to mislead, how many may be mistaken: for a private question, and for a public reply. */
const mostMisled = 0.02;
const sureOf = 0.985;

const messageSchema = z.object({ text: z.string(), label: z.enum(['request', 'none']), family: z.string().default('') });
const chatSchema = z.object({ text: z.string() });

type Row = { text: string; positive: boolean; chat: boolean; fold: number; low: string; named: readonly string[]; dense?: Float32Array };
type Scored = { row: Row; score: number };

/**
 * Fits what `spotRequest` decides with on the messages in training/ and on files of chat without requests (`chatFiles`, one JSON object with `text` a
 * line), chooses where the bands begin on families that were held back, and writes the weights. Prints what it found.
 */
export async function trainRequests(encoder: Encoder, chatFiles: readonly string[], say: (line: string) => void): Promise<void> {
  const rows = readRows(chatFiles);
  say(`${rows.length} messages, ${rows.filter((row) => row.positive).length} of them requests, ${rows.filter((row) => row.chat).length} lines of chat`);
  const quick = heldBack(rows, (row) => requestFeatures(space, row.low, row.named));
  const second = worthEncoding(quick);
  await encodeAll(encoder, second);
  const quickScores = new Map(quick.map(({ row, score }) => [row, score]));
  const full = heldBack(second, (row) => requestFeatures(space, row.low, row.named, row.dense)).map(({ row, score }) => ({
    row,
    score: joined(quickScores.get(row) ?? 0, score),
  }));
  const chatLines = rows.filter((row) => row.chat).length;
  const weights: RequestWeights = {
    candidate: chatThreshold(quick, mostCandidates, chatLines),
    quick: bandsOf('quick', quick, chatLines, say),
    full: bandsOf('full', full, chatLines, say),
    model: packModel(space, {
      quick: fitLinear(
        space,
        rows.map((row) => exampleOf(row, requestFeatures(space, row.low, row.named))),
        cost,
      ),
      full: fitLinear(
        space,
        second.map((row) => exampleOf(row, requestFeatures(space, row.low, row.named, row.dense))),
        cost,
      ),
    }),
  };
  writeFileSync(weightsFile('requests'), `${JSON.stringify(weights)}\n`);
}

function readRows(chatFiles: readonly string[]): Row[] {
  const own = readdirSync(trainingFolder).filter((name) => /^(?:requests|shared-detect|shared-chat)/.test(name));
  const authored = own
    .sort()
    .flatMap((name) => linesOf(`${trainingFolder}/${name}`, messageSchema).map((line) => ({ ...line, family: `${name} ${line.family}`, chat: false })));
  const chat = chatFiles.flatMap((file) =>
    linesOf(file, chatSchema).map(({ text }, index) => ({ text, label: 'none' as const, family: `${file} ${index}`, chat: true })),
  );
  return [...authored, ...chat].map(({ text, label, family, chat: isChat }) => {
    const low = normalise(text);
    return { text, positive: label === 'request', chat: isChat, fold: byFamily(family), low, named: [...evidenceIn(low).features] };
  });
}

function exampleOf(row: Row, features: Features): Example {
  return { features, positive: row.positive };
}

/** The score of each row by a model that saw no row of its family. */
function heldBack(rows: readonly Row[], featured: (row: Row) => Features): Scored[] {
  const all = rows.map((row) => ({ row, features: featured(row) }));
  const folds: Fold[] = [0, 1, 2, 3, 4];
  return folds.flatMap((fold) => {
    const seen = all.filter(({ row }) => row.fold !== fold).map(({ row, features }) => exampleOf(row, features));
    const { weights, bias } = fitLinear(space, seen, cost);
    const held = all.filter(({ row }) => row.fold === fold);
    return held.map(({ row, features }) => ({ row, score: dot(weights, features) + bias }));
  });
}

function worthEncoding(scored: readonly Scored[]): Row[] {
  const chat = scored.filter(({ row }) => row.chat).sort((a, b) => b.score - a.score);
  const misleading = new Set(chat.slice(0, Math.ceil(chat.length * misleadingShare)).map(({ row }) => row));
  return scored.flatMap(({ row }) => (!row.chat || misleading.has(row) ? [row] : []));
}

async function encodeAll(encoder: Encoder, rows: readonly Row[]): Promise<void> {
  const batch = 32;
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch);
    const vectors = await encoder.encode(part.map((row) => row.text));
    if (!vectors) throw new Error('The sentence encoder cannot run here. Run "npm ci" and train again.');
    part.forEach((row, index) => {
      const dense = vectors[index];
      if (dense) row.dense = dense;
    });
  }
}

/** The score that at most `most` in 10,000 lines of chat reach; without chat lines nothing is known of them. */
function chatThreshold(scored: readonly Scored[], most: number, chatLines: number): number {
  const chat = scored.flatMap(({ row, score }) => (row.chat ? [score] : [])).sort((a, b) => b - a);
  return chat[Math.floor((most * chatLines) / 10_000)] ?? -1;
}

function bandsOf(name: string, scored: readonly Scored[], chatLines: number, say: (line: string) => void): RequestWeights['full'] {
  const authored = scored.filter(({ row }) => !row.chat);
  const misled = authored.flatMap(({ row, score }) => (row.positive ? [] : [score])).sort((a, b) => b - a);
  const maybe = Math.max(chatThreshold(scored, mostMaybe, chatLines), misled[Math.floor(misled.length * mostMisled)] ?? 0);
  const sure = Math.max(maybe, chatThreshold(scored, mostSure, chatLines), preciseFrom(authored, sureOf));
  const requests = authored.filter(({ row }) => row.positive);
  const reach = (from: number) => (requests.filter(({ score }) => score > from).length / requests.length).toFixed(3);
  const wrong = (from: number) => scored.filter(({ row, score }) => row.chat && score > from).length;
  say(
    `${name}: maybe from ${maybe.toFixed(3)} finds ${reach(maybe)} (chat: ${wrong(maybe)}), sure from ${sure.toFixed(3)} finds ${reach(sure)} (chat: ${wrong(sure)})`,
  );
  return { maybe, sure };
}

/** The lowest score from which this share of the messages are requests. */
function preciseFrom(scored: readonly Scored[], share: number): number {
  const ordered = [...scored].sort((a, b) => b.score - a.score);
  let found = 0;
  let from = Number.POSITIVE_INFINITY;
  ordered.forEach(({ row, score }, index) => {
    if (row.positive) found += 1;
    if (found / (index + 1) >= share) from = score;
  });
  return from;
}
