// Everything that CommonMark, GitHub's tables and common chat dialects give a meaning; a backslash makes any ASCII punctuation plain (CommonMark 2.4).
const special = /[\\`*_{}[\]()<>#+\-.!|~&$^=:/"']/g;

/** Characters that nobody sees: control characters, and marks that turn the direction of the text around. */
const invisible = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]+/gu;

/**
 * People's text as plain text for Markdown, on one line: no heading, list, link, HTML, table cell or mention can come out of it.
 * Addresses are broken up too, because many viewers turn bare ones into links.
 */
export function escapeMarkdown(text: string): string {
  const line = text.replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
  // An at sign cannot be escaped by a backslash everywhere: a word joiner behind it keeps it from naming anybody.
  return line.replace(special, '\\$&').replaceAll('@', '@\u2060');
}
