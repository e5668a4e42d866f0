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
  const words = new Set<number>();
  const letters = new Set<number>();
  const tokens = text.match(/[\p{L}\p{N}_][\p{L}\p{N}_']*|[?!]/gu) ?? [];
  let before = '';
  for (const token of tokens) {
    words.add(hash(token) & (space.words - 1));
    if (before !== '') words.add(hash(`${before} ${token}`) & (space.words - 1));
    before = token;
    addLetters(letters, ` ${token} `, lettersFrom, space.letters - 1);
  }
  const byName = new Set<number>();
  for (const name of named) byName.add(namedFrom + (hash(name) & (space.named - 1)));
  const size = words.size + letters.size + byName.size + (dense ? denseLength : 0);
  const at = new Int32Array(size);
  const values = new Float32Array(size);
  let next = fill(at, values, 0, words, blockWeights.words / Math.sqrt(words.size || 1));
  next = fill(at, values, next, letters, blockWeights.letters / Math.sqrt(letters.size || 1));
  next = fill(at, values, next, byName, blockWeights.named);
  dense?.forEach((value, index) => {
    at[next + index] = denseFrom + index;
    values[next + index] = value * blockWeights.dense;
  });
  return { at, values };
}

function addLetters(letters: Set<number>, padded: string, from: number, mask: number): void {
  for (let start = 0; start < padded.length - 2; start += 1) {
    let state = offsetBasis;
    for (let length = 1; length <= 5 && start + length <= padded.length; length += 1) {
      state = step(state, padded.charCodeAt(start + length - 1));
      if (length >= 3) letters.add(from + (finish(state) & mask));
    }
  }
}

function fill(at: Int32Array, values: Float32Array, from: number, indices: ReadonlySet<number>, value: number): number {
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

function hash(text: string): number {
  let state = offsetBasis;
  for (let index = 0; index < text.length; index += 1) state = step(state, text.charCodeAt(index));
  return finish(state);
}

function step(state: number, unit: number): number {
  return Math.imul(state ^ unit, 0x01000193);
}

function finish(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
