import { nextAllowed } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
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
  turn.outbox.push({ id: newId(), ...to, card, ...said });
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
