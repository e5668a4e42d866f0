import type { Vocabulary } from '../language/language.ts';
import type { WordsProblem } from '../views/admin-forms.ts';

/** Names of one kind. An organisation has a few dozen; every message is compared with all of them. */
const mostNames = 60;
/** The longest name, and the shortest that says anything, in characters. */
const longestName = 40;
const shortestName = 2;
/** As many units as the field takes: all names at full length with separators, as far as Slack lets a field go. */
export const namesLimit = 3_000;

type Read = { vocabulary: Vocabulary } | { problems: Partial<Record<keyof Vocabulary, WordsProblem>> };

/** The names that an admin wrote, with commas or on lines of their own. Each once, whatever its capitals. */
export function readOwnWords(inputs: Readonly<Record<string, string>>): Read {
  const vocabulary = { learning: namesIn(inputs['learning']), teams: namesIn(inputs['teams']), topics: namesIn(inputs['topics']) };
  const problems: Partial<Record<keyof Vocabulary, WordsProblem>> = {};
  for (const kind of ['learning', 'teams', 'topics'] as const) {
    const problem = problemOf(vocabulary[kind]);
    if (problem) problems[kind] = problem;
  }
  return Object.keys(problems).length > 0 ? { problems } : { vocabulary };
}

function namesIn(written = ''): string[] {
  const names = new Map<string, string>();
  for (const part of written.split(/[,;\n\r]/u)) {
    const name = part.replace(/\s+/gu, ' ').trim();
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

function problemOf(names: readonly string[]): WordsProblem | undefined {
  const tooLong = names.find((name) => [...name].length > longestName);
  if (tooLong !== undefined) return { kind: 'too-long', name: `${[...tooLong].slice(0, longestName / 2).join('')}…`, limit: longestName };
  // One letter, or none at all, would be found in every message.
  const tooShort = names.find((name) => (name.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < shortestName);
  if (tooShort !== undefined) return { kind: 'too-short', name: tooShort, limit: shortestName };
  return names.length > mostNames ? { kind: 'too-many', count: names.length, most: mostNames } : undefined;
}
