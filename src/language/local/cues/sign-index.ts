import type { Knowledge } from '../../../domain/knowledge.ts';
import type { Span } from '../../language.ts';
import { type Token, tokensOf } from './stems.ts';

export type KnownCue = 'symptom' | 'cause' | 'fuzzy-topic';
export type FoundSign = Span & { cue: KnownCue; id: string; words: number };

/** `exact`: too little of it would be left without its small words and endings, so it counts only as it is written. */
type Sign = { cue: KnownCue; id: string; stems: readonly string[]; exact: boolean };
/** Signs by their rarest word: most words of a message then cost one look-up. */
export type SignIndex = { loose: ReadonlyMap<string, readonly Sign[]>; exact: ReadonlyMap<string, readonly Sign[]> };

/** Other words that may stand among those of a sign: fewer where it has only two. */
const between = 2;
const mostFound = 40;

/** Every sign of the knowledge, ready to be looked for in words. */
export function indexOf({ symptoms, topics }: Pick<Knowledge, 'symptoms' | 'topics'>): SignIndex {
  const signs = [
    ...symptoms.flatMap(({ id, name, signs }) => [name, ...signs].flatMap((sign) => signOf('symptom', id, sign))),
    ...symptoms.flatMap(({ causes }) => causes.flatMap(({ id, signs }) => signs.flatMap((sign) => signOf('cause', id, sign)))),
    ...topics.flatMap(({ id, words }) => words.flatMap((word) => signOf('fuzzy-topic', id, word))),
  ];
  return { loose: byRarest(signs.filter(({ exact }) => !exact)), exact: byRarest(signs.filter(({ exact }) => exact)) };
}

/** Words that stand in too many sentences to say something alone, as they are compared. */
const weak = new Set([
  'no',
  ...tokensOf(
    'last year time week month know people say tell told ask make take go come need want back good new more work nothing answer thing today own believe sign',
  ).map(({ stem }) => stem),
]);

function signOf(cue: KnownCue, id: string, words: string): Sign[] {
  const tokens = tokensOf(words.toLowerCase());
  const stems = [...new Set(tokens.filter((token) => !token.small).map(({ stem }) => stem))];
  const strong = stems.filter((stem) => !weak.has(stem)).length;
  const exact = cue === 'fuzzy-topic' || stems.length < 2 || strong === 0 || (strong === 1 && stems.length < 3 && stems.includes('no'));
  if (tokens.length === 0) return [];
  return [{ cue, id, stems: exact ? tokens.map(({ word }) => singular(word)) : stems, exact }];
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

function byRarest(signs: readonly Sign[]): Map<string, Sign[]> {
  const often = new Map<string, number>();
  for (const { stems } of signs) for (const stem of stems) often.set(stem, (often.get(stem) ?? 0) + 1);
  return Map.groupBy(signs, ({ stems, exact }) =>
    exact ? (stems[0] ?? '') : stems.reduce((rarest, stem) => ((often.get(stem) ?? 0) < (often.get(rarest) ?? 0) ? stem : rarest), stems[0] ?? ''),
  );
}

/** The signs that a sentence has: all words of a sign close together, each id once. */
export function signsIn(index: SignIndex, all: readonly Token[]): FoundSign[] {
  const found = new Map<string, FoundSign>();
  const add = ({ cue, id, stems }: Sign, span: Span | undefined) => {
    const before = found.get(`${cue}:${id}`);
    if (span && (!before || before.words < stems.length)) found.set(`${cue}:${id}`, { ...span, cue, id, words: stems.length });
  };
  const tokens = all.filter((token) => !token.small);
  tokens.forEach(({ stem }, at) => {
    for (const sign of index.loose.get(stem) ?? []) if (found.size < mostFound) add(sign, closeTogether(sign.stems, tokens, at));
  });
  all.forEach(({ word }, at) => {
    for (const sign of index.exact.get(singular(word)) ?? []) if (found.size < mostFound) add(sign, asWritten(sign.stems, all, at));
  });
  return [...found.values()];
}

function asWritten(words: readonly string[], tokens: readonly Token[], at: number): Span | undefined {
  if (!words.every((word, step) => word === singular(tokens[at + step]?.word ?? ''))) return undefined;
  return spanning(tokens[at], tokens[at + words.length - 1]);
}

/** Two words in their order, more of them in any. */
function closeTogether(stems: readonly string[], tokens: readonly Token[], at: number): Span | undefined {
  const far = stems.length - 1 + (stems.length === 2 ? 1 : between);
  const places: number[] = [];
  for (const stem of stems) {
    const where = nearest(stem, tokens, at, far);
    if (where === undefined) return undefined;
    places.push(where);
  }
  const [first = 0, second = 0] = places;
  if (places.length === 2 && first > second) return undefined;
  const from = Math.min(...places);
  const to = Math.max(...places);
  return to - from > far ? undefined : spanning(tokens[from], tokens[to]);
}

function spanning(first: Token | undefined, last: Token | undefined): Span | undefined {
  return first && last && { start: first.start, end: last.end };
}

function nearest(stem: string, tokens: readonly Token[], at: number, far: number): number | undefined {
  for (let step = 0; step <= far; step += 1) {
    if (tokens[at + step]?.stem === stem) return at + step;
    if (tokens[at - step]?.stem === stem) return at - step;
  }
  return undefined;
}
