import type { Envelope } from './envelope.ts';
import { conversationIdOf } from './place.ts';

/** A channel, thread or chat that can be written to, and by which connector. An envelope says it. In a channel `thread` '' begins a thread of its own. */
export type Address = Pick<Envelope, 'tenant' | 'serviceUrl' | 'botId' | 'kind' | 'place' | 'thread'>;

/** The same as the connector has it. */
export function whereOf(address: Address): { serviceUrl: string; conversationId: string } {
  return { serviceUrl: address.serviceUrl, conversationId: conversationIdOf(address) };
}
