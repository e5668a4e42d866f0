import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startProgram } from '../chaos/program.ts';
import { median } from './median.ts';

const STARTS = 5;
const IDLE_MS = 5_000;

/** From starting the process on an empty folder until it is ready, and its memory some seconds later, with nobody talking. */
export async function measureStartAndIdle(folder: string): Promise<{ startMs: number; idleRssMb: number }> {
  const port = await freePort();
  const starts: number[] = [];
  let idleRssMb = Number.NaN;
  for (let n = 1; n <= STARTS; n += 1) {
    const program = await startProgram({ dataDir: await mkdtemp(join(folder, 'start-')), port });
    starts.push(program.readyAfterMs);
    if (n === STARTS) {
      await sleep(IDLE_MS);
      const metrics = await (await fetch(`${program.url}/metrics`)).text();
      idleRssMb = Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]) / 1_048_576;
    }
    await program.stop();
  }
  return { startMs: median(starts), idleRssMb };
}
