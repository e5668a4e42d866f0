import { decide } from '../domain/alignment.ts';
import type { Command } from '../domain/command.ts';
import type { ConversationRef, Person, PersonId } from '../domain/conversation.ts';
import { conversationKey } from '../domain/conversation.ts';
import type { DomainError } from '../domain/errors.ts';
import type { DomainEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { type AlignmentState, newAlignment } from '../domain/state.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { AggregateKind, AggregateRef, Channel, InteractionResponse, OutboundMessage, TenantSettings } from './ports.ts';
import { parseSnapshot } from './snapshots.ts';
import type { Commit, LeasedStream, Store, TextRow } from './store.ts';

/** An aggregate while it is worked on: what it was, what it is now, and what happened in between. */
export type Working<S, E> = { ref: AggregateRef; version: number; before: S; state: S; events: E[] };
export type WorkingAlignment = Working<AlignmentState, DomainEvent>;
export type WorkingAny = Working<unknown, { type: string; at: number }>;

/**
 * Everything that one handling collects before its one commit. It belongs to that handling alone and is thrown away with it, also when the commit
 * loses against another writer.
 */
export type Turn = {
  leased: LeasedStream;
  now: number;
  tenant: string;
  channel: Channel;
  settings: TenantSettings;
  working: Map<string, WorkingAny>;
  /** Words offered for keeping: kept if something refers to them at the end. */
  texts: Map<string, TextRow>;
  eraseTexts: Set<string>;
  outbox: OutboundMessage[];
  conversations: Commit['conversations'][number][];
  responses: Map<string, InteractionResponse>;
  /** Commands that somebody may not give, or that no longer fit; told to that person alone. */
  refusals: { personId: PersonId; code: DomainError['code']; rowId?: string }[];
  /** Where acts were said: an aside is answered there. */
  heardIn: Map<string, ConversationRef>;
  /** Acts whose answer went into the response: it is not said again. */
  told: Set<string>;
  /** What owners chose after an escalation. */
  choices: { programmeId: string; owner: PersonId; choice: 'help' | 'replan' }[];
  /** Who said hello or asked for help outside of any conversation. */
  greetings: { conversation: ConversationRef; personId: PersonId }[];
  /** Channels that Plumb was just invited to. */
  joined: ConversationRef[];
  people: Map<PersonId, Person>;
};

/** A turn for the rows of one stream, which all belong to one tenant. Throws when their platform is not configured. */
export async function beginTurn({ store, channels, clock }: Pick<HandleDependencies, 'store' | 'channels' | 'clock'>, leased: LeasedStream): Promise<Turn> {
  const first = leased.rows[0]?.event.conversation;
  const channel = first && channels.get(first.channel);
  if (!first || !channel) throw new Error(`No channel "${first?.channel ?? 'unknown'}" is configured. Set its variables (see .env.example) and replay this.`);
  const { tenant } = first;
  return {
    leased,
    now: clock.now(),
    tenant,
    channel,
    settings: await store.settings.load(tenant),
    working: new Map(),
    texts: new Map(),
    eraseTexts: new Set(),
    outbox: [],
    conversations: [],
    responses: new Map(),
    refusals: [],
    heardIn: new Map(),
    told: new Set(),
    choices: [],
    greetings: [],
    joined: [],
    people: new Map(),
  };
}

/** Loads an aggregate once per turn; a missing one is new (version 0). */
export async function workOn<S, E extends { type: string; at: number }>(
  turn: Turn,
  store: Pick<Store, 'aggregates'>,
  ref: AggregateRef,
  fresh: S,
): Promise<Working<S, E>> {
  const key = `${ref.kind}:${ref.id}`;
  const known = turn.working.get(key);
  // One map holds aggregates of all kinds; the key's kind says which state it is.
  if (known) return known as Working<S, E>;
  const stored = await store.aggregates.load(ref);
  const state = stored ? parseSnapshot<S>(ref.kind, stored.snapshot) : fresh;
  const working: Working<S, E> = { ref, version: stored?.version ?? 0, before: state, state, events: [] };
  turn.working.set(key, working as WorkingAny);
  return working;
}

export function workOnAlignment(turn: Turn, store: Pick<Store, 'aggregates'>, id: string): Promise<WorkingAlignment> {
  return workOn<AlignmentState, DomainEvent>(turn, store, { kind: 'alignment', id }, newAlignment);
}

/** Lets the domain decide and keeps what happened. Returns those events. Throws DomainError. */
export function command(alignment: WorkingAlignment, order: Command, now: number): DomainEvent[] {
  const events = decide(alignment.state, order, now);
  alignment.state = events.reduce(evolve, alignment.state);
  alignment.events.push(...events);
  return events;
}

/** What happened to aggregates of one kind in this turn. */
export function changed(turn: Turn, kind: AggregateKind): WorkingAny[] {
  return [...turn.working.values()].filter((working) => working.ref.kind === kind && working.events.length > 0);
}

export function changedAlignments(turn: Turn): WorkingAlignment[] {
  return changed(turn, 'alignment') as WorkingAlignment[];
}

/** From now on this conversation belongs to that aggregate, ordered with the conversation in which it began. */
export function bind(turn: Turn, conversation: ConversationRef, aggregate: AggregateRef | undefined, home: ConversationRef = conversation): void {
  turn.conversations.push({ conversation, stream: conversationKey(home), aggregate });
}

/** The aggregate that a conversation belongs to, also when that was decided in this very turn. */
export async function boundTo(turn: Turn, store: Pick<Store, 'aggregates'>, conversation: ConversationRef): Promise<AggregateRef | undefined> {
  const key = conversationKey(conversation);
  const fresh = turn.conversations.findLast((binding) => conversationKey(binding.conversation) === key);
  return fresh ? fresh.aggregate : store.aggregates.of(conversation);
}

/** Somebody's name and zone, asked for once per turn; a person unknown to the platform keeps their id as a name. */
export async function personOf(turn: Turn, personId: PersonId): Promise<Person> {
  const known = turn.people.get(personId);
  if (known) return known;
  const found = await turn.channel.directory.person(turn.tenant, personId);
  const person = found ?? { channel: turn.channel.name, tenant: turn.tenant, id: personId, name: personId, timeZone: 'UTC', external: true };
  turn.people.set(personId, person);
  return person;
}
