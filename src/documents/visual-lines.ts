import { hasRightToLeft } from './document.ts';

/** A word of a line: `text` as it was written, and the text that it stands in, which has a direction of its own. */
type Word = { text: string; within: { rightToLeft: boolean } };

/**
 * The words of one line in the order in which they stand on paper, left first, each with its pieces in that order. Letters within a piece stay as they are: the
 * font's shaping turns those that are read from right to left. A coarse form of the Unicode bidirectional algorithm: every text is an isolate, and runs are
 * told apart word by word.
 */
export function visualOrder<W extends Word>(line: readonly W[], rightToLeft: boolean): { word: W; pieces: string[] }[] {
  const texts = grouped(line, (one, other) => one.within === other.within).map((words) => withinText(words));
  return (rightToLeft ? texts.toReversed() : texts).flat();
}

function withinText<W extends Word>(words: readonly W[]): { word: W; pieces: string[] }[] {
  const rightToLeft = words[0]?.within.rightToLeft ?? false;
  const runsAgainst = ({ text }: W): boolean => hasRightToLeft(text) !== rightToLeft;
  // Words that run against their text stand in the other order among each other.
  const turned = grouped(words, (one, other) => runsAgainst(one) && runsAgainst(other)).flatMap((group) => group.toReversed());
  // Names and numbers against each other in a text from the right were turned twice then, so that they are as they were.
  return (rightToLeft ? turned.toReversed() : turned).map((word) => ({ word, pieces: pieces(word.text, rightToLeft) }));
}

function grouped<T>(all: readonly T[], belong: (one: T, other: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const one of all) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last !== undefined && belong(last, one)) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

type Direction = 'left' | 'right' | 'either';
const mirrored: Readonly<Record<string, string>> = { '(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«' };

/** A word as it stands on paper: a number within Hebrew, or the full stop behind it, has a side of its own. */
function pieces(word: string, rightToLeft: boolean): string[] {
  if (!rightToLeft && !hasRightToLeft(word)) return [word];
  const letters = [...word];
  const known = letters.map(directionOf);
  const runs: { right: boolean; text: string }[] = [];
  for (const [at, letter] of letters.entries()) {
    const right = isRight(known, at, rightToLeft);
    const run = runs.at(-1);
    if (run?.right === right) run.text += letter;
    else runs.push({ right, text: letter });
  }
  const shown = runs.map(({ right, text }) => (right ? fromTheRight(text) : text));
  return rightToLeft ? shown.toReversed() : shown;
}

function directionOf(letter: string): Direction {
  if (hasRightToLeft(letter) || /\p{M}/u.test(letter)) return 'right';
  return /[\p{L}\p{N}%‰€$£°@]/u.test(letter) ? 'left' : 'either';
}

/** What has no direction goes with its neighbours where they agree, else with the text. */
function isRight(known: readonly Direction[], at: number, rightToLeft: boolean): boolean {
  const own = known[at];
  if (own !== 'either') return own === 'right';
  const before = known.slice(0, at).findLast((one) => one !== 'either');
  const after = known.slice(at + 1).find((one) => one !== 'either');
  return before !== undefined && before === after ? before === 'right' : rightToLeft;
}

/** Fonts turn the order of letters that are read from the right, but neither brackets nor signs that stand alone. */
function fromTheRight(text: string): string {
  const letters = [...text].map((letter) => mirrored[letter] ?? letter);
  return (hasRightToLeft(text) ? letters : letters.toReversed()).join('');
}
