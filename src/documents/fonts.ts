import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';

// Brought along, so that the letters look the same on a server without fonts.
/** The usual letters: Latin, Greek, Cyrillic, Hebrew, Arabic and signs. */
export const usualFonts = {
  normal: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
  bold: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
};

/** Chinese, Japanese and Korean, in slices of which a text needs a few; each family's slices by the characters that they have. */
const families = [
  { name: 'noto-sans-sc', table: import.meta.resolve('@fontsource-variable/noto-sans-sc/unicode.json') },
  { name: 'noto-sans-kr', table: import.meta.resolve('@fontsource-variable/noto-sans-kr/unicode.json') },
] as const;
type Slice = { file: string; ranges: readonly (readonly [number, number])[] };

let slices: readonly Slice[] | undefined;
const opened = new Map<string, Font>();
const usual = new Map<string, boolean>();
const drawn = new Map<string, DrawnLetter | undefined>();
// More than a text of any script uses; some hundred bytes each.
const mostRemembered = 5_000;

/** A character that the usual font lacks, as another one draws it: `path` is SVG, upwards from the baseline, `unit` to one em. */
export type DrawnLetter = { file: string; path: string; advance: number; unit: number };

/** Whether the usual font has a letter. */
export function isUsual(letter: string): boolean {
  return remembered(usual, letter, () => hasLetter(fontIn(usualFonts.normal), letter));
}

/** How wide a letter of the usual font is, in em. */
export function usualWidth(letter: string, bold: boolean): number {
  const font = fontIn(bold ? usualFonts.bold : usualFonts.normal);
  return font.glyphForCodePoint(letter.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm;
}

/** A letter that the usual font lacks; undefined where no font that is brought along has it. */
export function drawnLetter(letter: string): DrawnLetter | undefined {
  return remembered(drawn, letter, () => draw(letter));
}

function draw(letter: string): DrawnLetter | undefined {
  const point = letter.codePointAt(0) ?? 0;
  slices ??= families.flatMap(slicesOf);
  for (const { file, ranges } of slices) {
    if (!ranges.some(([first, last]) => point >= first && point <= last)) continue;
    const font = fontIn(file);
    if (!font.hasGlyphForCodePoint(point)) continue;
    const glyph = font.glyphForCodePoint(point);
    return { file, path: glyph.path.toSVG(), advance: glyph.advanceWidth, unit: font.unitsPerEm };
  }
  return undefined;
}

/**
 * How thick the lines around a drawn letter are, in em. The slices hold Noto Sans at its thinnest (their weights are kept in a form that fontkit cannot read in
 * WOFF2), and a line of this width makes it look like the usual font beside it.
 */
export const drawnWeight = { normal: 0.034, bold: 0.062 } as const;

function remembered<T>(known: Map<string, T>, letter: string, find: () => T): T {
  const found = known.get(letter);
  if (found !== undefined) return found;
  const value = find();
  if (known.size >= mostRemembered) known.clear();
  known.set(letter, value);
  return value;
}

const invisible = /^[\s\p{Cf}\p{Mn}]$/u;

function hasLetter(font: Font, letter: string): boolean {
  return invisible.test(letter) || font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
}

function fontIn(file: string): Font {
  const known = opened.get(file);
  if (known) return known;
  const font = create(readFileSync(file));
  if ('fonts' in font) throw new Error(`${file} is a collection of fonts; one font is needed.`);
  opened.set(file, font);
  return font;
}

function slicesOf({ name: family, table }: (typeof families)[number]): Slice[] {
  const slicesByName: unknown = JSON.parse(readFileSync(fileURLToPath(table), 'utf8'));
  return Object.entries(Object(slicesByName)).map(([name, ranges]) => ({
    file: fileURLToPath(new URL(`./files/${family}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`, table)),
    ranges: String(ranges).split(',').map(rangeOf),
  }));
}

/** "U+4e00-4e05" or "U+4e00", as CSS writes it. */
function rangeOf(text: string): [number, number] {
  const [first = '', last = first] = text.replace('U+', '').split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
