/** A block of Block Kit, as it came: what is in it is checked by block-check.ts. */
export type Block = { type: string; block_id?: string | undefined; [key: string]: unknown };
export type Json = Record<string, unknown>;

export type Enterprise = { id: string; name: string };
export type Team = { id: string; name: string; domain: string; enterpriseId: string | undefined };

export type Person = {
  id: string;
  teamId: string;
  /** The handle, such as "dana". */
  name: string;
  realName: string;
  tz: string;
  isAdmin: boolean;
  isOwner: boolean;
  isBot: boolean;
  deleted: boolean;
};

export type Place = {
  id: string;
  kind: 'channel' | 'group' | 'mpim' | 'im';
  /** '' in a 1:1 chat. */
  name: string;
  /** The team it was made in. */
  teamId: string;
  /** Slack Connect: further teams that share it. */
  sharedWith: string[];
  members: Set<string>;
  creator: string;
  archived: boolean;
  deleted: boolean;
  created: number;
};

export type FileEntry = { id: string; name: string; title: string; size: number; teamId: string; user: string; content: Buffer };

export type Message = {
  ts: string;
  channel: string;
  user: string;
  /** The team of whoever wrote it. */
  team: string;
  text: string;
  blocks: Block[] | undefined;
  subtype: string | undefined;
  threadTs: string | undefined;
  botId: string | undefined;
  metadata: { event_type: string; event_payload: Json } | undefined;
  edited: { user: string; ts: string } | undefined;
  reactions: { name: string; users: string[] }[];
  files: FileEntry[];
};

/** Shown to one person only, and to nobody after a reload in the real thing. */
export type Ephemeral = {
  ts: string;
  channel: string;
  user: string;
  threadTs: string | undefined;
  text: string;
  blocks: Block[] | undefined;
  botUserId: string;
};

export type View = {
  id: string;
  teamId: string;
  userId: string;
  type: 'modal' | 'home';
  /** The view as the app gave it (title, submit, close, callback_id, private_metadata …). */
  given: Json;
  blocks: Block[];
  hash: string;
  rootId: string;
  previousId: string | undefined;
  botId: string;
  /** What is in the fields now, as Slack gives it in `state.values`. */
  values: Record<string, Record<string, Json>>;
  /** What the app's last answer complained of, by block id. */
  errors: Record<string, string>;
};

export type Install = {
  /** Undefined for an organisation-wide one. */
  teamId: string | undefined;
  enterpriseId: string | undefined;
  botUserId: string;
  botId: string;
  installer: string;
  scopes: string[];
  active: boolean;
  rotating: boolean;
};

export type Token = { value: string; install: Install; expiresAt: number | undefined; revoked: boolean };

export type AppSecrets = { id: string; clientId: string; clientSecret: string; signingSecret: string; appToken: string; verificationToken: string };

/** One call of the Web API, for assertions. */
export type Call = { method: string; team: string | undefined; body: Json; at: number; answer: string };

/** An error code that the Web API answers with. */
export class SlackError extends Error {
  readonly code: string;
  readonly more: Json;
  constructor(code: string, more: Json = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.more = more;
  }
}
