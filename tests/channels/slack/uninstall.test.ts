import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../../app/kit.ts';
import type { Running } from '../../e2e/start-plumb.ts';
import { rowsOf } from './kept-rows.ts';
import { everythingIn, ids, install, type ManySlacks, type Organisation, openManySlacks } from './many-slacks.ts';

jest.setTimeout(120_000);

const { dana, priya, sales } = ids;
const day = 86_400_000;
let many: ManySlacks;
let plumb: Running;
let north: Organisation;
let south: Organisation;

beforeEach(async () => {
  many = await openManySlacks();
  plumb = await many.start({ dataDir: await mkdtemp(join(tmpdir(), 'plumb-uninstall-')) });
  many.target(plumb);
  ({ north, south } = many.organisations);
  await waitFor(() => /slack\/events/.test(plumb.log.join('')));
  for (const one of [north, south]) {
    await install(plumb, one);
    await one.slack.do.inviteBot(priya, sales);
  }
});

afterEach(async () => {
  await plumb?.stop();
  await many?.close();
  await rm(plumb.dataDir, { recursive: true, force: true });
});

describe('when Plumb is removed from one workspace', () => {
  it('everything stops there and goes on elsewhere; what is kept is erased in the end, and then nothing of it is in any file', async () => {
    const [said, theirs] = [await asks(north), await asks(south)];
    await north.slack.do.uninstall(north.team);
    await waitFor(() => row()?.secret === null);
    expect((row()?.erase_at ?? 0) - Date.now()).toBeGreaterThan(29 * day);
    expect(waiting()).toEqual([]);
    const calls = north.slack.calls.length;
    await north.slack.act.press(dana, last(north, said), 'Later');
    await north.slack.act.command(dana, sales, '/plumb list');
    await answers(south, theirs);
    await settled();
    expect(north.slack.calls.slice(calls).filter(({ answer }) => answer === 'ok')).toEqual([]);
    expect(waiting()).toEqual([]);
    await plumb.stop();
    const options = { clock: { now: Date.now }, logger: createLog(), secretKeys: [many.env['SECRET_KEY'] ?? ''] };
    const store = await openStore({ sqliteFile: join(plumb.dataDir, 'plumb.sqlite') }, options);
    await store.housekeep(Date.now() + 45 * day);
    expect(await store.installations.load('slack', south.tenant)).toBeDefined();
    await store.close();
    const files = await filesOf(plumb.dataDir);
    expect(files).toContain(south.marker);
    expect(files).not.toContain(north.marker);
    expect(files).not.toContain(north.tenant);
    plumb = await many.start({ dataDir: plumb.dataDir });
  });

  it('whoever installs it again goes on where they were', async () => {
    const said = await asks(north);
    await north.slack.do.uninstall(north.team);
    await waitFor(() => row()?.secret === null);
    expect((await install(plumb, north)).status).toBe(200);
    expect(row()).toMatchObject({ erase_at: null });
    await north.slack.do.inviteBot(priya, sales);
    await answers(north, said);
  });

  it('and it is not told, that stops nothing else, and a new token goes on', async () => {
    const said = await asks(north);
    for (const token of north.slack.state.tokens.values()) token.revoked = true;
    await north.slack.do.say(dana, sales, `We lost 9% margin at ${north.marker} Foods since May and the board wants it back`, { thread: said.ts });
    await waitFor(() => north.slack.calls.some(({ method, answer }) => method === 'chat.postMessage' && answer === 'token_revoked'));
    await answers(south, await asks(south));
    const log = plumb.log.join('');
    expect(log).toContain('token_revoked');
    for (const token of north.slack.state.tokens.keys()) expect(log).not.toContain(token);
    expect(log).not.toContain(north.marker);
    await install(plumb, north);
    await answers(north, said);
    expect(everythingIn(south)).not.toContain(north.marker);
  });
});

async function asks({ slack, marker }: Organisation): Promise<{ channel: string; ts: string }> {
  const said = await slack.do.say(dana, sales, `Can we get a two-day ${marker} negotiation course for our 60 account managers before the end of March?`);
  await slack.until(() => slack.thread(dana, said).some(({ fromApp }) => fromApp), 20_000);
  return said;
}

async function answers({ slack, marker }: Organisation, said: { channel: string; ts: string }): Promise<void> {
  const before = slack.thread(dana, said).filter(({ fromApp }) => fromApp).length;
  await slack.do.say(dana, sales, `The reason is that we lost 9% margin at ${marker} Foods and the board wants it back by September`, { thread: said.ts });
  await slack.until(() => slack.thread(dana, said).filter(({ fromApp }) => fromApp).length > before, 20_000);
}

function last({ slack }: Organisation, said: { channel: string; ts: string }) {
  const message = slack.thread(dana, said).at(-1);
  if (!message) throw new Error('Nothing was said.');
  return message;
}

type Row = { secret: string | null; erase_at: number | null };

function row(): Row | undefined {
  return rowsOf<Row>(plumb, `select secret, erase_at from installations where tenant = '${north.tenant}'`)[0];
}

/** What is still to be done for the workspace. */
function waiting(): unknown[] {
  const of = `tenant = '${north.tenant}' and status in ('waiting', 'dead')`;
  return [
    ...rowsOf(plumb, `select type from inbox where ${of}`),
    ...rowsOf(plumb, `select audience from outbox where ${of}`),
    ...rowsOf(plumb, `select key from timers where conversation like '%${north.tenant}%'`),
  ];
}

async function settled(): Promise<void> {
  await Promise.all([north, south].map(({ slack }) => slack.settled()));
  await waitFor(() => rowsOf(plumb, "select seq from inbox where status = 'waiting' and attempts = 0").length === 0);
}

async function filesOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join('');
}

async function waitFor(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen within 20 seconds.');
}
