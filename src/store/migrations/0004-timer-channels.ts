import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Timers by platform: a process that serves one of several walks past none of the others'. */
export function timerChannels(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // Until now the room was the only platform.
      await db.schema
        .alterTable('timers')
        .addColumn('channel', 'text', (column) => column.notNull().defaultTo('room'))
        .execute();
      await db.schema.dropIndex('timers_due').execute();
      await db.schema.createIndex('timers_due').on('timers').columns(['channel', 'due_at']).execute();
    },
  };
}
