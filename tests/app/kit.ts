import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, Clock, InboundEvent, Logger, Metrics, OutboundMessage } from '../../src/app/ports.ts';
import type { Commit, Store } from '../../src/app/store.ts';
import type { ConversationRef } from '../../src/domain/conversation.ts';
import { openStore } from '../../src/store/open-store.ts';

export const MONDAY_9_UTC = Date.UTC(2026, 10, 23, 9);

/** A clock that only moves by hand. */
export type HandClock = Clock & { move(ms: number): void };

function createHandClock(): HandClock {
  let now = MONDAY_9_UTC;
  return {
    now: () => now,
    move(ms: number) {
      now += ms;
    },
  };
}

/** Counts what happened, and lets a test wait for it instead of for time. */
export function createCounter(): Metrics & { of(what: string): number; reached(what: string, times: number): Promise<void> } {
  const counts = new Map<string, number>();
  const waiting = new Set<() => void>();
  const of = (what: string): number => counts.get(what) ?? 0;
  return {
    count(what) {
      counts.set(what, of(what) + 1);
      for (const look of waiting) look();
    },
    observe: () => undefined,
    of,
    reached: (what, times) =>
      new Promise((resolve) => {
        const look = () => {
          if (of(what) < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Keeps what is logged, as text. */
export function createLog(): Logger & { lines: string[]; logged(part: string): Promise<void> } {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    for (const look of waiting) look();
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    lines,
    logged: (part) =>
      new Promise((resolve) => {
        const look = () => {
          if (!lines.some((line) => line.includes(part))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A door that a test opens. */
export function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, opened: promise };
}

/** A channel without people that accepts whatever it is given, but for `parts`. */
export function createRoom(parts: Partial<Channel>): Channel {
  return {
    name: 'room',
    directory: {
      person: async () => undefined,
      resolve: async () => [],
      members: async () => [],
      isMember: async () => false,
      memberCount: async () => 0,
      placeName: async () => 'sales',
      places: async () => [],
      privateConversation: async (tenant, personId) => ({ channel: 'room', tenant, place: `with ${personId}`, thread: '' }),
      permalink: async () => undefined,
    },
    send: async () => ({ platformId: 'post' }),
    showWorking: () => undefined,
    ...parts,
  };
}

/** A SQLite store in a folder of its own, on a clock that is moved by hand, and what takes both away. */
export async function openTestStore() {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-app-'));
  const clock = createHandClock();
  const store = await openStore({ sqliteFile: join(folder, 'plumb.sqlite') }, { clock });
  return {
    store,
    clock,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function conversation(thread: string, place = 'sales'): ConversationRef {
  return { channel: 'room', tenant: 'acme', place, thread };
}

type Posted = Extract<InboundEvent, { type: 'MessagePosted' }>;

/** A message by Ann in the thread `thread`; top-level when it is its own thread. */
export function posted(messageId: string, thread: string, more: Partial<Posted> = {}): Posted {
  return {
    type: 'MessagePosted',
    eventKey: messageId,
    conversation: conversation(thread),
    personId: 'ann',
    at: MONDAY_9_UTC,
    messageId,
    text: 'Lunch anyone?',
    mentions: [],
    addressed: false,
    topLevel: messageId === thread,
    ...more,
  };
}

/** A press by Ann in the thread `thread`. */
export function pressed(eventKey: string, thread: string): InboundEvent {
  return {
    type: 'ActionTaken',
    eventKey,
    conversation: conversation(thread),
    personId: 'ann',
    at: MONDAY_9_UTC,
    action: 'later',
    value: { alignment: 'a1' },
    inputs: {},
  };
}

/** Something Plumb says in the thread `thread`. */
export function said(id: string, thread: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id,
    to: { kind: 'conversation', conversation: conversation(thread) },
    audience: 'thread',
    card: { summary: `card ${id}`, blocks: [], actions: [] },
    ...more,
  };
}

/** A commit of nothing but what is given. */
export function change(more: Partial<Commit>): Commit {
  return { aggregates: [], texts: [], eraseTexts: [], outbox: [], timers: [], conversations: [], done: [], ...more };
}

/** Makes a conversation belong to an alignment. */
export async function track(store: Store, of: ConversationRef): Promise<void> {
  const ref = { kind: 'alignment' as const, id: `alignment of ${of.thread}` };
  const summary = { status: 'clarifying', people: ['ann'], updatedAt: MONDAY_9_UTC };
  await store.commit(
    change({
      aggregates: [{ ref, tenant: of.tenant, expectedVersion: 0, events: [], snapshot: {}, summary }],
      conversations: [{ conversation: of, stream: ref.id, aggregate: ref }],
    }),
  );
}
