import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/open-store.ts';
import { median } from './median.ts';
import { clock } from './seeded-store.ts';

const DUE = 100;
const ROUNDS = 15;

/** Finding the 100 timers that are due among a million and moving them durably into the inbox, in milliseconds. */
export async function measureDueTimers(folder: string, timers: number): Promise<number> {
  const file = join(folder, 'timers.sqlite');
  await (await openStore({ sqliteFile: file }, { clock })).close();
  const start = Date.UTC(2030, 0, 1);
  fill(file, timers, start);
  const store = await openStore({ sqliteFile: file }, { clock });
  try {
    const times: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      // A timer is due each second, so this many seconds later as many are due.
      const now = start + round * DUE * 1_000 - 1;
      const startedAt = performance.now();
      const woken = await store.timers.wake({ now, limit: DUE });
      times.push(performance.now() - startedAt);
      if (woken !== DUE) throw new Error(`${woken} timers were due, and not ${DUE}.`);
    }
    return median(times);
  } finally {
    await store.close();
  }
}

function fill(file: string, timers: number, start: number): void {
  const database = new DatabaseSync(file);
  const conversation = JSON.stringify({ channel: 'room', tenant: 'bench', place: 'sales', thread: 'THREAD' });
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  database.exec(
    `WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${timers - 1})
     INSERT INTO timers (kind, aggregate_id, key, due_at, conversation)
     SELECT 'alignment', 'alignment-' || ((n * 7919) % ${timers}), 'remind', ${start} + n * 1000, replace('${conversation}', 'THREAD', 'thread-' || n) FROM numbers`,
  );
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
