import { afterEach, describe, expect, it } from '@jest/globals';
import type { WrittenMessage } from '../../../src/app/ports.ts';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { createDirectory } from '../../../src/channels/teams/directory.ts';
import type { Envelope } from '../../../src/channels/teams/envelope.ts';
import { createReferences } from '../../../src/channels/teams/references.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { wholeChat } from '../../../src/domain/conversation.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { sqliteDatabase } from '../../store/databases.ts';
import { NOW } from '../../store/kit.ts';
import { logInto, testSecretKey } from '../../store/on-both.ts';
import { type FakeTeams, type FakeTeamsOptions, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import { secondTenant, type TenantSeed, usualTenant } from './fake-teams/seed.ts';

const minute = 60_000;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Setting = { admins?: string[]; tenants?: readonly TenantSeed[] };

/** A directory for the local Teams, over the real connector and a real store. Its team and group chat were heard of before. */
async function given({ admins = [], ...options }: Setting & FakeTeamsOptions = {}) {
  const teams = await openFakeTeams(options);
  closing.push(() => teams.close());
  const database = await sqliteDatabase();
  closing.push(() => database.drop());
  const clock = { time: NOW, now: () => clock.time };
  const log: string[] = [];
  const logger = logInto(log);
  const store = await openStore(database.location, { clock, logger, secretKeys: [testSecretKey] });
  closing.push(() => store.close());
  const references = createReferences({ store, clock, logger });
  const connector = createConnector({ authentication: createSignIn({ app: undefined, logger }).authentication, appId: undefined });
  const open = () => createDirectory({ references, connector, words: { somebody: 'somebody', chatOf: 'the chat of' }, clock, logger, admins });
  const team = teams.team('Sales Leaders');
  await references.learn(envelope(teams, { place: team, team: { id: team, name: 'Sales Leaders' } }));
  await references.learn(envelope(teams, { kind: 'groupChat', place: teams.chat('Negotiation') }));
  return { teams, tenant: teams.tenant(), team, channel: teams.channel('sales-leaders'), references, directory: open(), open, clock, log };
}

function envelope(teams: FakeTeams, more: Partial<Envelope> = {}): Envelope {
  const at = { kind: 'channel', place: '', thread: '', by: undefined, team: undefined, activityId: '1', at: NOW } as const;
  return { ...at, tenant: teams.tenant(), serviceUrl: teams.serviceUrl(), botId: teams.botId, ...more };
}

/** Somebody's own chat with Plumb, as an activity of theirs tells of it. */
function chatOf(teams: FakeTeams, handle: string, more: Partial<Envelope> = {}): Envelope {
  const { id: personId, accountId, timeZone } = teams.person(handle);
  return envelope(teams, { kind: 'personal', place: teams.personal(handle), by: { personId, accountId, timeZone, external: false }, ...more });
}

function accountIn(teams: FakeTeams, handle: string) {
  const { id: personId, accountId } = teams.person(handle);
  return { personId, accountId, external: false };
}

/** A team of so many people. */
function bigTenant(count: number): TenantSeed {
  const people = [...Array(count).keys()].map((n) => ({ handle: `p${n}`, name: `Person ${n}` }));
  const [team] = usualTenant.teams ?? [];
  const [chat] = usualTenant.chats ?? [];
  if (!team || !chat) throw new Error('The usual tenant has a team and a chat.');
  return {
    id: usualTenant.id,
    name: 'Big',
    people,
    teams: [{ ...team, members: people.map(({ handle }) => handle), owners: ['p0'] }],
    chats: [{ ...chat, members: ['p0'] }],
    added: [],
  };
}

const idsOf = (teams: FakeTeams, ...handles: string[]) => teams.people(...handles).sort();

describe('people', () => {
  it('have the names that Teams tells, and the time zone that they write in', async () => {
    const { teams, tenant, directory, references } = await given();
    const [priya = '', noor = ''] = teams.people('priya', 'noor');
    expect(await directory.person(tenant, priya)).toEqual({ channel: 'teams', tenant, id: priya, name: 'Priya Raman', timeZone: 'UTC', external: false });
    await references.learnPerson(chatOf(teams, 'priya'));
    expect(await directory.person(tenant, priya)).toMatchObject({ timeZone: 'Europe/Berlin' });
    expect(await directory.person(tenant, noor)).toMatchObject({ name: 'Noor Haddad', external: true });
  });

  it('are where most of those are who have a chat, until they write themselves', async () => {
    const { teams, tenant, directory, references } = await given();
    const [tomas = ''] = teams.people('tomas');
    for (const handle of ['dana', 'priya'])
      await references.learn(chatOf(teams, handle, { by: { ...accountIn(teams, handle), timeZone: 'America/New_York' } }));
    await references.learn(chatOf(teams, 'sam'));
    expect(await directory.person(tenant, tomas)).toMatchObject({ timeZone: 'America/New_York' });
    await references.learnPerson(chatOf(teams, 'tomas'));
    expect(await directory.person(tenant, tomas)).toMatchObject({ timeZone: 'Europe/Madrid' });
  });

  it('are found in their own chat when they are in no team', async () => {
    const { teams, tenant, directory, references } = await given();
    const [sam = ''] = teams.people('sam');
    expect(await directory.person(tenant, sam)).toBeUndefined();
    await references.learn(chatOf(teams, 'sam'));
    expect(await directory.person(tenant, sam)).toMatchObject({ name: 'Sam Adeyemi', timeZone: 'Africa/Lagos' });
  });

  it('are the same by their account', async () => {
    const { teams, tenant, directory } = await given();
    const { id, accountId } = teams.person('tomas');
    expect(await directory.person(tenant, accountId)).toMatchObject({ id, name: 'Tomas Vidal' });
    expect(directory.personOf(tenant, accountId)).toBe(id);
    expect(directory.nameOf(tenant, id)).toBe('Tomas Vidal');
    expect(directory.nameOf('another tenant', id)).toBeUndefined();
  });

  it('are asked for once in a while', async () => {
    const { teams, tenant, directory, clock } = await given();
    const [tomas = ''] = teams.people('tomas');
    for (let n = 0; n < 3; n += 1) await directory.person(tenant, tomas);
    const asked = teams.callsTo('member').length;
    teams.person('tomas').name = 'Tomas Ruiz';
    expect(await directory.person(tenant, tomas)).toMatchObject({ name: 'Tomas Vidal' });
    expect(teams.callsTo('member')).toHaveLength(asked);
    clock.time += 16 * minute;
    expect(await directory.person(tenant, tomas)).toMatchObject({ name: 'Tomas Ruiz' });
  });

  it('administer Plumb when they are named for it', async () => {
    const [dana] = usualTenant.people;
    const { tenant, directory } = await given({ admins: [dana?.id?.toUpperCase() ?? ''] });
    expect(await directory.person(tenant, dana?.id ?? '')).toMatchObject({ admin: true });
  });

  it('have no name while Teams does not answer, and are nobody when no place knows them', async () => {
    const { teams, tenant, directory } = await given();
    const [dana = ''] = teams.people('dana');
    teams.fault('member', { kind: 'documented', error: 'ServiceError' }, { times: 9 });
    expect(await directory.person(tenant, dana)).toMatchObject({ id: dana, name: 'somebody', external: true });
    teams.clearFaults();
    expect(await directory.person(tenant, dana)).toMatchObject({ name: 'Dana Whitfield' });
    expect(await directory.person(tenant, 'd0000000-0000-4000-8000-00000000ffff')).toBeUndefined();
    expect(await directory.person(tenant, '')).toBeUndefined();
    expect(await directory.person('a tenant that Plumb never heard of', dana)).toBeUndefined();
  });

  it('who are nowhere are not looked for everywhere again at once', async () => {
    const { teams, tenant, directory, clock } = await given();
    const nobody = 'd0000000-0000-4000-8000-00000000ffff';
    for (let n = 0; n < 3; n += 1) expect(await directory.person(tenant, nobody)).toBeUndefined();
    const asked = teams.callsTo('member').length;
    expect(asked).toBe(2);
    directory.forget(tenant, 'person', nobody);
    await directory.person(tenant, nobody);
    clock.time += minute;
    await directory.person(tenant, nobody);
    expect(teams.callsTo('member')).toHaveLength(3 * asked);
  });

  it('who wrote once and left stay somebody', async () => {
    const { teams, tenant, team, directory, references } = await given();
    const [tomas = ''] = teams.people('tomas');
    await references.learnPerson(chatOf(teams, 'tomas'));
    teams.state.teams.get(team)?.members.delete(tomas);
    teams.state.places.get(teams.chat('Negotiation'))?.members.delete(tomas);
    expect(await directory.person(tenant, tomas)).toMatchObject({ id: tomas, name: 'somebody', timeZone: 'Europe/Madrid' });
  });
});

describe('written names', () => {
  it.each(['Tomas', 'vidal', '@Tomás Vidal'])('"%s" means a member of the place', async (name) => {
    const { teams, tenant, channel, directory } = await given();
    expect((await directory.resolve(tenant, name, channel)).map(({ id }) => id)).toEqual(teams.people('tomas'));
  });

  it('are looked for in other teams when they fit nobody there', async () => {
    const { teams, tenant, directory, references } = await given();
    await references.learn(chatOf(teams, 'sam'));
    expect((await directory.resolve(tenant, 'Keiko', teams.personal('sam'))).map(({ id }) => id)).toEqual(teams.people('keiko'));
    expect((await directory.resolve(tenant, 'Keiko', teams.chat('Negotiation'))).map(({ id }) => id)).toEqual(teams.people('keiko'));
    expect(await directory.resolve(tenant, 'Nobody', teams.chat('Negotiation'))).toEqual([]);
  });

  it('are found however a directory writes them', async () => {
    const { teams, tenant, channel, directory } = await given();
    teams.person('keiko').name = 'Tanaka, Keiko (Sales)';
    for (const name of ['Keiko', 'Tanaka', 'Keiko Tanaka'])
      expect((await directory.resolve(tenant, name, channel)).map(({ id }) => id)).toEqual(teams.people('keiko'));
  });
});

describe('who is in a place', () => {
  it('is the team in a channel, whoever is in a group chat, and one person in a 1:1 chat', async () => {
    const { teams, tenant, channel, directory, references } = await given();
    await references.learn(chatOf(teams, 'priya'));
    const in_ = async (place: string) => (await directory.members(tenant, place)).map(({ id }) => id).sort();
    expect(await in_(channel)).toEqual(idsOf(teams, 'dana', 'priya', 'tomas', 'keiko', 'noor'));
    expect(await in_(teams.chat('Negotiation'))).toEqual(idsOf(teams, 'dana', 'priya', 'tomas'));
    expect(await in_(teams.personal('priya'))).toEqual(idsOf(teams, 'priya'));
    expect(await directory.memberCount(tenant, channel)).toBe(5);
    expect(await directory.memberCount(tenant, teams.chat('Negotiation'))).toBe(3);
    expect(await directory.memberCount(tenant, teams.personal('priya'))).toBe(1);
  });

  it('is told without asking for everybody', async () => {
    const { teams, tenant, channel, directory, references } = await given();
    await references.learnPerson(chatOf(teams, 'tomas'));
    await references.learnPerson(chatOf(teams, 'sam'));
    const [tomas = '', sam = ''] = teams.people('tomas', 'sam');
    for (let n = 0; n < 3; n += 1) {
      expect(await directory.isMember(tenant, channel, tomas)).toBe(true);
      expect(await directory.isMember(tenant, channel, sam)).toBe(false);
      expect(await directory.memberCount(tenant, channel)).toBe(5);
    }
    expect(teams.callsTo('pagedMembers')).toHaveLength(0);
    expect(teams.callsTo('member').map(({ status }) => status)).toEqual([200, 404]);
  });

  it('is judged by an answer of the last minute, and anew after an event', async () => {
    const { teams, tenant, team, channel, directory, clock } = await given();
    const [tomas = '', keiko = ''] = teams.people('tomas', 'keiko');
    expect(await directory.isMember(tenant, channel, tomas)).toBe(true);
    teams.state.teams.get(team)?.members.delete(tomas);
    directory.forget(tenant, 'members', team);
    expect(await directory.isMember(tenant, channel, tomas)).toBe(false);
    teams.state.teams.get(team)?.members.delete(keiko);
    clock.time += minute;
    expect(await directory.isMember(tenant, channel, keiko)).toBe(false);
  });

  it('is nobody while Teams does not answer', async () => {
    const { teams, tenant, channel, directory } = await given();
    const [tomas = ''] = teams.people('tomas');
    for (const error of ['ServiceError', 'Throttled', 'BotNotInConversationRoster', 'GatewayTimeout'] as const) {
      teams.fault('*', { kind: 'documented', error }, { times: 20 });
      expect(await directory.isMember(tenant, channel, tomas)).toBe(false);
      expect(await directory.members(tenant, channel)).toEqual([]);
      expect(await directory.memberCount(tenant, channel)).toBe(0);
      teams.clearFaults();
    }
  });

  it('stays what it was while Teams does not answer, for names alone', async () => {
    const { teams, tenant, channel, directory, clock } = await given();
    const [tomas = ''] = teams.people('tomas');
    expect(await directory.members(tenant, channel)).toHaveLength(5);
    clock.time += 2 * minute;
    teams.fault('*', { kind: 'broken', performed: false }, { times: 20 });
    expect(await directory.members(tenant, channel)).toHaveLength(5);
    expect(await directory.isMember(tenant, channel, tomas)).toBe(false);
  });

  it('is not asked for again before the time that Teams names', async () => {
    const { teams, tenant, channel, directory, clock } = await given();
    teams.fault('pagedMembers', { kind: 'documented', error: 'Throttled', retryAfterSeconds: 30 });
    expect(await directory.members(tenant, channel)).toEqual([]);
    expect(await directory.members(tenant, channel)).toEqual([]);
    expect(teams.callsTo('pagedMembers')).toHaveLength(1);
    clock.time += 31_000;
    expect(await directory.members(tenant, channel)).toHaveLength(5);
  });

  it('is no secret of another tenant that somebody may ask for', async () => {
    const { teams, tenant, directory } = await given({ tenants: [usualTenant, secondTenant] });
    const [olga = ''] = teams.people('olga');
    const deals = teams.channel('deals');
    expect(await directory.members(tenant, deals)).toEqual([]);
    expect(await directory.isMember(tenant, deals, olga)).toBe(false);
    expect(await directory.members(tenant, teams.personal('pete'))).toEqual([]);
    expect(await directory.person(tenant, olga)).toBeUndefined();
  });

  it('is only believed to be a 1:1 chat when it is the one that the person writes in', async () => {
    const { teams, tenant, directory } = await given();
    const [priya = ''] = teams.people('priya');
    expect(await directory.isMember(tenant, teams.personal('priya'), priya)).toBe(false);
    expect(await directory.members(tenant, teams.personal('priya'))).toEqual([]);
  });

  it('is some of a team of thousands, counted whole, and anybody of it by name', async () => {
    const { teams, tenant, channel, directory, log } = await given({ tenants: [bigTenant(2_600)] });
    const last = [...teams.state.people.values()].at(-1)?.id ?? '';
    expect(await directory.members(tenant, channel)).toHaveLength(2_000);
    expect(teams.callsTo('pagedMembers')).toHaveLength(4);
    expect(log.join()).toContain('so large');
    expect(await directory.memberCount(tenant, channel)).toBe(2_600);
    expect(await directory.isMember(tenant, channel, last)).toBe(true);
    expect(await directory.isMember(tenant, channel, 'd0000000-0000-4000-8000-00000000ffff')).toBe(false);
  });
});

describe('places', () => {
  it('are the channels of the teams that have Plumb, named with their team', async () => {
    const { tenant, team, channel, directory } = await given();
    expect(await directory.places(tenant)).toEqual([
      { place: team, name: 'Sales Leaders' },
      { place: channel, name: 'Sales Leaders > sales-leaders' },
    ]);
    expect(await directory.placeName(tenant, channel)).toBe('Sales Leaders > sales-leaders');
    expect(await directory.placeName(tenant, team)).toBe('Sales Leaders');
    expect(await directory.places('another tenant')).toEqual([]);
  });

  it('which are chats are called by who is in them', async () => {
    const { teams, tenant, directory, references } = await given();
    await references.learn(chatOf(teams, 'priya'));
    const name = await directory.placeName(tenant, teams.chat('Negotiation'));
    expect(name).toMatch(/^the chat of /);
    expect(name.slice('the chat of '.length).split(', ').sort()).toEqual(['Dana Whitfield', 'Priya Raman', 'Tomas Vidal']);
    expect(await directory.placeName(tenant, teams.personal('priya'))).toBe('Priya Raman');
  });

  it('without a name keep their id, also while Teams does not answer', async () => {
    const { teams, tenant, channel, directory } = await given();
    expect(await directory.placeName(tenant, '19:unknown@thread.tacv2')).toBe('19:unknown@thread.tacv2');
    const other = await given();
    other.teams.fault('*', { kind: 'documented', error: 'BadGateway' }, { times: 20 });
    expect(await other.directory.placeName(tenant, channel)).toBe(channel);
    expect(await other.directory.places(tenant)).toEqual([]);
    expect(teams.callsTo('post')).toEqual([]);
  });

  it('are looked after by whoever added Plumb, for as long as they are there', async () => {
    const { teams, tenant, team, channel, directory, references } = await given();
    const { id: priya, accountId } = teams.person('priya');
    const [dana = ''] = teams.people('dana');
    expect(await directory.looksAfter(tenant, channel, priya)).toBe(false);
    await references.learn(envelope(teams, { place: team, team: { id: team }, by: { personId: priya, accountId, external: false } }), [
      { what: 'team-added', team },
    ]);
    expect(await directory.looksAfter(tenant, channel, priya)).toBe(true);
    expect(await directory.looksAfter(tenant, channel, dana)).toBe(false);
    expect(await directory.looksAfter(tenant, teams.chat('Negotiation'), priya)).toBe(true);
    expect(await directory.looksAfter(tenant, teams.chat('Negotiation'), teams.person('sam').id)).toBe(false);
    teams.state.teams.get(team)?.members.delete(priya);
    directory.forget(tenant, 'members', team);
    expect(await directory.looksAfter(tenant, channel, priya)).toBe(false);
  });
});

describe('a 1:1 chat', () => {
  it('is the one that is known, without a question', async () => {
    const { teams, tenant, directory, references } = await given();
    await references.learn(chatOf(teams, 'priya'));
    const [priya = ''] = teams.people('priya');
    expect(await directory.privateConversation(tenant, priya)).toEqual({ channel: 'teams', tenant, place: teams.personal('priya'), thread: '' });
    expect(teams.calls).toEqual([]);
  });

  it('is opened once for a member of a team that has Plumb, and kept', async () => {
    const { teams, tenant, directory, open, references } = await given();
    const { id, accountId } = teams.person('tomas');
    const [chat] = await Promise.all([directory.privateConversation(tenant, id), directory.privateConversation(tenant, id)]);
    expect(chat).toMatchObject({ place: teams.personal('tomas') });
    expect(await open().privateConversation(tenant, id)).toEqual(chat);
    expect(teams.callsTo('createConversation').map(({ body }) => body['members'])).toEqual([[expect.objectContaining({ id: accountId })]]);
    expect(await references.person(tenant, id)).toMatchObject({ accountId, chat: teams.personal('tomas'), serviceUrl: teams.serviceUrl() });
  });

  it('cannot be had by somebody who has nothing of Plumb, until they add it', async () => {
    const { teams, tenant, team, directory, references } = await given();
    const [keiko = ''] = teams.people('keiko');
    teams.state.teams.get(team)?.members.delete(keiko);
    for (let n = 0; n < 3; n += 1) expect(await directory.privateConversation(tenant, keiko)).toBeUndefined();
    expect(teams.callsTo('createConversation')).toHaveLength(1);
    await references.learn(chatOf(teams, 'keiko'), [{ what: 'person-added' }]);
    expect(await directory.privateConversation(tenant, keiko)).toMatchObject({ place: teams.personal('keiko') });
  });

  it('is not there for somebody who took Plumb away', async () => {
    const { teams, tenant, directory, references } = await given();
    await references.learn(chatOf(teams, 'sam'));
    await references.learn(chatOf(teams, 'sam'), [{ what: 'person-gone' }]);
    expect(await directory.privateConversation(tenant, teams.person('sam').id)).toBeUndefined();
    expect(teams.calls).toEqual([]);
  });

  it('is asked for again when Teams only had no answer', async () => {
    const { teams, tenant, directory } = await given();
    const [tomas = ''] = teams.people('tomas');
    teams.fault('createConversation', { kind: 'documented', error: 'ServiceUnavailable' });
    expect(await directory.privateConversation(tenant, tomas)).toBeUndefined();
    expect(await directory.privateConversation(tenant, tomas)).toBeDefined();
    expect(await directory.privateConversation(tenant, '')).toBeUndefined();
    expect(await directory.privateConversation('another tenant', tomas)).toBeUndefined();
  });
});

describe('a link to a message', () => {
  it('leads to a thread of a channel', async () => {
    const { tenant, channel, directory } = await given();
    const link = new URL((await directory.permalink({ channel: 'teams', tenant, place: channel, thread: '1700000000000' }, '1700000000001')) ?? '');
    expect(link.origin + decodeURIComponent(link.pathname)).toBe(`https://teams.microsoft.com/l/message/${channel}/1700000000001`);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      tenantId: tenant,
      groupId: 'c1a70000-0000-4000-8000-000000000001',
      parentMessageId: '1700000000000',
      createdTime: '1700000000001',
    });
  });

  it('leads to a message of a group chat, or to the chat itself', async () => {
    const { teams, tenant, directory } = await given();
    const conversation = { channel: 'teams', tenant, place: teams.chat('Negotiation'), thread: wholeChat } as const;
    const link = new URL((await directory.permalink(conversation, '1700000000001')) ?? '');
    expect(Object.fromEntries(link.searchParams)).toEqual({ tenantId: tenant, context: '{"contextType":"chat"}' });
    expect(await directory.permalink(conversation, wholeChat)).toMatch(/\/l\/chat\/19%3A[^/]+\/conversations/);
  });

  it('does not exist for 1:1 chats, for ids that are none of Teams, and for places of others', async () => {
    const { teams, tenant, channel, directory } = await given();
    const at = (place: string) => ({ channel: 'teams', tenant, place, thread: '' }) as const;
    expect(await directory.permalink(at(teams.personal('priya')), '1700000000001')).toBeUndefined();
    expect(await directory.permalink(at(channel), 'c0ffee00-0000-4000-8000-000000000000')).toBeUndefined();
    expect(await directory.permalink(at('19:unknown@thread.tacv2'), '1700000000001')).toBeUndefined();
  });
});

