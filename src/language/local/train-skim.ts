import { readdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { dot, type Example, fitLinear } from './linear/fit.ts';
import type { Features, Space } from './linear/hashed.ts';
import { mayMatter } from './may-matter.ts';
import { normalise } from './normalise.ts';
import { glanceAt } from './request.ts';
import { isSkimmed, skim, skimBuckets, type skimSchema } from './skim.ts';
import { byFamily, linesOf, trainingFolder } from './training-files.ts';
import { weightsFile } from './weights.ts';

/** Of what the closer look finds, how much may be lost. */
const mostLost = 0.002;
const cost = 0.1;
/** What is heard is rare and matters more. */
const heardWeight = 10;
const space: Space = { words: skimBuckets, letters: 0, named: 0 };

const messageSchema = z.object({ text: z.string(), family: z.string().default('') });
type Row = { features: Features; heard: boolean; chat: boolean; fold: number };

/**
 * Learns which messages the closer look may be spared, from what that look says of the messages in training/ and of files of chat. Run it after the weights
 * for requests. Where it begins to drop is chosen on families that were held back. Prints what it found.
 */
export function trainSkim(chatFiles: readonly string[], say: (line: string) => void): void {
  const own = readdirSync(trainingFolder).filter((name) => /^(?:requests|shared-detect|shared-chat)/.test(name));
  const authored = own.sort().flatMap((name) => rowsOf(`${trainingFolder}/${name}`, false));
  const chat = chatFiles.flatMap((file) => rowsOf(file, true));
  const rows = [...authored, ...chat];
  const scored = [0, 1, 2, 3, 4].flatMap((fold) => heldBack(rows, fold));
  const heard = scored.flatMap(({ row, score }) => (row.heard ? [score] : [])).sort((a, b) => a - b);
  const from = heard[Math.floor(heard.length * mostLost)] ?? 0;
  const left = scored.filter(({ row, score }) => row.chat && score >= from).length;
  say(`${rows.length} messages that may matter, ${heard.length} of them heard; of ${chat.length} such lines of chat ${left} are looked at`);
  const { weights, bias } = fitLinear(space, rows.map(exampleOf), cost);
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  const bytes = Int8Array.from(weights.subarray(0, skimBuckets), (weight) => Math.round((weight / largest) * 127));
  const kept: z.output<typeof skimSchema> = { from, bias, scale: largest / 127, weights: Buffer.from(bytes.buffer).toString('base64') };
  writeFileSync(weightsFile('skim'), `${JSON.stringify(kept)}\n`);
}

function rowsOf(file: string, chat: boolean): Row[] {
  return linesOf(file, messageSchema).flatMap(({ text, family }, index) => {
    const low = normalise(text);
    if (!mayMatter(text) || !isSkimmed(low)) return [];
    const fold = byFamily(chat ? `${file} ${index}` : `${file} ${family}`);
    return [{ features: featuresOf(low), heard: glanceAt(text, undefined) !== 'no', chat, fold }];
  });
}

function featuresOf(low: string): Features {
  const found = new Map<number, number>();
  skim(low, (bucket, value) => found.set(bucket, (found.get(bucket) ?? 0) + value));
  return { at: Int32Array.from(found.keys()), values: Float32Array.from(found.values()) };
}

function exampleOf({ features, heard }: Row): Example {
  return { features, positive: heard, weight: heard ? heardWeight : 1 };
}

function heldBack(rows: readonly Row[], fold: number): { row: Row; score: number }[] {
  const { weights, bias } = fitLinear(space, rows.filter((row) => row.fold !== fold).map(exampleOf), cost);
  return rows.filter((row) => row.fold === fold).map((row) => ({ row, score: dot(weights, row.features) + bias }));
}
