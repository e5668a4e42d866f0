import { z } from 'zod';
import { readModel } from './weights.ts';

/** How many buckets words with their pairs, and letters, are hashed into. Powers of two. */
const wordBuckets = 32_768;
const letterBuckets = 32_768;
export const skimBuckets = wordBuckets + letterBuckets;
/** In a longer text one sentence may ask and all others speak of something else, which a sum over everything would miss. */
const longestSkimmed = 280;
const shortestLetters = 3;
const longestLetters = 5;
/** How much one word or pair counts, and one row of letters. */
const wordValue = 0.5;
const letterValue = 0.2;

export const skimSchema = z.object({ from: z.number(), bias: z.number(), scale: z.number(), weights: z.base64() });
type Skimmer = { from: number; bias: number; weights: Float32Array };

let loaded: Skimmer | undefined;

function skimmer(): Skimmer {
  loaded ??= readModel('skim', skimSchema, ({ from, bias, scale, weights }) => {
    const raw = new Int8Array(Buffer.from(weights, 'base64'));
    if (raw.length !== skimBuckets) throw new Error('The weights do not fit their space. Run "npm run train" again.');
    return { from, bias, weights: Float32Array.from(raw, (byte) => byte * scale) };
  });
  return loaded;
}

/** Throws when the weights are damaged, so that this is known at the start. */
export function loadSkimmer(): void {
  skimmer();
}

/**
 * Whether a short message (normalised) may be worth a closer look, by its words and letters alone, within a few microseconds: most chatter ends here. It is
 * learned from what the closer look finds (`npm run train -- skim`), so that it loses hardly anything of that. Long messages are always worth one.
 */
export function isWorthALook(low: string): boolean {
  if (low.length > longestSkimmed) return true;
  const { from, bias, weights } = skimmer();
  let score = bias;
  skim(low, (bucket, value) => {
    score += (weights[bucket] ?? 0) * value;
  });
  return score >= from;
}

/** Whether a message is of those that are skimmed at all. */
export function isSkimmed(low: string): boolean {
  return low.length <= longestSkimmed;
}

// FNV-1a over UTF-16 units with a final mix; it can be continued letter by letter.
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const space = 0x20;

/** Everything that a text is made of, by bucket: its words, its pairs of neighbours, and three to five letters in a row. Nothing is allocated on the way. */
export function skim(low: string, found: (bucket: number, value: number) => void): void {
  let previous = 0;
  let begin = -1;
  for (let at = 0; at <= low.length; at += 1) {
    const unit = at < low.length ? low.charCodeAt(at) : space;
    if (isWordUnit(unit)) {
      if (begin < 0) begin = at;
      continue;
    }
    if (begin >= 0) {
      const word = wordHash(low, begin, at, offsetBasis);
      found(mixed(word) & (wordBuckets - 1), wordValue);
      if (previous !== 0) found(mixed(wordHash(low, begin, at, previous)) & (wordBuckets - 1), wordValue);
      previous = Math.imul(word ^ space, prime) || 1;
      skimLetters(low, begin, at, found);
      begin = -1;
    }
    // Questions and calls are words of their own.
    if (unit === 0x3f || unit === 0x21) found(mixed(Math.imul(offsetBasis ^ unit, prime)) & (wordBuckets - 1), wordValue);
  }
}

function skimLetters(low: string, begin: number, end: number, found: (bucket: number, value: number) => void): void {
  // With a space on both sides, so that beginnings and ends of words count.
  for (let start = begin - 1; start <= end - 2; start += 1) {
    let state = offsetBasis;
    for (let length = 1; length <= longestLetters && start + length <= end + 1; length += 1) {
      const at = start + length - 1;
      state = Math.imul(state ^ (at < begin || at >= end ? space : low.charCodeAt(at)), prime);
      if (length >= shortestLetters) found(wordBuckets + (mixed(state) & (letterBuckets - 1)), letterValue);
    }
  }
}

function wordHash(low: string, begin: number, end: number, from: number): number {
  let state = from;
  for (let at = begin; at < end; at += 1) state = Math.imul(state ^ low.charCodeAt(at), prime);
  return state;
}

function mixed(state: number): number {
  const once = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
}

/** Letters, digits, apostrophes and underscores; beyond ASCII everything, which is mostly letters. */
function isWordUnit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x27 || unit === 0x5f || unit > 0x7f || (unit >= 0x41 && unit <= 0x5a);
}
