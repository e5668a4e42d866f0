import type { ChannelName, ConversationRef, PersonId } from '../domain/conversation.ts';
import type { LessonChange, TaughtLesson } from '../domain/lessons.ts';
import type { Strategy } from '../domain/strategy.ts';
import type { AggregateRef, InboundEvent, OutboundMessage, TenantSettings, TimerTarget } from './ports.ts';

/** One stored event. `stream` is the unit of order: rows of one stream are handled one after the other, by one worker. */
export type InboxRow = {
  id: string;
  stream: string;
  event: InboundEvent;
  attempts: number;
  storedAt: number;
  /** When the row is to be handled (epoch milliseconds). It tells a failed row, which waits for its next try while others of its stream go on, from one that is due. */
  readyAt: number;
};
export type LeasedStream = { stream: string; lease: string; rows: InboxRow[] };

/** Only what belongs to these platforms: a process leaves the work of others to those that serve them. Without `channels`: everything. */
export type OfChannels = { channels?: readonly ChannelName[] };

export type AddResult = 'stored' | 'already there';
export type NewInboxRow = {
  event: InboundEvent;
  /** Handled from this moment on (epoch milliseconds): later than now while a burst may still go on. */
  readyAt: number;
  /** Rows of the same person waiting in the same stream wait along, so that a burst is read as one; at most until this moment. */
  extendBurstUntil?: number;
  /** For a message whose text was judged before it was stored: it is addressed to Plumb, so a second row for the same message merges instead of being dropped. */
  addressed?: boolean;
};

export type Inbox = {
  /** Durable when it resolves. Several calls in flight share one transaction (group commit). */
  add(row: NewInboxRow): Promise<AddResult>;
  /** A tracked conversation belongs to an alignment (or to a question asked of one person), or has a row waiting. */
  tracks(conversation: ConversationRef): Promise<boolean>;
  /** Takes up to `limit` streams that have a ready row and no live lease, oldest first; all waiting rows of each (ready or not) come along in order. */
  lease(options: { now: number; leaseUntil: number; limit: number } & OfChannels): Promise<LeasedStream[]>;
  /** The same for one stream, at once, for answers in the response. Undefined while somebody else holds it. */
  leaseStream(stream: string, options: { now: number; leaseUntil: number }): Promise<LeasedStream | undefined>;
  streamOf(conversation: ConversationRef): Promise<string>;
  release(lease: LeasedStream): Promise<void>;
  /** Attempts + 1 and ready again at `retryAt`; without `retryAt` the row becomes a dead letter. Other streams go on. */
  fail(rowId: string, failure: { reason: string; retryAt?: number }): Promise<void>;
  /** When the next stream can be taken (epoch milliseconds), or undefined; for a worker that sleeps. */
  nextReadyAt(options?: OfChannels): Promise<number | undefined>;
};

export type OutboxRow = {
  id: string;
  message: OutboundMessage;
  attempts: number;
  storedAt: number;
  /** The platform's id of the post that this one replaces. */
  platformId?: string;
  /** An earlier send began then (epoch milliseconds) and nobody knows whether it arrived: the process died, or the platform gave no clear answer. */
  perhapsSentAt?: number;
};
export type Outbox = {
  /** Rows that are due, at most one per destination at a time and in order within each; leased until `leaseUntil`. Expired rows are dropped here and returned as `expired`. */
  lease(options: { now: number; leaseUntil: number; limit: number } & OfChannels): Promise<{ due: OutboxRow[]; expired: number }>;
  /** Remembers the platform's id under the post's name and erases the body. A second time it changes nothing. */
  delivered(rowId: string, result: { platformId: string; at: number }): Promise<void>;
  /**
   * Attempts + 1, tried again at `retryAt`; without it the row becomes a dead letter. `perhapsSent`: it may have arrived all the same. `busy`: the platform
   * only asks for patience, so the try is not counted; nothing overtakes the row all the same.
   */
  fail(rowId: string, failure: { reason: string; retryAt?: number; perhapsSent?: boolean; busy?: boolean }): Promise<void>;
  /** Waits until `dueAt` (epoch milliseconds), in nobody's way, as if it had not been taken. */
  postpone(rowId: string, dueAt: number): Promise<void>;
  /** Forgotten: its body is erased and it is not sent. */
  drop(rowId: string): Promise<void>;
  /**
   * Kept, in nobody's way, because the person has no chat with Plumb: until a commit sends it, or until it is erased like a dead letter. `tell` is stored
   * with it. Where a later message of its post has taken its place, it is forgotten, and nothing is told.
   */
  keep(rowId: string, tell?: InboundEvent): Promise<void>;
  /** What is kept for a destination, oldest first. */
  kept(to: OutboundMessage['to']): Promise<{ id: string; message: OutboundMessage }[]>;
  /** A message of which nobody knows yet that it was delivered. */
  waiting(rowId: string): Promise<OutboundMessage | undefined>;
  nextDueAt(options?: OfChannels): Promise<number | undefined>;
};

