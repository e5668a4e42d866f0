import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { z } from 'zod';

/** The database of a Plumb that has stopped, to be looked at. */
export type Tables = {
  rows<T>(schema: z.ZodType<T>, query: string): Promise<T[]>;
  close(): Promise<void>;
};

export type Location = { sqliteFile: string } | { databaseUrl: string };

export async function openTables(location: Location): Promise<Tables> {
  if ('sqliteFile' in location) {
    const database = new DatabaseSync(location.sqliteFile, { readOnly: true });
    return {
      rows: async (schema, query) =>
        database
          .prepare(query)
          .all()
          .map((row) => schema.parse(row)),
      close: async () => database.close(),
    };
  }
  const client = new pg.Client({ connectionString: location.databaseUrl });
  await client.connect();
  return {
    rows: async (schema, query) => (await client.query(query)).rows.map((row) => schema.parse(row)),
    close: () => client.end(),
  };
}
