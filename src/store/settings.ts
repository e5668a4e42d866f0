import { z } from 'zod';
import { defaultSettings, type TenantSettings } from '../app/ports.ts';
import type { Store } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { readStored } from './stored-json.ts';

const settingsSchema: z.ZodType<Partial<TenantSettings>> = z.looseObject({
  burstMs: z.number().exactOptional(),
  midAnswerMs: z.number().exactOptional(),
  suggestionsPerDay: z.number().exactOptional(),
  quietHours: z.object({ start: z.string(), end: z.string() }).exactOptional(),
  partners: z.array(z.object({ personId: z.string(), places: z.array(z.string()).exactOptional() })).exactOptional(),
  admins: z.array(z.string()).exactOptional(),
  silencedPlaces: z.array(z.string()).exactOptional(),
  absentFrom: z.array(z.string()).exactOptional(),
  nudgeTime: z.string().exactOptional(),
  vocabulary: z.object({ learning: z.array(z.string()), teams: z.array(z.string()), topics: z.array(z.string()) }).exactOptional(),
  causes: z.array(z.object({ symptom: z.string(), cause: z.string(), fact: z.string() })).exactOptional(),
  promptLimits: z.object({ usual: z.number(), contested: z.number() }).exactOptional(),
  retentionDays: z.number().exactOptional(),
  externalModel: z.object({ conversations: z.boolean(), hearing: z.boolean() }).exactOptional(),
});

/** What an admin chose. A setting that did not exist when it was saved has its default. */
export function createSettings(database: Database): Store['settings'] {
  return {
    load: (tenant) => database.read((db) => load(db, tenant)),
    save: (tenant, settings) => database.writeWork((tx) => save(tx, tenant, settings)),
    change: (tenant, change) =>
      database.writeWork(async (tx) => {
        await lock(database, tx, tenant);
        const current = await load(tx, tenant);
        const changed = change(current);
        if (changed !== current) await save(tx, tenant, changed);
      }),
  };
}

/** What holds for an organisation now. Throws StoreError `stored_value_unreadable`. */
export async function load(db: Reader, tenant: string): Promise<TenantSettings> {
  const row = await db.selectFrom('settings').select('body').where('tenant', '=', tenant).executeTakeFirst();
  // Damaged settings are an error and not the defaults: those would listen in places that were silenced.
  return row ? { ...defaultSettings, ...readStored(settingsSchema, row.body, `The settings of tenant ${tenant}`) } : defaultSettings;
}

async function save(tx: Tx, tenant: string, settings: TenantSettings): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ tenant, body: JSON.stringify(settings) })
    .onConflict((conflict) => conflict.column('tenant').doUpdateSet((row) => ({ body: row.ref('excluded.body') })))
    .execute();
}

/** SQLite has one writer at a time; PostgreSQL locks a row, so there has to be one. */
async function lock({ kind }: Database, tx: Tx, tenant: string): Promise<void> {
  if (kind === 'sqlite') return;
  await tx
    .insertInto('settings')
    .values({ tenant, body: '{}' })
    .onConflict((conflict) => conflict.column('tenant').doNothing())
    .execute();
  await tx.selectFrom('settings').select('tenant').where('tenant', '=', tenant).forUpdate().execute();
}
