import { isRightToLeft } from './document.ts';

/**
 * A text that is read from right to left as lines of at most `perLine` characters with the words in the order in which they stand on paper, left first.
 * Letters within a word stay as they are: the font's shaping turns them. Numbers and words of other scripts that follow each other keep their order.
 */
export function visualLines(text: string, perLine: number): string[] {
  const lines: string[][] = [[]];
  for (const word of text.split(/\s+/u).flatMap((each) => broken(each, perLine))) {
    const line = lines.at(-1) ?? [];
    if (line.length > 0 && [...line, word].join(' ').length > perLine) lines.push([word]);
    else line.push(word);
  }
  return lines.map((line) => turned(line).join(' '));
}

function broken(word: string, perLine: number): string[] {
  return Array.from({ length: Math.ceil(word.length / perLine) }, (_, at) => word.slice(at * perLine, (at + 1) * perLine).toWellFormed());
}

function turned(words: readonly string[]): string[] {
  const groups: string[][] = [];
  let before = true;
  for (const word of words) {
    const turns = isRightToLeft(word);
    if (turns || before) groups.push([word]);
    else groups.at(-1)?.push(word);
    before = turns;
  }
  return groups.toReversed().flat();
}
