import type { ConversationRef } from '../domain/conversation.ts';
import type { Mention } from '../language/language.ts';
import type { InboundEvent, SaidMessage } from './ports.ts';

/** Longest text that is taken in, in UTF-16 units: the most that Slack lets a person send (docs: chat.postMessage). What stands beyond is cut off. */
const longestText = 40_000;
const LONGEST_ID = 1_000;

/**
 * The same event with texts that every database, encoder and renderer can take: PostgreSQL stores no U+0000 and half a surrogate pair is no character,
 * so each becomes one character of the same length (mentions keep their place), and what is too long is cut. Never throws.
 */
export function cleanEvent(event: InboundEvent): InboundEvent {
  const origin = { eventKey: id(event.eventKey), conversation: cleanConversation(event.conversation), personId: id(event.personId) };
  switch (event.type) {
    case 'MessagePosted':
    case 'MessageEdited':
    case 'MessageRestored': {
      const body = text(event.text);
      return { ...event, ...origin, messageId: id(event.messageId), text: body, mentions: mentionsWithin(event.mentions, body) };
    }
    case 'MessageDeleted':
      return { ...event, ...origin, messageId: id(event.messageId) };
    case 'ActionTaken':
      return { ...event, ...origin, ...post(event.postId), action: id(event.action), value: fields(event.value), inputs: fields(event.inputs) };
    case 'FormRequested':
      return { ...event, ...origin, ...post(event.postId), action: id(event.action), value: fields(event.value) };
    case 'FormSubmitted':
      return { ...event, ...origin, submit: id(event.submit), value: fields(event.value), inputs: fields(event.inputs) };
    case 'CommandGiven':
      return {
        ...event,
        ...origin,
        text: text(event.text),
        ...(event.about && { about: said(event.about) }),
        ...(event.answers && { answers: fields(event.answers) }),
      };
    case 'FeedbackGiven':
      return { ...event, ...origin, about: id(event.about) };
    case 'MemberChanged':
      return { ...event, ...origin, subject: id(event.subject) };
    case 'PlaceChanged':
      return { ...event, ...origin, ...(event.name === undefined ? {} : { name: id(event.name) }) };
    case 'HomeOpened':
    case 'InstallChanged':
    case 'DeliveryRefused':
    case 'TimerDue':
      return { ...event, ...origin };
    default:
      return event satisfies never;
  }
}

function said(message: SaidMessage): SaidMessage {
  const body = text(message.text);
  return { ...message, messageId: id(message.messageId), personId: id(message.personId), text: body, mentions: mentionsWithin(message.mentions, body) };
}

function text(raw: string, longest = longestText): string {
  // Cut first: a cut through a surrogate pair leaves half of one behind.
  return raw.slice(0, longest).replaceAll('\0', ' ').toWellFormed();
}

function id(raw: string): string {
  return text(raw, LONGEST_ID);
}

function post(postId: string | undefined): { postId?: string } {
  return postId === undefined ? {} : { postId: id(postId) };
}

function fields(raw: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [id(name), text(value)]));
}

function cleanConversation(conversation: ConversationRef): ConversationRef {
  return { channel: conversation.channel, tenant: id(conversation.tenant), place: id(conversation.place), thread: id(conversation.thread) };
}

function mentionsWithin(mentions: readonly Mention[], body: string): Mention[] {
  return mentions
    .filter(({ start, end }) => start >= 0 && start < end && end <= body.length)
    .map((mention) => ({ ...mention, personId: id(mention.personId) }));
}
