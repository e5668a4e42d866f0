import { hasRightToLeft, isRightToLeft } from './document.ts';
import { drawnLetter, drawnWeight, isUsual, usualWidth } from './fonts.ts';

export const font = 'DejaVu Sans';
/** The colours of Plumb's pictures. */
export const ink = { strong: '#1f2933', soft: '#52606d', line: '#9aa5b1', grid: '#e4e7eb', paper: '#ffffff', quick: '#eef7f1' };

/** Words on at most `mostLines` lines as wide as `perLine` usual letters; the last one ends in … where something is cut off. */
export function wrap(label: string, { perLine, mostLines }: { perLine: number; mostLines: number }): string[] {
  const lines = [''];
  for (const { word, space } of wordsOf(label)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line}${space}${word}`;
    if (line !== '' && columns(longer) > perLine) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  const kept = lines.slice(0, mostLines).map((line) => (columns(line) > perLine ? `${begin(line, perLine - 1)}…` : line));
  if (lines.length <= mostLines) return kept;
  const last = kept.at(-1) ?? '';
  return [...kept.slice(0, -1), `${begin(last, perLine - 1).trimEnd()}…`];
}

/** Chinese and Japanese, whose letters are as wide as two of others and may stand on different lines. */
const wide = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const letters = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][\u3001-\u303f\uff00-\uff0f\uff1a-\uff1f,.:;!?]*|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+/gu;

function wordsOf(label: string): { word: string; space: string }[] {
  const words = label.split(/\s+/u).filter((each) => each !== '');
  return words.flatMap((word) => (word.match(letters) ?? []).map((part, at) => ({ word: part, space: at === 0 ? ' ' : '' })));
}

function columns(line: string): number {
  return [...line].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);
}

/** As much of a line as is at most so wide. */
function begin(line: string, most: number): string {
  let kept = '';
  let used = 0;
  for (const letter of line) {
    used += columns(letter);
    if (used > most) break;
    kept += letter;
  }
  return kept;
}

type Style = { x: number; y: number; size: number; weight?: 'bold'; anchor?: 'middle' | 'end'; fill?: string };

/** Words at a place. Nothing in them is markup. */
export function text(words: string, { x, y, size, weight, anchor, fill = ink.strong }: Style): string {
  const anchored = anchor ? ` text-anchor="${anchor}"` : '';
  const attributes = `x="${x}" y="${y}" font-size="${size}" fill="${fill}"${weight ? ` font-weight="${weight}"` : ''}${anchored}`;
  const drawn = anchor ? undefined : asOutlines(words, { x, y, size, weight, fill });
  return drawn ?? `<text ${attributes}>${escapeXml(embedded(words))}</text>`;
}

/** A text from right to left keeps its full stops and its other words where they belong. */
function embedded(words: string): string {
  return isRightToLeft(words) ? `\u202B${words}\u202C` : words;
}

/** Letters that the font of pictures lacks are drawn as outlines, one after the other; undefined where there are none, or where their order would turn. */
function asOutlines(
  words: string,
  { x, y, size, weight, fill }: { x: number; y: number; size: number; weight: 'bold' | undefined; fill: string },
): string | undefined {
  const all = [...words];
  if (all.every(isUsual) || hasRightToLeft(words)) return undefined;
  const thick = drawnWeight[weight ?? 'normal'];
  let at = x;
  const parts: string[] = [];
  for (const letter of all) {
    const drawn = isUsual(letter) ? undefined : drawnLetter(letter);
    if (drawn) {
      const scale = size / drawn.unit;
      const stroke = thick * drawn.unit;
      const path = `<path transform="translate(${at} ${y}) scale(${scale} ${-scale})" d="${drawn.path}" fill="${fill}" stroke="${fill}" stroke-width="${stroke}"/>`;
      parts.push(path);
      at += drawn.advance * scale;
    } else {
      parts.push(`<text x="${at}" y="${y}" font-size="${size}" fill="${fill}"${weight ? ` font-weight="${weight}"` : ''}>${escapeXml(letter)}</text>`);
      at += usualWidth(letter, weight === 'bold') * size;
    }
  }
  return parts.join('');
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
