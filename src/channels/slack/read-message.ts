import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { wordsOfBlocks } from './block-words.ts';
import { isRecord } from './is-record.ts';
import { markedId } from './own-post.ts';
import { conversationOf, isDirect, type Place, placeOf } from './place.ts';
import { mentionsPerson, type NameOf, ownName, type ReadText, readText } from './read-text.ts';
import { momentOf, threadSchema, timestampSchema } from './timestamp.ts';
import type { Workspace } from './workspace.ts';

export type Reader = { workspace: Workspace; nameOf: NameOf };
type Raw = Record<string, unknown>;

const id = z.string().min(1).max(100);
/** What a message itself says; in changes it stands inside, without the place. */
const messageFields = { user: id, text: z.string().nullish(), ts: timestampSchema, thread_ts: threadSchema, blocks: z.unknown().optional() };
const editedField = optionally(z.object({ ts: timestampSchema }));
/** When the change was told; the change itself may say when it happened. */
const toldFields = { ts: optionally(timestampSchema), event_ts: optionally(timestampSchema) };
const placeFields = { channel: id, channel_type: optionally(z.string()) };
const postedSchema = z.object({ ...placeFields, ...messageFields });
const mentionSchema = z.object({ ...placeFields, ...messageFields, edited: editedField });
const changedSchema = z.object({
  ...placeFields,
  ...toldFields,
  message: z.object({ ...messageFields, edited: editedField }),
  previous_message: optionally(z.object({ text: optionally(z.string()) })),
});
const deletedSchema = z.object({
  ...placeFields,
  ...toldFields,
  deleted_ts: timestampSchema,
  previous_message: optionally(z.object({ user: optionally(z.string()), thread_ts: threadSchema })),
});

type Message = { user: string; text?: string | null | undefined; ts: string; thread_ts?: string | null | undefined; blocks?: unknown };
type At = { channel: string; channel_type?: string | null | undefined };

/** A `message` event of any subtype; undefined when it is nobody's words or says nothing new. Never throws. */
export function readMessage(event: Raw, reader: Reader): InboundEvent | undefined {
  switch (event['subtype']) {
    case 'message_changed':
      return readChanged(event, reader);
    case 'message_deleted':
      return readDeleted(event, reader);
    default: {
      if (!isByPerson(event, reader.workspace)) return undefined;
      const parsed = postedSchema.safeParse(event);
      return parsed.success ? posted(parsed.data, parsed.data, reader) : undefined;
    }
  }
}

/** An `app_mention` event: the same message as the `message` event beside it, with the same key, so that the two become one. Never throws. */
export function readMention(event: Raw, reader: Reader): InboundEvent | undefined {
  if (!isByPerson(event, reader.workspace)) return undefined;
  const parsed = mentionSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { edited } = parsed.data;
  // A mention that was added by an edit comes with the edited message.
  const read = edited ? changed(parsed.data, parsed.data, edited.ts, reader) : posted(parsed.data, parsed.data, reader);
  return read && 'addressed' in read ? { ...read, addressed: true } : read;
}

/** Subtypes of what people say; every other one is told by Slack itself or by an app (docs: message event). */
const spokenSubtypes: readonly unknown[] = [undefined, null, '', 'me_message', 'file_share', 'thread_broadcast'];

/** Whether a message is somebody's own words: neither Slack's, nor an app's, nor Plumb's. */
export function isByPerson(message: Readonly<Raw>, { botUserId }: Pick<Workspace, 'botUserId'>): boolean {
  if (message['bot_id'] || !spokenSubtypes.includes(message['subtype'])) return false;
  // Where a server tells of Plumb's posts as somebody else's, it would talk with itself.
  if (message['metadata'] && markedId(message['metadata']) !== undefined) return false;
  const author = message['user'];
  return author !== botUserId && author !== 'USLACKBOT';
}

/** A message by its time first: keys that grow with time are stored side by side, which makes many of them cheap. */
function keyOf(place: At, ts: string): string {
  return `${ts}:${place.channel}`;
}

function posted(place: At, message: Message, reader: Reader): InboundEvent | undefined {
  const said = textOf(message, reader);
  // A file alone says nothing that could be read.
  if (said.text.trim() === '') return undefined;
  return { type: 'MessagePosted', eventKey: keyOf(place, message.ts), at: momentOf(message.ts), ...common(place, message, reader), ...said };
}

