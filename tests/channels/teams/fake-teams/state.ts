import { randomUUID } from 'node:crypto';
import { plainText } from './marks.ts';
import { type BotApp, type Call, ConnectorError, type Json, type Message, type Person, type Place, type Team, type Tenant } from './model.ts';

export type State = ReturnType<typeof createState>;

/** Everything that this Teams knows, in memory. `now`: epoch milliseconds. */
export function createState(app: BotApp, now: () => number) {
  let lastId = 0;
  const changes = new Set<() => void>();
  return {
    app,
    /** How the bot is called in conversations. */
    botId: `28:${app.id}`,
    now,
    origin: '',
    tenants: new Map<string, Tenant>(),
    people: new Map<string, Person>(),
    teams: new Map<string, Team>(),
    places: new Map<string, Place>(),
    messages: [] as Message[],
    calls: [] as Call[],
    /** Dialogs that are open, by person. */
    dialogs: new Map<string, Dialog>(),
    /** What a person alone sees for a moment: the answer to a press. */
    flashes: [] as { person: string; text: string; error: boolean }[],
    /** Signs of typing that the bot gave, by conversation. */
    typing: [] as { conversation: string; at: number }[],
    /** What the app did against the documentation without being refused. */
    complaints: [] as string[],
    /** Files that people accepted, by the key of their upload address. */
    uploads: new Map<string, Upload>(),

    /** Ids of messages are epoch milliseconds, unique and growing. */
    nextId(): string {
      lastId = Math.max(lastId + 1, Math.floor(now()));
      return String(lastId);
    },
    uuid: (): string => randomUUID(),
    changed(): void {
      for (const tell of changes) tell();
    },
    onChange(tell: () => void): () => void {
      changes.add(tell);
      return () => changes.delete(tell);
    },
  };
}

export type Upload = { person: string; name: string; content: Buffer | undefined };

export type Dialog = {
  person: string;
  title: string;
  card: unknown;
  /** Where it was opened from: a post, or a message that a message action was used on. */
  place: string;
  root: string | undefined;
  postId: string | undefined;
  /** A dialog of a message action goes back as composeExtension/submitAction. */
  command: { commandId: string; messagePayload: Json } | undefined;
};

const inThread = ';messageid=';

export type Where = { place: Place; root: string | undefined };

/** The place and thread that an id of a conversation names. Throws ConversationNotFound, also for another tenant's. */
export function conversation(state: State, tenant: string, id: string): Where {
  const [placeId = '', root] = id.split(inThread);
  const place = state.places.get(placeId);
  if (!place || place.deleted || place.tenant !== tenant) throw new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
  if (place.kind === 'channel' && teamOf(state, place).state === 'deleted') throw new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
  if (root === undefined) return { place, root };
  const first = state.messages.find((one) => one.place === placeId && one.id === root);
  if (!first || place.kind !== 'channel') throw new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
  return { place, root };
}

export function conversationId(where: { place: Pick<Place, 'id'>; root: string | undefined }): string {
  return where.root === undefined ? where.place.id : `${where.place.id}${inThread}${where.root}`;
}

export function teamOf(state: State, place: Place): Team {
  const found = state.teams.get(place.team ?? '');
  if (!found) throw new Error(`${place.id} is no channel.`);
  return found;
}

export function person(state: State, id: string): Person {
  const found = state.people.get(id);
  if (!found) throw new Error(`Nobody has the id ${id}.`);
  return found;
}

/** By Entra object id or account id. */
export function account(state: State, tenant: string, id: string): Person | undefined {
  return [...state.people.values()].find((one) => one.tenant === tenant && (one.id === id || one.accountId === id));
}

export function place(state: State, id: string): Place {
  const found = state.places.get(id);
  if (!found) throw new Error(`There is no place ${id}.`);
  return found;
}

/** Who is in a place, apart from the bot. */
export function membersOf(state: State, where: Place): Person[] {
  const ids = where.kind === 'channel' ? teamOf(state, where).members : where.members;
  return [...ids].map((id) => person(state, id));
}

export function appIsIn(state: State, where: Place): boolean {
  return where.kind === 'channel' ? teamOf(state, where).app : where.app;
}

/** Something new that a person or the bot said. */
export function addMessage(state: State, said: Pick<Message, 'place' | 'root' | 'by' | 'activity'>): Message {
  const made = { ...said, id: state.nextId(), text: plainText(said.activity), deleted: false, edited: false, reactions: [], views: new Map() };
  state.messages.push(made);
  state.changed();
  return made;
}

export function message(state: State, placeId: string, id: string): Message {
  const found = state.messages.find((one) => one.place === placeId && one.id === id);
  if (!found) throw new Error(`There is no message ${id}.`);
  return found;
}

/** The 1:1 chat of somebody with the bot, whether or not the app is added there. */
export function personalPlace(state: State, who: Person): Place {
  for (const one of state.places.values()) if (one.kind === 'personal' && one.members.has(who.id)) return one;
  const made: Place = {
    id: `a:1${Buffer.from(`${who.id}/${state.app.id}`).toString('base64url')}`,
    tenant: who.tenant,
    kind: 'personal',
    name: '',
    team: undefined,
    members: new Set([who.id]),
    app: false,
    hears: true,
    blocked: false,
    deleted: false,
  };
  state.places.set(made.id, made);
  return made;
}

/** Every tenant has a connector of its own: an id of one is unknown to that of another. */
export function serviceUrl(state: State, tenant: string): string {
  return `${state.origin}/teams/${tenant}/`;
}
