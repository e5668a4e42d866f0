import type { BotApp, Person } from './model.ts';
import { personalPlace, type State } from './state.ts';

export type PersonSeed = { handle: string; name: string; id?: string; timeZone?: string; guest?: boolean };
/** `app`: the app is in it from the start; `hears`: with consent to all messages (true when left out). `members`, `owners`: handles; everybody of the tenant, and its first person, when left out. */
export type TeamSeed = {
  id: string;
  name: string;
  groupId?: string;
  app?: boolean;
  hears?: boolean;
  members?: readonly string[];
  owners?: readonly string[];
  channels?: readonly ChannelSeed[];
};
export type ChannelSeed = { id: string; name: string };
export type ChatSeed = { id: string; name: string; members: readonly string[]; app?: boolean; hears?: boolean };
export type TenantSeed = {
  id: string;
  name: string;
  people: readonly PersonSeed[];
  teams?: readonly TeamSeed[];
  chats?: readonly ChatSeed[];
  /** Handles of people who added the app for themselves. */
  added?: readonly string[];
};

export const usualApp: BotApp = { id: '7d0f4c1e-5a52-4e0e-9b7c-2f6f0c1a7001', name: 'Plumb' };

/** A tenant with one team and one group chat; priya and sam have added the app for themselves, the team has it, the group chat has it too. */
export const usualTenant: TenantSeed = {
  id: '3f1c8a52-0d6e-4b7a-8c4e-1a2b3c4d5001',
  name: 'Northwind',
  people: [
    { id: 'd0000000-0000-4000-8000-00000000da4a', handle: 'dana', name: 'Dana Whitfield', timeZone: 'America/New_York' },
    { id: 'd0000000-0000-4000-8000-00000000b41a', handle: 'priya', name: 'Priya Raman', timeZone: 'Europe/Berlin' },
    { id: 'd0000000-0000-4000-8000-0000000070a5', handle: 'tomas', name: 'Tomas Vidal', timeZone: 'Europe/Madrid' },
    { id: 'd0000000-0000-4000-8000-00000000ce10', handle: 'keiko', name: 'Keiko Tanaka', timeZone: 'Asia/Tokyo' },
    { id: 'd0000000-0000-4000-8000-000000005a40', handle: 'sam', name: 'Sam Adeyemi', timeZone: 'Africa/Lagos' },
    { id: 'd0000000-0000-4000-8000-00000000a1e1', handle: 'noor', name: 'Noor Haddad', timeZone: 'Europe/Amsterdam', guest: true },
  ],
  teams: [
    {
      id: '19:5a1e51ead3454b0c9f1d8a7e6c5b4a01@thread.tacv2',
      name: 'Sales Leaders',
      groupId: 'c1a70000-0000-4000-8000-000000000001',
      app: true,
      owners: ['dana'],
      members: ['dana', 'priya', 'tomas', 'keiko', 'noor'],
      channels: [{ id: '19:5a1e51ead3454b0c9f1d8a7e6c5b4a02@thread.tacv2', name: 'sales-leaders' }],
    },
  ],
  chats: [{ id: '19:9c4a70f0e1d24b53a6b7c8d9e0f1a203@thread.v2', name: 'Negotiation', members: ['dana', 'priya', 'tomas'], app: true }],
  added: ['priya', 'sam'],
};

/** Another customer, for tests of isolation: people of the same names, other ids. */
export const secondTenant: TenantSeed = {
  id: '8e2d9b63-1e7f-4c8b-9d5f-2b3c4d5e6002',
  name: 'Southwind',
  people: [
    { id: 'e0000000-0000-4000-8000-0000000000a1', handle: 'olga', name: 'Olga Brandt', timeZone: 'Europe/Vienna' },
    { id: 'e0000000-0000-4000-8000-0000000000a2', handle: 'pete', name: 'Pete Ling', timeZone: 'Europe/London' },
  ],
  teams: [
    {
      id: '19:77e51ead3454b0c9f1d8a7e6c5b4a0f1@thread.tacv2',
      name: 'Sales South',
      app: true,
      channels: [{ id: '19:77e51ead3454b0c9f1d8a7e6c5b4a0f2@thread.tacv2', name: 'deals' }],
    },
  ],
  added: ['pete'],
};

export function seed(state: State, tenants: readonly TenantSeed[]): void {
  for (const one of tenants) seedTenant(state, one);
}

function seedTenant(state: State, given: TenantSeed): void {
  state.tenants.set(given.id, { id: given.id, name: given.name });
  const people = given.people.map((one) => addPerson(state, given.id, one));
  const ids = (handles: readonly string[]) => handles.map((handle) => people.find((one) => one.handle === handle)?.id ?? nobody(handle));
  for (const { channels, ...team } of given.teams ?? []) {
    state.teams.set(team.id, {
      id: team.id,
      tenant: given.id,
      name: team.name,
      groupId: team.groupId ?? state.uuid(),
      members: new Set(ids(team.members ?? given.people.map(({ handle }) => handle))),
      owners: new Set(ids(team.owners ?? given.people.slice(0, 1).map(({ handle }) => handle))),
      app: team.app ?? false,
      hears: team.hears ?? true,
      state: 'active',
    });
    for (const channel of [{ id: team.id, name: '' }, ...(channels ?? [])]) addChannel(state, given.id, team.id, channel);
  }
  for (const chat of given.chats ?? [])
    state.places.set(chat.id, {
      ...plainPlace(given.id),
      id: chat.id,
      kind: 'groupChat',
      name: chat.name,
      members: new Set(ids(chat.members)),
      app: chat.app ?? false,
      hears: chat.hears ?? true,
    });
  for (const id of ids(given.added ?? [])) {
    const who = state.people.get(id);
    if (who) personalPlace(state, who).app = true;
  }
}

export function addPerson(state: State, tenant: string, given: PersonSeed): Person {
  const id = given.id ?? state.uuid();
  const made: Person = {
    id,
    accountId: `29:1${Buffer.from(`${id}/${state.app.id}`).toString('base64url')}`,
    tenant,
    handle: given.handle,
    name: given.name,
    email: `${given.handle}@example.com`,
    timeZone: given.timeZone ?? 'Europe/Berlin',
    guest: given.guest ?? false,
  };
  state.people.set(id, made);
  return made;
}

export function addChannel(state: State, tenant: string, team: string, channel: ChannelSeed): void {
  state.places.set(channel.id, { ...plainPlace(tenant), id: channel.id, kind: 'channel', name: channel.name, team });
}

function plainPlace(tenant: string) {
  return { tenant, team: undefined, members: new Set<string>(), app: false, hears: true, blocked: false, deleted: false };
}

function nobody(handle: string): never {
  throw new Error(`Nobody called ${handle}.`);
}
