import type { Clock } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Chats } from './chats.ts';

// Somebody without a chat may get one at any time; whoever adds Plumb is known at once by the activity that says so.
const noChatMs = 10 * 60_000;
const mostWithout = 20_000;

export type PrivateChats = {
  /** The id of the 1:1 chat with somebody, opened if need be, which nobody sees. Undefined where there can be none. Rejects with AskError. */
  of(tenant: string, personId: PersonId): Promise<string | undefined>;
  /** What is known of somebody without a chat is out of date. */
  outdate(tenant: string, personId: PersonId): void;
};

type Dependencies = { ask: AskTeams; chats: Pick<Chats, 'known' | 'open'>; clock: Clock };

/** 1:1 chats with Plumb, for questions: that somebody cannot have one is remembered for a while, so that Teams is not asked each time. */
export function createPrivateChats({ ask, chats, clock }: Dependencies): PrivateChats {
  const without = createAnswerCache<true>({ clock, keepMs: noChatMs, most: mostWithout });
  return {
    async of(tenant, personId) {
      const known = await ask({ tenant, question: 'a place', about: personId }, () => chats.known(tenant, personId));
      if (known || without.fresh(keyOf(tenant, personId))) return known?.chat;
      return open(tenant, personId);
    },
    outdate: (tenant, personId) => without.outdate(keyOf(tenant, personId)),
  };

  async function open(tenant: string, personId: PersonId): Promise<string | undefined> {
    try {
      return (await ask({ tenant, question: 'a chat', about: personId }, () => chats.open(tenant, personId)))?.chat;
    } catch (error) {
      if (!(error instanceof AskError) || (error.problem !== 'refused' && error.problem !== 'not found')) throw error;
      without.put(keyOf(tenant, personId), true);
      return undefined;
    }
  }
}
