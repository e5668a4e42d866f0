import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { actionIds } from '../../../src/views/actions.ts';
import type { Json } from './fake-teams/model.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import { secondTenant, usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

jest.setTimeout(180_000);

/*
 * Whoever has a client of their own sends what they like as the data of a card. Each word belongs where it was said: "numbat" to the team of one
 * organisation, "quokka" to Keiko's own conversation there, "dingo" to the other organisation.
 */
const clock = { now: () => Date.UTC(2027, 0, 11, 15) + performance.now() };
const [north, south] = [usualTenant.id, secondTenant.id];
let folder: string;
let teams: FakeTeams;
let openId: OpenIdServer;
let plumb: OpenPlumb;
let [dana, priya, tomas, keiko, sam, noor, olga, pete] = ['', '', '', '', '', '', '', ''];
let [channel, deals] = ['', ''];
let [ofTeam, ofKeiko] = ['', ''];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-forged-'));
  openId = await openOpenIdServer();
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    tenants: [
      { ...usualTenant, added: ['dana', 'priya', 'tomas', 'keiko', 'sam', 'noor'] },
      { ...secondTenant, added: ['olga', 'pete'] },
    ],
  });
  [dana = '', priya = '', tomas = '', keiko = '', sam = '', noor = '', olga = '', pete = ''] = teams.people(
    'dana',
    'priya',
    'tomas',
    'keiko',
    'sam',
    'noor',
    'olga',
    'pete',
  );
  [channel, deals] = [teams.channel('sales-leaders'), teams.channel('deals')];
  plumb = await openPlumb({ clock, openId, allowedTenants: [north, south], admins: [priya, pete], dataDir: folder });
  await play();
});
afterAll(async () => {
  await plumb?.close();
  await teams?.close();
  await openId?.close();
  await rm(folder, { recursive: true, force: true });
});

