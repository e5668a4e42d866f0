import type { PersonId } from '../../domain/conversation.ts';
import type { Connector } from './connector.ts';
import type { References } from './references.ts';

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

type Dependencies = { connector: Pick<Connector, 'openChat'>; references: Pick<References, 'person' | 'place' | 'tenant' | 'savePerson'> };

/** 1:1 chats, and nothing else: whatever a reference or the connector says, no id of a place that several people read passes here. */
export function createChats({ connector, references }: Dependencies): Chats {
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
    // Teams takes the Entra object id as well as its own id of an account (Microsoft Learn, "Send proactive messages").
    const accountId = person?.accountId ?? personId;
    const { conversationId: chat } = await connector.openChat({ serviceUrl, botId, tenant, accountId });
    if (!(await isOneToOne(references, tenant, chat))) return undefined;
    await references.savePerson(tenant, personId, { ...person, accountId, serviceUrl, botId, chat });
    return { chat, serviceUrl, botId };
  }

  function openAnew(tenant: string, personId: PersonId): Promise<Chat | undefined> {
    const key = `${encodeURIComponent(tenant)}/${encodeURIComponent(personId)}`;
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

// Channels, group chats and meetings have such ids (Microsoft Learn, "Channel and group chat conversations with a bot"); what follows the second is a thread.
const readBySeveral = /@thread\.|;messageid=/i;

/** Whether an id can be that of a 1:1 chat: it is none of a place that Plumb knows, and does not look like one. */
export async function isOneToOne(references: Pick<References, 'place'>, tenant: string, conversationId: string): Promise<boolean> {
  return conversationId !== '' && !readBySeveral.test(conversationId) && (await references.place(tenant, conversationId)) === undefined;
}
