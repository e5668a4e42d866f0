import type { Span } from '../language.ts';

/** UTF-16 units that are read of one message. People write at most a few thousand; what is longer is pasted text, and the rest of it is left alone so that time stays bounded. */
export const readingLimit = 6000;

const plainer: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
};

/** The text in lower case and with plain quotes, of exactly the same length (up to the reading limit), so that spans hold for both. */
export function normalise(text: string): string {
  const head = text.slice(0, readingLimit);
  const lower = head.toLowerCase();
  // A few letters (Turkish dotted capital I) grow in lower case; those are kept as they are, unit by unit.
  const same = lower.length === head.length ? lower : Array.from({ length: head.length }, (_, at) => lowerUnit(head.charAt(at))).join('');
  return same.replace(/[\u2018\u2019\u02bc`\u201c\u201d\u2010\u2011]/g, (mark) => plainer[mark] ?? mark).replace(/[\0\t\u00a0\u2007\u202f]/g, ' ');
}

function lowerUnit(unit: string): string {
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
}

/** The span without white space and punctuation at its ends; undefined when nothing is left. */
export function trimSpan(text: string, start: number, end: number): Span | undefined {
  let from = start;
  let to = end;
  while (from < to && /[\s,;:.!?*•"'–—=>|-]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,;:.!?*•"'–—=(|-]/.test(text.charAt(to - 1))) to -= 1;
  return from < to ? { start: from, end: to } : undefined;
}

/** A pattern part that matches any of the words; a space in a word also matches a hyphen. */
export function oneOf(words: readonly string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return `(?:${longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ -]')).join('|')})`;
}

/** The words of a list written with commas, over as many lines as it takes. */
export function listed(words: string): readonly string[] {
  return words
    .split(',')
    .map((word) => word.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}
