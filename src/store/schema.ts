import type { Generated } from 'kysely';

/** `waiting`: to be handled or delivered. `done`: body erased, the row stays for a week to recognise repeats. `dead`: parked until replayed or erased. */
export type RowStatus = 'waiting' | 'done' | 'dead';
/** `kept`: for a person who has no chat with Plumb (yet), until released or erased. */
export type OutboxStatus = RowStatus | 'kept';

/** Times are epoch milliseconds, ids text, JSON is text, truth values 0 or 1: the same on SQLite and PostgreSQL. */
export type Schema = {
  inbox: {
    seq: Generated<number>;
    channel: string;
    tenant: string;
    event_key: string;
    stream: string;
    conversation: string;
    person_id: string;
    /** Of what kind the event is, so that a dead letter can be named without its body. */
    type: string;
    message_ref: string | null;
    addressed: number;
    status: RowStatus;
    ready_at: number;
    /** Set for rows that may be part of a burst: they wait for later ones until then. */
    burst_until: number | null;
    attempts: number;
    body: string | null;
    reason: string | null;
    stored_at: number;
    /** When it was done or died. */
    settled_at: number | null;
  };
  /** One row per stream with something waiting or somebody working on it. `ready_at` is the earliest of its waiting rows; a free stream has `lease_until` 0. */
  streams: { stream: string; ready_at: number | null; lease: string | null; lease_until: number };
  outbox: {
    seq: Generated<number>;
    id: string;
    destination: string;
    tenant: string;
    audience: string;
    /** The post that this message makes or changes. */
    post: string | null;
    replaces: string | null;
    status: OutboxStatus;
    due_at: number;
    expires_at: number | null;
    lease_until: number;
    /** When a send began of which nobody knows yet whether it arrived. */
    sending_at: Generated<number | null>;
    attempts: number;
    body: string | null;
    reason: string | null;
    stored_at: number;
    settled_at: number | null;
  };
  /** One row per destination with something waiting; at most one message of each is under way. `due_at` is when its next message may go. */
  destinations: { destination: string; due_at: number | null; lease_until: number };
  posts: { destination: string; post: string; platform_id: string; at: number };
  /** Which post repeats words of which message, from the moment it is put into the outbox. `seq` is the outbox row's. */
  quotes: { message_ref: string; seq: number; destination: string; post: string; recipient: string; audience: string };
  aggregates: {
    kind: string;
    id: string;
    tenant: string;
    version: number;
    snapshot: string;
    status: string;
    place: string | null;
    updated_at: number;
  };
  participants: { kind: string; aggregate_id: string; person_id: string; tenant: string; updated_at: number };
  events: { kind: string; aggregate_id: string; number: number; type: string; at: number; body: string };
  texts: { text_id: string; message_ref: string; conversation: string | null; author: string; body: string; at: number };
  timers: { kind: string; aggregate_id: string; key: string; due_at: number; conversation: string; channel: string };
  conversations: { conversation: string; stream: string; kind: string; aggregate_id: string };
  settings: { tenant: string; body: string };
  lessons: { tenant: string; id: string; verdict: string; features: string; person_id: string; at: number; act: string; thread: string };
  usage: { tenant: string; person_id: string; day: string; what: string; count: number; updated_at: number };
  room_posts: {
    seq: Generated<number>;
    platform_id: string;
    outbox_id: string;
    conversation: string;
    at: number;
    edited_at: number | null;
    card: string;
    audience: string;
  };
  /** `secret` is encrypted, null once removed; what else is kept of the tenant is erased at `erase_at`. */
  installations: {
    channel: string;
    tenant: string;
    secret: string | null;
    saved_at: number;
    lease: string | null;
    lease_until: number;
    erase_at: number | null;
  };
  /** How a platform's conversations are begun: one JSON text each, read by that platform's channel alone. */
  conversation_references: { channel: string; tenant: string; kind: string; id: string; body: string; updated_at: number };
  /** What an organisation wants to reach: one JSON text. */
  strategy: { tenant: string; body: string; updated_at: number };
  /** How often somebody did the same thing. */
  habits: { tenant: string; person_id: string; what: string; count: number; updated_at: number };
  /** Single numbers of the whole installation, such as the movable clock's offset. */
  numbers: { name: string; value: number };
};

export type DatabaseKind = 'sqlite' | 'postgres';
