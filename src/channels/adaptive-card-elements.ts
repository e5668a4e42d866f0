import type { CardBlock, Text, TextPart } from '../views/card.ts';
import { toInput } from './adaptive-card-inputs.ts';
import { asString, cutText, safeLink, textElement, type Writing } from './adaptive-card-text.ts';
import type { AdaptiveElement, Column, TextRun } from './adaptive-card-types.ts';
import { asWords } from './as-words.ts';

type Block<Type extends CardBlock['type']> = Extract<CardBlock, { type: Type }>;

/** Blocks as elements of a card. A divider has no element of its own: it is a line above the next one. */
export function toElements(blocks: readonly CardBlock[], writing: Writing): AdaptiveElement[] {
  let separator = false;
  return blocks.flatMap((block) => {
    if (block.type === 'divider') {
      separator = true;
      return [];
    }
    const [first, ...rest] = toElement(block, writing);
    if (!first) return [];
    const placed: AdaptiveElement = separator ? { ...first, separator: true, spacing: 'Medium' } : first;
    separator = false;
    return [placed, ...rest];
  });
}

function toElement(block: Exclude<CardBlock, { type: 'divider' }>, writing: Writing): AdaptiveElement[] {
  switch (block.type) {
    case 'text':
      return toText(block, writing);
    case 'facts':
      if (block.facts.length === 0) return [];
      return [{ type: 'FactSet', facts: block.facts.map(({ label, value }) => ({ title: asString(label, writing), value: asString(value, writing) })) }];
    case 'progress':
      return toProgress(block, writing);
    case 'list':
      return toList(block, writing);
    case 'table':
      if (block.columns.length > mostColumns) return toEntries(block, writing);
      return writing.target === 'teams' ? toRows(block, writing) : toTable(block, writing);
    case 'input':
      return toInput(block, writing);
    case 'image':
      return toImage(block, writing);
    default:
      return block satisfies never;
  }
}

/** Without a link that the target opens, its words, where the card does not say them anyway. */
function toImage({ url, alt, told }: Block<'image'>, writing: Writing): AdaptiveElement[] {
  const link = url === undefined ? undefined : safeLink(url, writing.target);
  if (link === undefined) return told ? [] : toText({ type: 'text', text: alt }, writing);
  return [{ type: 'Image', url: link, altText: cutText(asWords(alt), maxAlt), size: 'Stretch' }];
}

// Read aloud in one go; the words of a picture stand in the card as well.
const maxAlt = 1_000;

function toText(block: Block<'text'>, writing: Writing): AdaptiveElement[] {
  const style = block.style ?? 'plain';
  switch (style) {
    case 'plain':
      return [textElement(block.text, {}, writing)];
    case 'strong':
      return [textElement(block.text, { weight: 'Bolder' }, writing)];
    case 'subtle':
      return [textElement(block.text, { isSubtle: true, size: 'Small', spacing: 'Small' }, writing)];
    case 'heading':
      return [textElement(block.text, { heading: true, weight: 'Bolder', size: 'Medium', spacing: 'Medium' }, writing)];
    case 'quote':
      return [{ type: 'Container', style: 'emphasis', items: [textElement(block.text, {}, writing)] }];
    default:
      return style satisfies never;
  }
}

/** Three labelled steps to a row: six side by side would not fit on a phone, nor in Teams' thread pane. */
function toProgress(block: Block<'progress'>, writing: Writing): AdaptiveElement[] {
  const columns = block.steps.map((step): Column => {
    const label = textElement(step.label, { size: 'Small', isSubtle: true }, writing);
    // The room's page finds the marks by this id, to name them for screen readers. Elsewhere an id that repeats makes the apps for phones refuse the card.
    const found = writing.target === 'room' ? { id: 'progress-marks' } : {};
    return { type: 'Column', width: 1, items: [label, { type: 'RichTextBlock', ...found, spacing: 'None', inlines: marks(step, writing) }] };
  });
  const rows = Array.from({ length: Math.ceil(columns.length / 3) }, (_, row) => columns.slice(row * 3, row * 3 + 3));
  return [
    ...(block.label ? [textElement(block.label, { size: 'Small', weight: 'Bolder', spacing: 'Medium' }, writing)] : []),
    ...rows.map((row): AdaptiveElement => ({ type: 'ColumnSet', columns: row, spacing: 'Small' })),
  ];
}

