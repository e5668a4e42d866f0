import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { CardBlock, Text } from '../../../views/card.ts';
import { cutPieces } from './cut.ts';
import { limits } from './limits.ts';
import { isBlank, type Piece, piecesOf, plainOf } from './pieces.ts';
import type { Writing } from './rendering.ts';
import { richElements } from './text.ts';

type TableOf = Extract<CardBlock, { type: 'table' }>;
type Cell = readonly Piece[];

/** What stands in a cell with nothing in it: Slack refuses empty ones. */
const nothing = '–';

/** Slack's table in a message, where it is small enough; views take none (docs: block-kit/blocks/table-block), so there each row is an item of a list. */
export function toTable({ columns, rows }: TableOf, { surface, maxText }: Writing): KnownBlock[] {
  const width = columns.length;
  if (width === 0 || rows.length === 0) return [];
  const cellOf = (text: Text = ''): Cell => {
    const cell = cutPieces(piecesOf(text), Math.min(maxText, limits.fieldText / 2));
    return isBlank(plainOf(cell)) ? [nothing] : cell;
  };
  const head = columns.map((column) => cellOf(column));
  const body = rows.map((row) => columns.map((_, at) => cellOf(row[at])));
  const all = [head, ...body];
  const size = all.flat().reduce((sum, cell) => sum + plainOf(cell).length, 0);
  const fits = surface === 'message' && width <= limits.tableColumns && all.length <= limits.tableRows && size <= limits.tableText;
  if (!fits) return asLists(head, body);
  // raw_text cells made Slack fail for others (github.com/soxtoby/SlackNet/issues/246), so every cell is rich text.
  const cells = [head.map((cell) => tableCell(cell, { bold: true })), ...body.map((row) => row.map((cell) => tableCell(cell)))];
  return [{ type: 'table', column_settings: columns.slice(0, limits.tableColumns).map(() => ({ is_wrapped: true })), rows: cells }];
}

function tableCell(cell: Cell, look?: { bold: boolean }): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: richElements(cell, look) }] };
}

/** "first meetings", and below it "Today: 3 · Target: 6". */
function asLists(head: readonly Cell[], body: readonly (readonly Cell[])[]): KnownBlock[] {
  return body.map((row) => {
    const [first = [], ...others] = row;
    const below = others.flatMap((cell, at): RichTextElement[] => richElements([at === 0 ? '\n' : ' · ', ...(head[at + 1] ?? []), ': ', ...cell]));
    return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [...richElements(first, { bold: true }), ...below] }] };
  });
}
