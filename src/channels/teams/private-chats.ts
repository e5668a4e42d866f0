import type { Clock } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Connector } from './connector.ts';
import type { References } from './references.ts';

// Somebody without a chat may get one at any time; whoever adds Plumb is known at once by the activity that says so.
const noChatMs = 10 * 60_000;
const mostWithout = 20_000;

export type PrivateChats = {
  /** The id of the 1:1 chat with somebody, opened if need be, which nobody sees. Undefined where there can be none. Rejects with AskError. */
  of(tenant: string, personId: PersonId): Promise<string | undefined>;
  /** What is known of somebody without a chat is out of date. */
  outdate(tenant: string, personId: PersonId): void;
};

type Dependencies = {
  ask: AskTeams;
  references: References;
  connector: Pick<Connector, 'openChat'>;
  /** The id of somebody's account, where it can be known. */
  accountOf: (tenant: string, personId: PersonId) => Promise<string | undefined>;
  clock: Clock;
};

/** 1:1 chats with Plumb. Who has one is kept in the store; that somebody cannot have one, in memory for a while. */
export function createPrivateChats({ ask, references, connector, accountOf, clock }: Dependencies): PrivateChats {
  const without = createAnswerCache<true>({ clock, keepMs: noChatMs, most: mostWithout });
  const opening = createAnswerCache<string | undefined>({ clock, keepMs: 0, most: mostWithout });
  return {
    async of(tenant, personId) {
      const { chat, added } = (await ask({ tenant, question: 'a place', about: personId }, () => references.person(tenant, personId))) ?? {};
      // Whoever took Plumb away or blocked it reads nothing there.
      if (added === false) return undefined;
      if (chat !== undefined) return chat;
      if (without.fresh(keyOf(tenant, personId))) return undefined;
      return opening.get(keyOf(tenant, personId), () => open(tenant, personId));
    },
    outdate: (tenant, personId) => without.outdate(keyOf(tenant, personId)),
  };

  async function open(tenant: string, personId: PersonId): Promise<string | undefined> {
    const knownId = await accountOf(tenant, personId);
    try {
      return await ask({ tenant, question: 'a chat', about: personId }, async () => {
        const reference = await references.person(tenant, personId);
        const reached = reference ?? (await references.tenant(tenant));
        if (!reached) throw new AskError('a chat', 'unknown place');
        const { serviceUrl, botId } = reached;
        const accountId = knownId ?? reference?.accountId ?? personId;
        // By an account's id that goes for everybody in a team that has Plumb, by an Entra object id only for those who added Plumb themselves
        // (Microsoft Learn: "Send proactive messages").
        const { conversationId } = await connector.openChat({ serviceUrl, botId, tenant, accountId });
        await references.savePerson(tenant, personId, { ...reference, serviceUrl, botId, accountId, chat: conversationId });
        return conversationId;
      });
    } catch (error) {
      if (!(error instanceof AskError) || (error.problem !== 'refused' && error.problem !== 'not found')) throw error;
      without.put(keyOf(tenant, personId), true);
      return undefined;
    }
  }
}
