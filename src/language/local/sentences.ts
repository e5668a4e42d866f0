import type { Span } from '../language.ts';

const mostPieces = 80;

/** Where sentences end: punctuation before white space, a line break, or a list marker. A dot inside a number or an abbreviation is none. */
const boundary = /(?:[.!?]+(?=\s|$)|\n+|;(?=\s)|\s(?=\d[.)]\s))/g;
/** "1." */
const marker = 2;
const abbreviation = /(?:\b(?:e\.g|i\.e|etc|approx|ca|vs|nr|no|mr|mrs|ms|dr|st|avg|min|max|prob|incl|excl|dept|p\.m|a\.m)|(?:^|\s)[a-z])$/;

/** The sentences of a normalised text, in order; pieces without a letter or digit are left out. At most 80, the last takes the rest. */
export function sentencesOf(low: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const found of low.matchAll(boundary)) {
    if (spans.length >= mostPieces - 1) break;
    if (found[0] === '.' && abbreviation.test(low.slice(Math.max(start, found.index - 8), found.index))) continue;
    const isMarker = /^\s$/.test(found[0]) && found[0] !== '\n';
    if (found.index < start || (isMarker && !isListed(low, found.index + 1))) continue;
    const end = found.index + found[0].length;
    if (hasContent(low, start, end)) spans.push({ start, end });
    // The number of an item is none of its words.
    start = isMarker ? end + marker : end;
  }
  if (hasContent(low, start, low.length)) spans.push({ start, end: low.length });
  return spans;
}

/** "Tuesdays at 9. The target" ends a sentence with a number: the items of a list are numbered one after the other. */
function isListed(low: string, at: number): boolean {
  const number = Number(low.charAt(at));
  return low.charAt(at + 1) === ')' || [number - 1, number + 1].some((next) => new RegExp(`(?:^|\\s)${next}[.)]\\s`).test(low));
}

/** "per account manager and month": what something is counted by goes on, while "every week and Keiko owns it" says another thing. */
const measuredBy = /\bper\s(?:[\p{L}'-]+\s)?[\p{L}'-]+$/u;
const measureToo = /^(?:(?:per|each|every|a)\s)?(?:day|week|month|quarter|year)\b|^(?:per\s)?[\p{L}'-]+(?=$|[,:(]|\sfrom\s\S{0,4}\d)/u;
/** "…, from 1 to 3": figures of what stands before them. */
const figuresOf = /^from \S{0,4}\d/;
const mostBefore = 60;
const mostAfter = 60;

/** Places inside a sentence where another thing may begin: commas, dashes, arrows' neighbours, "and", "but". */
export function cutsOf(low: string, sentence: Span): number[] {
  const within = low.slice(sentence.start, sentence.end);
  const cuts: number[] = [];
  for (const found of within.matchAll(/,\s+|\s[-–—]\s+|\s\+\s|\s(?:and|but|also|plus|then|&)\s|:\s|\s\(/g)) {
    if (cuts.length >= 40) break;
    const before = within.slice(Math.max(0, found.index - mostBefore), found.index);
    const next = within.slice(found.index + found[0].length, found.index + found[0].length + mostAfter);
    if (figuresOf.test(next) || (found[0] === ' and ' && measuredBy.test(before) && measureToo.test(next))) continue;
    cuts.push(sentence.start + found.index + (found[0].startsWith(',') || found[0].startsWith(':') ? found[0].length : 1));
  }
  return cuts;
}

function hasContent(low: string, start: number, end: number): boolean {
  return /[\p{L}\p{N}]/u.test(low.slice(start, end));
}
