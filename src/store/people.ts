import { sql } from 'kysely';
import type { AggregateKind, AggregateRef } from '../app/ports.ts';
import type { Store } from '../app/store.ts';
import type { Database, Reader, Tx } from './database.ts';
import { aggregateKindSchema } from './event-schema.ts';
import { keptOfPerson } from './kept-of-person.ts';
import { destinationKey } from './message-schema.ts';
import { forgetConfirmer } from './strategy.ts';
import { isKeyOf } from './tenants.ts';
import { eraseTexts } from './texts.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;

type PersonHere = Parameters<Store['people']['forget']>[0];

/** What is kept about one person by their own doing. */
export function createPeople(database: Database): Store['people'] {
  return {
    forget: (person) => database.write((tx) => forget(database, tx, person)),
    kept: (person) => database.read((db) => keptOfPerson(database, db, person)),
    named: (person) => named(database, person),
  };
}

async function forget(database: Database, tx: Tx, { channel, tenant, personId }: PersonHere): Promise<string[]> {
  const here = { channel, tenant };
  const erased = await tx
    .deleteFrom('texts')
    .where('author', '=', personId)
    // What somebody wrote into a form stands under a key of its own, in the conversation that the form belongs to.
    .where(sql<boolean>`(${isKeyOf(database, 'message_ref', here)} or ${isKeyOf(database, 'conversation', here)})`)
    .returning('message_ref')
    .execute();
  const refs = [...new Set(erased.map((row) => row.message_ref))];
  // Their quotes in parked messages, too.
  for (let from = 0; from < refs.length; from += LIST_LIMIT) await eraseTexts(tx, refs.slice(from, from + LIST_LIMIT));
  const parked = tx.updateTable('inbox').set({ status: 'done', body: null }).where('status', '=', 'dead');
  await parked.where('channel', '=', channel).where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  // What was kept for them, who never saw it.
  const to = destinationKey({ kind: 'person', channel, tenant, personId });
  await tx.updateTable('outbox').set({ status: 'done', body: null }).where('status', '=', 'kept').where('destination', '=', to).execute();
  await tx
    .deleteFrom('conversation_references')
    .where('channel', '=', channel)
    .where('tenant', '=', tenant)
    .where('kind', '=', 'person')
    .where('id', '=', personId)
    .execute();
  await tx.deleteFrom('lessons').where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  await tx.deleteFrom('usage').where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  await tx.deleteFrom('habits').where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  await forgetConfirmer(database, tx, tenant, personId);
  return refs.sort();
}

// Small enough that others get their turn between two of them.
const READ_AT_ONCE = 200;

/** A whole tenant is looked through, a little at a time: an event may name somebody whom no list of participants names any more. */
async function named(database: Database, { tenant, personId }: Parameters<Store['people']['named']>[0]): ReturnType<Store['people']['named']> {
  const written = `%${JSON.stringify(personId).replace(/[%_!]/g, '!$&')}%`;
  const found: AggregateRef[] = [];
  for (const name of aggregateKindSchema.options) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const ids: string[] = await database.read((db) => idsAfter(db, name, after ?? ''));
      const rows = await database.read((db) => naming(db, { kind: name, ids, tenant, written }));
      found.push(...rows.map((id) => ({ kind: name, id })));
      after = ids.length < READ_AT_ONCE ? undefined : ids.at(-1);
    }
  }
  return found;
}

async function idsAfter(db: Reader, kind: AggregateKind, after: string): Promise<string[]> {
  const rows = await db.selectFrom('aggregates').select('id').where('kind', '=', kind).where('id', '>', after).orderBy('id').limit(READ_AT_ONCE).execute();
  return rows.map(({ id }) => id);
}

type Naming = { kind: AggregateKind; ids: readonly string[]; tenant: string; written: string };

async function naming(db: Reader, { kind, ids, tenant, written }: Naming): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('aggregates')
    .select('id')
    .where('kind', '=', kind)
    .where('id', 'in', ids)
    .where('tenant', '=', tenant)
    .where(({ or, exists, selectFrom }) =>
      or([
        sql<boolean>`snapshot like ${written} escape '!'`,
        exists(
          selectFrom('events')
            .select('number')
            .where('events.kind', '=', kind)
            .whereRef('events.aggregate_id', '=', 'aggregates.id')
            .where(sql<boolean>`body like ${written} escape '!'`),
        ),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}
