import type { Activity } from 'botframework-schema';
import type { Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import { type Address, whereOf } from './address.ts';
import { type ChatDependencies, createChats } from './chats.ts';
import type { Connector } from './connector.ts';
import { whyNot } from './errors.ts';
import { createPace, type Pace } from './pace.ts';
import { plainerIfRefused } from './plainer.ts';
import { laneOf, paced, pacedOpening } from './send-calls.ts';
import { addressed, textActivity } from './to-activity.ts';
import type { TeamsWords } from './words.ts';

export type Said = { text: string } | { card: Card };

/** Says at once what came of something that somebody did. Nothing depends on it and it is not tried again: the outbox is for the rest. */
export type Tell = {
  /** Says it where they are, to everybody who is there. Never throws. */
  say(where: Address, said: Said): Promise<void>;
  /** Says it to one person in their 1:1 chat with Plumb, and to nobody else. 'no chat': it was not said, for whatever reason. Never throws. */
  directly(tenant: string, personId: PersonId, said: Said): Promise<'said' | 'no chat'>;
  /** An activity that is no message of words, for instance a file that is offered, in somebody's 1:1 chat. Never throws. */
  directlyAs(tenant: string, personId: PersonId, activity: Partial<Activity>): Promise<'said' | 'no chat'>;
};

type Dependencies = {
  connector: ChatDependencies['connector'] & Pick<Connector, 'post'>;
  references: ChatDependencies['references'];
  words: Pick<TeamsWords, 'more'>;
  logger: Logger;
  pace?: Pace;
};

export function createTell({ connector, references, words, logger, pace = createPace() }: Dependencies): Tell {
  const chats = createChats({ connector: { ...pacedOpening({ connector, pace }), member: connector.member }, references });

  const post = async (address: Address, activity: Partial<Activity>): Promise<void> => {
    await paced({ pace }, laneOf(address), () => connector.post(whereOf(address), addressed(activity, address)));
  };

  async function sayIn(address: Address, said: Said): Promise<void> {
    if ('text' in said) await post(address, textActivity(said.text));
    else await plainerIfRefused({ words, logger }, said.card, {}, (shown) => post(address, shown));
  }

  async function inTheirChat(tenant: string, personId: PersonId, write: (address: Address) => Promise<void>): Promise<'said' | 'no chat'> {
    try {
      const found = await chats.open(tenant, personId);
      if (!found) return 'no chat';
      const { chat: place, ...reached } = found;
      await write({ tenant, ...reached, kind: 'personal', place, thread: '' });
      return 'said';
    } catch (error) {
      logger.info(whyNot(error), 'Somebody could not be told in their 1:1 chat what came of what they did.');
      return 'no chat';
    }
  }

  return {
    async say(where, said) {
      try {
        await sayIn(where, said);
      } catch (error) {
        logger.warn(whyNot(error), 'Somebody could not be told what came of what they did.');
      }
    },
    directly: (tenant, personId, said) => inTheirChat(tenant, personId, (address) => sayIn(address, said)),
    directlyAs: (tenant, personId, activity) => inTheirChat(tenant, personId, (address) => post(address, activity)),
  };
}
