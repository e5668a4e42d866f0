import type { Vocabulary } from '../language.ts';
import { oneOf } from './normalise.ts';

/** What a tenant's own names stand for, in words that every model knows. */
const plainWords: Readonly<Record<keyof Vocabulary, string>> = { learning: 'training', teams: 'sales team', topics: 'sales skills' };
const kinds = ['learning', 'teams', 'topics'] as const;

type Replacement = { pattern: RegExp; by: string };
const known = new WeakMap<Vocabulary, readonly Replacement[]>();

/** The text with a tenant's own names ("Skyhub", "the Falcons", "FlexRate") replaced by what they stand for. */
export function inPlainWords(text: string, vocabulary: Vocabulary | undefined): string {
  if (!vocabulary) return text;
  return replacementsOf(vocabulary).reduce((plain, { pattern, by }) => plain.replace(pattern, by), text);
}

function replacementsOf(vocabulary: Vocabulary): readonly Replacement[] {
  const made = known.get(vocabulary);
  if (made) return made;
  const replacements = kinds.flatMap((kind) => {
    const names = vocabulary[kind].map((name) => name.trim()).filter(Boolean);
    return names.length === 0 ? [] : [{ pattern: new RegExp(`(?<![\\p{L}\\p{N}])${oneOf(names)}(?![\\p{L}\\p{N}])`, 'giu'), by: plainWords[kind] }];
  });
  known.set(vocabulary, replacements);
  return replacements;
}
