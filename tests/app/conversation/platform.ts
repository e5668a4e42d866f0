import { type Channel, type Clock, DeliveryError, type Directory, type OutboundMessage } from '../../../src/app/ports.ts';
import { directPlace, type RoomPerson, resolveName, roomChannel, roomPeople, roomTenant } from '../../../src/channels/room/people.ts';
import type { Card } from '../../../src/views/card.ts';
import { cardText } from './card-text.ts';

/** Everybody reads the channel; a 1:1 chat is read by one. */
export const channelPlace = roomChannel.place;
/** A second place that a brief can be sent to; two people read it. */
const leadersPlace = 'sales-board';

/** One post of Plumb as it stands on the platform, with every card that it has shown. */
export type Post = {
  id: string;
  place: string;
  thread: string;
  audience: OutboundMessage['audience'];
  at: number;
  card: Card;
  shown: Card[];
  gone: boolean;
};

/** A platform that remembers what Plumb posted, edited and removed. Private words in a public place are a failure of the send. */
export function createPlatform(clock: Clock, people: readonly RoomPerson[] = roomPeople) {
  const directory = createDirectory(people);
  const posts: Post[] = [];
  const sends: OutboundMessage[] = [];
  const failures: string[] = [];

  const channel: Channel = {
    name: 'room',
    directory,
    showWorking: () => undefined,
    async send(message, platformId) {
      sends.push(message);
      const { place, thread } = whereTo(message);
      if (message.audience === 'private' && !ownerOf(people, place)) {
        failures.push(`private in ${place}`);
        throw new DeliveryError('A private message was addressed to a channel.', { retry: false });
      }
      const earlier = posts.find((post) => post.id === platformId);
      if (message.card === 'removed') {
        if (earlier) earlier.gone = true;
        return { platformId: platformId ?? '' };
      }
      if (earlier) {
        if (earlier.gone) failures.push(`edited a removed post: ${cardText(message.card)}`);
        earlier.card = message.card;
        earlier.shown.push(message.card);
        return { platformId: earlier.id };
      }
      const id = `p${posts.length + 1}`;
      const own = { id, place, thread: thread === '' && place === channelPlace ? id : thread };
      posts.push({ ...own, audience: message.audience, at: clock.now(), card: message.card, shown: [message.card], gone: false });
      return { platformId: id };
    },
  };
  return { channel, posts, sends, failures };
}

function whereTo({ to, audience }: OutboundMessage): { place: string; thread: string } {
  if (to.kind === 'person') return { place: directPlace(to.personId), thread: '' };
  const { place, thread } = to.conversation;
  return { place, thread: audience === 'channel' ? '' : thread };
}

function ownerOf(people: readonly RoomPerson[], place: string): RoomPerson | undefined {
  return people.find(({ id }) => directPlace(id) === place);
}

function createDirectory(people: readonly RoomPerson[]): Directory {
  const someone = (personId: string) => people.find(({ id }) => id === personId);
  const membersOf = (place: string): RoomPerson[] => {
    const owner = ownerOf(people, place);
    if (owner) return [owner];
    return place === leadersPlace ? people.slice(0, 2) : [...people];
  };
  return {
    async person(tenant, personId) {
      return tenant === roomTenant ? someone(personId) : undefined;
    },
    async resolve(_tenant, name) {
      return resolveName(name, people);
    },
    async members(_tenant, place) {
      return membersOf(place);
    },
    async isMember(_tenant, place, personId) {
      return membersOf(place).some(({ id }) => id === personId);
    },
    async memberCount(_tenant, place) {
      return membersOf(place).length;
    },
    async placeName(_tenant, place) {
      return place === channelPlace ? roomChannel.name : place;
    },
    async places() {
      return [
        { place: channelPlace, name: roomChannel.name },
        { place: leadersPlace, name: '#sales-board' },
      ];
    },
    async privateConversation(_tenant, personId) {
      return someone(personId) && { channel: 'room', tenant: roomTenant, place: directPlace(personId), thread: '' };
    },
    permalink: async () => undefined,
  };
}
