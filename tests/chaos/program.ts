import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const main = join(import.meta.dirname, '../../src/main.ts');
const READY_LIMIT_MS = 60_000;

/** The real program, running on a folder of its own. */
export type Program = {
  url: string;
  pid: number;
  /** From the start of the process until /readyz said yes, in milliseconds. */
  readyAfterMs: number;
  /** What it wrote so far. */
  output(): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** As `npm start` says: flags of Node are part of what is measured. */
const startScript = z.object({ scripts: z.object({ start: z.string().startsWith('node ').endsWith(' src/main.ts') }) });
const flags = startScript
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')))
  .scripts.start.split(' ')
  .slice(1, -1);

/** Starts Plumb and waits until it is ready. Rejects with its output when it ends before. `url`: where it answers, if not on `port`. */
export async function startProgram(
  { dataDir, port, env: more }: { dataDir: string; port: number; env?: Record<string, string> },
  url = `http://127.0.0.1:${port}`,
): Promise<Program> {
  const startedAt = performance.now();
  // Nothing of this machine's own environment may change how it runs, and a folder without .env neither.
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', LOG_LEVEL: 'warn', DATA_DIR: dataDir, PORT: String(port), ...more };
  const child = spawn(process.execPath, [...flags, main], { cwd: dataDir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = `${output}${chunk.toString()}`.slice(-100_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit');
  await untilReady(url, child, () => output);
  return {
    url,
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - startedAt,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`Plumb ended with ${child.exitCode} before it was ready:\n${output()}`);
    if (await answers(`${url}/readyz`)) return;
    await sleep(10);
  }
  child.kill('SIGKILL');
  throw new Error(`Plumb was not ready after ${READY_LIMIT_MS} ms:\n${output()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused or broken off: it is not up yet, or just gone.
    return false;
  }
}