export type DeadLetter = { id: string; kind: 'inbox' | 'outbox'; tenant: string; what: string; reason: string; attempts: number; failedAt: number };
export type DeadLetters = {
  list(tenant: string): Promise<DeadLetter[]>;
  /** Back to waiting with no attempts counted; false when it is gone (its text is erased after 14 days). */
  replay(id: string, now: number): Promise<boolean>;
  /** Erases bodies of dead letters older than `before`. Returns how many. */
  erase(before: number): Promise<number>;
};

/** An aggregate as stored: events since the beginning are in the events table, the snapshot is the state after all of them. */
export type Stored = { ref: AggregateRef; version: number; snapshot: unknown };

export type AggregateChange = {
  ref: AggregateRef;
  tenant: string;
  /** 0 for a new one. A different stored version makes the whole commit fail with 'conflict'. */
  expectedVersion: number;
  events: readonly { type: string; at: number }[];
  snapshot: unknown;
  /** For lists and Home: who takes part, in what status. */
  summary: { status: string; people: readonly PersonId[]; place?: string; updatedAt: number };
};

/** What one person wrote, taught and did often; times in epoch milliseconds. `waiting`: messages of Plumb's that are on their way to them, or kept for them. */
export type KeptOfPerson = {
  texts: (TextRow & { conversation?: string })[];
  habits: { what: string; count: number; at: number }[];
  usage: { day: string; what: string; count: number }[];
  lessons: { verdict: string; features: string; at: number }[];
  waiting: number;
  /** They confirmed the strategy on file. */
  confirmedStrategyAt?: number;
};

export type TextRow = { textId: string; messageRef: string; author: PersonId; body: string; at: number };

/** Everything that one handling causes: all of it happens, or none. */
export type Commit = {
  /** The lease under which this was worked out; when it is no longer held nothing is written ('conflict'). */
  lease?: LeasedStream;
  aggregates: readonly AggregateChange[];
  texts: readonly TextRow[];
  /** messageRefs whose words, as kept so far, are erased for good. What `texts` of the same commit puts stays: the new words of an edited message. */
  eraseTexts: readonly string[];
  outbox: readonly OutboundMessage[];
  /** Messages that were kept: sent after those of `outbox`, from that moment on (epoch milliseconds), or forgotten. */
  kept?: readonly { id: string; notBefore: number | 'forgotten' }[];
  /** The full set of timers of each aggregate in `aggregates`: others of that aggregate are cancelled. */
  timers: readonly (TimerTarget & { dueAt: number; conversation: ConversationRef })[];
  /** From now on this conversation belongs to that aggregate and is ordered in that stream; `aggregate: undefined` ends it. */
  conversations: readonly { conversation: ConversationRef; stream: string; aggregate: AggregateRef | undefined }[];
  /** Rows that are done; their bodies are erased. */
  done: readonly string[];
  /** Those of them that are not to say either who sent them, and from where. */
  nameless?: readonly string[];
  /** What people taught with what they did, or took back, in this order. A lesson beyond a person's share (`lessonLimits`) is not kept. */
  lessons?: readonly ({ tenant: string } & LessonChange)[];
  /**
   * Somebody is forgotten: the words that they wrote, what they taught and what was counted about them is erased, and so is their own aggregate. In `refs`
   * and wherever they take part their id becomes `as`, in states and in events. `texts`: words of others, which named
   * them; in what is still to be sent, `called` stands where their `name` stood.
   */
  forgotten?: {
    channel: ChannelName;
    tenant: string;
    personId: PersonId;
    as: PersonId;
    refs: readonly AggregateRef[];
    texts: readonly TextRow[];
    name: string;
    called: string;
  };
  /** What people did once more (`habits`). */
  habits?: readonly { tenant: string; personId: PersonId; what: string }[];
  /** What counts against somebody's share of a day (`usage`). */
  usage?: readonly { tenant: string; personId: PersonId; day: string; what: string; amount: number }[];
};

