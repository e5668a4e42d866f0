import { z } from 'zod';
import type { PersonId } from '../../domain/conversation.ts';
import type { Workspace } from './workspace.ts';

/** The 1:1 chats of people with Plumb, as far as they came up in this process. */
export type DirectChats = {
  known(tenant: string, personId: PersonId): string | undefined;
  remember(tenant: string, personId: PersonId, place: string): void;
  /** Opens it; nobody sees that. Throws what Slack's library throws. */
  open(workspace: Workspace, personId: PersonId): Promise<string>;
};

const maxChats = 10_000;
const Opened = z.object({ channel: z.object({ id: z.string().min(1) }) });

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
      const { channel } = Opened.parse(await workspace.client.conversations.open({ users: personId }));
      remember(workspace.tenant, personId, channel.id);
      return channel.id;
    },
  };
}
