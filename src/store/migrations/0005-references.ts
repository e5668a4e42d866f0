import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';

/** How to reach people, teams and channels on platforms that want to be told (Teams' conversation references). */
export function references(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = db.schema.createTable('conversation_references');
      // Found by its key alone: in SQLite the rows stand in the key's own tree.
      await (kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table)
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversation_references_key', ['channel', 'tenant', 'kind', 'id'])
        .execute();
    },
  };
}
