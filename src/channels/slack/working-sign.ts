import type { Logger } from '../../app/ports.ts';
import { type ConversationRef, conversationKey } from '../../domain/conversation.ts';
import { schedule } from '../schedule.ts';
import { slackCode } from './errors.ts';
import type { Workspaces } from './workspace.ts';

export type WorkingSign = {
  /** As Channel['showWorking']. */
  showWorking(conversation: ConversationRef, messageId: string): void;
  /** Something was posted there: what is shown is taken away, what was about to be shown is not. */
  answered(conversation: ConversationRef): void;
  /** Takes away everything that is shown. */
  close(): Promise<void>;
};

// A first reply comes within three seconds (PRODUCT); a sign is for when it does not.
const afterMs = 2_500;
const longestMs = 60_000;
const name = 'eyes';

/** `shown`: whether it may be there, once that is known. */
type Sign = { cancel: () => void; shown: Promise<boolean> | undefined; tenant: string; place: string; messageId: string };

type Options = {
  workspaces: Workspaces;
  logger: Logger;
  /** Calls back after that many milliseconds; what it returns calls that off. */
  after?: (ms: number, then: () => void) => () => void;
};

/** Shows that Plumb is at work by a reaction on the message, when an answer takes longer. Nothing depends on it: failures are only noted. */
export function createWorkingSign({ workspaces, logger, after = schedule }: Options): WorkingSign {
  const signs = new Map<string, Map<string, Sign>>();
  const ending = new Set<Promise<void>>();

  function end(key: string, sign: Sign): void {
    sign.cancel();
    const ofConversation = signs.get(key);
    ofConversation?.delete(sign.messageId);
    if (ofConversation?.size === 0) signs.delete(key);
    const going = takeAway(sign).finally(() => ending.delete(going));
    ending.add(going);
  }

  async function takeAway(sign: Sign): Promise<void> {
    // After it is there, whichever call is faster.
    if (await sign.shown) await react('remove', sign);
  }

  /** False when Slack refused: then nothing changed. */
  async function react(what: 'add' | 'remove', { tenant, place, messageId }: Sign): Promise<boolean> {
    try {
      const workspace = await workspaces.of(tenant);
      await workspace?.client.reactions[what]({ channel: place, timestamp: messageId, name });
      return workspace !== undefined;
    } catch (error) {
      const code = slackCode(error);
      logger.debug({ method: `reactions.${what}`, code: code ?? 'unreachable' }, 'A sign of work could not be changed.');
      return code === undefined;
    }
  }

  return {
    showWorking(conversation, messageId) {
      const key = conversationKey(conversation);
      const ofConversation = signs.get(key) ?? new Map<string, Sign>();
      if (ofConversation.has(messageId)) return;
      signs.set(key, ofConversation);
      const sign: Sign = { cancel: noSchedule, shown: undefined, tenant: conversation.tenant, place: conversation.place, messageId };
      ofConversation.set(messageId, sign);
      sign.cancel = after(afterMs, () => {
        sign.shown = react('add', sign);
        sign.cancel = after(longestMs, () => end(key, sign));
      });
    },
    answered(conversation) {
      const key = conversationKey(conversation);
      for (const sign of [...(signs.get(key)?.values() ?? [])]) end(key, sign);
    },
    async close() {
      for (const [key, ofConversation] of [...signs]) for (const sign of [...ofConversation.values()]) end(key, sign);
      await Promise.all(ending);
    },
  };
}

const noSchedule = (): void => undefined;
