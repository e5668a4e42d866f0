import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Location, openTables } from './tables.ts';

const LIMIT_MS = 90_000;
// What is tried again waits for up to a minute.
const SOON_MS = 60_000;
const Due = z.object({ due_at: z.coerce.number() });

/** Waits until no timer is due and nothing waits to be handled or sent. `now`: the moment that the program goes by; `output`: what it wrote. */
export async function untilRest(location: Location, now: () => number | Promise<number>, output: () => string): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (let quiet = 0; quiet < 3; ) {
    if (performance.now() > end) throw new Error(`Plumb did not come to rest:\n${output()}`);
    await sleep(60);
    const at = await now();
    const due = await dueIn(
      location,
      `SELECT due_at FROM timers WHERE due_at <= ${at} UNION ALL SELECT due_at FROM outbox WHERE status <> 'done' AND due_at <= ${at + SOON_MS}
       UNION ALL SELECT 0 AS due_at FROM inbox WHERE status NOT IN ('done', 'dead')`,
    );
    quiet = due.length === 0 ? quiet + 1 : 0;
  }
}

/** When Plumb does something by itself the next time, epoch milliseconds; undefined when it never does. */
export async function nextDue(location: Location, now: number): Promise<number | undefined> {
  const due = await dueIn(
    location,
    `SELECT due_at FROM timers WHERE due_at > ${now} UNION ALL SELECT due_at FROM outbox WHERE status <> 'done' AND due_at > ${now} ORDER BY due_at LIMIT 1`,
  );
  return due[0];
}

async function dueIn(location: Location, query: string): Promise<number[]> {
  const tables = await openTables(location);
  const rows = await tables.rows(Due, query).finally(tables.close);
  return rows.map(({ due_at }) => due_at);
}
