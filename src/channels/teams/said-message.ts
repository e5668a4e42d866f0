import type { SaidMessage } from '../../app/ports.ts';
import { MessagePayload, PayloadMention } from './activities.ts';
import { momentOf } from './moment.ts';
import { readHtml } from './read-html.ts';
import { type Mentioned, nameIn, ownName, type ReadText } from './read-text.ts';

/**
 * The message that somebody used Plumb's action on, from a message extension's `messagePayload`; undefined where it is nobody's words: an app's, a deleted
 * one, a picture alone. `botId`: how Plumb is called there. Its author is named by their Entra id. Never throws.
 */
export function readSaid(payload: unknown, botId?: string): SaidMessage | undefined {
  const parsed = MessagePayload.safeParse(payload);
  if (!parsed.success || parsed.data.deleted) return undefined;
  const { id: messageId, createdDateTime, body, from, mentions } = parsed.data;
  const said = body.contentType === 'text' ? plain(body.content) : readHtml(body.content, mentionIn(mentions ?? [], botId));
  if (said.text === '') return undefined;
  return { messageId, personId: from.user.id, ...said, at: momentOf(createdDateTime) ?? momentOf(messageId) ?? 0 };
}

function plain(text: string): ReadText {
  return { text: text.trim(), mentions: [] };
}

function mentionIn(mentions: readonly unknown[], botId: string | undefined): (number: string, written: string) => Mentioned | undefined {
  const byNumber = new Map(mentions.flatMap((mention) => PayloadMention.safeParse(mention).data ?? []).map((mention) => [String(mention.id), mention]));
  return (number, written) => {
    const mention = byNumber.get(number);
    if (!mention) return undefined;
    const { user, application } = mention.mentioned;
    if (botId !== undefined && application && botId === `28:${application.id}`) return { personId: botId, name: ownName };
    const name = nameIn(user?.displayName ?? '') || nameIn(mention.mentionText ?? '') || written;
    return { name, ...(user && { personId: user.id }) };
  };
}
