import { join } from 'node:path';
import { z } from 'zod';
import { createEncoder } from '../../src/language/local/encoder/encoder.ts';
import { linesOf } from '../../src/language/local/training-files.ts';

const requests = join(import.meta.dirname, '../eval/requests.jsonl');
const ROUNDS = 3;
const PATIENCE_MS = 20_000;

/** Megabytes that this process takes more than before, at the most, while the sentence encoder reads each request of tests/eval three times. */
export async function measureEncoderMemory(): Promise<number> {
  const texts = linesOf(requests, z.object({ text: z.string() })).map(({ text }) => text);
  const before = process.memoryUsage.rss();
  let most = before;
  const encoder = createEncoder({ deadlineMs: PATIENCE_MS, onUnavailable: (reason) => console.error(`The sentence encoder cannot run: ${reason}`) });
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const text of texts) {
        if (!(await encoder.encode([text]))) return Number.NaN;
        most = Math.max(most, process.memoryUsage.rss());
      }
    }
  } finally {
    await encoder.close();
  }
  return (most - before) / 1_048_576;
}
