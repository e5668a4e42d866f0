import { type DocumentBlock, type DocumentItem, isRightToLeft, type PlainDocument, type Said, textsOf } from './document.ts';
import { drawPng } from './draw-png.ts';
import { closeSheet, decorate, need, openSheet, page, type Sheet, type Struct, textWidth, within, writeLines } from './pdf-sheet.ts';
import { headHeight, writeTable } from './pdf-table.ts';
import { canShow, type Laid, layOut, type Span, type Style } from './pdf-text.ts';

const colour = { strong: '#1f2933', accent: '#0b6e4f', quiet: '#52606d', head: '#eef7f1', line: '#c3cbd4' };
const text: Style = { size: 8.6, color: colour.strong };
const bold: Style = { ...text, bold: true };
const quiet: Style = { size: 7.2, color: colour.quiet };
const headings = {
  1: { style: { size: 17, bold: true, color: colour.strong }, before: 0, after: 3 },
  2: { style: { size: 11.5, bold: true, color: colour.accent }, before: 9, after: 2 },
  3: { style: { size: 9.2, bold: true, color: colour.strong }, before: 4, after: 1 },
} as const;
const tableLooks = { text, head: bold, fill: colour.head, line: colour.line };
const indent = 10;
/** Above this a list or a picture would leave too little of a page for the rest. */
const tallest = 205;
// A piece of this many lines is not worth cutting in two.
const keptTogether = 4;

/** A document as a tagged PDF (PDF/UA) with its fonts inside: headings, lists, tables and pictures can be read aloud. Nothing is loaded from elsewhere. */
export async function documentToPdf(document: PlainDocument): Promise<Uint8Array> {
  const sheet = openSheet(document);
  writeHeading(sheet, sheet.root, 1, document.title);
  const outlines: { item: PDFKit.PDFOutline } = { item: sheet.doc.outline };
  for (const [at, block] of document.blocks.entries()) {
    if (block.kind !== 'heading') {
      writeBlock(sheet, block);
      continue;
    }
    need(sheet, heightWithNext(sheet, document.blocks.slice(at)));
    writeHeading(sheet, sheet.root, block.level, block.text);
    if (block.level === 2) outlines.item = sheet.doc.outline.addItem(block.text);
    else outlines.item.addItem(block.text);
  }
  if (document.lettersMissing !== undefined && !textsOf(document).every(canShow))
    writeBlock(sheet, { kind: 'paragraph', text: document.lettersMissing, tone: 'quiet' });
  return closeSheet(sheet, quiet);
}

function writeHeading(sheet: Sheet, parent: Struct, level: 1 | 2 | 3, words: string): void {
  const { style, before, after } = headings[level];
  if (sheet.y > page.top) sheet.y += before;
  writeLines(sheet, parent, `H${level}`, layOut(sheet.doc, [{ ...style, text: words }], textWidth), { x: page.side, width: textWidth });
  sheet.y += after;
}

/** A heading never ends a page: it stays with those below it, and with the beginning of what follows them. */
function heightWithNext(sheet: Sheet, blocks: readonly DocumentBlock[]): number {
  let height = 0;
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      // A line that tells of what is below it.
      height += layOut(sheet.doc, [{ ...quiet, text: block.text }], textWidth).height;
      continue;
    }
    if (block.kind !== 'heading') return height + beginning(sheet, block);
    const { style, before, after } = headings[block.level];
    height += before + after + layOut(sheet.doc, [{ ...style, text: block.text }], textWidth).height;
  }
  return height;
}

function beginning(sheet: Sheet, block: Exclude<DocumentBlock, { kind: 'heading' | 'paragraph' }>): number {
  switch (block.kind) {
    case 'quote':
      return kept(layOut(sheet.doc, saidSpans(block.said), textWidth - indent));
    case 'list': {
      const [first] = block.items;
      return first ? kept(layOut(sheet.doc, itemSpans(first), textWidth - indent)) : 0;
    }
    case 'table':
      return headHeight(sheet, block, tableLooks);
    case 'picture':
      return sizeOf(block).height;
    default:
      return block satisfies never;
  }
}

function kept({ lines }: Laid): number {
  return lines.slice(0, keptTogether).reduce((sum, { height }) => sum + height, 0);
}

