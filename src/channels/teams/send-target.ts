import { DeliveryError, type OutboundMessage } from '../../app/ports.ts';
import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';
import type { Address } from './address.ts';
import { type Chats, isOneToOne } from './chats.ts';
import type { Connector } from './connector.ts';
import { deliveryError } from './errors.ts';
import type { PlaceReference, References } from './references.ts';
import { findPlace, knownPlace } from './shared-places.ts';

/** Where something of Plumb's is shown in Teams. In a channel `thread` is '' for what begins a thread of its own. */
export type Target = { kind: 'address'; address: Address } | { kind: 'person'; tenant: string; personId: string; near: boolean };

type Audience = OutboundMessage['audience'];
type Dependencies = { connector: Pick<Connector, 'channels'>; references: Pick<References, 'place' | 'team' | 'teams' | 'tenant' | 'savePlace'> };

/**
 * Works out where a message goes. Only places that Plumb was told of by their own tenant are written to. Throws DeliveryError when something private is
 * addressed to a place that others read: better not said at all.
 */
export async function targetOf(dependencies: Dependencies, { to, audience, near }: OutboundMessage): Promise<Target> {
  switch (to.kind) {
    case 'person':
      return { kind: 'person', tenant: to.tenant, personId: to.personId, near: near !== undefined };
    case 'conversation': {
      const address = (await sharedAddress(dependencies, to.conversation, audience)) ?? (await privateAddress(dependencies, to.conversation, audience));
      if ((audience === 'private' || audience === 'home') && address.kind !== 'personal')
        throw new DeliveryError('A private message was addressed to a channel or group chat; address it to a person.', { retry: false });
      return { kind: 'address', address };
    }
    default:
      return to satisfies never;
  }
}

async function sharedAddress(dependencies: Dependencies, { tenant, place, thread }: ConversationRef, audience: Audience): Promise<Address | undefined> {
  const known = await sharedPlace(dependencies, tenant, place, audience === 'channel' || (thread !== '' && thread !== wholeChat));
  if (!known) return undefined;
  const { kind, serviceUrl, botId } = known;
  const inThread = kind === 'channel' && audience !== 'channel' && thread !== wholeChat ? thread : '';
  return { tenant, serviceUrl, botId, kind, place, thread: inThread };
}

/**
 * What goes to a channel or a thread may go to a channel that was only listed so far: the action on messages is used where nothing was heard yet. Everything
 * else is for a place that Plumb was told of, or for a 1:1 chat.
 */
async function sharedPlace(dependencies: Dependencies, tenant: string, place: string, isChannel: boolean): Promise<PlaceReference | undefined> {
  try {
    return await (isChannel ? findPlace : knownPlace)(dependencies, tenant, place);
  } catch (error) {
    throw deliveryError(error, 'to look for a channel', 'shared');
  }
}

async function privateAddress({ references }: Dependencies, { tenant, place, thread }: ConversationRef, audience: Audience): Promise<Address> {
  if (thread !== '' || audience === 'channel' || !(await isOneToOne(references, tenant, place))) {
    throw new DeliveryError('Plumb is not in that team or chat of this organisation (any more): add it there, then replay this dead letter.', {
      retry: false,
      problem: 'not-in-channel',
    });
  }
  const reached = await references.tenant(tenant);
  if (!reached) throw unknownTenant();
  return { tenant, serviceUrl: reached.serviceUrl, botId: reached.botId, kind: 'personal', place, thread: '' };
}

function unknownTenant(): DeliveryError {
  return new DeliveryError('Plumb knows no way into this organisation (any more): add it in Teams again, then replay this dead letter.', { retry: false });
}

/** The 1:1 chat with somebody as a place to write to; undefined where there is none. `how`: whether it may be opened for that. */
export async function personalAddress(
  chats: Chats,
  { tenant, personId }: { tenant: string; personId: string },
  how: keyof Chats,
): Promise<Address | undefined> {
  const found = await chats[how](tenant, personId);
  return found && { tenant, serviceUrl: found.serviceUrl, botId: found.botId, kind: 'personal', place: found.chat, thread: '' };
}
