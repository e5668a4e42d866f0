import { type RawBuilder, sql } from 'kysely';
import type { Database, Reader, Tx } from './database.ts';
import { lockDestinations } from './destinations.ts';
import type { Schema } from './schema.ts';
import { lockStreams, refreshStreams } from './streams.ts';

/** One organisation on one platform. */
export type Tenant = { channel: string; tenant: string };

// So few that nobody waits long for the writer.
const ERASED_AT_ONCE = 500;
const AGGREGATES_AT_ONCE = 100;
// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;
const kinds = ['alignment', 'programme', 'person'] as const;

/** How keys of a tenant begin (`conversationKey`, `messageRef`, `destinationKey`). With its slash at the end T1 is never taken for T12. */
function keysOf({ channel, tenant }: Tenant): { conversations: string; destinations: readonly string[] } {
  const start = `${[channel, tenant].map(encodeURIComponent).join('/')}/`;
  return { conversations: start, destinations: [`conversation/${start}`, `person/${start}`] };
}

/** True for texts that begin with `prefix`, by the order of bytes: SQLite can walk an index for it, and PostgreSQL's own order would be another. */
export function beginsWith({ kind }: Pick<Database, 'kind'>, column: string, prefix: string): RawBuilder<boolean> {
  const end = `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
  const bytes = kind === 'postgres' ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
  return sql<boolean>`(${bytes} >= ${prefix} and ${bytes} < ${end})`;
}

/** Keys of one tenant's conversations and messages, in that column. */
export function isKeyOf(database: Pick<Database, 'kind'>, column: string, tenant: Tenant): RawBuilder<boolean> {
  return beginsWith(database, column, keysOf(tenant).conversations);
}

function isDestinationOf(database: Database, column: string, tenant: Tenant): RawBuilder<boolean> {
  const [conversation, person] = keysOf(tenant).destinations.map((prefix) => beginsWith(database, column, prefix));
  return sql<boolean>`(${conversation} or ${person})`;
}

/**
 * Nothing of this tenant is handled, sent or woken any more: what waits is done and its body erased, parked rows too. A handling that is just running
 * loses its lease, so its commit is refused.
 */
export async function stopTenant(database: Database, tx: Tx, tenant: Tenant): Promise<void> {
  const settled = { status: 'done' as const, body: null, reason: null, settled_at: database.clock.now() };
  await stopEvents(database, tx, tenant, settled);
  for (const kind of kinds) {
    await tx
      .deleteFrom('timers')
      .where('kind', '=', kind)
      .where('aggregate_id', 'in', (ids) => ids.selectFrom('aggregates').select('aggregates.id').where('tenant', '=', tenant.tenant).where('kind', '=', kind))
      .execute();
  }
  const destinations = await destinationsOf(database, tx, tenant);
  for (const some of inLists(destinations)) await lockDestinations(tx, some);
  const unsent = await tx
    .updateTable('outbox')
    .set({ ...settled, lease_until: 0 })
    .where(isDestinationOf(database, 'destination', tenant))
    .where('status', 'in', ['waiting', 'dead', 'kept'])
    .returning('seq')
    .execute();
  for (const some of inLists(unsent.map((row) => row.seq))) await tx.deleteFrom('quotes').where('seq', 'in', some).execute();
  // A send under way finds its row done and frees a destination that is not there any more.
  await tx
    .deleteFrom('destinations')
    .where(isDestinationOf(database, 'destination', tenant))
    .execute();
}

async function stopEvents(
  database: Database,
  tx: Tx,
  tenant: Tenant,
  settled: { status: 'done'; body: null; reason: null; settled_at: number },
): Promise<void> {
  const held = await tx
    .selectFrom('streams')
    .select('stream')
    .where(isKeyOf(database, 'stream', tenant))
    .execute();
  const waiting = await tx
    .selectFrom('inbox')
    .select('stream')
    .distinct()
    .where('channel', '=', tenant.channel)
    .where('tenant', '=', tenant.tenant)
    .where('status', '=', 'waiting')
    .execute();
  const streams = [...new Set([...held, ...waiting].map((row) => row.stream))].sort();
  for (const some of inLists(streams)) {
    await lockStreams(tx, some);
    await tx.updateTable('streams').set({ lease: null, lease_until: 0 }).where('stream', 'in', some).execute();
  }
  await tx
    .updateTable('inbox')
    .set(settled)
    .where('channel', '=', tenant.channel)
    .where('tenant', '=', tenant.tenant)
    .where('status', 'in', ['waiting', 'dead'])
    .execute();
  for (const some of inLists(streams)) await refreshStreams(tx, some);
}

async function destinationsOf(database: Database, db: Reader, tenant: Tenant): Promise<string[]> {
  const rows = await db
    .selectFrom('destinations')
    .select('destination')
    .where(isDestinationOf(database, 'destination', tenant))
    .execute();
  return rows.map((row) => row.destination).sort();
}

function inLists<Item>(items: readonly Item[]): Item[][] {
  const lists: Item[][] = [];
  for (let from = 0; from < items.length; from += LIST_LIMIT) lists.push(items.slice(from, from + LIST_LIMIT));
  return lists;
}

/** Erases everything of the tenants whose time is over. Whoever installs Plumb again meanwhile keeps what is left. */
export async function eraseRemovedTenants(database: Database, now: number): Promise<void> {
  const due = await database.read((db) => db.selectFrom('installations').select(['channel', 'tenant']).where('erase_at', '<=', now).execute());
  for (const tenant of due) await eraseTenant(database, tenant, now);
}

async function eraseTenant(database: Database, tenant: Tenant, now: number): Promise<void> {
  for (const step of steps(database, tenant)) {
    while (await database.write(async (tx) => ((await isDue(database, tx, tenant, now)) ? step(tx) : false)));
  }
  await database.write(async (tx) => {
    const { channel } = tenant;
    await tx.deleteFrom('installations').where('channel', '=', channel).where('tenant', '=', tenant.tenant).where('erase_at', '<=', now).execute();
  });
}

async function isDue(database: Database, tx: Tx, { channel, tenant }: Tenant, now: number): Promise<boolean> {
  const row = tx.selectFrom('installations').select('tenant').where('channel', '=', channel).where('tenant', '=', tenant).where('erase_at', '<=', now);
  return (await (database.kind === 'postgres' ? row.forUpdate() : row).executeTakeFirst()) !== undefined;
}

/** True while there is more to erase. */
type Step = (tx: Tx) => Promise<boolean>;

/** In this order, so that a stop in the middle leaves nothing by which something erased could still be found. */
function steps(database: Database, tenant: Tenant): Step[] {
  const keys = (column: string) => isKeyOf(database, column, tenant);
  const destinations = (column: string) => isDestinationOf(database, column, tenant);
  const rows = sql<boolean>`(channel = ${tenant.channel} and tenant = ${tenant.tenant})`;
  const own = sql<boolean>`tenant = ${tenant.tenant}`;
  return [
    async (tx) => {
      await stopTenant(database, tx, tenant);
      return false;
    },
    someOf('conversations', 'conversation', keys('conversation')),
    ...kinds.map(
      (kind): Step =>
        (tx) =>
          eraseAggregates(tx, kind, tenant),
    ),
    someOf('posts', 'destination', destinations('destination')),
    someOf('quotes', 'message_ref', keys('message_ref')),
    someOf('quotes', 'destination', destinations('destination')),
    // What somebody wrote into a form stands under a key of its own, in the conversation that the form belongs to.
    someOf('texts', 'text_id', keys('message_ref')),
    someOf('texts', 'text_id', keys('conversation')),
    someOf('outbox', 'seq', destinations('destination')),
    someOf('inbox', 'seq', rows),
    someOf('streams', 'stream', keys('stream')),
    someOf('conversation_references', 'id', rows, rows),
    someOf('lessons', 'id', own, own),
    someOf('usage', 'person_id', own, own),
    someOf('habits', 'person_id', own, own),
    someOf('strategy', 'tenant', own),
    someOf('settings', 'tenant', own),
  ];
}

/** A few rows at a time, found by `key`; `within` keeps to the tenant where the key alone does not. */
function someOf(table: keyof Schema, key: string, condition: RawBuilder<boolean>, within: RawBuilder<boolean> = sql`1 = 1`): Step {
  return async (tx) => {
    const found = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${condition} limit ${sql.lit(ERASED_AT_ONCE)}`;
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (${found}) and ${within}`.execute(tx);
    return (numAffectedRows ?? 0n) > 0n;
  };
}

async function eraseAggregates(tx: Tx, kind: (typeof kinds)[number], { tenant }: Tenant): Promise<boolean> {
  const rows = await tx.selectFrom('aggregates').select('id').where('tenant', '=', tenant).where('kind', '=', kind).limit(AGGREGATES_AT_ONCE).execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return false;
  for (const table of ['events', 'participants', 'timers'] as const) {
    await tx.deleteFrom(table).where('kind', '=', kind).where('aggregate_id', 'in', ids).execute();
  }
  await tx.deleteFrom('aggregates').where('kind', '=', kind).where('id', 'in', ids).execute();
  return true;
}
