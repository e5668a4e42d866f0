import type { Commit } from '../app/store.ts';
import { conversationKey } from '../domain/conversation.ts';
import type { Tx } from './database.ts';
import { leaseOf } from './streams.ts';

/**
 * From now on these conversations belong to their aggregates. What already waits under another stream moves along, unless somebody else has that stream
 * in hand. Returns the streams that changed; all of them are locked by the caller.
 */
export async function mapConversations(tx: Tx, { conversations, lease }: Pick<Commit, 'conversations' | 'lease'>): Promise<string[]> {
  const moved: string[] = [];
  for (const { conversation, stream, aggregate } of conversations) {
    const key = conversationKey(conversation);
    if (!aggregate) {
      await tx.deleteFrom('conversations').where('conversation', '=', key).execute();
      continue;
    }
    await tx
      .insertInto('conversations')
      .values({ conversation: key, stream, kind: aggregate.kind, aggregate_id: aggregate.id })
      .onConflict((conflict) =>
        conflict.column('conversation').doUpdateSet((row) => ({
          stream: row.ref('excluded.stream'),
          kind: row.ref('excluded.kind'),
          aggregate_id: row.ref('excluded.aggregate_id'),
        })),
      )
      .execute();
    if (stream !== key && (await isFreeFor(tx, key, lease?.stream))) {
      const rows = await tx.updateTable('inbox').set({ stream }).where('stream', '=', key).where('status', '=', 'waiting').returning('seq').execute();
      if (rows.length > 0) moved.push(key, stream);
    }
  }
  return moved;
}

async function isFreeFor(tx: Tx, stream: string, ownStream: string | undefined): Promise<boolean> {
  return stream === ownStream || (await leaseOf(tx, stream)) === null;
}
