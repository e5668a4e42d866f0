import { cardSchema } from '../../app/card-schema.ts';
import type { Logger } from '../../app/ports.ts';
import type { RoomMessageEvent, RoomPost, Store, TextRow } from '../../app/store.ts';
import { type ConversationRef, isOwnText } from '../../domain/conversation.ts';
import { readable } from '../../domain/former.ts';
import { findMentions } from './mentions.ts';
import { isMessageId, type RoomMessage } from './message.ts';
import { isRoomPlace, plumbId, roomPerson } from './people.ts';

/**
 * What the room still has after a restart: Plumb's posts, and the people's messages that Plumb keeps or has yet to handle. Everything else was only in
 * memory.
 */
export async function rebuild(store: Pick<Store, 'room'>, logger: Logger): Promise<RoomMessage[]> {
  // In this order, a message that is handled meanwhile is found twice rather than not at all.
  const unhandled = await store.room.unhandled();
  const kept = await store.room.kept();
  const saved = (await store.room.posts()).filter((post) => isRoomPlace(post.conversation.place));
  const posts = saved.flatMap((post) => postToMessage(post, logger));
  const said = kept.flatMap(({ text, conversation }) => textToMessage(text, conversation));
  const messages = new Map([...posts, ...said].map((message) => [message.id, message]));
  for (const event of unhandled) takeIn(messages, event);
  return [...messages.values(), ...emptyRoots(messages)];
}

function postToMessage(post: RoomPost, logger: Logger): RoomMessage[] {
  const card = cardSchema.safeParse(post.card);
  if (!card.success) {
    logger.error({ post: post.platformId, issues: card.error.issues.length }, 'A stored post of the room cannot be read and is left out; the rest is shown.');
    return [];
  }
  const { place, thread } = post.conversation;
  const topLevel = post.audience === 'channel' || (thread === '' && !place.startsWith('dm:'));
  return [
    {
      id: post.platformId,
      place,
      thread: topLevel ? post.platformId : thread,
      author: plumbId,
      at: post.at,
      ...(post.editedAt !== undefined && { editedAt: post.editedAt }),
      body: { kind: 'card', card: card.data },
    },
  ];
}

function textToMessage(row: TextRow, conversation: ConversationRef): RoomMessage[] {
  const [channel, , place, id = ''] = row.messageRef.split('/').map(decodeURIComponent);
  // Texts from forms and presses are kept under a reference of their own and were never messages of the room; nor was what a model said of one.
  if (!isOwnText(row) || channel !== 'room' || place !== conversation.place || !isMessageId(id)) return [];
  return messageIn(conversation, { id, author: row.author, at: row.at, text: readable(row.body, '…') });
}

function messageIn({ place, thread }: ConversationRef, { id, author, at, text }: { id: string; author: string; at: number; text: string }): RoomMessage[] {
  if (!isRoomPlace(place) || !roomPerson(author)) return [];
  return [{ id, place, thread, author, at, body: { kind: 'text', text, mentions: findMentions(text) } }];
}

/** What was said, changed or taken back, and shown, before Plumb came to handle it. */
function takeIn(messages: Map<string, RoomMessage>, event: RoomMessageEvent): void {
  switch (event.type) {
    case 'MessagePosted':
    case 'MessageEdited':
      for (const message of messageIn(event.conversation, { id: event.messageId, author: event.personId, at: event.at, text: event.text }))
        messages.set(message.id, event.type === 'MessageEdited' ? { ...message, editedAt: event.editedAt } : message);
      return;
    case 'MessageDeleted':
      messages.delete(event.messageId);
      return;
    default:
      event satisfies never;
  }
}

/** Threads whose first message was not kept still need a place in the channel. */
function emptyRoots(messages: ReadonlyMap<string, RoomMessage>): RoomMessage[] {
  const roots = new Map<string, RoomMessage>();
  for (const message of messages.values()) {
    if (message.thread === '' || messages.has(message.thread)) continue;
    const at = Math.min(message.at, roots.get(message.thread)?.at ?? message.at);
    roots.set(message.thread, { id: message.thread, place: message.place, thread: message.thread, author: '', at, body: { kind: 'gone', why: 'forgotten' } });
  }
  return [...roots.values()];
}
