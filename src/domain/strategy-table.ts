import type { Objective } from './strategy.ts';
import { isTimeFrame, listedIn, weightOfCell } from './strategy-details.ts';
import type { PastedLine } from './strategy-lines.ts';

export type Row = { text: string; timeFrame?: string; weight?: Objective['weight']; needs?: string[] };

type Column = 'objective' | 'time' | 'weight' | 'needs' | 'other';
const headings: readonly [Column, RegExp][] = [
  [
    'objective',
    /^(?:our |business |strategic |sales )*(?:objectives?|goals?|strategy|strategic priority|what|initiatives?|outcomes?|pillars?|focus(?: areas?)?)$/i,
  ],
  ['needs', /need|competenc|skill|capabilit|behaviou?r|people must|know/i],
  ['time', /when|deadline|due|time|date|until|quarter|year/i],
  ['weight', /weight|priority|prio\b|importance|rank/i],
];

/** The rows of a table, without its head; empty where most of the text is none. */
export function tableRows(lines: readonly PastedLine[]): Row[] {
  const table = lines.flatMap(({ cells }) => (cells && cells.length > 1 ? [cells] : []));
  if (table.length < 2 || table.length < lines.length / 2) return [];
  const [first = [], ...rest] = table;
  const head = first.map(columnOf);
  const hasHead =
    head.filter((column) => column !== 'other').length >= 2 ||
    head[0] === 'objective' ||
    (head.includes('objective') && !first.some((cell) => /\d/.test(cell)));
  if (!hasHead) return table.map((cells) => rowByContent(cells)).filter(isFilled);
  const columns = head.includes('objective') ? head : asFirst(head, rest[0] ?? []);
  return rest.map((cells) => rowByColumn(cells, columns)).filter(isFilled);
}

function columnOf(cell: string): Column {
  return headings.find(([, pattern]) => pattern.test(cell))?.[0] ?? 'other';
}

/** Where no column is headed as objective, it is the first one that holds more than a number. */
function asFirst(head: readonly Column[], example: readonly string[]): Column[] {
  const at = Math.max(
    0,
    head.findIndex((column, index) => column === 'other' && /\p{L}{3}/u.test(example[index] ?? '')),
  );
  return head.map((column, index) => (index === at ? 'objective' : column));
}

function isFilled({ text }: Row): boolean {
  return text !== '';
}

function rowByColumn(cells: readonly string[], columns: readonly Column[]): Row {
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? '';
  const time = cell('time');
  const weight = weightOfCell(cell('weight'));
  const text = cell('objective');
  return { ...timed(text, time), ...(weight && { weight }), needs: listedIn(cell('needs')) };
}

/** A time that is none to us stays with the words, so that nothing is lost. */
function timed(text: string, time: string): Row {
  if (time === '' || text === '') return { text };
  return isTimeFrame(time) ? { text, timeFrame: time } : { text: `${text} (${time})` };
}

function rowByContent(cells: readonly string[]): Row {
  const at = cells.findIndex((cell) => /\p{L}{3}/u.test(cell) && !isTimeFrame(cell));
  const row: Row = { text: cells[at] ?? '', needs: [] };
  for (const cell of cells.slice(at + 1)) {
    const weight = /^\d$/.test(cell) ? undefined : weightOfCell(cell);
    if (isTimeFrame(cell)) row.timeFrame = cell;
    else if (weight) row.weight = weight;
    else if (/\p{L}{3}/u.test(cell)) row.needs?.push(...listedIn(cell));
    else if (cell !== '') row.text = `${row.text}, ${cell}`;
  }
  return row;
}
