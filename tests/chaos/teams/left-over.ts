import { z } from 'zod';
import type { Tables } from '../tables.ts';

const Row = z.object({ id: z.string(), status: z.string(), reason: z.string().nullable() });

/** Once everything has come to rest there are no dead letters, nothing waits for anybody, and nothing that is done has kept what it said. */
export async function leftOver(tables: Tables): Promise<string[]> {
  const inbox = await tables.rows(Row, "SELECT event_key AS id, status, reason FROM inbox WHERE status <> 'done' OR body IS NOT NULL");
  const outbox = await tables.rows(Row, "SELECT id, status, reason FROM outbox WHERE status <> 'done' OR body IS NOT NULL");
  const name = (queue: string) => (row: z.infer<typeof Row>) => `${queue} row ${row.id} is ${row.status} and has a body or is not done (${row.reason})`;
  return [...inbox.map(name('inbox')), ...outbox.map(name('outbox'))];
}
