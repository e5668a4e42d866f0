import type { ConversationRef } from '../../domain/conversation.ts';
import { timestampSchema } from './timestamp.ts';

/**
 * The address of a message as Slack's clients write it (docs: chat.getPermalink); `url` is the workspace's, such as https://acme.slack.com/. Undefined
 * where the workspace's address is unknown, or there is no such message id.
 */
export function permalinkOf(url: string | undefined, { place, thread }: Pick<ConversationRef, 'place' | 'thread'>, messageId: string): string | undefined {
  if (url === undefined || !URL.canParse(url) || !timestampSchema.safeParse(messageId).success) return undefined;
  const link = new URL(`archives/${encodeURIComponent(place)}/p${messageId.replace('.', '')}`, url);
  if (timestampSchema.safeParse(thread).success && thread !== messageId) {
    link.searchParams.set('thread_ts', thread);
    link.searchParams.set('cid', place);
  }
  return link.href;
}
