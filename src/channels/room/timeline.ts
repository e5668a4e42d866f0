import type { PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import type { Feed } from './feed.ts';
import { isPlumbs, isRoot, type RoomMessage } from './message.ts';
import { maySee } from './people.ts';

export type Timeline = ReturnType<typeof createTimeline>;

/** All messages of the room, in memory only: what Plumb keeps is in the store, the rest ends with the process. */
export function createTimeline(feed: Feed) {
  const messages = new Map<string, RoomMessage>();
  const put = (message: RoomMessage): void => {
    messages.set(message.id, message);
    feed.publish({ type: 'message', messageId: message.id, place: message.place });
  };
  const hasReplies = (root: RoomMessage): boolean => [...messages.values()].some((other) => other.thread === root.id && other.id !== root.id);

  return {
    get: (id: string): RoomMessage | undefined => messages.get(id),
    /** Fills the timeline at start, before anybody looks. */
    restore(restored: readonly RoomMessage[]): void {
      for (const message of restored) messages.set(message.id, message);
    },
    put,
    editText(message: RoomMessage, body: Extract<RoomMessage['body'], { kind: 'text' }>, editedAt: number): void {
      put({ ...message, body, editedAt });
    },
    showCard(message: RoomMessage, card: Card, editedAt: number): void {
      put({ ...message, body: { kind: 'card', card }, editedAt });
    },
    /** Takes a message away. The root of a thread with replies leaves an empty place, so that the replies stay reachable. */
    remove(message: RoomMessage): void {
      if (isRoot(message) && hasReplies(message)) {
        put({ id: message.id, place: message.place, thread: message.thread, author: message.author, at: message.at, body: { kind: 'gone', why: 'deleted' } });
        return;
      }
      messages.delete(message.id);
      feed.publish({ type: 'removed', messageId: message.id, place: message.place });
    },
    visibleTo(personId: PersonId): RoomMessage[] {
      return [...messages.values()].filter((message) => maySee(personId, message.place)).sort(byTime);
    },
    /** What people wrote in a thread before that message, oldest first; ids sort in the order of writing. */
    saidBefore(place: string, thread: string, messageId: string): RoomMessage[] {
      const there = [...messages.values()].filter((message) => message.place === place && message.thread === thread && message.body.kind === 'text');
      return there.filter(({ id }) => id < messageId).sort(byTime);
    },
    /** Whether Plumb said or changed something there since that message. */
    isAnswered({ place, thread }: Pick<RoomMessage, 'place' | 'thread'>, messageId: string): boolean {
      const asked = messages.get(messageId);
      const since = ({ id, editedAt = Number.NEGATIVE_INFINITY }: RoomMessage) => id > messageId || (asked !== undefined && editedAt >= asked.at);
      return [...messages.values()].some((message) => isPlumbs(message) && message.place === place && message.thread === thread && since(message));
    },
    /** Plumb's newest post in a place. */
    newestIn(place: string): RoomMessage | undefined {
      return [...messages.values()]
        .filter((message) => isPlumbs(message) && message.place === place)
        .sort(byTime)
        .at(-1);
    },
    /** Plumb's newest post among those a person sees for which `fits` holds. */
    newestPost(personId: PersonId, fits: (card: Card, message: RoomMessage) => boolean): RoomMessage | undefined {
      return [...messages.values()]
        .filter((message) => isPlumbs(message) && maySee(personId, message.place))
        .sort(byTime)
        .findLast((message) => message.body.kind === 'card' && fits(message.body.card, message));
    },
  };
}

export function byTime(one: RoomMessage, other: RoomMessage): number {
  return one.at - other.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}
