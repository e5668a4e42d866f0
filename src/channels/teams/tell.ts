import type { Activity } from 'botframework-schema';
import type { Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import { createChats } from './chats.ts';
import type { Connector } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import type { Envelope } from './envelope.ts';
import { conversationIdOf } from './place.ts';
import type { References } from './references.ts';
import { addressed, cardActivity, textActivity } from './to-activity.ts';

export type Said = { text: string } | { card: Card };
/** Where somebody is in front of Teams: an envelope says it. */
export type Spot = Pick<Envelope, 'tenant' | 'serviceUrl' | 'botId' | 'kind' | 'place' | 'thread'>;

/** Says at once what came of something that somebody did. Nothing depends on it and it is not tried again: the outbox is for the rest. */
export type Tell = {
  /** Says it where they are, to everybody who is there. Never throws. */
  say(where: Spot, said: Said): Promise<void>;
  /** Says it to one person in their 1:1 chat with Plumb, and to nobody else. 'no chat': it was not said, for whatever reason. Never throws. */
  directly(tenant: string, personId: PersonId, said: Said): Promise<'said' | 'no chat'>;
  /** An activity that is no message of words, for instance a file that is offered, in somebody's 1:1 chat. Never throws. */
  directlyAs(tenant: string, personId: PersonId, activity: Partial<Activity>): Promise<'said' | 'no chat'>;
};

type Dependencies = {
  connector: Pick<Connector, 'post' | 'openChat'>;
  references: Pick<References, 'person' | 'place' | 'tenant' | 'savePerson'>;
  logger: Logger;
};

export function createTell({ connector, references, logger }: Dependencies): Tell {
  const chats = createChats({ connector, references });

  async function post({ tenant, serviceUrl, botId, kind, place, thread }: Spot, activity: Partial<Activity>): Promise<void> {
    const conversationId = conversationIdOf({ place, thread });
    await connector.post({ serviceUrl, conversationId }, addressed(activity, { tenant, botId, kind, conversationId }));
  }

  async function directlyAs(tenant: string, personId: PersonId, activity: Partial<Activity>): Promise<'said' | 'no chat'> {
    try {
      const found = await chats.open(tenant, personId);
      if (!found) return 'no chat';
      const { chat, ...reached } = found;
      await post({ tenant, ...reached, kind: 'personal', place: chat, thread: '' }, activity);
      return 'said';
    } catch (error) {
      logger.info(whyNot(error), 'Somebody could not be told in their 1:1 chat what came of what they did.');
      return 'no chat';
    }
  }

  return {
    async say(where, said) {
      try {
        await post(where, activityOf(said));
      } catch (error) {
        logger.warn(whyNot(error), 'Somebody could not be told what came of what they did.');
      }
    },
    directly: (tenant, personId, said) => directlyAs(tenant, personId, activityOf(said)),
    directlyAs,
  };
}

function activityOf(said: Said): Partial<Activity> {
  return 'card' in said ? cardActivity(said.card) : textActivity(said.text);
}

/** What may be logged of it: never what was to be said. */
function whyNot(error: unknown): Record<string, unknown> {
  return error instanceof ConnectorError ? { ...error.failure } : { error };
}
