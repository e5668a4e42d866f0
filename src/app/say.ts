import { nextAllowed } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
import { isFormer, personRef } from '../domain/former.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from '../views/card.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Destination, OutboundMessage, PrivateKind } from './ports.ts';
import { personOf, type Turn } from './turn.ts';

type Said = Omit<OutboundMessage, 'id' | 'to' | 'audience' | 'card' | 'about' | 'concerns'>;
/** Where something is said and, if that is to one person, what it belongs to. */
export type Where = Pick<OutboundMessage, 'to' | 'audience' | 'about' | 'concerns'>;

/** Puts a message into the turn; it is delivered once the turn is committed. */
export function say({ newId }: Pick<HandleDependencies, 'newId'>, turn: Turn, to: Where, card: Card | 'removed', said: Said = {}): void {
  // Nothing is sent to somebody who asked to be forgotten and stands in what goes on.
  if (to.to.kind === 'person' && isFormer(to.to.personId)) return;
  const id = newId();
  // Home is made anew whenever somebody looks at it, unless it is a post like others.
  const shown = to.audience === 'home' && said.quotes === undefined ? [] : shownIn(card);
  const quotes = [...(said.quotes ?? []), ...shown.map((personId) => personRef({ channel: turn.channel.name, tenant: turn.tenant, personId }))];
  // Without a name it could not be found again when what it shows is to be erased.
  const post = said.post ?? said.replaces ?? (quotes.length > 0 ? `said:${id}` : undefined);
  turn.outbox.push({ id, ...to, card, ...said, ...(quotes.length > 0 && { quotes }), ...(post !== undefined && said.replaces === undefined && { post }) });
}

/** Whose names it shows as mentions: kept beside the messages that it quotes, so that it is found when one of them asks to be forgotten. */
function shownIn(value: unknown, found: Set<PersonId> = new Set()): PersonId[] {
  if (Array.isArray(value)) for (const item of value) shownIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('person' in value && 'name' in value && typeof value.person === 'string') found.add(value.person);
    else for (const inner of Object.values(value)) shownIn(inner, found);
  }
  return [...found];
}

/** Where the conversation of an alignment goes on: its thread, or the requester's private chat. */
export function voiceOf(turn: Turn, state: StartedAlignment): Where {
  return state.privately ? privatelyTo(turn, state.requester, belongingTo(state, 'conversation')) : threadOf(state);
}

/** What somebody without a chat with Plumb misses: told where it belongs, and kept for them. */
export type Belonging = Required<Pick<OutboundMessage, 'about' | 'concerns'>>;

export function belongingTo({ id, conversation }: Pick<StartedAlignment, 'id' | 'conversation'>, kind: PrivateKind): Belonging {
  return { about: conversation, concerns: { alignment: id, kind } };
}

export function threadOf(state: StartedAlignment): Where {
  return { to: { kind: 'conversation', conversation: state.conversation }, audience: state.conversation.thread === '' ? 'private' : 'thread' };
}

/** `belonging`: for what is of an alignment or programme and not only the answer to a press. */
export function privatelyTo(turn: Turn, personId: PersonId, belonging?: Belonging): Where {
  const to: Destination = { kind: 'person', channel: turn.channel.name, tenant: turn.tenant, personId };
  return { to, audience: 'private', ...belonging };
}

/**
 * The same for what a person did not ask for and does not expect: outside of their quiet hours and weekends, in their own time zone. Answers to what
 * they do themselves come at once.
 */
export async function unpromptedTo(turn: Turn, personId: PersonId, belonging?: Belonging): Promise<{ to: Where; held: Pick<OutboundMessage, 'notBefore'> }> {
  const allowed = await allowedFor(turn, personId);
  return { to: privatelyTo(turn, personId, belonging), held: allowed > turn.now ? { notBefore: allowed } : {} };
}

/** From when on something unprompted may reach somebody (epoch milliseconds). */
export async function allowedFor(turn: Turn, personId: PersonId): Promise<number> {
  const { timeZone } = await personOf(turn, personId);
  return nextAllowed(turn.now, timeZone, turn.settings.quietHours);
}

/** A post at channel level. */
export function channelOf(turn: Turn, place: string): Pick<OutboundMessage, 'to' | 'audience'> {
  return { to: { kind: 'conversation', conversation: { channel: turn.channel.name, tenant: turn.tenant, place, thread: '' } }, audience: 'channel' };
}
