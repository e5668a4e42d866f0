import { setTimeout as sleep } from 'node:timers/promises';

const SETTLE_LIMIT_MS = 180_000;

/** Waits until nothing waits: every row in inbox and outbox that is due is done. `url` serves /metrics; `output` is what Plumb wrote. */
export async function settle(url: string, output: () => string): Promise<void> {
  const until = performance.now() + SETTLE_LIMIT_MS;
  let quiet = 0;
  while (quiet < 5) {
    if (performance.now() > until) throw new Error(`Plumb did not come to rest within ${SETTLE_LIMIT_MS} ms:\n${output()}`);
    await sleep(400);
    const text = await (await fetch(`${url}/metrics`)).text();
    const waiting = ['inbox', 'outbox'].map((queue) => Number(new RegExp(`^plumb_queue_depth\\{queue="${queue}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 1));
    quiet = waiting.every((rows) => rows === 0) ? quiet + 1 : 0;
  }
}
