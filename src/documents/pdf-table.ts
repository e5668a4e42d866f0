import { decorate, need, page, type Sheet, type Struct, textWidth, within } from './pdf-sheet.ts';
import { drawLine, type Laid, layOut, type Style } from './pdf-text.ts';

type Looks = { text: Style; head: Style; fill: string; line: string };
type Row = { cells: readonly Laid[]; head: boolean };

const padding = { x: 5, y: 2.5 };
const gap = 5;

/** A table whose head stands on every page that it reaches. The first column holds people's words and is the widest. */
export function writeTable(
  sheet: Sheet,
  parent: Struct,
  { head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] },
  looks: Looks,
): void {
  const widths = widthsOf(head.length);
  const top = laidRow(sheet, head, looks.head, true);
  const table = within(sheet, parent, 'Table');
  need(sheet, heightOf(top) + heightOf(laidRow(sheet, rows[0] ?? [], looks.text)));
  writeRow(sheet, table, top, widths, looks);
  for (const row of rows.map((texts) => laidRow(sheet, texts, looks.text)).flatMap(cutToPages)) {
    const before = sheet.y;
    need(sheet, heightOf(row));
    if (sheet.y < before) drawHeadAgain(sheet, top, widths, looks);
    writeRow(sheet, table, row, widths, looks);
  }
  table.end();
  sheet.y += gap;
}

function widthsOf(columns: number): number[] {
  return Array.from({ length: columns }, (_, at) => textWidth * (at === 0 ? 0.4 : 0.6 / (columns - 1)));
}

/** How high the first row is, with its head: so much has to stay with a heading. */
export function headHeight(
  sheet: Sheet,
  { head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] },
  { text, head: bold }: Looks,
): number {
  return heightOf(laidRow(sheet, head, bold)) + heightOf(laidRow(sheet, rows[0] ?? [], text));
}

function laidRow(sheet: Sheet, texts: readonly string[], style: Style, isHead = false): Row {
  const widths = widthsOf(texts.length);
  return { cells: texts.map((text, at) => layOut(sheet.doc, [{ ...style, text }], (widths[at] ?? 0) - 2 * padding.x)), head: isHead };
}

function heightOf({ cells }: Row): number {
  return Math.max(0, ...cells.map(({ height }) => height)) + 2 * padding.y;
}

/** A row that no page could hold, as several. */
function cutToPages(row: Row): Row[] {
  const most = page.height - page.top - page.bottom - 120;
  if (heightOf(row) <= most) return [row];
  const lineHeight = Math.max(...row.cells.flatMap(({ lines }) => lines.map(({ height }) => height)));
  const perPart = Math.floor(most / lineHeight);
  const parts = Math.ceil(Math.max(...row.cells.map(({ lines }) => lines.length)) / perPart);
  return Array.from({ length: parts }, (_, part) => ({ ...row, cells: row.cells.map((cell) => partOf(cell, part * perPart, perPart)) }));
}

function partOf({ lines, rightToLeft }: Laid, from: number, most: number): Laid {
  const part = lines.slice(from, from + most);
  return { lines: part, rightToLeft, height: part.reduce((sum, { height }) => sum + height, 0) };
}

function writeRow(sheet: Sheet, table: Struct, row: Row, widths: readonly number[], looks: Looks): void {
  const { doc } = sheet;
  drawBorders(sheet, row, widths, looks);
  const element = within(sheet, table, 'TR');
  const type = row.head ? 'TH' : 'TD';
  for (const [at, cell] of row.cells.entries()) {
    const inside = within(sheet, element, type, row.head ? { scope: 'Column' } : {});
    const content = doc.markStructureContent(type);
    drawCell(sheet, cell, at, widths);
    doc.endMarkedContent();
    inside.add(content);
    inside.end();
  }
  element.end();
  sheet.y += heightOf(row);
}

/** For the eye only: read aloud the head is told once. */
function drawHeadAgain(sheet: Sheet, row: Row, widths: readonly number[], looks: Looks): void {
  drawBorders(sheet, row, widths, looks);
  decorate(sheet, () => {
    for (const [at, cell] of row.cells.entries()) drawCell(sheet, cell, at, widths);
  });
  sheet.y += heightOf(row);
}

function drawCell({ doc, y }: Sheet, { lines, rightToLeft }: Laid, at: number, widths: readonly number[]): void {
  let top = y + padding.y;
  for (const line of lines) {
    drawLine(doc, line, { x: leftOf(widths, at) + padding.x, y: top, width: (widths[at] ?? 0) - 2 * padding.x, rightToLeft });
    top += line.height;
  }
}

function drawBorders(sheet: Sheet, row: Row, widths: readonly number[], { fill, line }: Looks): void {
  const { doc, y } = sheet;
  decorate(sheet, () => {
    for (const [at, width] of widths.entries()) {
      doc.lineWidth(0.5).rect(leftOf(widths, at), y, width, heightOf(row));
      if (row.head) doc.fillAndStroke(fill, line);
      else doc.stroke(line);
    }
  });
}

function leftOf(widths: readonly number[], at: number): number {
  return page.side + widths.slice(0, at).reduce((sum, width) => sum + width, 0);
}
