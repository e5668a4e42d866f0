import { randomUUID } from 'node:crypto';
import type { Installations, Store } from '../app/store.ts';
import type { Cipher } from './cipher.ts';
import type { Database, Tx } from './database.ts';
import { StoreError } from './errors.ts';
import { stopTenant } from './tenants.ts';

// The platform's clock and ours, and whole seconds in its events. Nobody installs Plumb again within less.
const CLOCKS_DIFFER_MS = 3_000;

/** What platforms gave at an installation, encrypted; one row for each tenant of a channel. */
export function createInstallations(database: Database, cipher: Cipher): Store['installations'] {
  // Leases are this store's: another process, or another store on the same database, cannot end them.
  const holder = randomUUID();
  return {
    async save({ channel, tenant, secret, at }) {
      const sealed = cipher.encrypt(secret, { channel, tenant });
      await database.write(async (tx) => {
        await tx
          .insertInto('installations')
          .values({ channel, tenant, secret: sealed, saved_at: at, lease: null, lease_until: 0, erase_at: null })
          .onConflict((conflict) => conflict.columns(['channel', 'tenant']).doUpdateSet({ secret: sealed, saved_at: at, erase_at: null }))
          .execute();
      });
    },
    renew: (renewal) => database.write((tx) => renew(database, tx, cipher, renewal)),
    load: (channel, tenant) =>
      database.read(async (db) => {
        const row = await db.selectFrom('installations').select('secret').where('channel', '=', channel).where('tenant', '=', tenant).executeTakeFirst();
        return row?.secret == null ? undefined : cipher.decrypt(row.secret, { channel, tenant });
      }),
    lease: (channel, tenant, { now, until }) =>
      database.write(async (tx) => {
        const taken = await tx
          .updateTable('installations')
          .set({ lease: holder, lease_until: until })
          .where('channel', '=', channel)
          .where('tenant', '=', tenant)
          .where('secret', 'is not', null)
          .where('lease_until', '<=', now)
          .returning('lease')
          .executeTakeFirst();
        return taken !== undefined;
      }),
    endLease: (channel, tenant) =>
      database.write(async (tx) => {
        await tx
          .updateTable('installations')
          .set({ lease: null, lease_until: 0 })
          .where('channel', '=', channel)
          .where('tenant', '=', tenant)
          .where('lease', '=', holder)
          .execute();
      }),
    callOffErasure: (channel, tenant) =>
      database.write(async (tx) => {
        await tx.updateTable('installations').set({ erase_at: null }).where('channel', '=', channel).where('tenant', '=', tenant).execute();
      }),
    remove: (channel, tenant, eraseAt, happenedAt) => database.writeWork((tx) => remove(database, tx, { channel, tenant, eraseAt, happenedAt })),
  };
}

async function renew(database: Database, tx: Tx, cipher: Cipher, { channel, tenant, from, to }: Parameters<Installations['renew']>[0]): Promise<boolean> {
  const here = tx.selectFrom('installations').select('secret').where('channel', '=', channel).where('tenant', '=', tenant);
  // Nobody changes it in between: what is renewed here cannot be had a second time.
  const row = await (database.kind === 'postgres' ? here.forUpdate() : here).executeTakeFirst();
  if (row?.secret == null || cipher.decrypt(row.secret, { channel, tenant }) !== from) return false;
  const renewed = await tx
    .updateTable('installations')
    .set({ secret: cipher.encrypt(to, { channel, tenant }) })
    .where('channel', '=', channel)
    .where('tenant', '=', tenant)
    .where('secret', '=', row.secret)
    .returning('tenant')
    .executeTakeFirst();
  return renewed !== undefined;
}

type Removal = { channel: Parameters<Installations['remove']>[0]; tenant: string; eraseAt: number; happenedAt: number | undefined };

async function remove(database: Database, tx: Tx, { channel, tenant, eraseAt, happenedAt }: Removal): Promise<boolean> {
  if (happenedAt !== undefined && (await isInstalledSince(tx, { channel, tenant }, happenedAt))) return false;
  const gone = { secret: null, lease: null, lease_until: 0 };
  await tx
    .insertInto('installations')
    .values({ channel, tenant, ...gone, saved_at: database.clock.now(), erase_at: eraseAt })
    // Platforms tell of one removal in several events: the first one counts.
    .onConflict((conflict) =>
      conflict.columns(['channel', 'tenant']).doUpdateSet((old) => ({ ...gone, erase_at: old.fn.coalesce('installations.erase_at', old.val(eraseAt)) })),
    )
    .execute();
  await stopTenant(database, tx, { channel, tenant });
  return true;
}

/** A platform that could not be reached tells late of a removal, perhaps when somebody has installed Plumb again. */
async function isInstalledSince(tx: Tx, { channel, tenant }: Pick<Removal, 'channel' | 'tenant'>, happenedAt: number): Promise<boolean> {
  const installed = await tx
    .selectFrom('installations')
    .select('saved_at')
    .where('channel', '=', channel)
    .where('tenant', '=', tenant)
    .where('secret', 'is not', null)
    .where('saved_at', '>', happenedAt + CLOCKS_DIFFER_MS)
    .executeTakeFirst();
  return installed !== undefined;
}

/**
 * Encrypts with the first key what an earlier one encrypted, so that the earlier one can be taken away at the next start. What no key can read stays as
 * it is: the right key may still come.
 */
export async function renewEncryption(database: Database, cipher: Cipher): Promise<void> {
  const rows = await database.read((db) => db.selectFrom('installations').select(['channel', 'tenant', 'secret']).where('secret', 'is not', null).execute());
  for (const { channel, tenant, secret } of rows) {
    if (secret === null || cipher.isCurrent(secret)) continue;
    try {
      const renewed = cipher.encrypt(cipher.decrypt(secret, { channel, tenant }), { channel, tenant });
      await database.write(async (tx) => {
        const row = tx.updateTable('installations').set({ secret: renewed }).where('channel', '=', channel).where('tenant', '=', tenant);
        await row.where('secret', '=', secret).execute();
      });
    } catch (error) {
      if (!(error instanceof StoreError) || (error.code !== 'secret_unreadable' && error.code !== 'secret_key_missing')) throw error;
      database.logger.error({ error }, 'The tokens of an installation cannot be read; Plumb does not work there.');
    }
  }
}
