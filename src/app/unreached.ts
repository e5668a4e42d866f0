import { type ConversationRef, type PersonId, wholeChat } from '../domain/conversation.ts';
import { waitingPoints } from '../domain/open-points.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ViewContext } from '../views/context.ts';
import { chatlessCard, unreachedCard } from '../views/unreached.ts';
import { personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Destination, InboundEvent, OutboundMessage, PrivateKind } from './ports.ts';
import { allowedFor, privatelyTo, say, threadOf, type Where } from './say.ts';
import { privateWith } from './settle.ts';
import { bind, boundTo, personOf, type Turn, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';

const triesADay = 3;

type DeliveryRefused = Extract<InboundEvent, { type: 'DeliveryRefused' }>;

/** Somebody has no chat with Plumb. Perhaps they have one by now; otherwise it is told where it belongs. */
export async function takeUnreached(dependencies: HandleDependencies, turn: Turn, { unreached, concerns, conversation }: DeliveryRefused): Promise<void> {
  if (unreached === undefined || !concerns) return;
  const chat = await turn.channel.directory.privateConversation(turn.tenant, unreached);
  const day = new Date(turn.now).toISOString().slice(0, 10);
  // A chat that takes nothing would otherwise be tried without end.
  const tried = chat ? await dependencies.store.usage.add({ tenant: turn.tenant, personId: unreached, day, what: 'kept-sent' }) : 0;
  if (chat && tried <= triesADay) await sendWhatIsKept(dependencies, turn, unreached, chat);
  else turn.unreached.push({ personId: unreached, concerns, about: conversation });
}

/** Says once in each conversation who could not be reached and what to do, and of what waits for them only what kind of thing it is. */
export async function speakUnreached(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const { personId, concerns, about } of turn.unreached) {
    const { state } = await workOnAlignment(turn, dependencies.store, concerns.alignment);
    if (state.status === 'new' || state.status === 'declined' || state.conversation.tenant !== turn.tenant) continue;
    const to = await whereToTell(dependencies, turn, state, { personId, kind: concerns.kind, about });
    const post = unreachedPost(state.id, personId);
    if (!to || (await isSaid(dependencies, turn, to, post))) continue;
    const known = await contextFor(dependencies, turn, { refersTo: [], people: [personId] });
    const { place, thread } = state.conversation;
    const ctx: ViewContext = thread === wholeChat ? { ...known, inGroupChat: true } : known;
    const isThere = to.audience === 'thread' && (await turn.channel.directory.isMember(turn.tenant, place, personId));
    const who = isThere ? [ctx.person(personId)] : (await personOf(turn, personId)).name;
    const back = concerns.kind === 'conversation' && state.privately ? { goesOn: state.id } : {};
    say(dependencies, turn, to, unreachedCard(ctx, { who, kind: concerns.kind, ...addLink(turn), ...back }), { post });
  }
  for (const { alignment, personId } of turn.chatless) {
    const { state } = await workOnAlignment(turn, dependencies.store, alignment);
    const post = `${alignment}:chatless`;
    if (state.status === 'new' || (await isSaid(dependencies, turn, threadOf(state), post))) continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [personId] });
    say(dependencies, turn, threadOf(state), chatlessCard(ctx, { person: personId, alignment, ...addLink(turn) }), { post });
  }
}

function addLink({ channel }: Turn): { link?: string } {
  return channel.addLink === undefined ? {} : { link: channel.addLink };
}

function unreachedPost(alignment: string, personId: PersonId): string {
  return `${alignment}:unreached:${personId}`;
}

async function isSaid({ store }: HandleDependencies, turn: Turn, { to }: Where, post: string): Promise<boolean> {
  return turn.outbox.some((message) => message.post === post) || (await store.posts.named(to, post)).includes(post);
}

type Missed = { personId: PersonId; kind: PrivateKind; about: ConversationRef };

/**
 * Its thread; of what goes on privately, or stays among few, only its requester may learn. An answer is missed where it was asked for. What its requester
 * misses of a private conversation the thread learns as that: it knows of the conversation.
 */
