import type { ExpressionBuilder } from 'kysely';
import type { ReferenceOf, References } from '../app/store.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** How platforms reach people, teams and channels by themselves; what stands in a body is the platform's own business. */
export function createReferences(database: Database): References {
  return {
    async save({ channel, tenant, kind, id }, body, at) {
      await database.write(async (tx) => {
        await tx
          .insertInto('references')
          .values({ channel, tenant, kind, id, body, updated_at: at })
          .onConflict((conflict) => conflict.columns(['channel', 'tenant', 'kind', 'id']).doUpdateSet({ body, updated_at: at }))
          .execute();
      });
    },
    load: (of) =>
      database.read(async (db) => {
        const row = await db.selectFrom('references').select('body').where(keyed(of)).executeTakeFirst();
        return row?.body;
      }),
    list: ({ channel, tenant, kind }) =>
      database.read((db) =>
        db
          .selectFrom('references')
          .select(['id', 'body'])
          .where('channel', '=', channel)
          .where('tenant', '=', tenant)
          .where('kind', '=', kind)
          .orderBy('id')
          .execute(),
      ),
    async remove(of) {
      await database.write(async (tx) => {
        await tx.deleteFrom('references').where(keyed(of)).execute();
      });
    },
  };
}

function keyed({ channel, tenant, kind, id }: ReferenceOf) {
  return (select: ExpressionBuilder<Schema, 'references'>) => select.and({ channel, tenant, kind, id });
}
