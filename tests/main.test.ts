import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type FakeSlack, openFakeSlack } from './channels/slack/fake-slack/open-fake-slack.ts';
import { startPostgres } from './store/databases.ts';

// A process that does not end by itself fails its test by this.
jest.setTimeout(60_000);

const token = 'xoxb-wrong';
let dataDir: string;
let slack: FakeSlack;
let running: ChildProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plumb-main-'));
  slack = await openFakeSlack();
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await slack.close();
  await rm(dataDir, { recursive: true, force: true });
});

function start(settings: Record<string, string>): ChildProcess {
  const env = { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', ENCODER: 'off', DATA_DIR: dataDir, SLACK_API_URL: slack.apiUrl, ...settings };
  const child = spawn(process.execPath, ['src/main.ts'], { cwd: join(import.meta.dirname, '..'), env, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  return child;
}

/** Starts Plumb, and gives what it said and how it ended. */
async function ended(settings: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const child = start(settings);
  const [[code], said] = await Promise.all([once(child, 'exit'), child.stderr ? text(child.stderr) : '']);
  return { code, said };
}

it('ends with what to do when Slack refuses the bot token, also with a database elsewhere', async () => {
  const server = await startPostgres();
  const database = await server.database();
  try {
    const end = await ended({ DATABASE_URL: database.location.databaseUrl, SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: slack.app.signingSecret });
    expect(end).toEqual({ code: 1, said: expect.stringMatching(/^Slack refused SLACK_BOT_TOKEN \(invalid_auth\)\. Copy .+\n$/) });
    expect(end.said).not.toContain(token);
  } finally {
    await database.drop();
    await server.stop();
  }
});

it('ends with what to do when Slack refuses the app token', async () => {
  const end = await ended({ SLACK_BOT_TOKEN: slack.botToken(), SLACK_APP_TOKEN: 'xapp-wrong' });
  expect(end).toEqual({ code: 1, said: expect.stringMatching(/^Slack refuses SLACK_APP_TOKEN \(invalid_auth\)\. .+\n$/) });
});

it('ends with what to do when its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const end = await ended({ PORT: port, SLACK_BOT_TOKEN: slack.botToken(), SLACK_SIGNING_SECRET: slack.app.signingSecret });
  other.close();
  expect(end).toEqual({ code: 1, said: expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`) });
});

it.each(['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'])('is up while Slack cannot be reached, with %s, and stops when it is asked to', async (transport) => {
  await slack.close();
  const child = start({ SLACK_BOT_TOKEN: token, [transport]: slack.app.signingSecret });
  const exit = once(child, 'exit');
  const lines: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    lines.push(chunk.toString());
    if (lines.join('').includes('Plumb is ready')) resolve();
  });
  await ready;
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  expect(lines.join('')).toContain('Plumb has stopped');
});
