import type { InboundEvent, OutboundMessage } from '../../src/app/ports.ts';
import type { AggregateChange, Commit, LeasedStream, NewInboxRow, Store } from '../../src/app/store.ts';
import type { ConversationRef } from '../../src/domain/conversation.ts';

export const NOW = Date.UTC(2026, 10, 23, 9);

export function thread(id: string, place = 'sales'): ConversationRef {
  return { channel: 'room', tenant: 'acme', place, thread: id };
}

type Posted = Extract<InboundEvent, { type: 'MessagePosted' }>;

/** A message by Ann in the thread `in`. */
export function posted(messageId: string, inThread = 't1', more: Partial<Posted> = {}): Posted {
  return {
    type: 'MessagePosted',
    eventKey: messageId,
    conversation: thread(inThread),
    personId: 'ann',
    at: NOW,
    messageId,
    text: `words of ${messageId}`,
    mentions: [],
    addressed: false,
    topLevel: false,
    ...more,
  };
}

export function row(messageId: string, inThread = 't1', more: Partial<NewInboxRow> = {}): NewInboxRow {
  return { event: posted(messageId, inThread), readyAt: NOW, ...more };
}

/** Something Plumb says in the thread `in`. */
export function said(id: string, inThread = 't1', more: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id,
    to: { kind: 'conversation', conversation: thread(inThread) },
    audience: 'thread',
    card: { summary: `card ${id}`, blocks: [{ type: 'text', text: ['Hello ', { person: 'ann', name: 'Ann' }] }], actions: [] },
    ...more,
  };
}

export function change(more: Partial<Commit>): Commit {
  return { aggregates: [], texts: [], eraseTexts: [], outbox: [], timers: [], conversations: [], done: [], ...more };
}

export const alignment = (id: string) => ({ kind: 'alignment' as const, id });

export function alignmentChange(id: string, expectedVersion = 0, more: Partial<AggregateChange> = {}): AggregateChange {
  return {
    ref: alignment(id),
    tenant: 'acme',
    expectedVersion,
    events: [{ type: 'QuestionAsked', at: NOW }],
    snapshot: { id, after: expectedVersion },
    summary: { status: 'clarifying', people: ['ann'], place: 'sales', updatedAt: NOW + expectedVersion },
    ...more,
  };
}

/** Takes whatever is ready at `now`. */
export function leaseAll(store: Store, now = NOW, limit = 100): Promise<LeasedStream[]> {
  return store.inbox.lease({ now, leaseUntil: now + 30_000, limit });
}

export async function leaseOnly(store: Store, now = NOW): Promise<LeasedStream> {
  const [leased, ...others] = await leaseAll(store, now);
  if (!leased || others.length > 0) throw new Error(`Exactly one stream was expected to be ready, but ${leased ? others.length + 1 : 0} are.`);
  return leased;
}

export function keysOf(leased: LeasedStream | undefined): string[] | undefined {
  return leased?.rows.map((waiting) => waiting.event.eventKey);
}

/** Ids of what may be sent at `now`. */
export async function sendable(store: Store, now = NOW, limit = 100): Promise<string[]> {
  const { due } = await store.outbox.lease({ now, leaseUntil: now + 30_000, limit });
  return due.map(({ id }) => id);
}

/** Everything that can be sent at `now`, delivered; in the order of delivery. */
export async function deliverAll(store: Store, now = NOW): Promise<string[]> {
  const delivered: string[] = [];
  for (;;) {
    const ids = await sendable(store, now);
    if (ids.length === 0) return delivered;
    for (const id of ids) await store.outbox.delivered(id, { platformId: `post of ${id}`, at: now });
    delivered.push(...ids);
  }
}
