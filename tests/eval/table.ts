import type { Confusion, Figure } from './figures.ts';

type Cell = string | Figure;

/** Columns as wide as their widest cell; words to the left, figures to the right, and a dash where there is none. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => (cell === null ? '-' : String(cell))))];
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column)))).join('  ');
  return cells.map(line).join('\n');
}

/** What was meant, line by line, and what it was taken for. */
export function confusionTable(title: string, confusion: Confusion, order: readonly string[] = []): string {
  const golds = Object.keys(confusion);
  const others = new Set(golds.flatMap((gold) => Object.keys(confusion[gold] ?? {})));
  const columns = [...order, ...golds].filter((column) => others.delete(column));
  columns.push(...others);
  return table(
    [title, ...columns],
    golds.map((gold) => [gold, ...columns.map((column) => confusion[gold]?.[column] ?? 0)]),
  );
}
