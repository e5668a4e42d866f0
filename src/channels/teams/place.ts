import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';

export type PlaceKind = 'personal' | 'channel' | 'groupChat';

/** A channel or chat as Plumb names it: `thread` is the root message's id in a channel, `wholeChat` in a group chat, '' in a 1:1 chat. */
export type Place = { kind: PlaceKind; place: string; thread: string };

// A channel's thread is the channel's id and its root message's (Microsoft Learn: "Channel and group chat conversations with a bot").
export const inThread = ';messageid=';

/** Whether an id is that of a 1:1 chat with an app for sure (Microsoft Learn: "Deep link to a Teams chat"); others may be one too. */
export function isChatWithApp(place: string): boolean {
  return place.startsWith('a:');
}

/** Where an activity was said. `activityId` is the root of a new thread where the conversation's id names none. */
export function placeOf(conversation: { id: string; conversationType?: string | undefined }, activityId: string): Place {
  const [place = '', thread] = conversation.id.split(inThread);
  switch (conversation.conversationType) {
    case 'channel':
      return { kind: 'channel', place, thread: thread ?? activityId };
    case 'groupChat':
      return { kind: 'groupChat', place, thread: wholeChat };
    default:
      return { kind: 'personal', place, thread: '' };
  }
}

/** The connector's id of a conversation. */
export function conversationIdOf({ place, thread }: Pick<ConversationRef, 'place' | 'thread'>): string {
  return thread === '' || thread === wholeChat ? place : `${place}${inThread}${thread}`;
}
