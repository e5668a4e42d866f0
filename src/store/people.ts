import { sql } from 'kysely';
import type { Store } from '../app/store.ts';
import type { Database, Tx } from './database.ts';
import { destinationKey } from './message-schema.ts';
import { forgetConfirmer } from './strategy.ts';
import { isKeyOf } from './tenants.ts';
import { eraseTexts } from './texts.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;

type PersonHere = Parameters<Store['people']['forget']>[0];

/** What is kept about one person by their own doing. */
export function createPeople(database: Database): Store['people'] {
  return { forget: (person) => database.write((tx) => forget(database, tx, person)) };
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
