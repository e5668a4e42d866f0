import { type Channel, type Clock, DeliveryError, type Directory, type OutboundMessage } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import type { ConversationRef } from '../../domain/conversation.ts';
import type { Feed } from './feed.ts';
import { conversationOf, createMessageId } from './message.ts';
import { directPlace, isRoomPlace, maySee, personOfDirectPlace, plumbId, resolveName, roomChannel, roomPeople, roomPerson } from './people.ts';
import type { Timeline } from './timeline.ts';

type Dependencies = { store: Pick<Store, 'room'>; timeline: Timeline; feed: Feed; clock: Clock };

/** The room as a platform: posts are kept in the same database as the outbox, so each appears exactly once. */
export function createRoomChannel({ store, timeline, feed, clock }: Dependencies): Channel {
  return {
    name: 'room',
    directory,
    async send(message, platformId) {
      const { place, thread } = whereTo(message);
      const at = clock.now();
      const earlier = platformId === undefined ? undefined : timeline.get(platformId);
      if (message.card === 'removed') {
        if (platformId !== undefined) await store.room.remove(platformId);
        if (earlier) timeline.remove(earlier);
        return { platformId: platformId ?? '' };
      }
      if (platformId !== undefined && earlier) {
        await store.room.replace(message.id, platformId, { card: message.card, at });
        timeline.showCard(earlier, message.card, at);
        return { platformId };
      }
      const conversation: ConversationRef = {
        channel: 'room',
        tenant: message.to.kind === 'person' ? message.to.tenant : message.to.conversation.tenant,
        place,
        thread,
      };
      const saved = await store.room.save(message.id, { platformId: createMessageId(at), conversation, at, card: message.card, audience: message.audience });
      // A repeated delivery gets the id of the first one and finds it already shown.
      if (!timeline.get(saved.platformId)) {
        const topLevel = thread === '' && place === roomChannel.place;
        timeline.put({
          id: saved.platformId,
          place,
          thread: topLevel ? saved.platformId : thread,
          author: plumbId,
          at,
          body: { kind: 'card', card: message.card },
        });
      }
      return saved;
    },
    async earlier({ place, thread }, messageId) {
      return timeline.saidBefore(place, thread, messageId).flatMap(({ id, author, at, body }) => {
        const { text, mentions } = body.kind === 'text' ? body : { text: '', mentions: [] };
        return text === '' ? [] : [{ messageId: id, personId: author, text, mentions, at }];
      });
    },
    showWorking(conversation, messageId) {
      // A fast answer may stand there before the sign of it.
      if (isRoomPlace(conversation.place) && !timeline.isAnswered(conversation, messageId))
        feed.publish({ type: 'working', place: conversation.place, thread: conversation.thread });
    },
  };
}

/** The place and thread of a message; '' as thread is the channel itself or a 1:1 chat. */
function whereTo(message: OutboundMessage): { place: string; thread: string } {
  const { to, audience } = message;
  if (to.kind === 'person') {
    if (!roomPerson(to.personId)) throw new DeliveryError('Nobody in the room has this id; the message cannot be delivered.', { retry: false });
    return { place: directPlace(to.personId), thread: '' };
  }
  const { place, thread } = to.conversation;
  if (!isRoomPlace(place)) throw new DeliveryError('The room has no such place; the message cannot be delivered.', { retry: false });
  const direct = place !== roomChannel.place;
  // Shown in the channel, something private would be read by everybody: better not said at all.
  if ((audience === 'private' || audience === 'home') && !direct)
    throw new DeliveryError('A private message was addressed to a channel; address it to a person.', { retry: false });
  return { place, thread: direct || audience === 'channel' ? '' : thread };
}

const directory: Directory = {
  async person(_tenant, personId) {
    return roomPerson(personId);
  },
  async resolve(_tenant, name) {
    return resolveName(name);
  },
  async privateConversation(_tenant, personId) {
    return roomPerson(personId) && conversationOf({ place: directPlace(personId), thread: '' });
  },
  async members(_tenant, place) {
    const owner = personOfDirectPlace(place);
    if (owner) return [owner];
    return place === roomChannel.place ? [...roomPeople] : [];
  },
  async isMember(_tenant, place, personId) {
    return maySee(personId, place);
  },
  async memberCount(_tenant, place) {
    return roomPeople.filter(({ id }) => maySee(id, place)).length;
  },
  async placeName(_tenant, place) {
    return place === roomChannel.place ? roomChannel.name : (personOfDirectPlace(place)?.name ?? place);
  },
  async places() {
    return [roomChannel];
  },
  async permalink(_conversation, messageId) {
    return `/#message-${messageId}`;
  },
};
