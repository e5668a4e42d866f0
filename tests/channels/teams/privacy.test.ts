import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import { secondTenant, usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

jest.setTimeout(120_000);

const day = 24 * 3_600_000;
let offset = Date.UTC(2027, 0, 11, 15) - Date.now();
const clock = { now: () => Date.now() + offset };
const [north, south] = [usualTenant.id, secondTenant.id];
let folder: string;
let teams: FakeTeams;
let openId: OpenIdServer;
let plumb: OpenPlumb;
let [dana, priya, tomas, keiko, sam, olga] = ['', '', '', '', '', ''];
let channel: string;
/** What libraries write by themselves. */
const written: string[] = [];

beforeAll(async () => {
  for (const way of ['error', 'warn', 'log', 'info', 'debug'] as const)
    jest.spyOn(console, way).mockImplementation((...words) => void written.push(format(...words)));
  folder = await mkdtemp(join(tmpdir(), 'plumb-privacy-'));
  openId = await openOpenIdServer();
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    tenants: [{ ...usualTenant, added: ['priya', 'sam'] }, secondTenant],
  });
  [dana = '', priya = '', tomas = '', keiko = '', sam = '', olga = ''] = teams.people('dana', 'priya', 'tomas', 'keiko', 'sam', 'olga');
  channel = teams.channel('sales-leaders');
  plumb = await openPlumb({ clock, openId, allowedTenants: [north], admins: [priya], dataDir: folder });
});
afterAll(async () => {
  await plumb?.close();
  await teams?.close();
  await openId?.close();
  await rm(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

/** Which of these stand in any file of the database, whatever is deleted there. */
async function onDisk(...words: string[]): Promise<string[]> {
  const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file))));
  return words.filter((word) => files.some((bytes) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'))));
}

function logged(): string {
  return [...plumb.logger.lines, ...written].join('\n');
}

function sees(where: () => SeenMessage[], shown: RegExp | string, button?: string): Promise<SeenMessage> {
  const shows = (one: SeenMessage) => (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown));
  return teams.until(
    () => where().findLast((one) => one.fromApp && shows(one) && (button === undefined || one.buttons.some(({ title }) => title === button))),
    20_000,
  );
}

const idsOf = (who: string): string[] => [who, teams.person(who).accountId];