function writeBlock(sheet: Sheet, block: Exclude<DocumentBlock, { kind: 'heading' }>): void {
  switch (block.kind) {
    case 'paragraph':
      writeLines(sheet, sheet.root, 'P', layOut(sheet.doc, [{ ...(block.tone === 'quiet' ? quiet : text), text: block.text }], textWidth), {
        x: page.side,
        width: textWidth,
      });
      sheet.y += 3;
      break;
    case 'quote':
      writeQuote(sheet, block.said);
      break;
    case 'list':
      writeList(sheet, block.items);
      break;
    case 'table':
      sheet.y += 2;
      writeTable(sheet, sheet.root, block, tableLooks);
      break;
    case 'picture':
      writePicture(sheet, block);
      break;
    default:
      block satisfies never;
  }
}

function saidSpans({ text: words, mark, source }: Said): Span[] {
  const evidence = [...(mark === undefined ? [] : [mark]), ...(source === undefined ? [] : [`(${source})`])].join(' ');
  return [{ ...text, text: words }, ...(evidence === '' ? [] : [{ ...quiet, text: evidence }])];
}

function itemSpans({ label, said }: DocumentItem): Span[] {
  const named = label === undefined ? [] : [{ ...bold, text: `${label}:` }];
  const last = said.length - 1;
  return [...named, ...said.flatMap((one, at) => (at === last ? saidSpans(one) : ended(saidSpans(one))))];
}

/** With a semicolon behind it, where something else follows. */
function ended(spans: readonly Span[]): Span[] {
  return spans.map((span, at) => (at === spans.length - 1 ? { ...span, text: `${span.text};` } : span));
}

function writeQuote(sheet: Sheet, said: Said): void {
  const laid = layOut(sheet.doc, saidSpans(said), textWidth - indent);
  need(sheet, kept(laid));
  const element = within(sheet, sheet.root, 'BlockQuote');
  const x = laid.rightToLeft ? page.side : page.side + indent;
  writeLines(sheet, element, 'P', laid, { x, width: textWidth - indent }, (top, bottom) => {
    const bar = laid.rightToLeft ? page.width - page.side - 2 : page.side;
    decorate(sheet, () => sheet.doc.rect(bar, top, 2, bottom - top).fill(colour.accent));
  });
  element.end();
  sheet.y += 3;
}

function writeList(sheet: Sheet, items: readonly DocumentItem[]): void {
  const list = within(sheet, sheet.root, 'L');
  for (const item of items) {
    const laid = layOut(sheet.doc, itemSpans(item), textWidth - indent);
    if (laid.lines.length <= keptTogether) need(sheet, laid.height);
    else need(sheet, kept(laid));
    const element = within(sheet, list, 'LI');
    const bullet = within(sheet, element, 'Lbl');
    const mark = sheet.doc.markStructureContent('Lbl');
    const x = laid.rightToLeft ? page.width - page.side - 3 : page.side + 2;
    sheet.doc.circle(x, sheet.y + text.size * 0.72, 1.3).fill(colour.accent);
    sheet.doc.endMarkedContent();
    bullet.add(mark);
    bullet.end();
    writeLines(sheet, element, 'LBody', laid, { x: laid.rightToLeft ? page.side : page.side + indent, width: textWidth - indent });
    element.end();
    sheet.y += 1.5;
  }
  list.end();
}

type Picture = Extract<DocumentBlock, { kind: 'picture' }>;

function sizeOf({ width, height }: Picture): { width: number; height: number } {
  const shown = Math.min(textWidth, (tallest * width) / height);
  return { width: shown, height: (shown * height) / width };
}

function writePicture(sheet: Sheet, picture: Picture): void {
  const { doc } = sheet;
  const { width, height } = sizeOf(picture);
  sheet.y += 2;
  need(sheet, height);
  const x = isRightToLeft(picture.alt) ? page.width - page.side - width : page.side;
  const figure = within(sheet, sheet.root, 'Figure', { alt: picture.alt, bbox: [x, sheet.y, x + width, sheet.y + height] });
  const content = doc.markStructureContent('Figure');
  doc.image(drawPng(picture.svg), x, sheet.y, { width, height });
  doc.endMarkedContent();
  figure.add(content);
  figure.end();
  sheet.y += height + 4;
}
