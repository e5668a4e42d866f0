import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';

/** The strategy on file of each tenant, and how often somebody did what the coach learns from, such as putting the same kind of prompt away. */
export function coaching(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // Found by their keys alone: in SQLite the rows stand in the key's own tree.
      const table = <Name extends string>(name: Name) => {
        const created = db.schema.createTable(name);
        return kind === 'sqlite' ? created.modifyEnd(sql`without rowid`) : created;
      };
      await table('strategy')
        .addColumn('tenant', 'text', (column) => column.primaryKey().notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      await table('habits')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('count', 'integer', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('habits_key', ['tenant', 'person_id', 'what'])
        .execute();
    },
  };
}
