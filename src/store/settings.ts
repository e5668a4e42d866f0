import { z } from 'zod';
import { defaultSettings, type TenantSettings } from '../app/ports.ts';
import type { Store } from '../app/store.ts';
import type { Database } from './database.ts';
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
  externalModel: z.object({ conversations: z.boolean(), hearing: z.boolean() }).exactOptional(),
});

/** What an admin chose. A setting that did not exist when it was saved has its default. */
export function createSettings(database: Database): Store['settings'] {
  return {
    load: (tenant) =>
      database.read(async (db) => {
        const row = await db.selectFrom('settings').select('body').where('tenant', '=', tenant).executeTakeFirst();
        // Damaged settings are an error and not the defaults: those would listen in places that were silenced.
        return row ? { ...defaultSettings, ...readStored(settingsSchema, row.body, `The settings of tenant ${tenant}`) } : defaultSettings;
      }),
    save: (tenant, settings) =>
      database.writeWork(async (tx) => {
        await tx
          .insertInto('settings')
          .values({ tenant, body: JSON.stringify(settings) })
          .onConflict((conflict) => conflict.column('tenant').doUpdateSet((row) => ({ body: row.ref('excluded.body') })))
          .execute();
      }),
  };
}
