import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** Example messages for training, written for this project. */
export const trainingFolder = `${import.meta.dirname}/training`;

export type Fold = 0 | 1 | 2 | 3 | 4;

/** Which fifth a family of messages belongs to. What is alike stays together, so that a held-back fifth says how unseen wording fares. */
export function byFamily(family: string): number {
  let state = 7;
  for (const unit of family) state = (Math.imul(state, 31) + (unit.codePointAt(0) ?? 0)) >>> 0;
  return state % 5;
}

/** One parsed object a line. Throws with file and line when one is not as `schema` says. */
export function linesOf<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema>[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new Error(`${file}:${index + 1} is not a line that training can read.`, { cause: error });
    }
  });
}
