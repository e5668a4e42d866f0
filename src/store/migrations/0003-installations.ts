import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';

/** What platforms gave at an installation, when a send began, and the way to what one person wrote. */
export function installations(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = db.schema.createTable('installations');
      // Found by its key alone: in SQLite the rows stand in the key's own tree.
      await (kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table)
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('secret', 'text')
        .addColumn('saved_at', 'bigint', (column) => column.notNull())
        .addColumn('lease', 'text')
        .addColumn('lease_until', 'bigint', (column) => column.notNull())
        .addColumn('erase_at', 'bigint')
        .addPrimaryKeyConstraint('installations_key', ['channel', 'tenant'])
        .execute();
      await db.schema.createIndex('installations_erase').on('installations').columns(['erase_at']).execute();
      await db.schema.alterTable('outbox').addColumn('sending_at', 'bigint').execute();
      await db.schema.createIndex('texts_author').on('texts').columns(['author']).execute();
    },
  };
}
