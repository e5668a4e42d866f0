import type { KnownBlock, RawTextElement, RichTextBlock } from '@slack/types';
import type { CardBlock, Text } from '../../../views/card.ts';
import { cutPieces } from './cut.ts';
import { limits } from './limits.ts';
import { inOneLine, isBlank, type Piece, piecesOf, plainOf } from './pieces.ts';
import type { Writing } from './rendering.ts';
import { merged, section } from './section.ts';
import { mrkdwnOf, richElements } from './text.ts';

type Cell = readonly Piece[];

/** What stands in a cell with nothing in it: Slack refuses empty ones. */
const nothing = '–';

/** Slack's table in a message, where it is small enough; views take none (docs: block-kit/blocks/table-block), so there each row has its own lines. */
export function toTable({ columns, rows }: Extract<CardBlock, { type: 'table' }>, { surface, maxText, compact }: Writing): KnownBlock[] {
  if (columns.length === 0 || rows.length === 0) return [];
  // Rows as lines must fit into one section each.
  const most = Math.min(maxText, Math.floor((limits.sectionText - 100) / (columns.length * 2)));
  const cellOf = (text: Text = ''): Cell => {
    const cell = inOneLine(cutPieces(piecesOf(text), most));
    return isBlank(plainOf(cell)) ? [nothing] : cell;
  };
  const head = columns.map((column) => cellOf(column));
  const body = rows.map((row) => columns.map((_, at) => cellOf(row[at])));
  const size = [head, ...body].flat().reduce((sum, cell) => sum + plainOf(cell).length, 0);
  const fits = surface === 'message' && columns.length <= limits.tableColumns && rows.length < limits.tableRows && size <= limits.tableText;
  if (compact || !fits) return merged(body.map((row) => section(rowLines(head, row))));
  const cells = [head.map((cell) => richCell(cell, { bold: true })), ...body.map((row) => row.map(bodyCell))];
  return [{ type: 'table', column_settings: columns.map(() => ({ is_wrapped: true })), rows: cells }];
}

function bodyCell(cell: Cell): RawTextElement | RichTextBlock {
  return cell.every((piece) => typeof piece === 'string') ? { type: 'raw_text', text: cell.join('') } : richCell(cell);
}

function richCell(cell: Cell, look?: { bold: boolean }): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: richElements(cell, look) }] };
}

/** "first meetings" in bold, and below it "Today: 3 · Target: 6". */
function rowLines(head: readonly Cell[], [first = [], ...others]: readonly Cell[]): string {
  const below = others.map((cell, at) => `${mrkdwnOf(head[at + 1] ?? [])}: ${mrkdwnOf(cell)}`).join(' · ');
  return `*${mrkdwnOf(first).trim()}*${below === '' ? '' : `\n${below}`}`;
}