async function whereToTell(
  dependencies: HandleDependencies,
  turn: Turn,
  state: StartedAlignment,
  { personId, kind, about }: Missed,
): Promise<Where | undefined> {
  if (kind === 'answer') return { to: { kind: 'conversation', conversation: about }, audience: 'thread' };
  if (kind === 'conversation') return threadOf(state);
  const { state: programme } = await programmeOf(dependencies, turn, state.id);
  const isPrivate = state.privately || (programme.status !== 'new' && programme.content.readers !== undefined);
  if (!isPrivate) return threadOf(state);
  return personId === state.requester ? undefined : privatelyTo(turn, state.requester);
}

/** Somebody has a chat with Plumb (again): what was kept for them and is not out of date goes out, and what they are asked there is read there. */
export async function sendWhatIsKept(dependencies: HandleDependencies, turn: Turn, personId: PersonId, chat: ConversationRef): Promise<void> {
  const { outbox } = dependencies.store;
  const destinations: Destination[] = [privatelyTo(turn, personId).to, { kind: 'conversation', conversation: chat }];
  const kept = (await Promise.all(destinations.map((to) => outbox.kept(to)))).flat();
  if (kept.length === 0 || turn.kept.some(({ id }) => id === kept[0]?.id)) return;
  const allowed = await allowedFor(turn, personId);
  for (const { id, message } of kept) {
    const wanted = await isStillWanted(dependencies, turn, personId, message);
    turn.kept.push({ id, notBefore: wanted ? Math.max(isExpected(message) ? turn.now : allowed, message.notBefore ?? 0) : 'forgotten' });
  }
  const alignments = new Set(kept.flatMap(({ message }) => message.concerns?.alignment ?? []));
  for (const alignment of alignments) await settleIn(dependencies, turn, alignment, personId, chat);
}

/** What they asked for, or lead themselves; the rest keeps to their quiet hours. */
function isExpected({ concerns }: OutboundMessage): boolean {
  return concerns?.kind === 'answer' || concerns?.kind === 'conversation';
}

/** Their chat belongs to the alignment where it goes on there or asks them something, and nobody has to be told any more that they could not be reached. */
async function settleIn(dependencies: HandleDependencies, turn: Turn, alignment: string, personId: PersonId, chat: ConversationRef): Promise<void> {
  const { state, ref } = await workOnAlignment(turn, dependencies.store, alignment);
  if (state.status === 'new') return;
  const isFree = (await boundTo(turn, dependencies.store, chat)) === undefined;
  if (isFree && privateWith(state).includes(personId)) bind(turn, chat, ref, state.conversation);
  for (const [where, post] of [
    [threadOf(state), unreachedPost(state.id, personId)],
    [privatelyTo(turn, state.requester), unreachedPost(state.id, personId)],
  ] as const) {
    if (await isSaid(dependencies, turn, where, post)) say(dependencies, turn, where, 'removed', { replaces: post });
  }
}

async function isStillWanted(dependencies: HandleDependencies, turn: Turn, personId: PersonId, { concerns, expiresAt }: OutboundMessage): Promise<boolean> {
  if (expiresAt !== undefined && expiresAt <= turn.now) return false;
  if (!concerns) return true;
  const { state } = await workOnAlignment(turn, dependencies.store, concerns.alignment);
  if (state.status === 'new' || state.status === 'declined') return false;
  const isOver = state.status === 'withdrawn' || state.status === 'closed';
  switch (concerns.kind) {
    case 'question':
      return !isOver && (privateWith(state).includes(personId) || waitingPoints(state).some(({ owner }) => owner === personId));
    case 'conversation':
      return state.privately && !isOver;
    case 'request':
    case 'draft':
      return !isOver;
    case 'introduction': {
      const { state: person } = await personAsKept(dependencies, turn, personId);
      return !isOver && person.programmes[concerns.alignment]?.introduction.status === 'pending';
    }
    case 'weekly-question':
    case 'message':
      return !isOver;
    case 'answer':
      return true;
    default:
      return concerns.kind satisfies never;
  }
}
