/** How many buckets features are hashed into: word pairs first, then letters, then named features; the numbers of the sentence encoder come last. Powers of two. */
export type Space = { words: number; letters: number; named: number };

const denseLength = 512;

/** How much each block counts, found on example messages that were held back. */
const blockWeights = { words: 2, letters: 2, named: 0.3, dense: 4 };

export function dimensionsOf({ words, letters, named }: Space): number {
  return words + letters + named + denseLength;
}

/** A sparse vector: `at[i]` has the value `values[i]`. */
export type Features = { at: Int32Array; values: Float32Array };

/**
 * What a text is made of, for the linear models: its words and pairs of neighbours, its letters (three to five in a row, so that a typo costs little),
 * features by name, and the encoder's view when there is one. `text` is normalised. Time is linear in its length.
 */
export function featuresOf(space: Space, text: string, named: Iterable<string>, dense?: Float32Array): Features {
  const lettersFrom = space.words;
  const namedFrom = lettersFrom + space.letters;
  const denseFrom = namedFrom + space.named;
  const seen = seenUpTo(denseFrom);
  const words: number[] = [];
  const letters: number[] = [];
  const byName: number[] = [];
  const tokens = text.match(/[\p{L}\p{N}_][\p{L}\p{N}_']*|[?!]/gu) ?? [];
  let pairSoFar: number | undefined;
  for (const token of tokens) {
    const state = hashed(token);
    addNew(words, seen, finish(state) & (space.words - 1));
    if (pairSoFar !== undefined) addNew(words, seen, finish(hashed(token, pairSoFar)) & (space.words - 1));
    pairSoFar = step(state, spaceUnit);
    addLetters(letters, seen, ` ${token} `, lettersFrom, space.letters - 1);
  }
  for (const name of named) addNew(byName, seen, namedFrom + (finish(hashed(name)) & (space.named - 1)));
  for (const found of [words, letters, byName]) for (const index of found) seen[index >>> 3] = 0;
  const size = words.length + letters.length + byName.length + (dense ? denseLength : 0);
  const at = new Int32Array(size);
  const values = new Float32Array(size);
  let next = fill(at, values, 0, words, blockWeights.words / Math.sqrt(words.length || 1));
  next = fill(at, values, next, letters, blockWeights.letters / Math.sqrt(letters.length || 1));
  next = fill(at, values, next, byName, blockWeights.named);
  dense?.forEach((value, index) => {
    at[next + index] = denseFrom + index;
    values[next + index] = value * blockWeights.dense;
  });
  return { at, values };
}

// One for all texts, each of which leaves it empty: making it anew took a good part of the time that a message takes.
let scratch = new Uint8Array(0);

function seenUpTo(buckets: number): Uint8Array {
  if (scratch.length * 8 < buckets + 8) scratch = new Uint8Array((buckets >>> 3) + 1);
  return scratch;
}

function addLetters(letters: number[], seen: Uint8Array, padded: string, from: number, mask: number): void {
  for (let start = 0; start < padded.length - 2; start += 1) {
    let state = offsetBasis;
    for (let length = 1; length <= 5 && start + length <= padded.length; length += 1) {
      state = step(state, padded.charCodeAt(start + length - 1));
      if (length >= 3) addNew(letters, seen, from + (finish(state) & mask));
    }
  }
}

/** Once each, told by one bit a bucket: a set of numbers would take most of the time that a message takes. */
function addNew(found: number[], seen: Uint8Array, index: number): void {
  const bits = seen[index >>> 3] ?? 0;
  const bit = 1 << (index & 7);
  if (bits & bit) return;
  seen[index >>> 3] = bits | bit;
  found.push(index);
}

function fill(at: Int32Array, values: Float32Array, from: number, indices: readonly number[], value: number): number {
  let next = from;
  for (const index of indices) {
    at[next] = index;
    values[next] = value;
    next += 1;
  }
  return next;
}

// FNV-1a over UTF-16 units with a final mix; chosen because it can be continued letter by letter.
const offsetBasis = 0x811c9dc5;
const spaceUnit = 0x20;

/** The state after `text`, to be finished or continued. */
function hashed(text: string, from = offsetBasis): number {
  let state = from;
  for (let index = 0; index < text.length; index += 1) state = step(state, text.charCodeAt(index));
  return state;
}

function step(state: number, unit: number): number {
  return Math.imul(state ^ unit, 0x01000193);
}

function finish(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
