export const font = 'DejaVu Sans';
/** The colours of Plumb's pictures. */
export const ink = { strong: '#1f2933', soft: '#52606d', line: '#9aa5b1', grid: '#e4e7eb', paper: '#ffffff', quick: '#eef7f1' };

/** Words on at most `mostLines` lines of `perLine` characters; the last one ends in … where something is cut off. */
export function wrap(label: string, { perLine, mostLines }: { perLine: number; mostLines: number }): string[] {
  const lines = [''];
  for (const word of label.split(/\s+/u).filter((each) => each !== '')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > perLine) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  const kept = lines.slice(0, mostLines).map((line) => (line.length > perLine ? `${line.slice(0, perLine - 1).toWellFormed()}…` : line));
  if (lines.length <= mostLines) return kept;
  const last = kept.at(-1) ?? '';
  return [...kept.slice(0, -1), `${last.slice(0, perLine - 1).trimEnd()}…`];
}

type Style = { x: number; y: number; size: number; weight?: 'bold'; anchor?: 'middle' | 'end'; fill?: string };

/** Words at a place. Nothing in them is markup. */
export function text(words: string, { x, y, size, weight, anchor, fill = ink.strong }: Style): string {
  const attributes = `x="${x}" y="${y}" font-size="${size}" fill="${fill}"${weight ? ` font-weight="${weight}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`;
  return `<text ${attributes}>${escapeXml(words)}</text>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** People's words as words: nothing in them is markup, and characters that XML does not allow are left out. */
function escapeXml(words: string): string {
  return (
    words
      .toWellFormed()
      // XML 1.0, section 2.2: these characters make a document unreadable, even when written as references.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
  );
}
