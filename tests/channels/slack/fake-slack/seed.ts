import type { AppSecrets, Person } from './model.ts';
import { ensureInstall, issueToken } from './oauth.ts';
import { addPlace, type State } from './state.ts';

export type PersonSeed = Partial<Pick<Person, 'id' | 'realName' | 'tz' | 'isAdmin' | 'isOwner' | 'deleted'>> & { name: string };
export type ChannelSeed = {
  id?: string;
  name: string;
  private?: boolean;
  /** Handles; everybody of the team when left out. */
  members?: readonly string[];
  /** Slack Connect: ids of further teams, and the handles of their people in it as `team id/handle`. */
  sharedWith?: readonly string[];
  /** Whether the bot is in it from the start. */
  bot?: boolean;
};
export type TeamSeed = {
  id: string;
  name: string;
  domain?: string;
  /** Belongs to this Enterprise Grid organisation. */
  enterprise?: string;
  people: readonly PersonSeed[];
  channels?: readonly ChannelSeed[];
  /** The app is installed from the start, with a token that never expires. False: it has to be installed over OAuth. */
  installed?: boolean;
  scopes?: readonly string[];
};
export type EnterpriseSeed = {
  id: string;
  name: string /** Installed for the whole organisation from the start. */;
  installed?: boolean;
  scopes?: readonly string[];
};

/** What Plumb's manifest asks for, generously. */
export const usualScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:write',
  'users:read',
] as const;

/** A workspace of five people, as the room has them, with one channel. */
export const usualTeam: TeamSeed = {
  id: 'T0PLUMB01',
  name: 'Northwind',
  domain: 'northwind',
  people: [
    { id: 'U0DANA001', name: 'dana', realName: 'Dana Whitfield', tz: 'America/New_York' },
    { id: 'U0PRIYA01', name: 'priya', realName: 'Priya Raman', tz: 'Europe/London', isAdmin: true, isOwner: true },
    { id: 'U0TOMAS01', name: 'tomas', realName: 'Tomas Vidal', tz: 'Europe/Madrid' },
    { id: 'U0KEIKO01', name: 'keiko', realName: 'Keiko Tanaka', tz: 'Asia/Tokyo' },
    { id: 'U0SAM0001', name: 'sam', realName: 'Sam Adeyemi', tz: 'Africa/Lagos' },
  ],
  channels: [
    { id: 'C0SALES01', name: 'sales-leaders', bot: true },
    { id: 'C0GENERAL', name: 'general' },
  ],
};

export const usualApp: AppSecrets = {
  id: 'A0PLUMB01',
  clientId: '1111111111.2222222222',
  clientSecret: 'local-client-secret',
  signingSecret: 'local-signing-secret',
  appToken: 'xapp-1-A0PLUMB01-1-local',
  verificationToken: 'local-verification-token',
};

export function seed(state: State, teams: readonly TeamSeed[], enterprises: readonly EnterpriseSeed[]): void {
  for (const { id, name } of enterprises) state.enterprises.set(id, { id, name });
  for (const one of teams) seedTeam(state, one);
  for (const { id, installed, scopes } of enterprises) {
    const installer = [...state.people.values()].find((one) => state.teams.get(one.teamId)?.enterpriseId === id)?.id ?? '';
    if (installed) ready(state, undefined, id, installer, scopes);
  }
  for (const one of teams) seedChannels(state, one);
}

function seedTeam(state: State, given: TeamSeed): void {
  state.teams.set(given.id, {
    id: given.id,
    name: given.name,
    domain: given.domain ?? given.name.toLowerCase().replaceAll(/\W+/g, '-'),
    enterpriseId: given.enterprise,
  });
  for (const one of given.people) {
    const realName = one.realName ?? `${one.name[0]?.toUpperCase() ?? ''}${one.name.slice(1)}`;
    const roles = { isAdmin: one.isAdmin ?? false, isOwner: one.isOwner ?? false, isBot: false, deleted: one.deleted ?? false };
    const id = one.id ?? state.id('U');
    state.people.set(id, { id, teamId: given.id, name: one.name, realName, tz: one.tz ?? 'America/New_York', ...roles });
  }
  const admin =
    [...state.people.values()].find((one) => one.teamId === given.id && one.isAdmin) ?? [...state.people.values()].find((one) => one.teamId === given.id);
  if (given.installed ?? given.enterprise === undefined) ready(state, given.id, given.enterprise, admin?.id ?? '', given.scopes);
}

function ready(state: State, teamId: string | undefined, enterpriseId: string | undefined, installer: string, scopes: readonly string[] = usualScopes): void {
  const install = ensureInstall(state, { teamId, enterpriseId, installer, scopes: [...scopes], rotating: false });
  install.active = true;
  issueToken(state, install, 0);
}

function seedChannels(state: State, given: TeamSeed): void {
  const own = [...state.people.values()].filter((one) => one.teamId === given.id && !one.isBot);
  const byHandle = (handle: string): string => {
    const [team, name] = handle.includes('/') ? handle.split('/') : [given.id, handle];
    const found = [...state.people.values()].find((one) => one.teamId === team && one.name === name && !one.isBot);
    if (!found) throw new Error(`Nobody called ${handle}.`);
    return found.id;
  };
  const bot = state.installs.find((one) => one.active && (one.teamId === given.id || (one.teamId === undefined && one.enterpriseId === given.enterprise)));
  for (const one of given.channels ?? []) {
    const members = one.members?.map(byHandle) ?? own.map((each) => each.id);
    if (one.bot && bot) members.push(bot.botUserId);
    const kind = one.private ? 'group' : 'channel';
    addPlace(state, {
      ...(one.id === undefined ? {} : { id: one.id }),
      kind,
      name: one.name,
      teamId: given.id,
      creator: members[0] ?? '',
      members,
      sharedWith: [...(one.sharedWith ?? [])],
    });
  }
}
