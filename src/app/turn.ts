import { decide } from '../domain/alignment.ts';
import type { Command } from '../domain/command.ts';
import type { ConversationRef, Person, PersonId } from '../domain/conversation.ts';
import { conversationKey } from '../domain/conversation.ts';
import type { DomainError } from '../domain/errors.ts';
import type { DomainEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { isFormer } from '../domain/former.ts';
import type { LessonChange, TaughtLesson } from '../domain/lessons.ts';
import type { PersonEvent } from '../domain/nudge-event.ts';
import type { PersonState } from '../domain/nudge-state.ts';
import type { ProgrammeEvent } from '../domain/programme-event.ts';
import type { ProgrammeState } from '../domain/programme-state.ts';
import { type AlignmentState, newAlignment } from '../domain/state.ts';
import type { Strategy } from '../domain/strategy.ts';
import type { TenantLanguage } from '../language/language.ts';
import { actingAdmins } from './acting-admins.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { AggregateRef, Channel, Concern, InteractionResponse, OutboundMessage, TenantSettings } from './ports.ts';
import { readAlignment } from './snapshots.ts';
import type { AggregateChange, Commit, LeasedStream, Store, TextRow } from './store.ts';
import { tenantLanguageOf } from './tenant-language.ts';

/** An aggregate while it is worked on: what it was, what it is now, and what happened in between. */
export type Working<S, E> = {
  ref: AggregateRef;
  version: number;
  before: S;
  state: S;
  events: E[];
  /** A timer of it went off in this turn: it is gone from the store, so the next one has to be set even where nothing happened. */
  woken?: true;
};
export type WorkingAlignment = Working<AlignmentState, DomainEvent>;
export type WorkingProgramme = Working<ProgrammeState, ProgrammeEvent>;
export type WorkingPerson = Working<PersonState, PersonEvent> & { personId: PersonId };

/**
 * Everything that one handling collects before its one commit. It belongs to that handling alone and is thrown away with it, also when the commit
 * loses against another writer.
 */
export type Turn = {
  leased: LeasedStream;
  now: number;
  tenant: string;
  channel: Channel;
  /** As they are stored; `admins` also has those of the platform who act in this turn. So whatever is saved is made from settings loaded anew. */
  settings: TenantSettings;
  /** What the language engine may know of the tenant when it reads a reply: without lessons, which hearing asks for (`taughtLanguage`). */
  tenantLanguage: TenantLanguage;
  taught?: Promise<TaughtLesson[]>;
  strategy?: Promise<Strategy>;
  /** Aggregates that were looked at, by id. */
  alignments: Map<string, WorkingAlignment>;
  programmes: Map<string, WorkingProgramme>;
  persons: Map<string, WorkingPerson>;
  /** Words offered for keeping: kept if something refers to them at the end. */
  texts: Map<string, TextRow>;
  /** Words that were kept before, as they were read in this turn; undefined where they are gone. */
  keptTexts: Map<string, TextRow | undefined>;
  eraseTexts: Set<string>;
  outbox: OutboundMessage[];
  conversations: Commit['conversations'][number][];
  responses: Map<string, InteractionResponse>;
  /** Commands that somebody may not give, or that no longer fit; told to that person alone. */
  refusals: { personId: PersonId; code: DomainError['code']; belonging?: Pick<OutboundMessage, 'about' | 'concerns'> }[];
  /** Where acts were said: an aside is answered there. */
  heardIn: Map<string, ConversationRef>;
  /** Acts whose answer went into the response: it is not said again. */
  told: Set<string>;
  /** Lessons that an admin took back; what alignments teach is read from their events. */
  lessons: LessonChange[];
  /** What somebody did that the coach learns from: counted once, with the commit. */
  habits: { personId: PersonId; what: string }[];
  /** What counts against somebody's share of their day (YYYY-MM-DD): counted once, with the commit. */
  usage: { personId: PersonId; day: string; what: string; amount: number }[];
  /** Who said hello or asked for help outside of any conversation. */
  greetings: { conversation: ConversationRef; personId: PersonId }[];
  /** Chats without threads where somebody asked for something new while something else is under way. */
  otherRequests: ConversationRef[];
  /** Whoever wanted to go on privately and has no chat with Plumb: it stays where it is. */
  chatless: { alignment: string; personId: PersonId }[];
  /** Whom Plumb could not reach, and what for. */
  unreached: { personId: PersonId; concerns: Concern; about: ConversationRef }[];
  /** What was kept for somebody who can be reached now. */
  kept: NonNullable<Commit['kept']>[number][];
  /** Those who have added Plumb just now. */
  welcomed: PersonId[];
  /** Channels that Plumb was just invited to. */
  joined: ConversationRef[];
  people: Map<PersonId, Person>;
  /** Rows of which not even the sender is kept once they are handled: answers to an anonymous check. */
  nameless: Set<string>;
  /** Somebody asked to be forgotten: from now on they stand under another id, and their name stands in no words. */
  forgotten?: NonNullable<Commit['forgotten']>;
  /** Plumb was removed from this organisation: nothing is said or kept any more, and the store has let go of what waited. */
  removed: boolean;
};

/** A turn for the rows of one stream, which all belong to one tenant. Throws when their platform is not configured. */
export async function beginTurn(dependencies: Pick<HandleDependencies, 'store' | 'channels' | 'clock' | 'workspaces'>, leased: LeasedStream): Promise<Turn> {
  const { store, channels, clock, workspaces } = dependencies;
  const first = leased.rows[0]?.event.conversation;
  const channel = first && channels.get(first.channel);
  if (!first || !channel) throw new Error(`No channel "${first?.channel ?? 'unknown'}" is configured. Set its variables (see .env.example) and replay this.`);
  const { tenant } = first;
  const stored = await store.settings.load(tenant);
  const { people, admins } = await actingAdmins(channel, tenant, leased);
  const settings = { ...stored, admins: [...new Set([...stored.admins, ...admins])] };
  return {
    leased,
    now: clock.now(),
    tenant,
    channel,
    settings,
    tenantLanguage: tenantLanguageOf(tenant, settings, [], workspaces),
    alignments: new Map(),
    programmes: new Map(),
    persons: new Map(),
    texts: new Map(),
    keptTexts: new Map(),
    eraseTexts: new Set(),
    outbox: [],
    conversations: [],
    responses: new Map(),
    refusals: [],
    heardIn: new Map(),
    told: new Set(),
    lessons: [],
    habits: [],
    usage: [],
    greetings: [],
    otherRequests: [],
    chatless: [],
    unreached: [],
    kept: [],
    welcomed: [],
    joined: [],
    people,
    nameless: new Set(),
    removed: false,
  };
}

/** An aggregate as it is stored now; a missing one is new (version 0). `read` checks the stored state. */
export async function loadAggregate<S, E>(
  { aggregates }: Pick<Store, 'aggregates'>,
  ref: AggregateRef,
  fresh: S,
  read: (snapshot: unknown) => S,
): Promise<Working<S, E>> {
  const stored = await aggregates.load(ref);
  const state = stored ? read(stored.snapshot) : fresh;
  return { ref, version: stored?.version ?? 0, before: state, state, events: [] };
}

/** An alignment, loaded once per turn. Throws SnapshotError. */
export async function workOnAlignment(turn: Turn, store: Pick<Store, 'aggregates'>, id: string): Promise<WorkingAlignment> {
  const known = turn.alignments.get(id);
  if (known) return known;
  const alignment = await loadAggregate<AlignmentState, DomainEvent>(store, { kind: 'alignment', id }, newAlignment, readAlignment);
  turn.alignments.set(id, alignment);
  return alignment;
}

/** Lets the domain decide and keeps what happened. Returns those events. Throws DomainError. */
export function command(alignment: WorkingAlignment, order: Command, now: number): DomainEvent[] {
  const events = decide(alignment.state, order, now);
  alignment.state = events.reduce(evolve, alignment.state);
  alignment.events.push(...events);
  return events;
}

/** Those to which something happened in this turn. */
export function changedAmong<W extends { events: readonly unknown[] }>(working: ReadonlyMap<string, W>): W[] {
  return [...working.values()].filter(({ events }) => events.length > 0);
}

/** The same and those of which a timer went off: their timers are written anew. */
export function writtenAmong<W extends { events: readonly unknown[]; version: number; woken?: true }>(working: ReadonlyMap<string, W>): W[] {
  return [...working.values()].filter(({ events, woken, version }) => events.length > 0 || (woken && version > 0));
}

/** For lists and Home. */
export type Summary = Omit<AggregateChange['summary'], 'updatedAt'>;

/** What the commit writes of an aggregate that was worked on. */
export function changeOf(turn: Turn, working: Working<unknown, { type: string; at: number }>, summary: Summary): AggregateChange {
  const { ref, version, state, events } = working;
  return { ref, tenant: turn.tenant, expectedVersion: version, events, snapshot: state, summary: { ...summary, updatedAt: turn.now } };
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
  const found = isFormer(personId) ? undefined : await turn.channel.directory.person(turn.tenant, personId);
  const person = found ?? { channel: turn.channel.name, tenant: turn.tenant, id: personId, name: personId, timeZone: 'UTC', external: true };
  turn.people.set(personId, person);
  return person;
}
