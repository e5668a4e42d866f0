import type { PersonId } from '../../domain/conversation.ts';
import { keyOf } from '../answer-cache.ts';
import type { Connector } from './connector.ts';
import { statusOf } from './connector-error.ts';
import type { References } from './references.ts';
import { knownPlace } from './shared-places.ts';

/** Somebody's 1:1 chat with Plumb, and the connector that it is reached by. */
export type Chat = { chat: string; serviceUrl: string; botId: string };

export type Chats = {
  /** The chat where it is known; undefined too where the person has taken Plumb away. */
  known(tenant: string, personId: PersonId): Promise<Chat | undefined>;
  /** The known chat, or else one that Teams gives; undefined where there is none to be had. Rejects with ConnectorError, and as the store does. */
  open(tenant: string, personId: PersonId): Promise<Chat | undefined>;
  /** As `open`, without believing what is known. */
  openAnew(tenant: string, personId: PersonId): Promise<Chat | undefined>;
};

export type ChatDependencies = {
  connector: Pick<Connector, 'openChat' | 'member'>;
  references: Pick<References, 'person' | 'place' | 'team' | 'teams' | 'tenant' | 'savePerson'>;
  /** The id of somebody's account of whom nothing is kept. By default the teams that have Plumb are asked. */
  accountOf?: (tenant: string, personId: PersonId) => Promise<string | undefined>;
};

/** 1:1 chats, and nothing else: whatever a reference or the connector says, no id of a place that several people read passes here. */
export function createChats({ connector, references, accountOf = createAccountIn({ connector, references }) }: ChatDependencies): Chats {
  const opening = new Map<string, Promise<Chat | undefined>>();

  async function known(tenant: string, personId: PersonId): Promise<Chat | undefined> {
    const person = await references.person(tenant, personId);
    if (person?.chat === undefined || person.added === false) return undefined;
    const { chat, serviceUrl, botId } = person;
    return (await isOneToOne(references, tenant, chat)) ? { chat, serviceUrl, botId } : undefined;
  }

  async function ask(tenant: string, personId: PersonId): Promise<Chat | undefined> {
    const person = await references.person(tenant, personId);
    if (person?.added === false) return undefined;
    const reached = person ?? (await references.tenant(tenant));
    if (!reached) return undefined;
    const { serviceUrl, botId } = reached;
    const accountId = person?.accountId ?? (await accountOf(tenant, personId)) ?? personId;
    const { conversationId: chat } = await connector.openChat({ serviceUrl, botId, tenant, accountId });
    if (!(await isOneToOne(references, tenant, chat))) return undefined;
    await references.savePerson(tenant, personId, { ...person, accountId, serviceUrl, botId, chat });
    return { chat, serviceUrl, botId };
  }

  function openAnew(tenant: string, personId: PersonId): Promise<Chat | undefined> {
    const key = keyOf(tenant, personId);
    const earlier = opening.get(key);
    if (earlier !== undefined) return earlier;
    const asking = ask(tenant, personId).finally(() => opening.delete(key));
    opening.set(key, asking);
    return asking;
  }

  return {
    known,
    openAnew,
    async open(tenant, personId) {
      return (await known(tenant, personId)) ?? (await openAnew(tenant, personId));
    },
  };
}

// Beyond, somebody of whom nothing is known is looked for no further.
const maxTeams = 20;

/**
 * Somebody's account, from the teams that have Plumb: with it Teams opens a chat with all who are in one, and with the Entra object id only with those who
 * added Plumb themselves (Microsoft Learn, "Send proactive messages").
 */
function createAccountIn({ connector, references }: Pick<ChatDependencies, 'connector' | 'references'>): NonNullable<ChatDependencies['accountOf']> {
  return async function accountIn(tenant, personId) {
    for (const { id: conversationId, serviceUrl } of (await references.teams(tenant)).slice(0, maxTeams)) {
      try {
        const member = await connector.member({ serviceUrl, conversationId }, personId);
        if (member) return member.id;
      } catch (error) {
        // Not a member, or a team that Plumb may not look into (any more).
        if (![400, 403, 404].includes(statusOf(error) ?? 0)) throw error;
      }
    }
    return undefined;
  };
}

// Channels, group chats and meetings have such ids (Microsoft Learn, "Channel and group chat conversations with a bot"); what follows the second is a thread.
const readBySeveral = /@thread\.|;messageid=/i;

/** Whether an id can be that of a 1:1 chat: it is none of a place that Plumb knows, and does not look like one. */
export async function isOneToOne(references: Pick<References, 'place' | 'team'>, tenant: string, conversationId: string): Promise<boolean> {
  return conversationId !== '' && !readBySeveral.test(conversationId) && (await knownPlace({ references }, tenant, conversationId)) === undefined;
}
