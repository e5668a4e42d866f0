import type { InboundEvent } from '../app/ports.ts';
import type { RoomMessageEvent, RoomPost, RoomStore } from '../app/store.ts';
import type { ConversationRef } from '../domain/conversation.ts';
import type { Database } from './database.ts';
import { conversationSchema, eventSchema } from './event-schema.ts';
import { anyJson, parseStored } from './stored-json.ts';
import { asTextRow } from './texts.ts';

/** Plumb's own posts in the room, and what people said there. */
export function createRoom(database: Database): RoomStore {
  return {
    save: (outboxId, post) =>
      database.write(async (tx) => {
        await tx
          .insertInto('room_posts')
          .values({
            platform_id: post.platformId,
            outbox_id: outboxId,
            conversation: JSON.stringify(post.conversation),
            at: post.at,
            edited_at: post.editedAt ?? null,
            card: JSON.stringify(post.card),
            audience: post.audience,
          })
          .onConflict((conflict) => conflict.column('outbox_id').doNothing())
          .execute();
        const row = await tx.selectFrom('room_posts').select('platform_id').where('outbox_id', '=', outboxId).executeTakeFirstOrThrow();
        return { platformId: row.platform_id };
      }),
    replace: (_outboxId, platformId, { card, at }) =>
      database.write(async (tx) => {
        await tx
          .updateTable('room_posts')
          .set({ card: JSON.stringify(card), edited_at: at })
          .where('platform_id', '=', platformId)
          .execute();
      }),
    remove: (platformId) =>
      database.write(async (tx) => {
        await tx.deleteFrom('room_posts').where('platform_id', '=', platformId).execute();
      }),
    posts: () =>
      database.read(async (db) => {
        const rows = await db.selectFrom('room_posts').selectAll().orderBy('seq').execute();
        return rows.flatMap((row) => asPost(database, row));
      }),
    kept: () =>
      database.read(async (db) => {
        const rows = await db.selectFrom('texts').selectAll().where('conversation', 'like', 'room/%').orderBy('at').orderBy('text_id').execute();
        return rows.flatMap((row) => {
          const conversation = conversationOfKey(row.conversation);
          return conversation === undefined ? [] : [{ conversation, text: asTextRow(row) }];
        });
      }),
    unhandled: () =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('inbox')
          .select(['seq', 'body'])
          .where('channel', '=', 'room')
          .where('status', 'in', ['waiting', 'dead'])
          .where('type', 'in', [...messageTypes])
          .where('body', 'is not', null)
          .orderBy('seq')
          .execute();
        return rows.flatMap((row) => asMessageEvent(database, row));
      }),
  };
}

const messageTypes: readonly RoomMessageEvent['type'][] = ['MessagePosted', 'MessageEdited', 'MessageDeleted'];

/** An event that cannot be read is left out here; the worker parks it as a dead letter. */
function asMessageEvent(database: Database, row: { seq: number; body: string | null }): RoomMessageEvent[] {
  const event = parseStored(eventSchema, row.body);
  if (event.ok && isMessageEvent(event.value)) return [event.value];
  database.logger.error({ row: row.seq }, 'A stored message of the room cannot be read and is not shown.');
  return [];
}

function isMessageEvent(event: InboundEvent): event is RoomMessageEvent {
  return messageTypes.some((type) => type === event.type);
}

type Row = { platform_id: string; conversation: string; at: number; edited_at: number | null; card: string; audience: string };

/** A post that cannot be read is left out, so that the rest of the room still shows. */
function asPost(database: Database, row: Row): RoomPost[] {
  const conversation = parseStored(conversationSchema, row.conversation);
  const card = parseStored(anyJson, row.card);
  if (conversation.ok && card.ok) {
    const post = { platformId: row.platform_id, conversation: conversation.value, at: row.at, card: card.value, audience: row.audience };
    return [row.edited_at === null ? post : { ...post, editedAt: row.edited_at }];
  }
  database.logger.error({ post: row.platform_id }, 'A stored post of the room cannot be read and is not shown.');
  return [];
}

/** The conversation that a key of ours names. */
function conversationOfKey(key: string | null): ConversationRef | undefined {
  const [channel, tenant, place, thread] = (key ?? '').split('/').map(decodeURIComponent);
  return conversationSchema.safeParse({ channel, tenant, place, thread }).data;
}