export type Posts = {
  /** The platform's id of a named post in a conversation or 1:1 chat. */
  platformId(post: string): Promise<string | undefined>;
  /** The same at one destination. */
  platformIdAt(to: OutboundMessage['to'], post: string): Promise<string | undefined>;
  /** Names, beginning with `prefix`, of posts that stand at a destination or are on their way there. */
  named(to: OutboundMessage['to'], prefix: string): Promise<string[]>;
  /** Posts, delivered or on their way, that repeat words of a message. */
  quoting(messageRef: string): Promise<{ post: string; message: Pick<OutboundMessage, 'to' | 'audience'> }[]>;
};

/** What a platform needs to begin a conversation by itself: one JSON text, which that platform's channel alone reads. */
export type ReferenceOf = { channel: ChannelName; tenant: string; kind: 'tenant' | 'team' | 'place' | 'person'; id: string };
/** How platforms reach people, teams and channels by themselves. */
export type References = {
  /** In the place of what was kept under the same id. `at`: epoch milliseconds. */
  save(of: ReferenceOf, body: string, at: number): Promise<void>;
  load(of: ReferenceOf): Promise<string | undefined>;
  list(of: Omit<ReferenceOf, 'id'>): Promise<{ id: string; body: string }[]>;
  remove(of: ReferenceOf): Promise<void>;
};

/** What a platform gave when somebody installed Plumb (tokens), encrypted at rest. */
export type Installations = {
  /** Installed, or installed again: what `remove` had scheduled is called off. Throws StoreError `secret_key_missing`. */
  save(installation: { channel: ChannelName; tenant: string; secret: string; at: number }): Promise<void>;
  /** A renewed secret in the place of `from`. False, and nothing is kept, when another one or none is there by now: removed or installed again meanwhile. */
  renew(renewal: { channel: ChannelName; tenant: string; from: string; to: string }): Promise<boolean>;
  /** The secret as it was saved; undefined when it is not installed (any more). Throws StoreError `secret_unreadable`. */
  load(channel: ChannelName, tenant: string): Promise<string | undefined>;
  /** For work that one process alone may do, such as renewing a token. False while somebody holds it, and where nothing is installed. Ends by itself at `until`. */
  lease(channel: ChannelName, tenant: string, times: { now: number; until: number }): Promise<boolean>;
  endLease(channel: ChannelName, tenant: string): Promise<void>;
  /** What `remove` had scheduled is called off: for an installation whose secret is not kept here. */
  callOffErasure(channel: ChannelName, tenant: string): Promise<void>;
  /**
   * Forgets the secret and everything that waits for this tenant (events, messages, timers); what else is kept of it is erased at `eraseAt`. False, and
   * nothing happens, when Plumb was installed again after `happenedAt`: platforms may tell late. All times are epoch milliseconds.
   */
  remove(channel: ChannelName, tenant: string, eraseAt: number, happenedAt?: number): Promise<boolean>;
};

