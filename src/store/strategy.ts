import { z } from 'zod';
import type { Store } from '../app/store.ts';
import type { Competency, Objective, Strategy } from '../domain/strategy.ts';
import type { Database, Reader, Tx } from './database.ts';
import { readStored } from './stored-json.ts';

const competency: z.ZodType<Competency> = z.object({ kind: z.enum(['knowledge', 'skill', 'behaviour', 'process', 'tool']), text: z.string() });

const objective: z.ZodType<Objective> = z.object({
  id: z.string(),
  text: z.string(),
  timeFrame: z.string().exactOptional(),
  weight: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  competencies: z.array(competency),
});

const strategySchema: z.ZodType<Strategy> = z.object({
  objectives: z.array(objective),
  confirmedBy: z.string().exactOptional(),
  confirmedAt: z.number().exactOptional(),
});

/** What an organisation wants to reach, as somebody confirmed it. */
export function createStrategies(database: Database): Store['strategy'] {
  return {
    load: (tenant) => database.read((db) => load(db, tenant)),
    save: (tenant, strategy) => database.write((tx) => save(database, tx, tenant, strategy)),
  };
}

async function load(db: Reader, tenant: string): Promise<Strategy> {
  const row = await db.selectFrom('strategy').select('body').where('tenant', '=', tenant).executeTakeFirst();
  return row ? readStored(strategySchema, row.body, `The strategy of tenant ${tenant}`) : { objectives: [] };
}

async function save({ clock }: Database, tx: Tx, tenant: string, strategy: Strategy): Promise<void> {
  await tx
    .insertInto('strategy')
    .values({ tenant, body: JSON.stringify(strategy), updated_at: clock.now() })
    .onConflict((conflict) => conflict.column('tenant').doUpdateSet((row) => ({ body: row.ref('excluded.body'), updated_at: row.ref('excluded.updated_at') })))
    .execute();
}

/** The strategy is the organisation's and stays; that this person confirmed it goes. */
export async function forgetConfirmer(database: Database, tx: Tx, tenant: string, personId: string): Promise<void> {
  const { confirmedBy, ...strategy } = await load(tx, tenant);
  if (confirmedBy === personId) await save(database, tx, tenant, strategy);
}