async function play(): Promise<void> {
  await teams.do.sayToBot(priya, 'settings');
  await teams.act.press(priya, await sees(() => teams.chatWithBot(priya), 'Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
  await teams.act.submitForm(priya, { person: priya });
  const said = await teams.do.say(
    dana,
    channel,
    '@Plumb my 60 account managers keep giving away margin, can we get a numbat negotiation course before the end of march?',
  );
  await teams.act.press(dana, await sees(() => teams.thread(dana, said), 'negotiation', 'Answer in a form'), 'Answer in a form');
  await teams.act.submitForm(dana, {
    driver: 'numbat margin fell from 31 to 27 percent since june and the board wants 30 by september',
    owner: 'Tomas Vidal',
    'leading-kpis': 'numbat deals per month, from 45 to 20',
    'manager-role': 'Tomas Vidal reviews two numbat deals with each account manager every week',
    'weekly-call': 'Tuesdays 10:00 Berlin time, Dana and Tomas',
  });
  await teams.do.reply(dana, said, 'write the brief');
  await teams.act.press(dana, await sees(() => teams.thread(dana, said), 'Draft brief', 'Looks right'), 'Looks right');
  await sees(() => teams.chatWithBot(tomas), /named you/);
  await teams.do.sayToBot(keiko, 'I need a quokka presentation training for my 12 consultants in may');
  await sees(() => teams.chatWithBot(keiko), 'presentation', 'Answer in a form');
  await teams.do.sayToBot(keiko, 'our quokka pitches win only 2 of 10 since january and the partner wants 5 by summer');
  await sees(() => teams.chatWithBot(keiko), /Noted/);
  for (const id of kept('alignment', north)) {
    if (placeOf(id) === channel) ofTeam = id;
    else ofKeiko = id;
  }
  const theirs = await teams.do.say(olga, deals, '@Plumb we need a dingo training on cold calling for our 20 new sellers before june');
  await sees(() => teams.thread(olga, theirs), 'cold calling', 'Later');
  await settled();
}

describe('a card that was made up', () => {
  it('does nothing in another organisation, not even for its admin, and tells nothing of it', async () => {
    const before = [keptOf(north), teams.calls.filter(({ tenant }) => tenant === north).length];
    const answers = await forgeAll([olga, pete], { tenant: south, places: (who) => [deals, teams.personal(who)] }, () => kept('alignment', north));
    expect([keptOf(north), teams.calls.filter(({ tenant }) => tenant === north).length]).toEqual(before);
    expect(answers.filter((answer) => /numbat|quokka|Dana|Priya|Whitfield|sales-leaders/i.test(answer))).toEqual([]);
    expect(JSON.stringify([teams.visibleTo(olga), teams.visibleTo(pete)])).not.toMatch(/numbat|quokka|Dana|Whitfield/i);
    expect(plumb.logger.lines.join('\n')).toContain('A card named an alignment of another organisation; it was refused.');
    expect(plumb.logger.lines.join('\n')).not.toMatch(/numbat|quokka|dingo/i);
  });

  it('shows nobody the conversation that somebody has in private', async () => {
    const before = snapshotOf(ofKeiko);
    expect(before).not.toBe('');
    const answers = await forgeAll([tomas, noor, sam], { tenant: north, places: (who) => [...(who === sam ? [] : [channel]), teams.personal(who)] }, () => [
      ofKeiko,
    ]);
    expect(answers.filter((answer) => /quokka|pitches/i.test(answer))).toEqual([]);
    for (const who of [tomas, noor, sam]) expect(JSON.stringify(teams.visibleTo(who))).not.toMatch(/quokka|pitches/i);
    expect(snapshotOf(ofKeiko)).toBe(before);
  });

  it('shows nothing of a team to somebody who is not in it', async () => {
    const before = [snapshotOf(ofTeam), snapshotOf(ofTeam, 'programme')];
    expect(before).not.toContain('');
    const answers = await forgeAll([sam], { tenant: north, places: (who) => [teams.personal(who)] }, () => [ofTeam]);
    expect(answers.filter((answer) => /numbat|margin/i.test(answer))).toEqual([]);
    expect(JSON.stringify(teams.visibleTo(sam))).not.toMatch(/numbat|margin/i);
    expect([snapshotOf(ofTeam), snapshotOf(ofTeam, 'programme')]).toEqual(before);
  });
});

function sees(where: () => SeenMessage[], shown: RegExp | string, button?: string): Promise<SeenMessage> {
  const shows = (one: SeenMessage) => (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown));
  return teams.until(
    () => where().findLast((one) => one.fromApp && shows(one) && (button === undefined || one.buttons.some(({ title }) => title === button))),
    20_000,
  );
}

type Here = { tenant: string; places: (who: string) => string[] };

/** Every button, form, file, thumb and dialog that there is, naming everything that is kept of that organisation. Gives all answers. */
async function forgeAll(people: readonly string[], { places }: Here, alignments: () => string[]): Promise<string[]> {
  const answers: string[] = [];
  const whatever = rowsOf<{ id: string }>(
    `select id from lessons where tenant = '${north}' union select 'outbox-' || seq as id from outbox where tenant = '${north}'`,
  ).slice(0, 3);
  const [text = ''] = rowsOf<{ id: string }>(`select text_id as id from texts where conversation like 'teams/${north}/%'`).map(({ id }) => id);
  for (const alignment of alignments()) {
    const fields = {
      place: channel,
      text,
      name: `${text}:0:40`,
      question: 'driver',
      person: tomas,
      other: '0',
      version: '1',
      week: '2027-W02',
      shown: '',
      id: whatever[0]?.id ?? '',
    };
    const value = { alignment, programme: alignment, ...fields };
    const typed = {
      person: tomas,
      audience: channel,
      where: channel,
      place: channel,
      request: 'A course',
      answer: 'Nine',
      driver: 'Nine',
      question: 'driver',
      correction: 'No',
      note: 'N',
    };
    for (const action of actionIds) {
      if (action === 'forget-me') continue;
      const data = { action, value, ...typed };
      const dialog = { ...data, opened: { action, value: { ...value, dialog: 'd' } } };
      const forged: [string, Json][] = [
        ['adaptiveCard/action', { action: { type: 'Action.Execute', verb: action, data }, trigger: 'manual' }],
        ['task/fetch', { data: { ...data, form: true } }],
        ['task/submit', { data: dialog }],
      ];
      const inChat: [string, Json][] = [
        ['composeExtension/submitAction', { commandId: 'start_alignment', data: dialog }],
        [
          'fileConsent/invoke',
          {
            type: 'fileUpload',
            action: 'accept',
            context: { action, value },
            uploadInfo: { uploadUrl: `${teams.url}/upload/x`, contentUrl: 'https://x.example/', name: 'x' },
          },
        ],
      ];
      for (const who of people) {
        for (const place of places(who)) {
          const own = place === teams.personal(who) ? inChat : [];
          const all = await Promise.all([...forged, ...own].map(([name, data]) => teams.act.invokeOf(who, place, name, data)));
          answers.push(...all.map(({ body }) => JSON.stringify(body) ?? ''));
        }
      }
    }
  }
  for (const who of people)
    await teams.act.invokeOf(who, teams.personal(who), 'message/submitAction', { actionName: 'feedback', actionValue: { reaction: 'like' } });
  await settled();
  return answers;
}

/** Looks into the database of the Plumb that runs. */
function rowsOf<Row>(query: string): Row[] {
  const database = new DatabaseSync(join(folder, 'plumb.sqlite'), { readOnly: true });
  try {
    return database.prepare(query).all() as Row[];
  } finally {
    database.close();
  }
}

function kept(kind: string, tenant: string): string[] {
  return rowsOf<{ id: string }>(`select id from aggregates where kind = '${kind}' and tenant = '${tenant}' order by id`).map(({ id }) => id);
}

function snapshotOf(id: string, kind = 'alignment'): string {
  return rowsOf<{ snapshot: string }>(`select snapshot from aggregates where kind = '${kind}' and id = '${id}'`)[0]?.snapshot ?? '';
}

function placeOf(id: string): string {
  return (JSON.parse(snapshotOf(id)) as { conversation: { place: string } }).conversation.place;
}

function keptOf(tenant: string): unknown {
  const of = `tenant = '${tenant}'`;
  return [
    rowsOf(`select * from aggregates where ${of} order by kind, id`),
    rowsOf(`select * from texts where conversation like 'teams/${tenant}/%' order by text_id`),
    rowsOf(`select * from settings where ${of}`),
    rowsOf(`select * from lessons where ${of} order by id`),
    rowsOf(`select * from conversation_references where ${of} order by kind, id`),
  ];
}

/** Nothing is on its way any more. */
async function settled(): Promise<void> {
  await teams.settled();
  const waiting = () =>
    (rowsOf<{ count: number }>("select count(*) as count from inbox where status = 'waiting' and attempts = 0")[0]?.count ?? 0) +
    (rowsOf<{ count: number }>("select count(*) as count from outbox where status = 'waiting' and attempts = 0 and due_at <= stored_at")[0]?.count ?? 0);
  await teams.until(() => waiting() === 0, 60_000);
}
