import type { Store, TextRow } from '../app/store.ts';
import { conversationKey } from '../domain/conversation.ts';
import type { Database, Tx } from './database.ts';

/** The words of people: one row per text, so that erasing a message erases its words everywhere. */
export function createTexts(database: Database): Store['texts'] {
  return {
    load: (textIds) =>
      database.read(async (db) => {
        if (textIds.length === 0) return new Map();
        const rows = await db
          .selectFrom('texts')
          .selectAll()
          .where('text_id', 'in', [...new Set(textIds)])
          .execute();
        return new Map(rows.map((row) => [row.text_id, asTextRow(row)]));
      }),
    ofConversation: (conversation) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('texts')
          .selectAll()
          .where('conversation', '=', conversationKey(conversation))
          .orderBy('at')
          .orderBy('text_id')
          .execute();
        return rows.map(asTextRow);
      }),
  };
}

export function asTextRow(row: { text_id: string; message_ref: string; author: string; body: string; at: number }): TextRow {
  return { textId: row.text_id, messageRef: row.message_ref, author: row.author, body: row.body, at: row.at };
}

/** Keeps texts with the conversation that they were said in; a text that is there already gets the new words. */
export async function putTexts(tx: Tx, texts: readonly TextRow[], conversationOf: (messageRef: string) => string | null): Promise<void> {
  for (const text of texts) {
    await tx
      .insertInto('texts')
      .values({
        text_id: text.textId,
        message_ref: text.messageRef,
        // Words without an author were given anonymously: the chat that they came from would tell whose they are.
        conversation: text.author === '' ? null : conversationOf(text.messageRef),
        author: text.author,
        body: text.body,
        at: text.at,
      })
      .onConflict((conflict) => conflict.column('text_id').doUpdateSet((row) => ({ body: row.ref('excluded.body'), at: row.ref('excluded.at') })))
      .execute();
  }
}

/** Erases all words of these messages for good, also those in what is parked as a dead letter or kept for somebody. */
export async function eraseTexts(tx: Tx, messageRefs: readonly string[]): Promise<void> {
  if (messageRefs.length === 0) return;
  await tx.deleteFrom('texts').where('message_ref', 'in', messageRefs).execute();
  await tx.updateTable('inbox').set({ status: 'done', body: null }).where('status', '=', 'dead').where('message_ref', 'in', messageRefs).execute();
  await tx
    .updateTable('outbox')
    .set({ status: 'done', body: null })
    .where('status', 'in', ['dead', 'kept'])
    .where('seq', 'in', (quoting) => quoting.selectFrom('quotes').select('quotes.seq').where('quotes.message_ref', 'in', messageRefs))
    .execute();
}
