import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { EvaluationError } from './evaluation-error.ts';

/** A line of a file, with where it stands, for reports. */
export type Line<T> = { value: T; where: string };

/** Reads a file of one JSON object a line; empty lines are skipped. Throws EvaluationError, which names file and line. */
export function readLines<T extends z.ZodType>(file: string, schema: T): Line<z.output<T>>[] {
  const lines = textOf(file).split(/\r?\n/);
  const read = lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [{ value: parsed(line, `${file}:${at + 1}`, schema), where: `${basename(file)}:${at + 1}` }],
  );
  if (read.length === 0) throw new EvaluationError(`${file}: this file has no lines. Give a file with one JSON object a line.`);
  return read;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new EvaluationError(`${file}: this file cannot be read. Check its name and its permissions.`, { cause });
  }
}

function parsed<T extends z.ZodType>(line: string, where: string, schema: T): z.output<T> {
  const result = schema.safeParse(json(line, where));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.length ? `"${issue.path.map(String).join('.')}"` : 'the line';
  throw new EvaluationError(`${where}: ${field} is not as it should be: ${issue?.message ?? 'unknown problem'}`);
}

function json(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new EvaluationError(`${where}: this line is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
