import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** The path of a file of learned weights. */
export function weightsFile(name: string): string {
  return `${import.meta.dirname}/weights/${name}.json`;
}

/** Learned weights as `npm run train` wrote them. Throws when the file is missing or damaged. */
export function readWeights<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> {
  return readModel(name, schema, (stored) => stored);
}

/** What `make` makes of learned weights. Throws, saying what to do, when the file is missing or damaged, also where only `make` notices it. */
export function readModel<Schema extends z.ZodType, Made>(name: string, schema: Schema, make: (stored: z.infer<Schema>) => Made): Made {
  const file = weightsFile(name);
  try {
    return make(schema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    throw new Error(`The learned weights in ${file} cannot be read. Restore the file, or make it anew with "npm run train".`, { cause: error });
  }
}
