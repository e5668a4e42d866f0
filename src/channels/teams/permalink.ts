import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';

// Ids of messages are the milliseconds in which they were written; only Teams' own clients know such links, not a stand-in that has other ids.
const messageIds = /^\d{10,16}$/;
const inChat = JSON.stringify({ contextType: 'chat' });

/**
 * The address of a message as Teams' clients write it (Microsoft Learn: "Deep link to a Teams chat"). `groupId`: of the team that a channel belongs to. In
 * a group chat without a message it is the chat's own. Undefined for 1:1 chats with an app, which have no such links, and where there is no such message id.
 */
export function permalinkOf(
  { tenant, place, thread }: Pick<ConversationRef, 'tenant' | 'place' | 'thread'>,
  messageId: string,
  about: { kind: 'channel'; groupId: string | undefined } | { kind: 'groupChat' },
): string | undefined {
  if (!place.startsWith('19:')) return undefined;
  if (about.kind === 'groupChat' && messageId === wholeChat) return linkTo(`chat/${encodeURIComponent(place)}/conversations`, { context: inChat });
  if (!messageIds.test(messageId)) return undefined;
  const message = `message/${encodeURIComponent(place)}/${messageId}`;
  switch (about.kind) {
    case 'channel': {
      const { groupId } = about;
      return linkTo(message, { tenantId: tenant, groupId, parentMessageId: messageIds.test(thread) ? thread : undefined, createdTime: messageId });
    }
    case 'groupChat':
      return linkTo(message, { tenantId: tenant, context: inChat });
    default:
      return about satisfies never;
  }
}

function linkTo(path: string, query: Record<string, string | undefined>): string {
  const link = new URL(path, 'https://teams.microsoft.com/l/');
  for (const [name, value] of Object.entries(query)) if (value !== undefined) link.searchParams.set(name, value);
  return link.href;
}