/** Nothing waits, and what was erased is folded away. */
async function settled(): Promise<void> {
  await teams.settled();
  for (let tries = 0; tries < 400; tries += 1) {
    const { inbox, outbox } = await plumb.store.depth();
    if (inbox + outbox === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await plumb.store.housekeep(clock.now());
}

describe('what people say among themselves', () => {
  it('leaves no word, name, id or time zone of theirs, on no disk and in no log', async () => {
    const said = await teams.do.say(tomas, channel, 'Anyone up for xylophone lunch at noon? @Keiko Tanaka');
    await teams.do.reply(keiko, said, 'xylophone yes please');
    await teams.do.edit(said, 'xylophone dinner instead');
    await teams.do.remove(said);
    await teams.do.undelete(said);
    await teams.do.react(keiko, said);
    await teams.do.join(sam, teams.team('Sales Leaders'), tomas);
    await teams.do.leave(sam, teams.team('Sales Leaders'), tomas);
    await teams.do.say(dana, teams.chat('Negotiation'), 'the xylophone numbers look nice, Tomas');
    await teams.settled();
    const traces = ['xylophone', 'Tomas', 'Keiko', 'Dana', 'Europe/Madrid', 'America/New_York', ...[dana, tomas, keiko, sam].flatMap(idsOf)];
    expect(await onDisk(...traces)).toEqual([]);
    for (const trace of traces) expect(logged()).not.toContain(trace);
  });

  it('of an organisation that is not served leaves nothing at all', async () => {
    await teams.do.say(olga, teams.channel('deals'), '@Plumb we need a xylophone training for our 20 sellers before june');
    await teams.do.addApp(olga);
    await teams.do.sayToBot(olga, 'help');
    await teams.settled();
    expect(await onDisk('xylophone', 'Olga', south, teams.channel('deals'), ...idsOf(olga))).toEqual([]);
    expect(teams.calls.filter(({ tenant }) => tenant === south)).toEqual([]);
    expect(logged()).not.toMatch(new RegExp(`xylophone|Olga|${south}`));
  });
});

describe('what Plumb is told', () => {
  let said: Said;

  it('is kept without the name of whoever told it, and as long as it counts', async () => {
    said = await teams.do.say(
      dana,
      channel,
      '@Plumb my 60 account managers keep giving away margin, can we get a zither negotiation course before the end of march?',
    );
    await sees(() => teams.thread(dana, said), /negotiation/);
    const answer = await teams.do.reply(dana, said, 'zither margin fell from 31 to 27 percent since june and the board wants 30 by september');
    await sees(() => teams.thread(dana, said), /Noted from .*, business driver/);
    await teams.do.reply(keiko, said, 'has somebody seen my theremin?');
    await settled();
    expect(await onDisk('theremin', 'Whitfield', 'Keiko')).toEqual([]);
    expect(await onDisk('zither margin')).toEqual(['zither margin']);
    await teams.do.remove(answer);
    await settled();
    expect(await onDisk('zither margin')).toEqual([]);
  });

  it('is in no log and no dead letter when Teams refuses it and says it again', async () => {
    const echo = 'zither-echo for Dana Whitfield';
    const answers = [400, 403, 404, 413, 418, 500, 502].map((status) => ({
      status,
      body: { error: { code: echo, message: echo, innerHttpError: { body: echo } }, message: echo },
    }));
    for (const body of [echo, `<html>${echo}</html>`, [echo]]) answers.push({ status: 400, body: body as never });
    for (const answer of answers) {
      teams.fault('*', { kind: 'answer', ...answer }, { times: 3 });
      await teams.do.reply(dana, said, 'why do you ask?');
      await teams.do.sayToBot(priya, 'list');
      await teams.settled();
    }
    openId.behave('nonsense');
    offset += 2 * 3_600_000;
    plumb.poke();
    await teams.do.reply(dana, said, 'what do you have so far?');
    await new Promise((resolve) => setTimeout(resolve, 500));
    openId.behave('well');
    teams.clearFaults();
    const refused = teams.calls.filter(({ status }) => status >= 400).map(({ status }) => status);
    expect(new Set(refused)).toEqual(new Set([400, 403, 404, 413, 418, 500, 502]));
    expect(plumb.logger.lines.join('\n')).toMatch(/Teams refused a message|could not be told/);
    expect(JSON.stringify(await plumb.store.deadLetters.list(north))).not.toMatch(/zither|Whitfield/);
    expect(logged()).not.toMatch(/zither|Whitfield|Keiko Tanaka|margin|eyJ[\w-]{20}|password of the bot/);
    for (const who of [dana, keiko]) expect(logged()).not.toContain(teams.person(who).accountId);
  });

  it('is gone when they ask to be forgotten, with how to reach them', async () => {
    await teams.do.addApp(dana);
    await teams.do.sayToBot(dana, 'forget me');
    await teams.act.press(dana, await sees(() => teams.chatWithBot(dana), 'Shall I forget you?', 'Forget me'), 'Forget me');
    if (teams.visibleTo(dana).dialog) await teams.act.submitForm(dana);
    await settled();
    expect(await onDisk('zither', teams.person(dana).accountId, 'America/New_York')).toEqual([]);
  });
});

describe('an organisation that takes Plumb away from everywhere', () => {
  it('hears nothing more, and nothing of it is left after 30 days', async () => {
    await teams.do.say(priya, channel, '@Plumb we need a zither presentation workshop for ten people in may');
    await settled();
    for (const who of [priya, sam, dana]) await teams.do.removeApp(who);
    await teams.do.removeAppFromChat(dana, teams.chat('Negotiation'));
    await teams.do.removeAppFromTeam(dana, teams.team('Sales Leaders'));
    await settled();
    const calls = teams.calls.length;
    for (let passed = 0; passed <= 31; passed += 1) {
      offset += day;
      plumb.poke();
      await settled();
    }
    expect(teams.calls.slice(calls)).toEqual([]);
    expect(await onDisk(north, 'zither', channel, teams.url, teams.botId, ...[dana, priya, keiko, sam].flatMap(idsOf))).toEqual([]);
  });
});
