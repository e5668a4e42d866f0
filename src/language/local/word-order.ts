import { learningMaybe, learningPeople, learningSolutions, skillTopics, teachVerbs, teamNouns } from './lexicon.ts';

/** Words that stand for a whole class, so that "training for my reps" teaches something about "coaching for our dealers". Earlier classes win. */
const classes = new Map<string, string>();
/** The most words of an entry that begins with a word, so that most words are looked up once. */
const longestFrom = new Map<string, number>();
const longestEntry = 3;
for (const [name, entries] of [
  ['LEARN', learningSolutions],
  ['LEARNERS', learningPeople],
  ['TEACH', teachVerbs],
  ['TEAM', teamNouns],
  ['TOPIC', skillTopics],
  ['MAYBE', learningMaybe],
] as const) {
  for (const entry of entries) {
    if (!classes.has(entry)) classes.set(entry.replace(/-/g, ' '), name);
    const parts = entry.split(/[ -]/);
    const first = parts[0] ?? '';
    longestFrom.set(first, Math.min(longestEntry, Math.max(parts.length, longestFrom.get(first) ?? 0)));
  }
}
const when = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\p{L}{0,6}$|^q[1-4]$/u;
const mostTokens = 160;

/** Pairs, triples and pairs around a gap of what stands side by side, with words of the lexicon as their class. Time is linear in the text. */
export function wordOrderOf(low: string): string[] {
  const tokens = classedTokens(low);
  const found: string[] = [];
  for (const [at, token] of tokens.entries()) {
    const second = tokens[at + 1];
    const third = tokens[at + 2];
    if (second === undefined) break;
    found.push(`2 ${token} ${second}`);
    if (third !== undefined) found.push(`3 ${token} ${second} ${third}`, `2 ${token} _ ${third}`);
  }
  return found;
}

function classedTokens(low: string): string[] {
  const words = (low.match(/[\p{L}\p{N}_'&]+|[?!.,]/gu) ?? []).slice(0, mostTokens);
  const tokens: string[] = [];
  for (let at = 0; at < words.length; ) {
    const [name, length] = classAt(words, at);
    tokens.push(name);
    at += length;
  }
  return tokens;
}

function classAt(words: readonly string[], at: number): readonly [name: string, length: number] {
  const word = words[at] ?? '';
  for (let length = Math.min(longestFrom.get(word) ?? 0, words.length - at); length > 0; length -= 1) {
    const name = classes.get(length === 1 ? word : words.slice(at, at + length).join(' '));
    if (name) return [name, length];
  }
  if (/^\p{N}/u.test(word)) return ['NUMBER', 1];
  return [when.test(word) ? 'WHEN' : word, 1];
}
