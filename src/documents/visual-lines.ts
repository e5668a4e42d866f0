import { hasRightToLeft, isRightToLeft } from './document.ts';

/**
 * A text with words that are read from right to left, as lines of at most `perLine` characters: their words in the order in which they stand on paper, left
 * first. Letters within a word stay as they are: the font's shaping turns them. A coarse form of the Unicode bidirectional algorithm, word by word.
 */
export function visualLines(text: string, perLine: number): string[][] {
  const lines: string[][] = [[]];
  for (const word of text.split(/\s+/u).flatMap((each) => broken(each, perLine))) {
    const line = lines.at(-1) ?? [];
    if (line.length > 0 && [...line, word].join(' ').length > perLine) lines.push([word]);
    else line.push(word);
  }
  const turn = isRightToLeft(text) ? (word: string) => !hasRightToLeft(word) : hasRightToLeft;
  return lines.map((line) => (isRightToLeft(text) ? turned(line, turn).toReversed() : turned(line, turn)));
}

function broken(word: string, perLine: number): string[] {
  return Array.from({ length: Math.ceil(word.length / perLine) }, (_, at) => word.slice(at * perLine, (at + 1) * perLine).toWellFormed());
}

/** Words that run against the line stand in the other order among each other. */
function turned(words: readonly string[], runsAgainst: (word: string) => boolean): string[] {
  const groups: string[][] = [];
  for (const word of words) {
    const last = groups.at(-1);
    if (last && runsAgainst(word) && runsAgainst(last[0] ?? '')) last.unshift(word);
    else groups.push([word]);
  }
  return groups.flat();
}
