import {
  AlignmentType,
  type FileChild,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  Document as WordDocument,
} from 'docx';
import { type DocumentBlock, type DocumentItem, isRightToLeft, type PlainDocument, type Said } from './document.ts';
import { drawPng } from './draw-png.ts';

// Arial is on every system that reads Word files; what it has no letters for is found by the system, with a hint for Chinese, Japanese and Korean.
const font = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };
// Sizes in half points, distances in twentieths of a point, as Word counts them.
const size = { text: 19, quiet: 16, title: 34, part: 24, factor: 20 };
const colour = { accent: '0B6E4F', quiet: '52606D', head: 'EEF7F1', line: 'C3CBD4' };
const margin = 964;
/** The width between the margins of an A4 page, in pixels at 96 to the inch. */
const pageWidth = 640;
/** So that what belongs to a picture stands on the same page. */
const tallest = 290;
const bullets = 'bullets';
const levels = { 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

/** A document as a Word file (Office Open XML). */
export async function documentToWord(document: PlainDocument): Promise<Uint8Array> {
  const word = new WordDocument({
    title: document.title,
    creator: document.author,
    lastModifiedBy: document.author,
    styles: styles(document.language),
    numbering: {
      config: [
        {
          reference: bullets,
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              style: { run: { color: colour.accent }, paragraph: { indent: { start: 284, hanging: 200 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: margin, bottom: margin, left: 1134, right: 1134 } } },
        footers: { default: pageNumbers() },
        children: [
          headed(document.title, HeadingLevel.HEADING_1),
          ...document.blocks.flatMap((block, at) => written(block, document.blocks[at - 1]?.kind === 'heading')),
        ],
      },
    ],
  });
  return Packer.toBuffer(word);
}

function pageNumbers(): Footer {
  const number = new TextRun({ size: size.quiet, color: colour.quiet, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] });
}

function styles(language: string) {
  const heading = (half: number, before: number, color: string) => ({
    run: { font, size: half, bold: true, color },
    paragraph: { spacing: { before, after: 60 }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font, size: size.text, language: { value: language } },
        paragraph: { spacing: { after: 60, line: 252, lineRule: LineRuleType.AUTO } },
      },
      heading1: heading(size.title, 0, '1F2933'),
      heading2: heading(size.part, 200, colour.accent),
      heading3: heading(size.factor, 100, '1F2933'),
    },
  };
}

/** `led`: a heading stands right above it. A line below a heading tells of what follows, and stays with it. */
function written(block: DocumentBlock, led: boolean): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [headed(block.text, levels[block.level])];
    case 'paragraph':
      return [paragraph(block.text, block.tone === 'quiet' ? [quiet(block.text)] : [run(block.text)], { keepNext: led })];
    case 'quote':
      return [
        paragraph(block.said.text, saidRuns(block.said), {
          indent: { start: 240 },
          border: { [isRightToLeft(block.said.text) ? 'right' : 'left']: { style: 'single', size: 18, space: 8, color: colour.accent } },
        }),
      ];
    case 'list':
      return block.items.map(item);
    case 'table':
      return [table(block.head, block.rows), new Paragraph({ spacing: { after: 0 } })];
    case 'picture':
      return [picture(block)];
    default:
      return block satisfies never;
  }
}

function headed(text: string, heading: (typeof HeadingLevel)[keyof typeof HeadingLevel]): Paragraph {
  return new Paragraph({ heading, bidirectional: isRightToLeft(text), children: [new TextRun({ text, rightToLeft: isRightToLeft(text) })] });
}

function item({ label, said }: DocumentItem): Paragraph {
  const runs = said.flatMap((one, at) => [...(at === 0 ? [] : [run('; ')]), ...saidRuns(one)]);
  const named = label === undefined ? [] : [new TextRun({ text: `${label}: `, bold: true, rightToLeft: isRightToLeft(label) })];
  return paragraph(label ?? said[0]?.text ?? '', [...named, ...runs], { numbering: { reference: bullets, level: 0 } });
}

function saidRuns({ text, mark, source }: Said): TextRun[] {
  return [run(text), ...(mark === undefined ? [] : [quiet(` ${mark}`)]), ...(source === undefined ? [] : [quiet(` (${source})`)])];
}

function run(text: string): TextRun {
  return new TextRun({ text, rightToLeft: isRightToLeft(text) });
}

function quiet(text: string): TextRun {
  return new TextRun({ text, size: size.quiet, color: colour.quiet });
}

function paragraph(text: string, children: readonly TextRun[], options: Omit<ConstructorParameters<typeof Paragraph>[0] & object, 'children'> = {}): Paragraph {
  return new Paragraph({ ...options, bidirectional: isRightToLeft(text), children: [...children] });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  // The first column holds people's words and is the widest.
  const widths = head.map((_, at) => (at === 0 ? 40 : 60 / (head.length - 1)));
  const cells = (texts: readonly string[], bold: boolean) =>
    texts.map(
      (text, at) =>
        new TableCell({
          width: { size: widths[at] ?? 10, type: WidthType.PERCENTAGE },
          margins: { top: 40, bottom: 20, left: 90, right: 90 },
          ...(bold && { shading: { fill: colour.head } }),
          children: [paragraph(text, [new TextRun({ text, bold, rightToLeft: isRightToLeft(text) })], { spacing: { after: 0 } })],
        }),
    );
  const border = { style: 'single', size: 4, color: colour.line } as const;
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: border, bottom: border, left: border, right: border, insideHorizontal: border, insideVertical: border },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cells(head, true) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row, false) })),
    ],
  });
}

function picture({ svg, alt, width, height }: Extract<DocumentBlock, { kind: 'picture' }>): Paragraph {
  const shown = Math.min(pageWidth, pageWidth * (tallest / (height * (pageWidth / width))));
  const image = new ImageRun({
    type: 'png',
    data: drawPng(svg),
    transformation: { width: Math.round(shown), height: Math.round((shown * height) / width) },
    altText: { name: 'picture', description: alt, title: '' },
  });
  // With a line height of its own a picture would be cut to it.
  return new Paragraph({ spacing: { line: 240, lineRule: LineRuleType.AUTO, before: 40, after: 80 }, children: [image] });
}
