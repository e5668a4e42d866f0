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

// Whoever is left out is read again with the next message.
const mostTenants = 1_000;

/**
 * What an organisation wants to reach, as somebody confirmed it. As long as the stored text stays the same, so does the value that was read from it: it is
 * asked for with every message of a coached conversation, and what others worked out about its objectives holds on.
 */
export function createStrategies(database: Database): Store['strategy'] {
  const read = new Map<string, { body: string; strategy: Strategy }>();
  return {
    async load(tenant) {
      const body = await database.read((db) => bodyOf(db, tenant));
      const before = read.get(tenant);
      if (before && before.body === body) return before.strategy;
      const strategy = strategyIn(body, tenant);
      if (read.size >= mostTenants) read.clear();
      if (body === undefined) read.delete(tenant);
      else read.set(tenant, { body, strategy });
      return strategy;
    },
    save: (tenant, strategy) => database.write((tx) => save(database, tx, tenant, strategy)),
  };
}

async function bodyOf(db: Reader, tenant: string): Promise<string | undefined> {
  return (await db.selectFrom('strategy').select('body').where('tenant', '=', tenant).executeTakeFirst())?.body;
}

function strategyIn(body: string | undefined, tenant: string): Strategy {
  return body === undefined ? { objectives: [] } : readStored(strategySchema, body, `The strategy of tenant ${tenant}`);
}

async function save({ clock }: Database, tx: Tx, tenant: string, strategy: Strategy): Promise<void> {
  await tx
    .insertInto('strategy')
    .values({ tenant, body: JSON.stringify(strategy), updated_at: clock.now() })
    .onConflict((conflict) => conflict.column('tenant').doUpdateSet((row) => ({ body: row.ref('excluded.body'), updated_at: row.ref('excluded.updated_at') })))
    .execute();
}

/** Who confirmed the strategy on file, and when. */
export async function confirmedBy(db: Reader, tenant: string): Promise<{ by: string; at: number } | undefined> {
  const { confirmedBy: by, confirmedAt: at } = strategyIn(await bodyOf(db, tenant), tenant);
  return by === undefined || at === undefined ? undefined : { by, at };
}

/** The strategy is the organisation's and stays; that this person confirmed it goes. */
export async function forgetConfirmer(database: Database, tx: Tx, tenant: string, personId: string): Promise<void> {
  const { confirmedBy, ...strategy } = strategyIn(await bodyOf(tx, tenant), tenant);
  if (confirmedBy === personId) await save(database, tx, tenant, strategy);
}
