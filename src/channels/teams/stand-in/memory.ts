import type { Clock } from '../../../app/ports.ts';
import { createAnswerCache, keyOf } from '../../answer-cache.ts';
import type { ConnectorAccount } from '../connector.ts';
import type { PlaceKind } from '../place.ts';

/** What a place was seen to be. `marksThreads`: its conversation's id names the thread, as in Teams. */
export type SeenPlace = { kind: PlaceKind; tenant: string; marksThreads: boolean };

/** What a stand-in for Teams was seen to do, for all that it leaves out later. It lasts as long as the process. */
export type Memory = {
  place(id: string): SeenPlace | undefined;
  sawPlace(id: string, seen: SeenPlace): void;
  /** The place and thread for which the stand-in made a conversation of its own, by its id. */
  thread(conversationId: string): { place: string; root: string } | undefined;
  /** The id of such a conversation. */
  conversation(place: string, root: string): string | undefined;
  sawConversation(conversationId: string, thread: { place: string; root: string }): void;
  /** The first message of the thread that a message stands in. */
  rootOf(place: string, messageId: string): string | undefined;
  sawMessage(place: string, messageId: string, root: string): void;
  account(id: string): ConnectorAccount | undefined;
  /** Everybody who was heard in a place, a team or a chat. */
  people(place: string): ConnectorAccount[];
  sawPerson(places: readonly string[], account: ConnectorAccount): void;
  /** What the button of that verb carried, on that post or else on the last one of the place that has it. */
  button(place: string, postId: string | undefined, verb: string): Record<string, unknown> | undefined;
  sawButtons(place: string, postId: string, buttons: ReadonlyMap<string, Record<string, unknown>>): void;
};

const most = 5_000;
const mostInOnePlace = 500;

export function createMemory(clock: Clock): Memory {
  const remember = <T>() => createAnswerCache<T>({ clock, keepMs: Number.POSITIVE_INFINITY, most });
  const places = remember<SeenPlace>();
  const threads = remember<{ place: string; root: string }>();
  const conversations = remember<string>();
  const roots = remember<string>();
  const accounts = remember<ConnectorAccount>();
  const members = remember<readonly string[]>();
  const buttons = remember<Record<string, unknown>>();
  return {
    place: (id) => places.last(id),
    sawPlace: (id, seen) => places.put(id, seen),
    thread: (conversationId) => threads.last(conversationId),
    conversation: (place, root) => conversations.last(keyOf(place, root)),
    sawConversation(conversationId, thread) {
      threads.put(conversationId, thread);
      conversations.put(keyOf(thread.place, thread.root), conversationId);
    },
    rootOf: (place, messageId) => roots.last(keyOf(place, messageId)),
    sawMessage: (place, messageId, root) => roots.put(keyOf(place, messageId), root),
    account: (id) => accounts.last(id),
    people: (place) => (members.last(place) ?? []).flatMap((id) => accounts.last(id) ?? []),
    sawPerson(seenIn, account) {
      accounts.put(account.id, { ...accounts.last(account.id), ...account });
      for (const place of seenIn) {
        const there = members.last(place) ?? [];
        if (!there.includes(account.id)) members.put(place, [...there, account.id].slice(-mostInOnePlace));
      }
    },
    button: (place, postId, verb) => (postId === undefined ? undefined : buttons.last(keyOf(place, postId, verb))) ?? buttons.last(keyOf(place, '', verb)),
    sawButtons(place, postId, carried) {
      for (const [verb, data] of carried) for (const post of [postId, '']) buttons.put(keyOf(place, post, verb), data);
    },
  };
}
