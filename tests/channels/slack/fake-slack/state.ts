import { randomBytes } from 'node:crypto';
import {
  type AppSecrets,
  type Call,
  type Enterprise,
  type Ephemeral,
  type FileEntry,
  type Install,
  type Message,
  type Person,
  type Place,
  SlackError,
  type Team,
  type Token,
  type View,
} from './model.ts';

export type Trigger = { userId: string; teamId: string; viewId: string | undefined; madeAt: number; used: boolean };
export type ResponseUrl = {
  key: string;
  userId: string;
  channel: string;
  messageTs: string | undefined;
  threadTs: string | undefined;
  uses: number;
  madeAt: number;
};

export type State = ReturnType<typeof createState>;

/** Everything that this Slack knows, in memory. `now`: epoch milliseconds. */
export function createState(app: AppSecrets, now: () => number) {
  let count = 0;
  let lastTs = 0;
  const changes = new Set<() => void>();

  return {
    app,
    now,
    origin: '',
    enterprises: new Map<string, Enterprise>(),
    teams: new Map<string, Team>(),
    people: new Map<string, Person>(),
    places: new Map<string, Place>(),
    messages: new Map<string, Message[]>(),
    /** Every ts that a place ever had: a thread outlives its first message. */
    everSaid: new Set<string>(),
    ephemerals: [] as Ephemeral[],
    views: new Map<string, View>(),
    /** Open modals of each person, the topmost last. */
    stacks: new Map<string, string[]>(),
    homes: new Map<string, string>(),
    installs: [] as Install[],
    tokens: new Map<string, Token>(),
    refreshTokens: new Map<string, Install>(),
    codes: new Map<string, { install: Install; redirectUri: string | undefined }>(),
    triggers: new Map<string, Trigger>(),
    responseUrls: new Map<string, ResponseUrl>(),
    uploads: new Map<string, FileEntry>(),
    calls: [] as Call[],

    id(prefix: string): string {
      count += 1;
      return `${prefix}${(count + 46_656).toString(36).toUpperCase().padStart(9, '0')}`;
    },
    secret: (bytes = 16): string => randomBytes(bytes).toString('hex'),
    /** Unique and growing, in seconds with six decimals, as Slack's. */
    nextTs(): string {
      lastTs = Math.max(lastTs + 1, Math.floor(now()) * 1_000);
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
    },
    changed(): void {
      for (const tell of changes) tell();
    },
    onChange(tell: () => void): () => void {
      changes.add(tell);
      return () => changes.delete(tell);
    },
  };
}

export function person(state: State, id: string): Person {
  const found = state.people.get(id);
  if (!found) throw new SlackError('user_not_found');
  return found;
}

export function place(state: State, id: string): Place {
  const found = state.places.get(id);
  if (!found || found.deleted) throw new SlackError('channel_not_found');
  return found;
}

export function team(state: State, id: string): Team {
  const found = state.teams.get(id);
  if (!found) throw new SlackError('team_not_found');
  return found;
}

export function messagesIn(state: State, channel: string): Message[] {
  const found = state.messages.get(channel);
  if (found) return found;
  const fresh: Message[] = [];
  state.messages.set(channel, fresh);
  return fresh;
}

export function message(state: State, channel: string, ts: string): Message {
  const found = messagesIn(state, channel).find((one) => one.ts === ts);
  if (!found) throw new SlackError('message_not_found');
  return found;
}

/** Whether an installation covers a team. */
export function covers(state: State, install: Install, teamId: string): boolean {
  return install.teamId === teamId || (install.teamId === undefined && state.teams.get(teamId)?.enterpriseId === install.enterpriseId);
}

/** The working installation for a team, the team's own before the organisation's. */
export function installFor(state: State, teamId: string): Install | undefined {
  const fitting = state.installs.filter((one) => one.active && covers(state, one, teamId));
  return fitting.find((one) => one.teamId !== undefined) ?? fitting[0];
}

/** Teams whose people can be in a place. */
export function teamsOf(where: Place): string[] {
  return [where.teamId, ...where.sharedWith];
}

/** The installation whose bot is in a place, or reads it otherwise. */
export function installIn(state: State, where: Place, nearTeam?: string): Install | undefined {
  const inside = state.installs.filter((one) => one.active && where.members.has(one.botUserId));
  return inside.find((one) => nearTeam !== undefined && covers(state, one, nearTeam)) ?? inside[0];
}

/** The 1:1 chat of two, made when there is none. */
export function directPlace(state: State, one: string, other: string): Place {
  for (const found of state.places.values()) {
    if (found.kind === 'im' && found.members.has(one) && found.members.has(other)) return found;
  }
  return addPlace(state, { kind: 'im', name: '', teamId: person(state, other).teamId, members: [one, other], creator: one });
}

/** The group chat of these people, made when there is none. */
export function groupPlace(state: State, members: readonly string[], teamId: string): Place {
  for (const found of state.places.values()) {
    if (found.kind === 'mpim' && found.members.size === members.length && members.every((id) => found.members.has(id))) return found;
  }
  const name = `mpdm-${members.map((id) => person(state, id).name).join('--')}-1`;
  return addPlace(state, { kind: 'mpim', name, teamId, members, creator: members[0] ?? '' });
}

const prefixes = { channel: 'C', group: 'G', mpim: 'G', im: 'D' } as const;

export function addPlace(
  state: State,
  given: Pick<Place, 'kind' | 'name' | 'teamId' | 'creator'> & { id?: string; members: Iterable<string>; sharedWith?: string[] },
): Place {
  const made: Place = {
    ...given,
    id: given.id ?? state.id(prefixes[given.kind]),
    members: new Set(given.members),
    sharedWith: given.sharedWith ?? [],
    archived: false,
    deleted: false,
    created: Math.floor(state.now() / 1_000),
  };
  state.places.set(made.id, made);
  return made;
}
