// As long as Slack lets a display name be; Teams has longer ones, which nobody reads to the end.
const longestName = 80;

/** A name on one line, at a length that fits everywhere. */
export function tidyName(name: string): string {
  return (
    name
      .replace(/[\s\p{Cc}]+/gu, ' ')
      // Explicit directions would turn the words around the name as well.
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
      .trim()
      .slice(0, longestName)
      .toWellFormed()
  );
}
