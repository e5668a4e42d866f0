import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';

/** What people taught with their presses: features of messages, never their words. */
export function lessons(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = db.schema.createTable('lessons');
      // Found by its key alone: in SQLite the rows stand in the key's own tree.
      await (kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table)
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('verdict', 'text', (column) => column.notNull())
        .addColumn('features', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('act', 'text', (column) => column.notNull())
        .addColumn('thread', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('lessons_key', ['tenant', 'id'])
        .execute();
      await db.schema.createIndex('lessons_newest').on('lessons').columns(['tenant', 'at', 'id']).execute();
      await db.schema.createIndex('lessons_person').on('lessons').columns(['tenant', 'person_id', 'at', 'id']).execute();
      await db.schema.createIndex('lessons_thread').on('lessons').columns(['tenant', 'thread']).execute();
    },
  };
}
