import type { Span } from '../language.ts';

const plainer: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '`': "'",
  '\u00b4': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
};
const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
const white = /[\s\0]/;
/** Scripts that put blanks between words: there a quote must not begin or end within a word. */
const inWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
const closing = /[\s.,;:!?"']+$/;
const opening = /^[\s"']+/;

/** A text in which quotes are looked for. */
export type Searchable = { low: string; at: readonly number[]; length: number };

/** Small letters, plain quotes and dashes, single blanks; `at` says for each unit where it stands in the text. */
export function searchable(text: string): Searchable {
  const at: number[] = [];
  let low = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    if (unseen.test(unit)) continue;
    if (white.test(unit)) {
      if (low.endsWith(' ')) continue;
      low += ' ';
    } else {
      const small = unit.toLowerCase();
      low += plainer[unit] ?? (small.length === 1 ? small : unit);
    }
    at.push(index);
  }
  return { low, at, length: text.length };
}

/** Where the quoted words stand, tolerant of case, blanks, quotation marks and closing punctuation; undefined when they are not there. */
export function findQuote(text: Searchable, quote: string): Span | undefined {
  const whole = searchable(quote).low.trim();
  const bare = whole.replace(opening, '').replace(closing, '');
  for (const words of new Set([whole, bare])) {
    if (!/[\p{L}\p{N}]/u.test(words)) continue;
    const start = wholeWordsAt(text.low, words);
    if (start >= 0) return { start: text.at[start] ?? 0, end: (text.at[start + words.length - 1] ?? text.length - 1) + 1 };
  }
  return undefined;
}

function wholeWordsAt(text: string, words: string): number {
  for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + 1)) {
    const end = from + words.length;
    const cutsBefore = inWord.test(text.charAt(from)) && inWord.test(text.charAt(from - 1));
    const cutsAfter = inWord.test(text.charAt(end - 1)) && inWord.test(text.charAt(end));
    if (!cutsBefore && !cutsAfter) return from;
  }
  return -1;
}
