import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describeDriverError, StoreError } from './errors.ts';
import { migrationsFor } from './migrations/migrations.ts';
import type { DatabaseKind, Schema } from './schema.ts';

/** Brings the tables to what this code expects. Throws StoreError `store_newer` when a newer Plumb has been here, `store_migration_failed` otherwise. */
export async function migrate(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const migrations = migrationsFor(kind);
  const unknown = (await executedMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new StoreError(
      'store_newer',
      `The database was written by a newer version of Plumb (it has ${unknown.join(', ')}, which this version does not know). Start that version or a later one, or use another database.`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the migrations';
  throw new StoreError(
    'store_migration_failed',
    `The database could not be brought up to date (${failed}: ${describeDriverError(error)}). Nothing of that step was kept. Check that there is room on the disk and that the database user may create tables, then start again.`,
    { cause: error },
  );
}

async function executedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}
