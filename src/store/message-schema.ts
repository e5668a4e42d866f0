import { z } from 'zod';
import { cardSchema } from '../app/card-schema.ts';
import type { Destination, OutboundMessage } from '../app/ports.ts';
import { conversationKey } from '../domain/conversation.ts';
import { channelSchema, concernSchema, conversationSchema, otherRequestSchema } from './event-schema.ts';

export const destinationSchema: z.ZodType<Destination> = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('conversation'), conversation: conversationSchema }),
  z.looseObject({ kind: z.literal('person'), channel: channelSchema, tenant: z.string(), personId: z.string() }),
]);

export const audienceSchema = z.enum(['thread', 'private', 'channel', 'home']);

/** A message as the outbox keeps it. */
export const messageSchema: z.ZodType<OutboundMessage> = z.looseObject({
  id: z.string(),
  to: destinationSchema,
  audience: audienceSchema,
  card: z.union([z.literal('removed'), cardSchema]),
  post: z.string().exactOptional(),
  replaces: z.string().exactOptional(),
  notBefore: z.number().exactOptional(),
  expiresAt: z.number().exactOptional(),
  quotes: z.array(z.string()).exactOptional(),
  opens: z
    .object({
      eventKey: z.string(),
      personId: z.string(),
      text: z.string(),
      other: otherRequestSchema.exactOptional(),
      answers: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional(),
  near: conversationSchema.exactOptional(),
  about: conversationSchema.exactOptional(),
  concerns: concernSchema.exactOptional(),
  fleeting: z.literal(true).exactOptional(),
});

/** One string for one destination: messages of one destination are delivered one after the other. */
export function destinationKey(to: Destination): string {
  switch (to.kind) {
    case 'conversation':
      return `conversation/${conversationKey(to.conversation)}`;
    case 'person':
      return `person/${[to.channel, to.tenant, to.personId].map(encodeURIComponent).join('/')}`;
    default:
      return to satisfies never;
  }
}

export function tenantOf(to: Destination): string {
  return to.kind === 'conversation' ? to.conversation.tenant : to.tenant;
}
