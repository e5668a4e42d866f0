import type { OutboundMessage } from '../app/ports.ts';
import type { Posts } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { audienceSchema, destinationKey, destinationSchema } from './message-schema.ts';
import { readStored } from './stored-json.ts';

/** What stands in conversations under a name, and whose words it repeats. */
export function createPosts(database: Database): Posts {
  return {
    platformId: (post) =>
      database.read(async (db) => {
        const row = await db.selectFrom('posts').select('platform_id').where('post', '=', post).orderBy('at', 'desc').limit(1).executeTakeFirst();
        return row?.platform_id;
      }),
    platformIdAt: (to, post) => database.read((db) => platformIdAt(db, destinationKey(to), post)),
    named: (to, prefix) =>
      database.read(async (db) => {
        const destination = destinationKey(to);
        const standing = await db.selectFrom('posts').select('post').where('destination', '=', destination).execute();
        const coming = await db.selectFrom('outbox').select('post').where('destination', '=', destination).where('status', 'in', ['waiting', 'kept']).execute();
        const names = [...standing, ...coming].flatMap(({ post }) => (post?.startsWith(prefix) ? [post] : []));
        return [...new Set(names)];
      }),
    quoting: (messageRef) =>
      database.read(async (db) => {
        const rows = await db.selectFrom('quotes').select(['post', 'recipient', 'audience']).distinct().where('message_ref', '=', messageRef).execute();
        return rows.map((row) => ({
          post: row.post,
          message: { to: readStored(destinationSchema, row.recipient, `The destination of post ${row.post}`), audience: audienceSchema.parse(row.audience) },
        }));
      }),
  };
}

export async function platformIdAt(db: Reader, destination: string, post: string): Promise<string | undefined> {
  const row = await db.selectFrom('posts').select('platform_id').where('destination', '=', destination).where('post', '=', post).executeTakeFirst();
  return row?.platform_id;
}

/** From now on, and not only once it is delivered: words that are deleted while their quote is on its way have to be taken back too. */
export async function rememberQuotes(tx: Tx, message: OutboundMessage, seq: number): Promise<void> {
  const post = message.post ?? message.replaces;
  const refs = [...new Set(message.quotes ?? [])];
  if (post === undefined || refs.length === 0) return;
  const row = { seq, destination: destinationKey(message.to), post, recipient: JSON.stringify(message.to), audience: message.audience };
  await tx
    .insertInto('quotes')
    .values(refs.map((ref) => ({ message_ref: ref, ...row })))
    .execute();
}

export async function forgetQuotes(tx: Tx, seqs: readonly number[]): Promise<void> {
  if (seqs.length > 0) await tx.deleteFrom('quotes').where('seq', 'in', seqs).execute();
}

type Delivered = { seq: number; destination: string; post: string | null; replaces: string | null; platformId: string; at: number; isRemoval: boolean };

/** A delivered message is what its post shows now: what the post quoted before no longer stands there. */
export async function rememberPost(tx: Tx, { seq, destination, post, replaces, platformId, at, isRemoval }: Delivered): Promise<void> {
  const names = [post, replaces].filter((name) => name !== null);
  if (names.length === 0) return;
  await tx.deleteFrom('quotes').where('destination', '=', destination).where('post', 'in', names).where('seq', '<', seq).execute();
  if (isRemoval) {
    await tx.deleteFrom('posts').where('destination', '=', destination).where('post', 'in', names).execute();
    return;
  }
  await tx
    .insertInto('posts')
    .values([...new Set(names)].map((name) => ({ destination, post: name, platform_id: platformId, at })))
    .onConflict((conflict) =>
      conflict.columns(['destination', 'post']).doUpdateSet((row) => ({ platform_id: row.ref('excluded.platform_id'), at: row.ref('excluded.at') })),
    )
    .execute();
}
