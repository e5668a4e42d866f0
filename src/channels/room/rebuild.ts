import type { Logger } from '../../app/ports.ts';
import type { RoomPost, Store, TextRow } from '../../app/store.ts';
import { type ConversationRef, conversationKey } from '../../domain/conversation.ts';
import { StoredCard } from './card-schema.ts';
import { findMentions } from './mentions.ts';
import { isMessageId, type RoomMessage } from './message.ts';
import { isRoomPlace, plumbId, roomPerson } from './people.ts';

/** What the room still has after a restart: Plumb's posts, and the people's messages that Plumb keeps. Everything else was only in memory. */
export async function rebuild(store: Pick<Store, 'room' | 'texts'>, logger: Logger): Promise<RoomMessage[]> {
  const saved = (await store.room.posts()).filter((post) => isRoomPlace(post.conversation.place));
  const posts = saved.flatMap((post) => postToMessage(post, logger));
  const conversations = new Map(saved.map((post) => [conversationKey(post.conversation), post.conversation]));
  const said: RoomMessage[] = [];
  for (const conversation of conversations.values()) {
    const rows = await store.texts.ofConversation(conversation);
    said.push(...rows.flatMap((row) => textToMessage(row, conversation)));
  }
  const messages = new Map([...posts, ...said].map((message) => [message.id, message]));
  return [...messages.values(), ...emptyRoots(messages)];
}

function postToMessage(post: RoomPost, logger: Logger): RoomMessage[] {
  const card = StoredCard.safeParse(post.card);
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
  // Texts from forms and presses are kept under a reference of their own and were never messages of the room.
  if (channel !== 'room' || place !== conversation.place || !isMessageId(id) || !roomPerson(row.author)) return [];
  return [{ id, place, thread: conversation.thread, author: row.author, at: row.at, body: { kind: 'text', text: row.body, mentions: findMentions(row.body) } }];
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
