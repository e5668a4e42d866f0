import { z } from 'zod';
import type { PersonId } from '../../domain/conversation.ts';
import { lacksMethod, slackCode } from './errors.ts';
import type { Workspace } from './workspace.ts';

/** The 1:1 chats of people with Plumb, as far as they came up in this process. */
export type DirectChats = {
  known(tenant: string, personId: PersonId): string | undefined;
  remember(tenant: string, personId: PersonId, place: string): void;
  /** As openDirectChat, and remembers it. */
  open(workspace: Workspace, personId: PersonId): Promise<string>;
  /** Where to write to somebody: their chat, opened if need be, or else their own id, which Slack takes for it. Never rejects. */
  placeFor(workspace: Workspace, personId: PersonId): Promise<string>;
};

const maxChats = 10_000;
// What an installation may not do, or a server does not know, does not change from one minute to the next.
const notOpenedMs = 10 * 60_000;
const Opened = z.object({ channel: z.object({ id: z.string().min(1) }) });

/** Opens the 1:1 chat with somebody, which nobody sees, and gives its id. Throws what Slack's library throws. */
export async function openDirectChat({ client }: Workspace, personId: PersonId): Promise<string> {
  return Opened.parse(await client.conversations.open({ users: personId })).channel.id;
}

export function createDirectChats(): DirectChats {
  const chats = new Map<string, string>();
  const notOpenedUntil = new Map<string, number>();
  const keyOf = (tenant: string, personId: PersonId): string => `${tenant}/${personId}`;

  function remember(tenant: string, personId: PersonId, place: string): void {
    const [oldest] = chats.keys();
    if (chats.size >= maxChats && oldest !== undefined) chats.delete(oldest);
    chats.set(keyOf(tenant, personId), place);
  }

  async function open(workspace: Workspace, personId: PersonId): Promise<string> {
    const place = await openDirectChat(workspace, personId);
    remember(workspace.tenant, personId, place);
    return place;
  }

  return {
    known: (tenant, personId) => chats.get(keyOf(tenant, personId)),
    remember,
    open,
    async placeFor(workspace, personId) {
      const { tenant } = workspace;
      const known = chats.get(keyOf(tenant, personId));
      if (known !== undefined || (notOpenedUntil.get(tenant) ?? 0) > performance.now()) return known ?? personId;
      try {
        return await open(workspace, personId);
      } catch (error) {
        // Why somebody cannot be written to is told by the post itself.
        if (lacksMethod(error) || slackCode(error) === 'missing_scope') notOpenedUntil.set(tenant, performance.now() + notOpenedMs);
        return personId;
      }
    },
  };
}
