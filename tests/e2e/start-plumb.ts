import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Running = { url: string; dataDir: string; stop(): Promise<void>; log: readonly string[] };

const root = join(import.meta.dirname, '..', '..');

/** Plumb as `npm start` runs it, on a free port, with a data folder of its own (or the one given). */
export async function startPlumb(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<Running> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'plumb-e2e-')));
  const child = spawn(process.execPath, ['src/main.ts'], { cwd: root, env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, ...options.env } });
  const log: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const url = await ready(child, log);
  return {
    url,
    dataDir,
    log,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves with the address of the first listener; the log goes on, and no line of it is lost. */
function ready(child: ChildProcess, log: string[]): Promise<string> {
  const { stdout } = child;
  if (!stdout) throw new Error('The program has no output.');
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      log.push(line);
      const url = /"url":"([^"]+)"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`Plumb did not start:\n${log.join('\n')}`)));
  });
}

/** For PORT where links are made of it, as those of pictures are. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return String(address.port);
}
