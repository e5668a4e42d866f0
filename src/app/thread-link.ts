import type { ConversationRef, PersonId } from '../domain/conversation.ts';
import type { Turn } from './turn.ts';

/** A link to a thread for somebody who can open it: only members of its place can. Nothing where the platform has no links, or the place no threads. */
export async function threadLink({ channel, tenant }: Turn, conversation: ConversationRef, personId: PersonId): Promise<{ link?: string }> {
  if (conversation.thread === '' || !(await channel.directory.isMember(tenant, conversation.place, personId))) return {};
  const link = await channel.directory.permalink(conversation, conversation.thread);
  return link === undefined ? {} : { link };
}
