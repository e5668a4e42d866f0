import type { Channel, Logger } from '../../app/ports.ts';
import { type ConversationRef, conversationKey } from '../../domain/conversation.ts';
import { schedule } from '../schedule.ts';
import { type Address, whereOf } from './address.ts';
import { isOneToOne } from './chats.ts';
import type { Connector } from './connector.ts';
import { whyNot } from './errors.ts';
import { createPace, type Pace } from './pace.ts';
import type { References } from './references.ts';
import { laneOf, paced } from './send-calls.ts';
import { knownPlace } from './shared-places.ts';
import { addressed } from './to-activity.ts';

export type WorkingSign = {
  showWorking: Channel['showWorking'];
  /** Something was posted there: the sign goes away by itself, and is not shown again. */
  answered(conversation: ConversationRef): void;
  /** Shows nothing any more; resolves when nothing is under way. */
  close(): Promise<void>;
};

// A first reply comes within three seconds (PRODUCT); a sign is for when it does not.
const afterMs = 2_000;
// Clients show it for three seconds, and want it no more often (Bot Framework Activity schema, A6000 and A6001).
const everyMs = 3_000;
const longestMs = 60_000;

type Sign = { cancel: () => void; messages: Set<string>; endsIn: number };

type Options = {
  connector: Pick<Connector, 'post'>;
  references: Pick<References, 'place' | 'team' | 'tenant'>;
  logger: Logger;
  pace?: Pace;
  /** Calls back after that many milliseconds; what it returns calls that off. */
  after?: (ms: number, then: () => void) => () => void;
};

/** Shows "typing" while an answer takes longer. Nothing depends on it: failures are only noted, and end it. */
export function createWorkingSign({ connector, references, logger, pace = createPace(), after = schedule }: Options): WorkingSign {
  const signs = new Map<string, Sign>();
  const underWay = new Set<Promise<void>>();

  function end(key: string): void {
    signs.get(key)?.cancel();
    signs.delete(key);
  }

  function show(key: string, conversation: ConversationRef): void {
    const sign = signs.get(key);
    if (!sign) return;
    sign.endsIn -= everyMs;
    sign.cancel = sign.endsIn > 0 ? after(everyMs, () => show(key, conversation)) : noSchedule;
    if (sign.endsIn <= 0) signs.delete(key);
    const typing = type(conversation, key).finally(() => underWay.delete(typing));
    underWay.add(typing);
  }

  async function type(conversation: ConversationRef, key: string): Promise<void> {
    try {
      await postTyping({ connector, references, pace }, conversation);
    } catch (error) {
      end(key);
      logger.debug(whyNot(error), 'A sign of work could not be shown.');
    }
  }

  return {
    showWorking(conversation, messageId) {
      const key = conversationKey(conversation);
      const shown = signs.get(key);
      if (shown?.messages.has(messageId)) return;
      if (shown) {
        shown.messages.add(messageId);
        shown.endsIn = longestMs;
        return;
      }
      signs.set(key, { cancel: after(afterMs, () => show(key, conversation)), messages: new Set([messageId]), endsIn: longestMs });
    },
    answered(conversation) {
      end(conversationKey(conversation));
    },
    async close() {
      for (const key of [...signs.keys()]) end(key);
      await Promise.all(underWay);
    },
  };
}

type Typing = Pick<Options, 'connector' | 'references'> & { pace: Pace };

async function postTyping({ connector, references, pace }: Typing, conversation: ConversationRef): Promise<void> {
  const { tenant, place } = conversation;
  const shared = await knownPlace({ references }, tenant, place);
  const reached = shared ?? ((await isOneToOne(references, tenant, place)) ? await references.tenant(tenant) : undefined);
  if (!reached) return;
  const { serviceUrl, botId } = reached;
  const kind = shared?.kind ?? 'personal';
  const address: Address = { tenant, serviceUrl, botId, kind, place, thread: conversation.thread };
  await paced({ pace }, laneOf(address), () => connector.post(whereOf(address), addressed({ type: 'typing' }, address)));
}

const noSchedule = (): void => undefined;
