import { DeliveryError, type OutboundMessage } from '../../app/ports.ts';
import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';
import { type Chats, isOneToOne } from './chats.ts';
import type { References } from './references.ts';
import type { Spot } from './spot.ts';

/** Where something of Plumb's is shown in Teams. In a channel `thread` is '' for what begins a thread of its own. */
export type Target = { kind: 'spot'; spot: Spot } | { kind: 'person'; tenant: string; personId: string; near: boolean };

type Dependencies = { references: Pick<References, 'place' | 'tenant'> };

/**
 * Works out where a message goes. Only places that Plumb was told of by their own tenant are written to. Throws DeliveryError when something private is
 * addressed to a place that others read: better not said at all.
 */
export async function targetOf({ references }: Dependencies, { to, audience, near }: OutboundMessage): Promise<Target> {
  switch (to.kind) {
    case 'person':
      return { kind: 'person', tenant: to.tenant, personId: to.personId, near: near !== undefined };
    case 'conversation': {
      const spot = (await sharedSpot(references, to.conversation, audience)) ?? (await privateSpot(references, to.conversation, audience));
      if ((audience === 'private' || audience === 'home') && spot.kind !== 'personal')
        throw new DeliveryError('A private message was addressed to a channel or group chat; address it to a person.', { retry: false });
      return { kind: 'spot', spot };
    }
    default:
      return to satisfies never;
  }
}

async function sharedSpot(
  references: Dependencies['references'],
  { tenant, place, thread }: ConversationRef,
  audience: OutboundMessage['audience'],
): Promise<Spot | undefined> {
  const known = await references.place(tenant, place);
  if (!known) return undefined;
  const { kind, serviceUrl, botId } = known;
  const inThread = kind === 'channel' && audience !== 'channel' && thread !== wholeChat ? thread : '';
  return { tenant, serviceUrl, botId, kind, place, thread: inThread };
}

async function privateSpot(
  references: Dependencies['references'],
  { tenant, place, thread }: ConversationRef,
  audience: OutboundMessage['audience'],
): Promise<Spot> {
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
export async function personalSpot(chats: Chats, { tenant, personId }: { tenant: string; personId: string }, how: keyof Chats): Promise<Spot | undefined> {
  const found = await chats[how](tenant, personId);
  return found && { tenant, serviceUrl: found.serviceUrl, botId: found.botId, kind: 'personal', place: found.chat, thread: '' };
}