export type Store = {
  installations: Installations;
  people: {
    /** What is kept under this person's own id, newest first; the states of aggregates that name them are not in it. */
    kept(person: { channel: ChannelName; tenant: string; personId: PersonId }): Promise<KeptOfPerson>;
    /** The aggregates of which the state or an event names this person: also those that they take no part in any more. */
    named(person: { tenant: string; personId: PersonId }): Promise<AggregateRef[]>;
  };
  references: References;
  inbox: Inbox;
  outbox: Outbox;
  deadLetters: DeadLetters;
  posts: Posts;
  commit(change: Commit): Promise<'committed' | 'conflict'>;
  aggregates: {
    load(ref: AggregateRef): Promise<Stored | undefined>;
    /** The aggregate that a conversation belongs to now. */
    of(conversation: ConversationRef): Promise<AggregateRef | undefined>;
    /** For replays in tests and for provenance; oldest first. */
    events(ref: AggregateRef): Promise<unknown[]>;
    /** For Home and `list`: newest first. */
    list(query: {
      tenant: string;
      kind: AggregateRef['kind'];
      person?: PersonId;
      statuses?: readonly string[];
      limit: number;
    }): Promise<{ ref: AggregateRef; status: string; updatedAt: number; place?: string }[]>;
  };
  texts: {
    /** Bodies by text id; erased ones are missing. */
    load(textIds: readonly string[]): Promise<Map<string, TextRow>>;
    ofConversation(conversation: ConversationRef): Promise<TextRow[]>;
  };
  timers: {
    /** Moves timers that are due into the inbox (as TimerDue), in one transaction; returns how many. */
    wake(options: { now: number; limit: number } & OfChannels): Promise<number>;
    nextDueAt(options?: OfChannels): Promise<number | undefined>;
    list(options: { limit: number }): Promise<(TimerTarget & { dueAt: number })[]>;
  };
  /** What people taught, changed by commits alone. */
  lessons: {
    /** Those that count, newest first (`lessonLimits`). */
    list(tenant: string): Promise<TaughtLesson[]>;
  };
  settings: {
    load(tenant: string): Promise<TenantSettings>;
    save(tenant: string, settings: TenantSettings): Promise<void>;
    /** Changes what holds at this moment, so that of two changes at once none is lost. `change` may run again; what it returns unchanged is not written. */
    change(tenant: string, change: (current: TenantSettings) => TenantSettings): Promise<void>;
  };
  /** Small counters per tenant, person and day, for instance suggestions made. Adds one, or `amount` (whole, may be negative); returns the value after adding. */
  usage: { add(key: { tenant: string; personId: PersonId; day: string; what: string; amount?: number }): Promise<number> };
  /** The strategy on file, with no objectives where nobody put one there. Throws StoreError `stored_value_unreadable`. */
  strategy: { load(tenant: string): Promise<Strategy>; save(tenant: string, strategy: Strategy): Promise<void> };
  /** How often somebody did what the coach learns from. `add` returns how often by now; `of` leaves out what they never did. */
  habits: {
    add(tenant: string, personId: PersonId, what: string): Promise<number>;
    of(tenant: string, personIds: readonly PersonId[]): Promise<{ personId: PersonId; what: string; count: number }[]>;
  };
  room: RoomStore;
  /** The offset of the movable clock in milliseconds (the room's clock). */
  clock: { offset(): Promise<number>; setOffset(ms: number): Promise<void> };
  /** Called whenever a commit may have made work for a worker, in this process or (PostgreSQL) another. */
  onWork(listener: () => void): () => void;
  /** Resolves when a query goes through; throws otherwise. */
  ping(): Promise<void>;
  depth(): Promise<{ inbox: number; outbox: number; deadLetters: number; timers: number }>;
  retention: {
    /** When each of the oldest thousand that are over (`overStatuses`) was touched last, oldest first (epoch milliseconds). */
    over(tenant: string): Promise<number[]>;
  };
  /**
   * Erases what is due and folds the write-ahead log away, so that erased text is in no file. `retentionDays`: nobody keeps what is over for longer;
   * absent: as each organisation chose.
   */
  housekeep(now: number, retentionDays?: number): Promise<void>;
  close(): Promise<void>;
};

/** Plumb's posts in the room. People's own messages are kept only where Plumb keeps their text: the room forgets what Plumb forgets. */
export type RoomPost = { platformId: string; conversation: ConversationRef; at: number; editedAt?: number; card: unknown; audience: string };
export type RoomMessageEvent = Extract<InboundEvent, { type: 'MessagePosted' | 'MessageEdited' | 'MessageDeleted' }>;
export type RoomStore = {
  /** Idempotent by `outboxId`: a second save of the same message changes nothing and returns the same platformId. */
  save(outboxId: string, post: RoomPost): Promise<{ platformId: string }>;
  replace(outboxId: string, platformId: string, change: { card: unknown; at: number }): Promise<void>;
  remove(platformId: string): Promise<void>;
  posts(): Promise<RoomPost[]>;
  /** What people wrote in the room and Plumb keeps, with the conversation it was said in; oldest first. */
  kept(): Promise<{ conversation: ConversationRef; text: TextRow }[]>;
  /** Messages of the room, their edits and their deletions that are stored and not handled yet, parked ones among them; in the order of their arrival. */
  unhandled(): Promise<RoomMessageEvent[]>;
};
