import PDFDocument from 'pdfkit';
import type { PlainDocument } from './document.ts';
import { usualFonts } from './fonts.ts';
import { drawLine, type Laid } from './pdf-text.ts';

export type Struct = PDFKit.PDFStructureElement;
/** The pages as far as they are written: `y` is where the next thing goes, in points from the top. */
export type Sheet = { doc: PDFKit.PDFDocument; root: Struct; y: number };

/** A4, in points. */
export const page = { width: 595.28, height: 841.89, side: 50, top: 42, bottom: 48 } as const;
export const textWidth = page.width - 2 * page.side;
const end = page.height - page.bottom;

/**
 * Empty pages for a document that can be read aloud: every word will belong to an element of the structure, everything else is marked as decoration
 * (PDF/UA-1, ISO 14289-1).
 */
export function openSheet({ title, language, author }: PlainDocument): Sheet {
  const options: PDFKit.PDFDocumentOptions = {
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author, Creator: author, Producer: author },
    size: [page.width, page.height],
    margin: 0,
    bufferPages: true,
    font: usualFonts.normal,
  };
  // The types of pdfkit do not know of PDF/UA yet.
  const doc = new PDFDocument(Object.assign(options, { subset: 'PDF/UA' }));
  const root = doc.struct('Document');
  doc.addStructure(root);
  return { doc, root, y: page.top };
}

/** Goes on to a new page where less than `height` is left, and a page has as much. */
export function need(sheet: Sheet, height: number): void {
  if (sheet.y + height > end && sheet.y > page.top && height <= end - page.top) turnPage(sheet);
}

function turnPage(sheet: Sheet): void {
  sheet.doc.addPage();
  sheet.y = page.top;
}

/** An element inside another. It has to be ended when all that belongs to it is there. */
export function within(sheet: Sheet, parent: Struct, type: string, options: { alt?: string; scope?: string; bbox?: number[] } = {}): Struct {
  const element = sheet.doc.struct(type, options);
  parent.add(element);
  return element;
}

type Box = { x: number; width: number };

/** Lines as one element, over as many pages as they take. `aside` draws what belongs beside the lines of each page. */
export function writeLines(
  sheet: Sheet,
  parent: Struct,
  type: string,
  { lines, rightToLeft }: Laid,
  box: Box,
  aside?: (top: number, bottom: number) => void,
): void {
  const element = within(sheet, parent, type);
  let rest = [...lines];
  while (rest.length > 0) {
    if (sheet.y + (rest[0]?.height ?? 0) > end) turnPage(sheet);
    const top = sheet.y;
    let fits = 0;
    for (let bottom = top; fits < rest.length && bottom + (rest[fits]?.height ?? 0) <= end + 0.01; fits += 1) bottom += rest[fits]?.height ?? 0;
    const now = rest.slice(0, Math.max(1, fits));
    rest = rest.slice(now.length);
    const content = sheet.doc.markStructureContent(type);
    for (const line of now) {
      drawLine(sheet.doc, line, { ...box, y: sheet.y, rightToLeft });
      sheet.y += line.height;
    }
    sheet.doc.endMarkedContent();
    element.add(content);
    const bottom = sheet.y;
    aside?.(top, bottom);
  }
  element.end();
}

/** What is no content: lines, fills, page numbers. */
export function decorate({ doc }: Sheet, draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
  doc.markContent('Artifact', { type });
  draw();
  doc.endMarkedContent();
}

/** The file, with the number of each page at its foot. */
export async function closeSheet(sheet: Sheet, { size, color }: { size: number; color: string }): Promise<Uint8Array> {
  const { doc, root } = sheet;
  root.end();
  const { start, count } = doc.bufferedPageRange();
  for (let at = start; at < start + count; at += 1) {
    doc.switchToPage(at);
    const text = `${at - start + 1} / ${count}`;
    decorate(
      sheet,
      () => {
        doc.font(usualFonts.normal).fontSize(size).fillColor(color);
        doc.text(text, (page.width - doc.widthOfString(text)) / 2, page.height - 28, { lineBreak: false, baseline: 'alphabetic' });
      },
      'Pagination',
    );
  }
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
    doc.end();
  });
}