describe('mentions', () => {
  const message = (tenant: string, place: string, ...personIds: string[]): WrittenMessage => ({
    type: 'MessagePosted',
    eventKey: '1',
    conversation: { channel: 'teams', tenant, place, thread: '1' },
    personId: 'somebody',
    at: NOW,
    messageId: '1',
    text: 'ask them',
    mentions: personIds.map((personId, at) => ({ personId, start: at, end: at + 1 })),
    addressed: true,
    topLevel: true,
  });

  it('mean people by their own ids once a message is kept', async () => {
    const { teams, tenant, channel, directory } = await given();
    const [tomas, dana] = [teams.person('tomas'), teams.person('dana')];
    const completed = await directory.complete(message(tenant, channel, tomas.accountId, dana.id, '29:nobody', teams.botId));
    expect(completed?.mentions.map(({ personId }) => personId)).toEqual([tomas.id, dana.id, '29:nobody', teams.botId]);
    expect(teams.callsTo('pagedMembers')).toEqual([]);
  });

  it('stay as they are while Teams does not answer, and need no question where there are none', async () => {
    const { teams, tenant, channel, directory } = await given();
    const { accountId } = teams.person('tomas');
    teams.fault('member', { kind: 'hang', performed: false });
    expect((await directory.complete(message(tenant, channel, accountId)))?.mentions.map(({ personId }) => personId)).toEqual([accountId]);
    expect(directory.complete(message(tenant, channel))).toBeUndefined();
  });
});

