import { randomBytes } from 'node:crypto';
import type { ConversationRef, PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import type { Mention } from './mentions.ts';
import { directPlace, plumbId, roomTenant } from './people.ts';

/** What stands in the room. `gone` keeps the place of a thread's first message when the message itself is no longer there. */
export type RoomMessage = {
  id: string;
  place: string;
  /** The root message's id (its own, for a root); '' in a 1:1 chat. */
  thread: string;
  author: PersonId;
  at: number;
  editedAt?: number;
  body: { kind: 'text'; text: string; mentions: readonly Mention[] } | { kind: 'card'; card: Card } | { kind: 'gone'; why: 'deleted' | 'forgotten' };
};

export function isPlumbs(message: RoomMessage): boolean {
  return message.author === plumbId;
}

export function isRoot(message: RoomMessage): boolean {
  return message.thread === message.id;
}

export function conversationOf(message: { place: string; thread: string }): ConversationRef {
  return { channel: 'room', tenant: roomTenant, place: message.place, thread: message.thread };
}

/** The name under which a press comes from somebody's Home, which is no post. */
export const homePost = 'home';

/** Home is ordered by itself, so that looking at it never waits for what goes on in the private chat. */
export function homeOf(personId: PersonId): ConversationRef {
  return conversationOf({ place: directPlace(personId), thread: homePost });
}

const idPattern = /^m[0-9a-z]{9}[0-9a-f]{8}$/;
let lastMoment = 0;

/** A new message id. Ids sort in the order in which they were made, also when the clock stands still. */
export function createMessageId(now: number): string {
  lastMoment = Math.max(Math.floor(now), lastMoment + 1);
  return `m${lastMoment.toString(36).padStart(9, '0')}${randomBytes(4).toString('hex')}`;
}

export function isMessageId(text: string): boolean {
  return idPattern.test(text);
}
