// What has a meaning anywhere in a line in CommonMark, GitHub's tables, references and mathematics, and chat dialects.
const special = /[\\`*_{}[\]<>#|~&$^]/g;

// What begins a list, a heading's underline or a rule when it stands first.
const atStart = /^(?:([+\-=])|(\d{1,9})([.)]))/;

/** Characters that nobody sees: control characters, and marks that turn the direction of the text around. */
const invisible = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]+/gu;

/**
 * People's text as plain text for Markdown, on one line: no heading, list, link, HTML, table cell or mention can come out of it.
 * Addresses are broken up too, because many viewers turn bare ones into links.
 */
export function escapeMarkdown(text: string): string {
  const line = text.replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
  return (
    line
      .replace(special, '\\$&')
      .replace(atStart, (_, sign?: string, digits?: string, dot?: string) => (sign === undefined ? `${digits}\\${dot}` : `\\${sign}`))
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
      // An at sign cannot be escaped by a backslash everywhere: a word joiner behind it keeps it from naming anybody.
      .replaceAll('@', '@\u2060')
  );
}
