import type { ExpressionBuilder } from 'kysely';
import type { ReferenceOf, References } from '../app/store.ts';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';

/** How platforms reach people, teams and channels by themselves; what stands in a body is the platform's own business. */
export function createReferences(database: Database): References {
  const save = database.share(
    (tx, references: readonly Reference[]) => saveAll(tx, references),
    () => false,
  );
  return {
    async save(of, body, at) {
      await save({ ...of, body, at });
    },
    load: (of) =>
      database.read(async (db) => {
        const row = await db.selectFrom('conversation_references').select('body').where(keyed(of)).executeTakeFirst();
        return row?.body;
      }),
    list: ({ channel, tenant, kind }) =>
      database.read((db) =>
        db
          .selectFrom('conversation_references')
          .select(['id', 'body'])
          .where('channel', '=', channel)
          .where('tenant', '=', tenant)
          .where('kind', '=', kind)
          .orderBy('id')
          .execute(),
      ),
    async remove(of) {
      await database.write(async (tx) => {
        await tx.deleteFrom('conversation_references').where(keyed(of)).execute();
      });
    },
  };
}

type Reference = ReferenceOf & { body: string; at: number };

async function saveAll(tx: Tx, references: readonly Reference[]): Promise<true[]> {
  // In one order everywhere, so that two processes never wait for each other in a circle.
  for (const { channel, tenant, kind, id, body, at } of references.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))) {
    await tx
      .insertInto('conversation_references')
      .values({ channel, tenant, kind, id, body, updated_at: at })
      .onConflict((conflict) => conflict.columns(['channel', 'tenant', 'kind', 'id']).doUpdateSet({ body, updated_at: at }))
      .execute();
  }
  return references.map(() => true);
}

function keyOf({ channel, tenant, kind, id }: ReferenceOf): string {
  return JSON.stringify([channel, tenant, kind, id]);
}

function keyed({ channel, tenant, kind, id }: ReferenceOf) {
  return (select: ExpressionBuilder<Schema, 'conversation_references'>) => select.and({ channel, tenant, kind, id });
}
