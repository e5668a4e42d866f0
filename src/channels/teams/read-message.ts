import type { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import type { ConversationRef, PersonId } from '../../domain/conversation.ts';
import { DeleteActivity, HtmlAttachment, MessageActivity, ofKind } from './activities.ts';
import { readAddressed } from './addressed-words.ts';
import type { Envelope } from './envelope.ts';
import { createMentions } from './mentions.ts';
import { momentOf } from './moment.ts';
import type { Known, Read } from './read-activity.ts';
import { readHtml } from './read-html.ts';
import { type ReadText, readText } from './read-text.ts';

type Message = z.infer<typeof MessageActivity>;
type Said = ReadText & { addressed: boolean };

const ignored: Read = { kind: 'ignored' };

/** Something that was said, changed, taken back or taken back again; ignored where it is nobody's words. Never throws. */
export function readMessage(type: 'message' | 'messageUpdate' | 'messageDelete', activity: unknown, envelope: Envelope, known: Known): Read {
  // Apps, and Plumb itself.
  if (!envelope.by) return ignored;
  if (type === 'messageDelete') {
    const parsed = DeleteActivity.safeParse(activity);
    return parsed.success ? one(deleted(envelope, envelope.by.personId, momentOf(parsed.data.timestamp) ?? envelope.at)) : ignored;
  }
  const parsed = MessageActivity.safeParse(activity);
  if (!parsed.success) return ignored;
  const said = saidIn(parsed.data, envelope, known);
  return type === 'message' ? posted(parsed.data, said, envelope, envelope.by.personId) : updated(parsed.data, said, envelope, envelope.by.personId);
}

/** The key of a message: the same however often and by whatever activity it is told. */
function messageKey({ tenant, place }: Pick<Envelope, 'tenant' | 'place'>, messageId: string): string {
  return `${tenant}:${place}:${messageId}`;
}

export function conversationOf({ tenant, place, thread }: Pick<Envelope, 'tenant' | 'place' | 'thread'>): ConversationRef {
  return { channel: 'teams', tenant, place, thread };
}

function posted(message: Message, said: Said, envelope: Envelope, personId: PersonId): Read {
  // A picture or a file alone says nothing that could be read.
  if (said.text === '') return ignored;
  const origin = { eventKey: messageKey(envelope, message.id), conversation: conversationOf(envelope), personId, at: writtenAt(message) ?? envelope.at };
  const command = said.addressed ? readAddressed(said, envelope.botId) : undefined;
  if (command) return { kind: 'command', event: { type: 'CommandGiven', ...origin, ...command } };
  return one({ type: 'MessagePosted', ...origin, ...said, messageId: message.id, topLevel: isTopLevel(envelope, message.id) });
}

/** `messageUpdate` is an edit or, as its event type tells, a message that is there again (Microsoft Learn: "Messages in bot conversations"). */
function updated(message: Message, said: Said, envelope: Envelope, personId: PersonId): Read {
  const { id: messageId } = message;
  const changedAt = momentOf(message.timestamp) ?? envelope.at;
  const isBack = message.channelData?.eventType === 'undeleteMessage';
  // Only a picture is left: the words are gone, or there never were any.
  if (said.text === '') return isBack ? ignored : one(deleted(envelope, personId, changedAt));
  const key = messageKey(envelope, messageId);
  const { text, mentions } = said;
  const origin = { conversation: conversationOf(envelope), personId, messageId };
  if (isBack) return one({ type: 'MessageRestored', ...origin, eventKey: `${key}:restored:${changedAt}`, at: changedAt, text, mentions });
  const at = momentOf(messageId) ?? changedAt;
  const topLevel = isTopLevel(envelope, messageId);
  return one({ type: 'MessageEdited', ...origin, ...said, eventKey: `${key}:edited:${changedAt}`, at, editedAt: changedAt, topLevel });
}

function deleted(envelope: Envelope, personId: PersonId, at: number): InboundEvent {
  const { activityId: messageId } = envelope;
  // What is taken back twice was there again between.
  const eventKey = `${messageKey(envelope, messageId)}:deleted:${at}`;
  return { type: 'MessageDeleted', eventKey, conversation: conversationOf(envelope), personId, at, messageId };
}

function one(event: InboundEvent): Read {
  return { kind: 'events', events: [event], changes: [] };
}

/** Chats have no threads: everything in them stands by itself. */
function isTopLevel({ kind, thread }: Envelope, messageId: string): boolean {
  return kind !== 'channel' || thread === messageId;
}

function writtenAt({ timestamp, id }: Message): number | undefined {
  return momentOf(timestamp) ?? momentOf(id);
}

function saidIn(message: Message, envelope: Envelope, known: Known): Said {
  const mentions = createMentions(message.entities, envelope.botId, known);
  const addressed = envelope.kind === 'personal' || mentions.includePlumb;
  const { text, textFormat } = message;
  if (text && textFormat !== 'xml') {
    const read = readText(text, mentions.written);
    if (read.text !== '') return { ...read, addressed };
  }
  const html = textFormat === 'xml' ? text : htmlOf(message);
  return { ...(html ? readHtml(html, mentions.numbered) : { text: '', mentions: [] }), addressed };
}

function htmlOf({ attachments }: Message): string | undefined {
  return ofKind(HtmlAttachment, 'contentType', 'text/html', attachments)[0]?.content;
}
