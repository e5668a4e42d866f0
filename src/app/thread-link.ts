import { type ConversationRef, hasNoThreads, messageRef, type PersonId } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Turn } from './turn.ts';

/** A link to a thread for somebody who can open it: only members of its place can. Nothing where the platform has no links, or the place no threads. */
export async function threadLink({ channel, tenant }: Turn, conversation: ConversationRef, personId: PersonId): Promise<{ link?: string }> {
  if (hasNoThreads(conversation) || !(await channel.directory.isMember(tenant, conversation.place, personId))) return {};
  const link = await channel.directory.permalink(conversation, conversation.thread);
  return link === undefined ? {} : { link };
}

/** A link to where a request is talked about; in a chat without threads that is its message. Nothing in a 1:1 chat, which nobody else can open. */
export async function requestLink(
  { channel }: Turn,
  { conversation, requestMessage, reasons }: Pick<StartedAlignment, 'conversation' | 'requestMessage' | 'reasons'>,
): Promise<string | undefined> {
  if (!hasNoThreads(conversation)) return channel.directory.permalink(conversation, conversation.thread);
  const inChat = messageRef({ ...conversation, messageId: '' });
  // Words behind a command are no message that anybody could be shown.
  if (conversation.thread === '' || !requestMessage?.startsWith(inChat) || reasons.includes('command')) return undefined;
  return channel.directory.permalink(conversation, decodeURIComponent(requestMessage.slice(inChat.length)));
}
