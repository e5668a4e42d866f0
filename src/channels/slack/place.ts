import type { ConversationRef, PersonId } from '../../domain/conversation.ts';
import type { Workspace } from './workspace.ts';

/** Where something was pressed or asked for; `thread` as in ConversationRef. */
export type Place = { place: string; thread: string };

/** Slack's ids of 1:1 chats begin with a D; those have no threads of ours, whatever thread a message there may stand in. */
export function isDirect(place: string): boolean {
  return place.startsWith('D');
}

/** The conversation that a message of a place belongs to: its thread, or the thread that it starts. */
export function placeOf(place: string, message: { ts: string; thread_ts?: string | null | undefined }): Place {
  return { place, thread: isDirect(place) ? '' : (message.thread_ts ?? message.ts) };
}

/** Somebody's Home, which is no conversation of Slack's. Ordered by itself, so that looking at it waits for nothing else. */
export function homeOf(personId: PersonId): Place {
  return { place: `home:${personId}`, thread: '' };
}

export function isHome({ place }: Place): boolean {
  return place.startsWith('home:');
}

/** A place always belongs to the workspace that Slack signed for: ids that came back from a card cannot name another one's. */
export function conversationOf({ tenant }: Workspace, { place, thread }: Place): ConversationRef {
  return { channel: 'slack', tenant, place, thread };
}
