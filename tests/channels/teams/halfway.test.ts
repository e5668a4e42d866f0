import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import { usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type GraphDouble, openGraphDouble } from './graph-double.ts';
import { audienceOfGraph, type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

const request = 'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
/** A Monday at 15:00 UTC: office hours in New York, Berlin and Madrid. */
const offset = Date.UTC(2027, 0, 11, 15) - Date.now();
const clock = { now: () => Date.now() + offset };

let openId: OpenIdServer;
let teams: FakeTeams;
let graph: GraphDouble;
let plumb: OpenPlumb;
let [dana, priya, tomas] = ['', '', ''];

beforeEach(async () => {
  openId = await openOpenIdServer({ tenantId: usualTenant.id });
  const without = <T extends { app?: boolean }>(all: readonly T[] | undefined) => (all ?? []).map((one) => ({ ...one, app: false }));
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    tenants: [{ ...usualTenant, teams: without(usualTenant.teams), chats: without(usualTenant.chats) }],
  });
  graph = await openGraphDouble({ state: teams.state, authorized: (authorization) => openId.accepts(authorization, audienceOfGraph) });
  [dana = '', priya = '', tomas = ''] = teams.people('dana', 'priya', 'tomas');
  plumb = await openPlumb({ clock, openId, allowedTenants: [usualTenant.id], admins: [priya], graphUrl: graph.url });
});

afterEach(async () => {
  await plumb.close();
  await graph.close();
  await teams.close();
  await openId.close();
  expect(teams.state.complaints).toEqual([]);
});

function sees(where: () => SeenMessage[], shown: RegExp): Promise<SeenMessage> {
  return teams
    .until(() => where().findLast((one) => one.fromApp && shown.test(one.shown)), 10_000)
    .catch((error: unknown) => {
      const all = where().map((one) => `${one.from}: ${one.shown}`);
      throw new Error(`Nobody sees ${shown}:\n${all.join('\n---\n')}\n${plumb.logger.lines.slice(-10).join('\n')}`, { cause: error });
    });
}

/** A talk in a channel of a team that has no Plumb yet. */
async function talk(): Promise<Said> {
  const root = await teams.do.say(dana, teams.channel('sales-leaders'), request);
  await teams.do.reply(priya, root, 'nice, the hotel on the lake has rooms for that');
  await teams.do.reply(tomas, root, '@Keiko Tanaka owns this on the business side.');
  return root;
}

describe('Plumb, added to a team and mentioned halfway down a thread', () => {
  it('takes the request from before for its author, and says what it read', async () => {
    const root = await talk();
    await teams.do.addAppToTeam(priya, teams.team('Sales Leaders'));
    await teams.do.reply(tomas, root, '@Plumb can you take this up?');
    const reply = await sees(() => teams.thread(dana, root), /“negotiation”/);
    expect(reply.shown).toContain('Tomas Vidal asked me to look at this with you, Dana Whitfield.');
    expect(reply.shown).toContain('I read the 3 messages before once.');
    expect(reply.shown).toMatch(/Keiko Tanaka/);
    expect(graph.calls.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('reads it once: what is said to it later is taken as it comes', async () => {
    const root = await talk();
    await teams.do.addAppToTeam(priya, teams.team('Sales Leaders'));
    await teams.do.reply(tomas, root, '@Plumb can you take this up?');
    await sees(() => teams.thread(dana, root), /“negotiation”/);
    await teams.do.reply(dana, root, '@Plumb margin fell from 31 to 27 percent since june and the board wants 30 by september');
    await sees(() => teams.thread(dana, root), /Noted from .*, business driver/);
    expect(graph.calls).toHaveLength(2);
  });

  it('starts from the words of the call where it may not read', async () => {
    const root = await talk();
    await teams.do.addAppToTeam(priya, teams.team('Sales Leaders'));
    Object.assign(teams.state.teams.get(teams.team('Sales Leaders')) ?? {}, { hears: false });
    await teams.do.reply(tomas, root, '@Plumb we need a course on cold calling for 20 new sellers');
    const reply = await sees(() => teams.thread(dana, root), /cold calling/);
    expect(reply.shown).not.toMatch(/negotiation|messages before/);
    expect(graph.calls.every(({ status }) => status === 403)).toBe(true);
  });
});

describe('Plumb, added to a group chat and mentioned there', () => {
  it('takes the request from before for its author, and says what it read', async () => {
    const chat = teams.chat('Negotiation');
    const root = await teams.do.say(dana, chat, request);
    await teams.do.say(tomas, chat, 'nice, the hotel on the lake has rooms for that');
    await teams.do.addAppToChat(priya, chat);
    await teams.do.say(tomas, chat, '@Plumb can you take this up?');
    const reply = await sees(() => teams.thread(dana, root), /“negotiation”/);
    expect(reply.shown).toContain('Tomas Vidal asked me to look at this with you, Dana Whitfield.');
    expect(reply.shown).toContain('I read the 2 messages before once.');
  });
});
