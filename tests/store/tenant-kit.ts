import type { AggregateRef, InboundEvent, OutboundMessage } from '../../src/app/ports.ts';
import { defaultSettings } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { type ConversationRef, messageRef } from '../../src/domain/conversation.ts';
import { change, NOW, thread } from './kit.ts';

export const DAY = 86_400_000;

/** A thread in a Slack workspace. */
export function inWorkspace(tenant: string, name = '1.1'): ConversationRef {
  return { ...thread(name, 'C1'), channel: 'slack', tenant };
}

function message(tenant: string, id: string): Extract<InboundEvent, { type: 'MessagePosted' }> {
  const conversation = inWorkspace(tenant);
  const text = `words of ${tenant}`;
  return { type: 'MessagePosted', eventKey: id, conversation, personId: 'U1', at: NOW, messageId: id, text, mentions: [], addressed: false, topLevel: true };
}

function saying(tenant: string, id: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  const card = { summary: `said in ${tenant}`, blocks: [], actions: [] };
  return { id: `${tenant}-${id}`, to: { kind: 'conversation', conversation: inWorkspace(tenant) }, audience: 'thread', card, ...more };
}

export const refIn = (tenant: string, kind: AggregateRef['kind'] = 'alignment'): AggregateRef => ({ kind, id: `${kind} of ${tenant}` });

/** Leaves something of a tenant in every table that knows tenants: done, waiting and parked, in conversations and in 1:1 chats. */
export async function fill(store: Store, tenant: string): Promise<void> {
  const conversation = inWorkspace(tenant);
  const ref = messageRef({ ...conversation, messageId: 'm1' });
  const form = `trigger-${tenant}:driver`;
  await store.installations.save({ channel: 'slack', tenant, secret: `token of ${tenant}`, at: NOW });
  await store.settings.save(tenant, { ...defaultSettings, silencedPlaces: [`place of ${tenant}`] });
  await store.references.save({ channel: 'slack', tenant, kind: 'place', id: `place of ${tenant}` }, 'kept', NOW);
  await store.usage.add({ tenant, personId: 'U1', day: '2026-11-23', what: 'suggestion' });
  await store.strategy.save(tenant, {
    objectives: [{ id: 'o1', text: `objective of ${tenant}`, weight: 2, competencies: [] }],
    confirmedBy: 'U1',
    confirmedAt: NOW,
  });
  await store.habits.add(tenant, 'U1', 'dismissed:panic');
  await store.inbox.add({ event: message(tenant, 'm1'), readyAt: NOW });
  const leased = await store.inbox.leaseStream(await store.inbox.streamOf(conversation), { now: NOW, leaseUntil: NOW + 1 });
  const aggregates = (['alignment', 'programme', 'person'] as const).map((kind) => ({
    ref: refIn(tenant, kind),
    tenant,
    expectedVersion: 0,
    events: [{ type: 'Opened', at: NOW }],
    snapshot: { of: tenant },
    summary: { status: 'clarifying', people: ['U1'], place: 'C1', updatedAt: NOW },
  }));
  const toPerson = { kind: 'person' as const, channel: 'slack' as const, tenant, personId: 'U1' };
  const lesson = { id: 'l1', verdict: 'not-request' as const, features: [`feature of ${tenant}`], by: 'U1', at: NOW, act: 'm1', thread: '1.1' };
  await store.commit(
    change({
      ...(leased && { lease: leased }),
      done: leased?.rows.map((row) => row.id) ?? [],
      aggregates,
      texts: [
        { textId: ref, messageRef: ref, author: 'U1', body: `kept words of ${tenant}`, at: NOW },
        { textId: form, messageRef: form, author: 'U1', body: `form words of ${tenant}`, at: NOW },
      ],
      outbox: [
        saying(tenant, 'intake', { post: 'intake', quotes: [ref] }),
        saying(tenant, 'brief', { post: 'brief', to: { kind: 'conversation', conversation: inWorkspace(tenant, '2.2') } }),
        saying(tenant, 'private', { post: 'hint', to: toPerson, audience: 'private', quotes: [ref] }),
      ],
      timers: aggregates.map(({ ref: aggregate }) => ({ aggregate, key: 'remind', dueAt: NOW + DAY, conversation })),
      conversations: [{ conversation, stream: `slack/${tenant}/C1/1.1`, aggregate: refIn(tenant) }],
      lessons: [{ tenant, type: 'taught', lesson }],
    }),
  );
  if (leased) await store.inbox.release(leased);
  await store.outbox.delivered(`${tenant}-intake`, { platformId: '9.9', at: NOW });
  await store.outbox.fail(`${tenant}-brief`, { reason: 'not today' });
  await store.inbox.add({ event: message(tenant, 'm2'), readyAt: NOW });
}

/** Lets somebody be forgotten who stands in states under `refs`. */
export async function forget(
  store: Store,
  person: { channel: 'slack' | 'teams' | 'room'; tenant: string; personId: string },
  refs: AggregateRef[] = [],
): Promise<void> {
  await store.commit(change({ forgotten: { ...person, as: 'former:1', refs, texts: [], name: 'Ann', called: 'somebody' } }));
}
