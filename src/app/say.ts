import { nextAllowed } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from '../views/card.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Destination, OutboundMessage } from './ports.ts';
import { personOf, type Turn } from './turn.ts';

type Said = Omit<OutboundMessage, 'id' | 'to' | 'audience' | 'card'>;

/** Puts a message into the turn; it is delivered once the turn is committed. */
export function say(
  { newId }: Pick<HandleDependencies, 'newId'>,
  turn: Turn,
  to: Pick<OutboundMessage, 'to' | 'audience'>,
  card: Card | 'removed',
  said: Said = {},
): void {
  turn.outbox.push({ id: newId(), ...to, card, ...said });
}

/** Where the conversation of an alignment goes on: its thread, or the requester's private chat. */
export function voiceOf(turn: Turn, state: StartedAlignment): Pick<OutboundMessage, 'to' | 'audience'> {
  return state.privately ? privatelyTo(turn, state.requester) : threadOf(state);
}

export function threadOf(state: StartedAlignment): Pick<OutboundMessage, 'to' | 'audience'> {
  return { to: { kind: 'conversation', conversation: state.conversation }, audience: state.conversation.thread === '' ? 'private' : 'thread' };
}

export function privatelyTo(turn: Turn, personId: PersonId): Pick<OutboundMessage, 'to' | 'audience'> {
  const to: Destination = { kind: 'person', channel: turn.channel.name, tenant: turn.tenant, personId };
  return { to, audience: 'private' };
}

/**
 * The same for what a person did not ask for and does not expect: outside of their quiet hours and weekends, in their own time zone. Answers to what
 * they do themselves come at once.
 */
export async function unpromptedTo(
  turn: Turn,
  personId: PersonId,
): Promise<{ to: Pick<OutboundMessage, 'to' | 'audience'>; held: Pick<OutboundMessage, 'notBefore'> }> {
  const { timeZone } = await personOf(turn, personId);
  const allowed = nextAllowed(turn.now, timeZone, turn.settings.quietHours);
  return { to: privatelyTo(turn, personId), held: allowed > turn.now ? { notBefore: allowed } : {} };
}

/** A post at channel level. */
export function channelOf(turn: Turn, place: string): Pick<OutboundMessage, 'to' | 'audience'> {
  return { to: { kind: 'conversation', conversation: { channel: turn.channel.name, tenant: turn.tenant, place, thread: '' } }, audience: 'channel' };
}
