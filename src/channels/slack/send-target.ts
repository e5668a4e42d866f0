import { DeliveryError, type OutboundMessage } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { isDirect, isHome } from './place.ts';
import { momentOf } from './timestamp.ts';

/** Where something of Plumb's is shown in Slack. `near`: to one person, among others, as an ephemeral message. */
export type Target =
  | { kind: 'place'; tenant: string; place: string; thread: string | undefined }
  | { kind: 'person'; tenant: string; personId: PersonId }
  | { kind: 'near'; tenant: string; personId: PersonId; place: string; thread: string | undefined }
  | { kind: 'home'; tenant: string; personId: PersonId };

/**
 * Works out where a message goes; `now` is real time, in epoch milliseconds. Throws DeliveryError when something private is addressed to a
 * conversation that others read: better not said at all.
 */
export function targetOf({ to, audience, near }: OutboundMessage, now: number): Target {
  switch (to.kind) {
    case 'person': {
      const { tenant, personId } = to;
      if (audience === 'home') return { kind: 'home', tenant, personId };
      if (near) return { kind: 'near', tenant, personId, place: near.place, thread: openThread(near.thread, now) };
      return { kind: 'person', tenant, personId };
    }
    case 'conversation': {
      const { tenant, place, thread } = to.conversation;
      // A Home is no conversation: what is said there is said in the chat with that person.
      if (isHome(to.conversation)) return { kind: audience === 'home' ? 'home' : 'person', tenant, personId: place.slice(place.indexOf(':') + 1) };
      const isPrivate = isDirect(place);
      if (audience === 'home' || (audience === 'private' && !isPrivate)) {
        throw new DeliveryError('A private message was addressed to a channel; address it to a person.', { retry: false });
      }
      return { kind: 'place', tenant, place, thread: isPrivate || audience === 'channel' || thread === '' ? undefined : thread };
    }
    default:
      return to satisfies never;
  }
}

// A suggestion follows its message within seconds.
const openSinceMs = 10 * 60_000;

/**
 * An ephemeral message in a thread is seen only by somebody who has that thread open, and not at all where there is no reply yet
 * (docs.slack.dev/reference/methods/chat.postEphemeral). A thread that began a while ago has got the reply that this is about; one that began just
 * now may be the very message, so that goes to the channel itself.
 */
function openThread(thread: string, now: number): string | undefined {
  return thread !== '' && now - momentOf(thread) > openSinceMs ? thread : undefined;
}
