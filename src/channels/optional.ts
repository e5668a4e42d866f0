import type { z } from 'zod';

/**
 * A field that is nice to have. Whoever leaves it out, sends null or something else in its place still tells the rest: a field on which nothing depends
 * must not make a whole payload unreadable. For fields that decide who somebody is or where something stands, use the schema itself.
 */
export function optionally<T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<z.ZodNullable<T>>> {
  return schema.nullish().catch(undefined);
}