/** A change that is no edit (an unfurled link, a reply more) leaves the text as it was. */
function readChanged(event: Raw, reader: Reader): InboundEvent | undefined {
  const inner = event['message'];
  if (!isRecord(inner)) return undefined;
  if (inner['subtype'] === 'tombstone') return readTombstone(event, reader);
  if (!isByPerson(inner, reader.workspace)) return undefined;
  const parsed = changedSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { message, previous_message: previous, ts, event_ts } = parsed.data;
  if (previous ? (previous.text ?? '') === (message.text ?? '') : !message.edited) return undefined;
  const editedTs = message.edited?.ts ?? ts ?? event_ts;
  return editedTs ? changed(parsed.data, message, editedTs, reader) : undefined;
}

function changed(place: At, message: Message, editedTs: string, reader: Reader): InboundEvent {
  const said = textOf(message, reader);
  const editedAt = momentOf(editedTs);
  // Only a file is left: the words are gone.
  if (said.text.trim() === '') return deleted(place, { messageId: message.ts, thread_ts: message.thread_ts, user: message.user, at: editedAt }, reader);
  const eventKey = `${keyOf(place, message.ts)}:edited:${editedTs}`;
  return { type: 'MessageEdited', eventKey, at: momentOf(message.ts), editedAt, ...common(place, message, reader), ...said };
}

function readDeleted(event: Raw, reader: Reader): InboundEvent | undefined {
  const previous = event['previous_message'];
  if (isRecord(previous) && !isByPerson(previous, reader.workspace)) return undefined;
  const parsed = deletedSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { deleted_ts: messageId, previous_message, ts, event_ts } = parsed.data;
  const at = momentOf(ts ?? event_ts ?? messageId);
  return deleted(parsed.data, { messageId, thread_ts: previous_message?.thread_ts, user: previous_message?.user, at }, reader);
}

const tombstoneSchema = z.object({
  ...placeFields,
  ...toldFields,
  message: z.object({ ts: timestampSchema, thread_ts: threadSchema }),
  previous_message: optionally(z.object({ user: optionally(z.string()) })),
});

/** Of a deleted message that has replies a stone is left, so that the thread stays. */
function readTombstone(event: Raw, reader: Reader): InboundEvent | undefined {
  const previous = event['previous_message'];
  if (isRecord(previous) && !isByPerson(previous, reader.workspace)) return undefined;
  const parsed = tombstoneSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { message, previous_message, ts, event_ts } = parsed.data;
  const at = momentOf(ts ?? event_ts ?? message.ts);
  return deleted(parsed.data, { messageId: message.ts, thread_ts: message.thread_ts, user: previous_message?.user, at }, reader);
}

type Gone = { messageId: string; thread_ts: string | null | undefined; user: string | null | undefined; at: number };

function deleted(place: At, { messageId, thread_ts, user, at }: Gone, reader: Reader): InboundEvent {
  const conversation = conversationOf(reader.workspace, standingIn(place, { ts: messageId, thread_ts }));
  return { type: 'MessageDeleted', eventKey: `${keyOf(place, messageId)}:deleted`, conversation, personId: user ?? '', at, messageId };
}

function common(place: At, message: Message, reader: Reader) {
  const direct = isChat(place);
  return {
    conversation: conversationOf(reader.workspace, standingIn(place, message)),
    personId: message.user,
    messageId: message.ts,
    addressed: direct || mentionsPerson(rawOf(message), reader.workspace.botUserId),
    topLevel: direct || !message.thread_ts || message.thread_ts === message.ts,
  };
}

/** Slack says what kind of place it is; ids that are made otherwise do not show it. */
function isChat({ channel, channel_type: kind }: At): boolean {
  return isDirect(channel) || kind === 'im';
}

function standingIn(place: At, message: { ts: string; thread_ts?: string | null | undefined }): Place {
  return isChat(place) ? { place: place.channel, thread: '' } : placeOf(place.channel, message);
}

function rawOf({ text, blocks }: Message): string {
  return text || wordsOfBlocks(blocks);
}

function textOf(message: Message, { workspace, nameOf }: Reader): ReadText {
  return readText(rawOf(message), (personId) => (personId === workspace.botUserId ? ownName : nameOf(personId)));
}
