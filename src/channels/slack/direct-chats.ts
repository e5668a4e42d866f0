import { z } from 'zod';
import type { PersonId } from '../../domain/conversation.ts';
import type { Workspace } from './workspace.ts';

/** The 1:1 chats of people with Plumb, as far as they came up in this process. */
export type DirectChats = {
  known(tenant: string, personId: PersonId): string | undefined;
  remember(tenant: string, personId: PersonId, place: string): void;
  /** As openDirectChat, and remembers it. */
  open(workspace: Workspace, personId: PersonId): Promise<string>;
};

const maxChats = 10_000;
const Opened = z.object({ channel: z.object({ id: z.string().min(1) }) });

/** Opens the 1:1 chat with somebody, which nobody sees, and gives its id. Throws what Slack's library throws. */
export async function openDirectChat({ client }: Workspace, personId: PersonId): Promise<string> {
  return Opened.parse(await client.conversations.open({ users: personId })).channel.id;
}

export function createDirectChats(): DirectChats {
  const chats = new Map<string, string>();
  const keyOf = (tenant: string, personId: PersonId): string => `${tenant}/${personId}`;

  function remember(tenant: string, personId: PersonId, place: string): void {
    const [oldest] = chats.keys();
    if (chats.size >= maxChats && oldest !== undefined) chats.delete(oldest);
    chats.set(keyOf(tenant, personId), place);
  }

  return {
    known: (tenant, personId) => chats.get(keyOf(tenant, personId)),
    remember,
    async open(workspace, personId) {
      const place = await openDirectChat(workspace, personId);
      remember(workspace.tenant, personId, place);
      return place;
    },
  };
}
