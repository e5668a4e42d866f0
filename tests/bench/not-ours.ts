import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openSeeded, tenant } from './seeded-store.ts';

const MESSAGES = 50_000;
const chatter = [
  'Anyone up for lunch at half past twelve?',
  'The deck for the customer visit is in the shared folder, please have a look before four.',
  'Congratulations on the renewal, what a week',
  'I will be ten minutes late, the train stands in Reading again',
  'Forecast call moves to Thursday this week, same link as always.',
  'Could somebody send me the price list for the northern region?',
  'ok, thanks',
  'The printer on the second floor is out of toner. I told the front desk.',
];

/** Messages that are none of Plumb's business, one after the other on one core; `bytesWritten` counts what the database's files differ by afterwards. */
export async function measureNotOurs(folder: string): Promise<{ perSecond: number; filesChanged: number; answers: Record<string, number> }> {
  const bench = await openSeeded(folder, 100);
  try {
    const receive = (n: number) =>
      bench.runtime.intake.receive({
        type: 'MessagePosted',
        eventKey: `chatter-${n}`,
        conversation: { channel: 'room', tenant, place: 'sales', thread: `chatter-${n}` },
        personId: `person-${n % 50}`,
        at: Date.now(),
        messageId: `chatter-${n}`,
        text: chatter[n % chatter.length] ?? '',
        mentions: [],
        addressed: false,
        topLevel: true,
      });
    // Warms the code up; what the program itself writes at its start is written by then, too.
    for (let n = 0; n < 1_000; n += 1) await receive(n);
    const before = await digests(bench.file);
    const answers: Record<string, number> = {};
    const startedAt = performance.now();
    for (let n = 1_000; n < 1_000 + MESSAGES; n += 1) {
      const answer = await receive(n);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const after = await digests(bench.file);
    return { perSecond: MESSAGES / seconds, filesChanged: after.filter((digest, n) => digest !== before[n]).length, answers };
  } finally {
    await bench.close();
  }
}

/** One digest for the database file and one for its write-ahead log. */
async function digests(file: string): Promise<string[]> {
  return Promise.all(
    [file, `${file}-wal`].map(async (name) =>
      createHash('sha256')
        .update(await readFile(name))
        .digest('hex'),
    ),
  );
}
