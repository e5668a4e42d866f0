import type { InboundEvent, OutboundMessage } from './ports.ts';

type DeliveryRefused = Extract<InboundEvent, { type: 'DeliveryRefused' }>;

/**
 * Whether somebody who adds Plumb later still has a use for it: something of an alignment, or a post of its own. What only changes or confirms what they
 * have never seen has none, nor has what was meant for the moment, nor Home, which they can open.
 */
export function isWorthKeeping({ card, audience, near, concerns, post, replaces, fleeting }: OutboundMessage): boolean {
  if (card === 'removed' || audience === 'home' || near !== undefined || fleeting) return false;
  return concerns !== undefined || (post !== undefined && replaces === undefined);
}

/** That somebody could not be reached, as an event of the conversation it belongs to; nothing of what they were to be told. Undefined where it belongs to none. */
export function unreachedEvent({ id, message }: { id: string; message: OutboundMessage }, at: number): DeliveryRefused | undefined {
  const { to, about, concerns } = message;
  if (to.kind !== 'person' || !about || !concerns) return undefined;
  // Sent again once they seemed to have a chat, it may be refused again, and then that has to be told.
  const eventKey = `refused:${id}:${at}`;
  return { type: 'DeliveryRefused', problem: 'no-private-chat', unreached: to.personId, concerns, eventKey, conversation: about, personId: '', at };
}
