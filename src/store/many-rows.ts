import { type RawBuilder, sql } from 'kysely';
import type { DatabaseKind } from './schema.ts';

type Value = string | number | null;

/**
 * Many rows as one parameter: a source named `item` whose `value` is one row, an array of which `value ->> 0` is the first. One statement serves any number
 * of rows, where a list of values is written, read and prepared anew for each number of them.
 */
export function manyRows(kind: DatabaseKind, rows: readonly (readonly Value[])[]): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  return kind === 'sqlite' ? sql`json_each(${json}) as item` : sql`jsonb_array_elements(${json}::text::jsonb) as item(value)`;
}

/** The same for texts alone, for `in`. */
export function manyTexts(kind: DatabaseKind, texts: readonly string[]): RawBuilder<string> {
  const json = JSON.stringify(texts);
  return kind === 'sqlite' ? sql<string>`(select value from json_each(${json}))` : sql<string>`(select jsonb_array_elements_text(${json}::text::jsonb))`;
}
