import { z } from 'zod';
import { StoreError } from './errors.ts';

export type Parsed<Value> = { ok: true; value: Value } | { ok: false; reason: string };

/** Reads a stored value back. The reason names the place of the first mistake and never holds anything of the value: it may be somebody's words. */
export function parseStored<Value>(schema: z.ZodType<Value>, stored: string | null): Parsed<Value> {
  if (stored === null) return { ok: false, reason: 'the stored text is gone' };
  const json = parseJson(stored);
  if (json === undefined) return { ok: false, reason: 'the stored text is no valid JSON' };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `the stored value is not what is expected at "${issue?.path.join('.') ?? ''}" (${issue?.code ?? 'unknown'})` };
}

/** The same for values without which nothing can go on. Throws StoreError `stored_value_unreadable`. */
export function readStored<Value>(schema: z.ZodType<Value>, stored: string, what: string): Value {
  const parsed = parseStored(schema, stored);
  if (parsed.ok) return parsed.value;
  throw new StoreError('stored_value_unreadable', `${what} cannot be read: ${parsed.reason}. Restore it from a backup, or remove the row.`);
}

/** Any JSON, for values whose shape is known to somebody else (snapshots, events, the room's cards). */
export const anyJson: z.ZodType<unknown> = z.unknown();

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
