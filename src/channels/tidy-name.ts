import { asWords } from './as-words.ts';

// As long as Slack lets a display name be; Teams has longer ones, which nobody reads to the end.
const longestName = 80;

/** A name on one line, at a length that fits everywhere. */
export function tidyName(name: string): string {
  return asWords(name.replace(/[\s\p{Cc}]+/gu, ' '))
    .trim()
    .slice(0, longestName)
    .toWellFormed();
}