function marks({ done, total }: Block<'progress'>['steps'][number], writing: Writing): TextRun[] {
  const reached = Math.min(Math.max(done, 0), total);
  return [
    ...(reached > 0 ? [{ type: 'TextRun', text: '●'.repeat(reached), color: 'Good' } satisfies TextRun] : []),
    ...(reached < total ? [{ type: 'TextRun', text: '○'.repeat(total - reached), isSubtle: true } satisfies TextRun] : []),
    // Circles say nothing aloud, and Teams has no words for them.
    ...(writing.target === 'teams' ? [{ type: 'TextRun', text: `  ${reached}/${total}`, size: 'Small', isSubtle: true } satisfies TextRun] : []),
  ];
}

function toList(block: Block<'list'>, writing: Writing): AdaptiveElement[] {
  return block.items.map((item, index) => ({
    type: 'ColumnSet',
    spacing: index === 0 ? 'Default' : 'Small',
    columns: [
      { type: 'Column', width: 'auto', items: [{ type: 'TextBlock', text: '•', wrap: true, isSubtle: true }] },
      {
        type: 'Column',
        width: 'stretch',
        spacing: 'Small',
        items: [
          textElement(item.text, {}, writing),
          ...(item.note === undefined ? [] : [textElement(item.note, { size: 'Small', isSubtle: true, spacing: 'None' }, writing)]),
        ],
      },
    ],
  }));
}

// On a phone, and in a pane beside a channel, five columns leave room for one word each.
const mostColumns = 4;

/** A table of many columns, as a list: what the row is about, and the rest under it with the names of its columns. */
function toEntries({ columns, rows }: Block<'table'>, writing: Writing): AdaptiveElement[] {
  const [, ...others] = columns;
  return rows.flatMap(([about = '', ...cells], index): AdaptiveElement[] => {
    const rest = others.flatMap((column, at): TextPart[] => [at === 0 ? '' : ' · ', `${column}: `, ...partsOf(cells[at] ?? '')]);
    return [
      { ...textElement(about, {}, writing), ...(index > 0 && { separator: true }), spacing: 'Medium' },
      textElement(rest, { size: 'Small', isSubtle: true, spacing: 'None' }, writing),
    ];
  });
}

function partsOf(text: Text): readonly TextPart[] {
  return typeof text === 'string' ? [text] : text;
}

/** Of many columns the first says what the row is about, in the most words. */
function widthOf({ columns }: Block<'table'>, index: number): number {
  return index === 0 && columns.length > 3 ? 2 : 1;
}

function toTable(block: Block<'table'>, writing: Writing): AdaptiveElement[] {
  const header = block.columns.map((column) => [textElement(column, { weight: 'Bolder', size: 'Small' }, writing)]);
  const rows = block.rows.map((row) => block.columns.map((_, index) => [textElement(row[index] ?? '', { size: 'Small' }, writing)]));
  return [
    {
      type: 'Table',
      columns: block.columns.map((_, index) => ({ width: widthOf(block, index) })),
      firstRowAsHeaders: true,
      gridStyle: 'default',
      rows: [header, ...rows].map((cells) => ({ type: 'TableRow', cells: cells.map((items) => ({ type: 'TableCell', items })) })),
    },
  ];
}

/** A table of columns: Teams on phones leaves the element Table blank (microsoft/AdaptiveCards#8853; Microsoft Learn: "Types of cards", support on mobile). */
function toRows(block: Block<'table'>, writing: Writing): AdaptiveElement[] {
  const row = (cells: readonly AdaptiveElement[], separator: boolean): AdaptiveElement => ({
    type: 'ColumnSet',
    spacing: 'Small',
    ...(separator && { separator }),
    columns: cells.map((cell, index) => ({ type: 'Column', width: widthOf(block, index), items: [cell] })),
  });
  return [
    row(
      block.columns.map((column) => textElement(column, { weight: 'Bolder', size: 'Small' }, writing)),
      false,
    ),
    ...block.rows.map((cells) =>
      row(
        block.columns.map((_, index) => textElement(cells[index] ?? '', { size: 'Small' }, writing)),
        true,
      ),
    ),
  ];
}
