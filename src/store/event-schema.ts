import { z } from 'zod';
import type { AggregateRef, Concern, InboundEvent, OtherRequestRef, SaidMessage, TimerTarget } from '../app/ports.ts';
import type { ConversationRef } from '../domain/conversation.ts';

export const channelSchema = z.enum(['slack', 'teams', 'room']);

export const conversationSchema: z.ZodType<ConversationRef> = z.looseObject({
  channel: channelSchema,
  tenant: z.string(),
  place: z.string(),
  thread: z.string(),
});

export const aggregateKindSchema = z.enum(['alignment', 'programme', 'person']);
const aggregateRef: z.ZodType<AggregateRef> = z.looseObject({ kind: aggregateKindSchema, id: z.string() });
const timer: z.ZodType<TimerTarget> = z.looseObject({ aggregate: aggregateRef, key: z.string() });
const mentions = z.array(z.looseObject({ start: z.number(), end: z.number(), personId: z.string() }));
export const otherRequestSchema: z.ZodType<OtherRequestRef> = z.object({ alignment: z.string(), index: z.number() });
export const concernSchema: z.ZodType<Concern> = z.object({
  alignment: z.string(),
  kind: z.enum(['request', 'question', 'draft', 'conversation', 'introduction', 'weekly-question', 'answer', 'message']),
});
const strings = z.record(z.string(), z.string());
const said: z.ZodType<SaidMessage> = z.object({ messageId: z.string(), personId: z.string(), text: z.string(), mentions, at: z.number() });

const origin = { eventKey: z.string(), conversation: conversationSchema, personId: z.string(), at: z.number() };
const message = { messageId: z.string(), text: z.string(), mentions };
const heard = { ...message, addressed: z.boolean(), topLevel: z.boolean() };
const press = { action: z.string(), value: strings, postId: z.string().exactOptional() };

/** An event as the inbox keeps it. */
export const eventSchema: z.ZodType<InboundEvent> = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('MessagePosted'), ...heard, ...origin }),
  z.looseObject({ type: z.literal('MessageEdited'), ...heard, editedAt: z.number(), ...origin }),
  z.looseObject({ type: z.literal('MessageDeleted'), messageId: z.string(), ...origin }),
  z.looseObject({ type: z.literal('MessageRestored'), ...message, ...origin }),
  z.looseObject({ type: z.literal('ActionTaken'), ...press, inputs: strings, ...origin }),
  z.looseObject({ type: z.literal('FormRequested'), ...press, ...origin }),
  z.looseObject({ type: z.literal('FormSubmitted'), submit: z.string(), value: strings, inputs: strings, again: z.literal(true).exactOptional(), ...origin }),
  z.looseObject({
    type: z.literal('CommandGiven'),
    command: z.enum(['start', 'help', 'list', 'status', 'settings', 'listen-on', 'listen-off', 'my-data', 'forget-me']),
    text: z.string(),
    other: otherRequestSchema.exactOptional(),
    about: said.exactOptional(),
    answers: strings.exactOptional(),
    ...origin,
  }),
  z.looseObject({ type: z.literal('HomeOpened'), ...origin }),
  z.looseObject({ type: z.literal('FeedbackGiven'), about: z.string(), useful: z.boolean(), ...origin }),
  z.looseObject({ type: z.literal('MemberChanged'), change: z.enum(['joined', 'left']), subject: z.string(), isPlumb: z.boolean(), ...origin }),
  z.looseObject({ type: z.literal('PlaceChanged'), change: z.enum(['renamed', 'archived', 'deleted']), name: z.string().exactOptional(), ...origin }),
  z.looseObject({ type: z.literal('InstallChanged'), change: z.enum(['installed', 'removed']), ...origin }),
  z.looseObject({
    type: z.literal('DeliveryRefused'),
    problem: z.enum(['not-in-channel', 'channel-archived', 'channel-gone', 'posting-restricted', 'missing-permission', 'token-refused', 'no-private-chat']),
    unreached: z.string().exactOptional(),
    concerns: concernSchema.exactOptional(),
    ...origin,
  }),
  z.looseObject({ type: z.literal('TimerDue'), timer, ...origin }),
]);
