export type Json = Record<string, unknown>;

export type Tenant = { id: string; name: string };

export type Person = {
  /** The Entra object id. */
  id: string;
  /** The account id (29:…), which is the bot's own for them. */
  accountId: string;
  tenant: string;
  /** The handle, such as "dana". */
  handle: string;
  name: string;
  email: string;
  timeZone: string;
  guest: boolean;
};

export type Team = {
  /** The id of the team, which is that of its General channel. */
  id: string;
  tenant: string;
  name: string;
  groupId: string;
  members: Set<string>;
  owners: Set<string>;
  /** The app is in the team. */
  app: boolean;
  /** Its owner consented to `ChannelMessage.Read.Group`: the app hears what does not mention it. */
  hears: boolean;
  state: 'active' | 'archived' | 'deleted';
};

export type Place = {
  id: string;
  tenant: string;
  kind: 'channel' | 'groupChat' | 'personal';
  /** '' for General, which the connector lists without a name, and in 1:1 chats. */
  name: string;
  team: string | undefined;
  /** Of chats. Who is in a channel is in its team. */
  members: Set<string>;
  /** The app is in the chat. */
  app: boolean;
  /** Of group chats: they consented to `ChatMessage.Read.Chat`. */
  hears: boolean;
  /** The person blocked the bot in their 1:1 chat, or took it away. */
  blocked: boolean;
  deleted: boolean;
};

export type Reaction = { type: string; person: string };

export type Message = {
  id: string;
  place: string;
  /** The id of the thread's first message, in a channel; undefined for that one itself and in chats. */
  root: string | undefined;
  /** The Entra object id, or undefined for the bot. */
  by: string | undefined;
  /** As the activity has it: what people wrote with `<at>` marks, or what the bot sent. */
  activity: Json;
  /** The text without marks. */
  text: string;
  deleted: boolean;
  edited: boolean;
  reactions: Reaction[];
  /** The card as one person has it after a press, by Entra object id, until the bot updates the message. */
  views: Map<string, unknown>;
};

export type BotApp = {
  /** The app id, which the bot's account id (28:…) is made of. */
  id: string;
  name: string;
};

export type Operation = 'createConversation' | 'post' | 'reply' | 'update' | 'delete' | 'members' | 'pagedMembers' | 'member' | 'channels' | 'team';

/** One call of the connector, for assertions. `status` is 0 where no answer was given; `reason` is what a refusal said. */
export type Call = {
  operation: Operation;
  tenant: string;
  conversation: string;
  activityId: string | undefined;
  body: Json;
  at: number;
  status: number;
  code: string;
  reason: string;
};

/** What the connector answers with when it refuses. */
export class ConnectorError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'ConnectorError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringIn(value: unknown, ...path: string[]): string | undefined {
  const found = path.reduce<unknown>((inside, key) => (isObject(inside) ? inside[key] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
