import type { ConversationRef } from '../domain/conversation.ts';
import type { DeliveryProblem, InboundEvent, OutboundMessage } from './ports.ts';

type DeliveryRefused = Extract<InboundEvent, { type: 'DeliveryRefused' }>;

/**
 * That a platform refused a message for good, as an event: it is handled like everything else. It names the place and never whose private chat it was;
 * `personId` is whoever gave the command that this message was to begin with, or ''. The same row refused again is the same event.
 */
export function refusedEvent({ id, message }: { id: string; message: OutboundMessage }, problem: DeliveryProblem, at: number): DeliveryRefused {
  return { type: 'DeliveryRefused', problem, eventKey: `refused:${id}`, conversation: whereOf(message), personId: message.opens?.personId ?? '', at };
}

function whereOf({ to, audience }: OutboundMessage): ConversationRef {
  if (to.kind === 'person') return { channel: to.channel, tenant: to.tenant, place: '', thread: '' };
  const isPrivate = audience === 'private' || audience === 'home';
  return isPrivate ? { ...to.conversation, place: '', thread: '' } : to.conversation;
}
