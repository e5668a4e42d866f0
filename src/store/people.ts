import { sql } from 'kysely';
import { z } from 'zod';
import type { AggregateKind, AggregateRef } from '../app/ports.ts';
import type { Commit, Store } from '../app/store.ts';
import { personRef, renamed, unnamed } from '../domain/former.ts';
import type { Database, Reader, Tx } from './database.ts';
import { lockDestinations, refreshDestinations } from './destinations.ts';
import { aggregateKindSchema } from './event-schema.ts';
import { keptOfPerson } from './kept-of-person.ts';
import { destinationKey } from './message-schema.ts';
import { anyJson, readStored } from './stored-json.ts';
import { forgetConfirmer } from './strategy.ts';
import { isKeyOf } from './tenants.ts';
import { eraseTexts, putTexts } from './texts.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;
// Small enough that others get their turn between two of them.
const READ_AT_ONCE = 200;

type Forgotten = NonNullable<Commit['forgotten']>;

/** What is kept about one person. */
export function createPeople(database: Database): Store['people'] {
  return {
    kept: (person) => database.read((db) => keptOfPerson(database, db, person)),
    named: (person) => named(database, person),
  };
}

/**
 * Part of a commit, after everything else that it changes. A new table with a `person_id` or an `author` is emptied of them here, and read in
 * kept-of-person.ts; a new state is found by itself.
 */
export async function forgetPerson(database: Database, tx: Tx, forgotten: Forgotten): Promise<void> {
  const { channel, tenant, personId } = forgotten;
  await eraseWords(database, tx, forgotten);
  await putTexts(tx, forgotten.texts, () => null);
  const parked = tx.updateTable('inbox').set({ status: 'done', body: null }).where('status', '=', 'dead');
  await parked.where('channel', '=', channel).where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  await forgetChat(tx, forgotten);
  const reference = tx.deleteFrom('conversation_references').where('channel', '=', channel).where('tenant', '=', tenant);
  await reference.where('kind', '=', 'person').where('id', '=', personId).execute();
  for (const table of ['lessons', 'usage', 'habits'] as const)
    await tx.deleteFrom(table).where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  await forgetConfirmer(database, tx, tenant, personId);
  await removeOwn(tx, forgotten);
  for (const ref of await statesNaming(tx, forgotten)) await rename(database, tx, ref, forgotten);
}

async function eraseWords(database: Database, tx: Tx, { channel, tenant, personId }: Forgotten): Promise<void> {
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
}

/** What they never saw is not sent any more, and what others are still to get does not name them. */
async function forgetChat(tx: Tx, person: Forgotten): Promise<void> {
  const destination = destinationKey({ kind: 'person', channel: person.channel, tenant: person.tenant, personId: person.personId });
  await lockDestinations(tx, [destination]);
  const waiting = tx.updateTable('outbox').set({ status: 'done', body: null, lease_until: 0 }).where('destination', '=', destination);
  await waiting.where('status', 'in', ['waiting', 'kept', 'dead']).execute();
  await refreshDestinations(tx, [destination]);
  const naming = tx.selectFrom('quotes').select('seq').where('message_ref', '=', personRef(person));
  const rows = await tx.selectFrom('outbox').select(['seq', 'body']).where('seq', 'in', naming).where('body', 'is not', null).execute();
  for (const { seq, body } of rows) {
    const message = readStored(z.looseObject({ card: anyJson }), body ?? '', `The message ${seq}`);
    const card = unnamed(message.card, person.personId, person.name, person.called);
    await tx
      .updateTable('outbox')
      .set({ body: JSON.stringify({ ...message, card }) })
      .where('seq', '=', seq)
      .execute();
  }
  await tx.deleteFrom('quotes').where('message_ref', '=', personRef(person)).execute();
}

/** Their weekly questions: an aggregate of their own. */
async function removeOwn(tx: Tx, { channel, tenant, personId }: Forgotten): Promise<void> {
  const id = [channel, tenant, personId].map(encodeURIComponent).join('/');
  for (const table of ['events', 'participants', 'timers'] as const)
    await tx.deleteFrom(table).where('kind', '=', 'person').where('aggregate_id', '=', id).execute();
  await tx.deleteFrom('aggregates').where('kind', '=', 'person').where('id', '=', id).execute();
}

async function statesNaming(tx: Tx, { tenant, personId, refs }: Forgotten): Promise<AggregateRef[]> {
  const rows = await tx.selectFrom('participants').select(['kind', 'aggregate_id']).where('tenant', '=', tenant).where('person_id', '=', personId).execute();
  const found = [...refs, ...rows.map((row) => ({ kind: aggregateKindSchema.parse(row.kind), id: row.aggregate_id }))];
  const byKey = new Map(found.map((ref) => [`${ref.kind}/${ref.id}`, ref]));
  // In one order everywhere, so that two commits never wait for each other in a circle.
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, ref]) => ref);
}

/** The version goes on, so that whoever works on the old state is refused. */
async function rename(database: Database, tx: Tx, { kind, id }: AggregateRef, { channel, personId, as }: Forgotten): Promise<void> {
  const stored = tx.selectFrom('aggregates').select(['snapshot', 'version']).where('kind', '=', kind).where('id', '=', id);
  const row = await (database.kind === 'postgres' ? stored.forUpdate() : stored).executeTakeFirst();
  if (!row) return;
  const state = readStored(anyJson, row.snapshot, `The state of ${kind} ${id}`);
  // The list knows the tenant but not the platform; two platforms could name theirs, and their people, alike.
  if (isElsewhere(kind, id, state, channel)) return;
  const other = (body: string, what: string) => JSON.stringify(renamed(readStored(anyJson, body, what), personId, as));
  const snapshot = JSON.stringify(renamed(state, personId, as));
  await tx
    .updateTable('aggregates')
    .set({ snapshot, version: row.version + 1 })
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute();
  const events = await tx.selectFrom('events').select(['number', 'body']).where('kind', '=', kind).where('aggregate_id', '=', id).execute();
  for (const { number, body } of events) {
    const changed = other(body, `Event ${number} of ${kind} ${id}`);
    if (changed === body) continue;
    await tx.updateTable('events').set({ body: changed }).where('kind', '=', kind).where('aggregate_id', '=', id).where('number', '=', number).execute();
  }
  await tx.deleteFrom('participants').where('kind', '=', kind).where('aggregate_id', '=', id).where('person_id', '=', personId).execute();
}

const placed = z.looseObject({ conversation: z.looseObject({ channel: z.string() }) });
const following = z.looseObject({ content: placed });

function isElsewhere(kind: AggregateKind, id: string, state: unknown, channel: string): boolean {
  if (kind === 'person') return !id.startsWith(`${encodeURIComponent(channel)}/`);
  const at = kind === 'alignment' ? placed.safeParse(state).data : following.safeParse(state).data?.content;
  return at !== undefined && at.conversation.channel !== channel;
}

/** A whole tenant is looked through, a little at a time: an event may name somebody whom no list of participants names any more. */
async function named(database: Database, { tenant, personId }: Parameters<Store['people']['named']>[0]): ReturnType<Store['people']['named']> {
  const written = `%${JSON.stringify(personId).replace(/[%_!]/g, '!$&')}%`;
  const found: AggregateRef[] = [];
  for (const kind of aggregateKindSchema.options) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const ids: string[] = await database.read((db) => idsAfter(db, kind, after ?? ''));
      const rows = await database.read((db) => naming(db, { kind, ids, tenant, written }));
      found.push(...rows.map((id) => ({ kind, id })));
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
