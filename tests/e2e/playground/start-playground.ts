import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../chaos/program.ts';
import { playgroundSetup } from './people.ts';

export type Playground = { url: string; stop(): Promise<void> };

const cli = join(import.meta.dirname, '../../../node_modules/@microsoft/m365agentsplayground/cli.js');

/** Microsoft's Agents Playground in front of a bot, on the loopback address and without telemetry. */
export async function startPlayground(messagesUrl: string): Promise<Playground> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  // JSON is YAML, too.
  await writeFile(join(folder, '.m365agentsplayground.yml'), playgroundSetup);
  const url = `http://127.0.0.1:${port}`;
  const args = ['start', '-e', messagesUrl, '-c', 'msteams', '-p', String(port), '--su', `${url}/_connector`, '--dt', 'true'];
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'bind-to-loopback.ts'), cli, ...args], {
    cwd: folder,
    // It would open a browser by itself where there is one. Its time zone is that of the person at it.
    env: { PATH: process.env['PATH'], HOME: folder, TEAMSAPPTESTER_BROWSER: 'none', TZ: 'UTC' },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const refused = ended.then(() => {
    throw new Error(`The Agents Playground did not start; ${join(folder, 'devTools')} says why.`);
  });
  await Promise.race([untilAnswers(url), refused]);
  return {
    url,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
}
