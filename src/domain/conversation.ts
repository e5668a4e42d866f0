/** Platforms that Plumb speaks to; `room` is the local chat page. */
export type ChannelName = 'slack' | 'teams' | 'room';

/** A platform's own id of a person, unique within one tenant. */
export type PersonId = string;

/**
 * A channel, group chat or 1:1 chat of one tenant; `thread` is the root message's id, '' for a 1:1 chat (or a channel itself), `wholeChat` in a group chat
 * that has no threads.
 */
export type ConversationRef = { channel: ChannelName; tenant: string; place: string; thread: string };

/** The thread of everything that is said in a group chat without threads. No platform's message has this id. */
export const wholeChat = 'chat';

/** Whether a conversation is a chat as a whole: what ended there must not stand in the way of the next request. */
export function hasNoThreads({ thread }: Pick<ConversationRef, 'thread'>): boolean {
  return thread === '' || thread === wholeChat;
}

/** One string for one conversation: usable as a database key, the same on every machine. */
export function conversationKey(conversation: ConversationRef): string {
  return [conversation.channel, conversation.tenant, conversation.place, conversation.thread].map(encodeURIComponent).join('/');
}

/** One string for one message, whatever thread it stands in and however often it is edited. */
export function messageRef(message: { channel: ChannelName; tenant: string; place: string; messageId: string }): string {
  return [message.channel, message.tenant, message.place, message.messageId].map(encodeURIComponent).join('/');
}

/** A stretch of somebody's words. The words stand once, in the texts table; `start` and `end` (exclusive) count UTF-16 units. */
export type Quote = { textId: string; start: number; end: number };

/**
 * Somebody Plumb can name. `timeZone` is an IANA name; `external` marks guests of another organisation, `admin` those who administer the platform itself,
 * `left` those who are no longer there and can be reached no more.
 */
export type Person = { channel: ChannelName; tenant: string; id: PersonId; name: string; timeZone: string; external: boolean; admin?: boolean; left?: true };

/** Whether a kept text is what its author wrote in the message, as it was or edited, and not something that Plumb keeps beside it. */
export function isOwnText({ textId, messageRef: ref }: { textId: string; messageRef: string }): boolean {
  return textId === ref || textId.startsWith(`${ref}@`);
}