describe('a store that cannot be read', () => {
  it('rejects no question, lets nobody in, and is told of', async () => {
    const { teams, tenant, channel, directory, references, clock, log } = await given();
    const { id: dana } = teams.person('dana');
    await directory.members(tenant, channel);
    clock.time += 2 * minute;
    const broken = () => Promise.reject(new Error('no database'));
    Object.assign(references, { tenant: broken, team: broken, place: broken, person: broken, teams: broken, places: broken });
    expect(await directory.isMember(tenant, channel, dana)).toBe(false);
    expect(await directory.looksAfter(tenant, channel, dana)).toBe(false);
    expect(await directory.person(tenant, dana)).toMatchObject({ name: 'Dana Whitfield' });
    expect(await directory.person(tenant, teams.person('sam').id)).toMatchObject({ name: 'somebody' });
    expect(await directory.resolve(tenant, 'Dana', teams.personal('sam'))).toEqual([]);
    expect(await directory.places(tenant)).toEqual([]);
    expect(await directory.placeName(tenant, channel)).toBe('sales-leaders');
    expect(await directory.memberCount(tenant, teams.chat('Negotiation'))).toBe(0);
    expect(await directory.privateConversation(tenant, dana)).toBeUndefined();
    expect(await directory.permalink({ channel: 'teams', tenant, place: teams.personal('sam'), thread: '' }, '1700000000001')).toBeUndefined();
    expect(log.some((line) => line.startsWith('warn'))).toBe(true);
  });
});
