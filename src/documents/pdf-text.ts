import { isRightToLeft } from './document.ts';
import { drawnLetter, drawnWeight, isUsual, usualFonts } from './fonts.ts';
import { visualOrder } from './visual-lines.ts';

type Doc = PDFKit.PDFDocument;
/** In points. */
export type Style = { size: number; bold?: boolean; color: string };
/** A text with one look; its direction is that of its first letter. */
export type Span = Style & { text: string };
type Within = Span & { rightToLeft: boolean };
type Word = { text: string; within: Within; width: number; afterSpace: boolean };
export type Line = { words: readonly Word[]; width: number; height: number };
/** Lines as they fit into a width. */
export type Laid = { lines: readonly Line[]; rightToLeft: boolean; height: number };

const leading = 1.36;
const baseline = 1.04;
// Where Chinese and Japanese may be broken: after every letter, but not before what closes or ends something.
const piecesOfWord =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3001-\u303f\uff00-\uffef][\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff1a\uff1b\uff1f,.:;!?)%]*|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3001-\u303f\uff00-\uffef]+/gu;

/** Sets spans into lines of at most `width` points. */
export function layOut(doc: Doc, spans: readonly Span[], width: number): Laid {
  const within = spans.map((span) => ({ ...span, rightToLeft: isRightToLeft(span.text) }));
  const words = within.flatMap((span) => wordsOf(doc, span, width));
  const lines: Line[] = [];
  let line: Word[] = [];
  let used = 0;
  const end = (): void => {
    if (line.length > 0) lines.push({ words: line, width: used, height: leading * Math.max(...line.map(({ within: { size } }) => size)) });
  };
  for (const word of words) {
    const space = line.length > 0 && word.afterSpace ? spaceOf(doc, word.within) : 0;
    if (line.length > 0 && used + space + word.width > width) {
      end();
      line = [word];
      used = word.width;
    } else {
      line.push(word);
      used += space + word.width;
    }
  }
  end();
  return { lines, rightToLeft: within[0]?.rightToLeft ?? false, height: lines.reduce((sum, { height }) => sum + height, 0) };
}

function wordsOf(doc: Doc, within: Within, width: number): Word[] {
  return (
    within.text
      // A space that does not break keeps what stands on both its sides in one line.
      .split(/[^\S\u00A0]+/u)
      // Pasted words may have nothing but such spaces between them.
      .flatMap((word) => (widthOf(doc, word, within) > width ? word.split('\u00A0') : [word]))
      .filter((word) => word !== '')
      .flatMap((word) =>
        (word.match(piecesOfWord) ?? [word])
          .flatMap((piece) => broken(doc, piece, within, width))
          .map((text, at) => ({ text, within, width: widthOf(doc, text, within), afterSpace: at === 0 })),
      )
  );
}

/** A word that is wider than a line, in parts that fit. */
function broken(doc: Doc, word: string, style: Style, width: number): string[] {
  if (widthOf(doc, word, style) <= width) return [word];
  const parts: string[] = [];
  const most = Math.max(1, Math.floor(width / style.size));
  const letters = [...word];
  for (let at = 0; at < letters.length; at += most) parts.push(letters.slice(at, at + most).join(''));
  return parts;
}

function use(doc: Doc, { size, bold = false }: Style): Doc {
  return doc.font(bold ? usualFonts.bold : usualFonts.normal).fontSize(size);
}

function spaceOf(doc: Doc, style: Style): number {
  return use(doc, style).widthOfString(' ');
}

function widthOf(doc: Doc, text: string, style: Style): number {
  return runsOf(text).reduce((sum, run) => sum + widthOfRun(doc, run, style), 0);
}

type Run = { text: string; usual: boolean };

function widthOfRun(doc: Doc, { text, usual }: Run, style: Style): number {
  if (usual) return use(doc, style).widthOfString(text);
  return [...text].reduce((sum, letter) => sum + advanceOf(letter, style), 0);
}

function advanceOf(letter: string, { size }: Style): number {
  const drawn = drawnLetter(letter);
  return drawn ? (drawn.advance * size) / drawn.unit : size;
}

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const letter of text) {
    const usual = isUsual(letter);
    const run = runs.at(-1);
    if (run?.usual === usual) run.text += letter;
    else runs.push({ text: letter, usual });
  }
  return runs;
}

/** Whether every letter of a text can be shown. */
export function canShow(text: string): boolean {
  return [...new Set(text)].every((letter) => isUsual(letter) || drawnLetter(letter) !== undefined);
}

/** Draws a line with its upper edge at `y`; lines from right to left end at the right. */
export function drawLine(
  doc: Doc,
  { words, width: used }: Line,
  { x, y, width, rightToLeft }: { x: number; y: number; width: number; rightToLeft: boolean },
): void {
  const ordered = visualOrder(words, rightToLeft);
  const base = y + baseline * Math.max(...words.map(({ within }) => within.size));
  let at = rightToLeft ? x + width - used : x;
  for (const [index, { word, pieces }] of ordered.entries()) {
    // The space belongs to whichever of two neighbours was written later.
    const neighbour = ordered[index + 1]?.word;
    const later = neighbour && words.indexOf(neighbour) > words.indexOf(word) ? neighbour : word;
    for (const run of pieces.flatMap(runsOf)) at += drawRun(doc, run, word.within, at, base);
    if (neighbour && (later.afterSpace || Math.abs(words.indexOf(neighbour) - words.indexOf(word)) > 1))
      at += drawRun(doc, { text: ' ', usual: true }, later.within, at, base);
  }
}

function drawRun(doc: Doc, run: Run, style: Style, x: number, y: number): number {
  if (!run.usual) return drawLetters(doc, run.text, style, x, y);
  use(doc, style).fillColor(style.color).text(run.text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  return widthOfRun(doc, run, style);
}

function drawLetters(doc: Doc, text: string, style: Style, x: number, y: number): number {
  let at = x;
  for (const letter of text) {
    drawLetter(doc, letter, style, at, y);
    at += advanceOf(letter, style);
  }
  return at - x;
}

/** As an outline, because fontkit cannot embed slices as they look; written there without being seen, too, so that it can be searched, copied and read aloud. */
function drawLetter(doc: Doc, letter: string, style: Style, x: number, y: number): void {
  const { size, bold, color } = style;
  const drawn = drawnLetter(letter);
  if (!drawn) {
    // The usual font's sign for a letter that it does not have.
    use(doc, style).fillColor(color).text(letter, x, y, { lineBreak: false, baseline: 'alphabetic' });
    return;
  }
  doc.save().fillOpacity(0);
  doc.font(drawn.file).fontSize(size).text(letter, x, y, { lineBreak: false, baseline: 'alphabetic' });
  doc.restore();
  const scale = size / drawn.unit;
  doc.save().translate(x, y).scale(scale, -scale).path(drawn.path);
  doc
    .lineJoin('round')
    .lineWidth((bold ? drawnWeight.bold : drawnWeight.normal) * drawn.unit)
    .fillAndStroke(color, color)
    .restore();
}
