import { type ConversationRef, messageRef, type PersonId, wholeChat } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Turn } from './turn.ts';

/** A link to a thread for somebody who can open it: only members of its place can. Nothing where the platform has no links, or the chat is Plumb's and theirs. */
export async function threadLink({ channel, tenant }: Turn, conversation: ConversationRef, personId: PersonId): Promise<{ link?: string }> {
  if (conversation.thread === '' || !(await channel.directory.isMember(tenant, conversation.place, personId))) return {};
  const link = await channel.directory.permalink(conversation, conversation.thread);
  return link === undefined ? {} : { link };
}

/** A link to where a request is talked about; in a chat without threads to its message, where there is one. Nothing in a 1:1 chat, which nobody else can open. */
export async function requestLink(
  { channel }: Turn,
  { conversation, requestMessage, reasons }: Pick<StartedAlignment, 'conversation' | 'requestMessage' | 'reasons'>,
): Promise<string | undefined> {
  if (conversation.thread === '') return undefined;
  const inPlace = messageRef({ ...conversation, messageId: '' });
  // Words behind a command are no message that anybody could be shown.
  const isMessage = conversation.thread === wholeChat && !reasons.includes('command');
  const messageId = isMessage && requestMessage?.startsWith(inPlace) ? decodeURIComponent(requestMessage.slice(inPlace.length)) : conversation.thread;
  return channel.directory.permalink(conversation, messageId);
}
