import { fileURLToPath } from 'node:url';
import pdfmake from 'pdfmake';
import { type DocumentBlock, type DocumentItem, hasRightToLeft, isRightToLeft, type PlainDocument, type Said } from './document.ts';
import { drawPng } from './draw-png.ts';
import { visualLines } from './visual-lines.ts';

type Content = import('pdfmake').Content;

// Embedded, so that the letters that it has look the same everywhere.
const font = 'DejaVu Sans';
const [normal, bold] = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)));
// In points, on A4.
const margin = { side: 50, top: 40, bottom: 44 };
const width = 595 - 2 * margin.side;
const tallest = 205;
const size = { text: 8.6, quiet: 7.2, title: 17, part: 11.5, factor: 9.2 };
const colour = { strong: '#1f2933', accent: '#0b6e4f', quiet: '#52606d', head: '#eef7f1', line: '#c3cbd4' };
// Letters that surely fit on a line of this size: only lines that are read from right to left are broken by hand.
const perLine = 78;

/** A document as a PDF with its font inside. Nothing is loaded from elsewhere. */
export async function documentToPdf(document: PlainDocument): Promise<Uint8Array> {
  const fonts = [normal, bold].filter((file) => file !== undefined);
  pdfmake.setFonts({ [font]: { ...(normal && { normal, italics: normal }), ...(bold && { bold, bolditalics: bold }) } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => fonts.includes(path));
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [margin.side, margin.top, margin.side, margin.bottom],
    info: { title: document.title, author: document.author, creator: document.author, producer: document.author },
    language: document.language,
    displayTitle: true,
    defaultStyle: { font, fontSize: size.text, color: colour.strong, lineHeight: 1.15 },
    content: [headed(document.title, 1), ...together(document.blocks)],
    footer: (page, pages) => ({ text: `${page} / ${pages}`, alignment: 'center', fontSize: size.quiet, color: colour.quiet, margin: [0, 16, 0, 0] }),
  });
  return pdf.getBuffer();
}

// More rows than that may not fit on what is left of a page, or on any.
const fewRows = 6;

/** A heading never ends a page: it stays with the beginning of what follows it. */
function together(blocks: readonly DocumentBlock[]): Content[] {
  const content: Content[] = [];
  let heads: Content[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      heads.push(written(block));
      continue;
    }
    const [first, rest] = begun(block);
    content.push({ stack: [...heads, written(first)], unbreakable: !(first.kind === 'table' && first.rows.length > fewRows) });
    if (rest) content.push(written(rest));
    heads = [];
  }
  return [...content, ...heads];
}

/** A list as its first item and the others. */
function begun(block: DocumentBlock): [DocumentBlock, DocumentBlock?] {
  if (block.kind !== 'list' || block.items.length < 2) return [block];
  return [
    { kind: 'list', items: block.items.slice(0, 1) },
    { kind: 'list', items: block.items.slice(1) },
  ];
}

function headed(text: string, level: 1 | 2 | 3): Content {
  const looks = {
    1: { fontSize: size.title, margin: [0, 0, 0, 2] as [number, number, number, number] },
    2: { fontSize: size.part, color: colour.accent, margin: [0, 9, 0, 3] as [number, number, number, number] },
    3: { fontSize: size.factor, margin: [0, 4, 0, 1] as [number, number, number, number] },
  };
  return {
    ...inOrder(text, Math.floor((perLine * size.text) / looks[level].fontSize)),
    bold: true,
    headlineLevel: level,
    outline: level > 1,
    outlineText: text,
    ...looks[level],
  };
}

function written(block: DocumentBlock): Content {
  switch (block.kind) {
    case 'heading':
      return headed(block.text, block.level);
    case 'paragraph':
      return { ...inOrder(block.text), ...(block.tone === 'quiet' && { fontSize: size.quiet, color: colour.quiet }), margin: [0, 1, 0, 3] };
    case 'quote':
      return quote(block.said);
    case 'list':
      return { ul: block.items.map(item), markerColor: colour.accent };
    case 'table':
      return table(block.head, block.rows);
    case 'picture':
      return picture(block);
    default:
      return block satisfies never;
  }
}

/** pdfmake sets every line from left to right: lines that are read the other way come in the order in which they are seen. */
function inOrder(text: string, letters = perLine) {
  if (!hasRightToLeft(text)) return { text };
  // A space of its own: shaped together with a word, it would change sides.
  const runs = visualLines(text, letters).flatMap((line, at) => [
    ...(at === 0 ? [] : ['\n']),
    ...line.flatMap((word, index) => (index === 0 ? [word] : [' ', word])),
  ]);
  return { text: runs, ...(isRightToLeft(text) && { alignment: 'right' as const }) };
}

function item({ label, said }: DocumentItem): Content {
  const named = label === undefined ? [] : [{ text: `${label}: `, bold: true }];
  if (![label ?? '', ...said.map(({ text }) => text)].some(hasRightToLeft)) {
    const text = [...named, ...said.flatMap((one, at) => [...(at === 0 ? [] : ['; ']), ...saidRuns(one)])];
    return { stack: [{ text }], unbreakable: true, margin: [0, 0, 0, 1.5] };
  }
  return { stack: [...(label === undefined ? [] : [{ ...inOrder(`${label}:`), bold: true }]), ...said.flatMap(apart)], margin: [0, 0, 0, 1.5] };
}

function saidRuns({ text, ...rest }: Said) {
  return [text, ...evidence(rest)];
}

function evidence({ mark, source }: Omit<Said, 'text'>) {
  const words = [...(mark === undefined ? [] : [mark]), ...(source === undefined ? [] : [`(${source})`])].join(' ');
  return words === '' ? [] : [{ text: ` ${words}`, fontSize: size.quiet, color: colour.quiet }];
}

/** Words and evidence on lines of their own. */
function apart({ text, ...rest }: Said): Content[] {
  return [inOrder(text), ...evidence(rest)];
}

function quote(said: Said): Content {
  const body = hasRightToLeft(said.text) ? { stack: apart(said) } : { text: saidRuns(said) };
  const left = (line: number) => (line === 0 ? 2 : 0);
  return {
    table: { widths: ['*'], body: [[body]] },
    layout: { vLineWidth: left, hLineWidth: () => 0, vLineColor: () => colour.accent, paddingLeft: () => 8 },
    margin: [0, 1, 0, 3],
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Content {
  const letters = Math.floor(perLine * 0.35);
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: head.map((_, at) => (at === 0 ? '40%' : '*')),
      body: [head.map((text) => ({ text, bold: true, fillColor: colour.head })), ...rows.map((row) => row.map((text) => inOrder(text, letters)))],
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => colour.line, vLineColor: () => colour.line },
    margin: [0, 2, 0, 4],
  };
}

/** As lines and letters, sharp at any size and found by a search; as dots where the order of its letters needs more than pdfmake can do. */
function picture({ svg, width: own, height }: Extract<DocumentBlock, { kind: 'picture' }>): Content {
  const shown = Math.min(width, (tallest * own) / height);
  return { ...(hasRightToLeft(svg) ? { image: `data:image/png;base64,${drawPng(svg).toString('base64')}` } : { svg }), width: shown, margin: [0, 2, 0, 4] };
}
