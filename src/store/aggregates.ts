import type { AggregateChange, Store } from '../app/store.ts';
import { conversationKey } from '../domain/conversation.ts';
import type { Database, Reader, Tx } from './database.ts';
import { VersionConflict } from './errors.ts';
import { aggregateKindSchema } from './event-schema.ts';
import { anyJson, readStored } from './stored-json.ts';

/** Events, snapshots and the lists made from them. */
export function createAggregates(database: Database): Store['aggregates'] {
  return {
    load: (ref) =>
      database.read(async (db) => {
        const row = await db.selectFrom('aggregates').select(['version', 'snapshot']).where('kind', '=', ref.kind).where('id', '=', ref.id).executeTakeFirst();
        return row && { ref, version: row.version, snapshot: readStored(anyJson, row.snapshot, `The state of ${ref.kind} ${ref.id}`) };
      }),
    of: (conversation) =>
      database.read(async (db) => {
        const row = await db
          .selectFrom('conversations')
          .select(['kind', 'aggregate_id'])
          .where('conversation', '=', conversationKey(conversation))
          .executeTakeFirst();
        return row && { kind: aggregateKindSchema.parse(row.kind), id: row.aggregate_id };
      }),
    events: (ref) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('events')
          .select(['number', 'body'])
          .where('kind', '=', ref.kind)
          .where('aggregate_id', '=', ref.id)
          .orderBy('number')
          .execute();
        return rows.map((row) => readStored(anyJson, row.body, `Event ${row.number} of ${ref.kind} ${ref.id}`));
      }),
    list: (query) => database.read((db) => list(db, query)),
  };
}

async function list(db: Reader, query: Parameters<Store['aggregates']['list']>[0]): ReturnType<Store['aggregates']['list']> {
  const { tenant, kind, person, statuses, limit } = query;
  if (statuses?.length === 0) return [];
  const columns = ['aggregates.id', 'aggregates.status', 'aggregates.updated_at', 'aggregates.place'] as const;
  const everybody = db.selectFrom('aggregates').where('aggregates.tenant', '=', tenant).where('aggregates.kind', '=', kind);
  const rows =
    person === undefined
      ? await everybody
          .select(columns)
          .$if(statuses !== undefined, (all) => all.where('aggregates.status', 'in', statuses ?? []))
          .orderBy('aggregates.updated_at', 'desc')
          .limit(limit)
          .execute()
      : await db
          .selectFrom('participants')
          .innerJoin('aggregates', (join) => join.onRef('aggregates.kind', '=', 'participants.kind').onRef('aggregates.id', '=', 'participants.aggregate_id'))
          .where('participants.tenant', '=', tenant)
          .where('participants.kind', '=', kind)
          .where('participants.person_id', '=', person)
          .select(columns)
          .$if(statuses !== undefined, (all) => all.where('aggregates.status', 'in', statuses ?? []))
          .orderBy('participants.updated_at', 'desc')
          .limit(limit)
          .execute();
  return rows.map((row) => ({
    ref: { kind, id: row.id },
    status: row.status,
    updatedAt: row.updated_at,
    ...(row.place === null ? {} : { place: row.place }),
  }));
}

/** Appends the events and replaces the snapshot. Throws VersionConflict when the stored version is another than expected. */
export async function changeAggregate(tx: Tx, change: AggregateChange): Promise<void> {
  const { ref, tenant, expectedVersion, events, snapshot, summary } = change;
  // A change without events still counts, so that somebody who read the old snapshot is refused.
  const version = expectedVersion + Math.max(events.length, 1);
  const state = { tenant, version, snapshot: JSON.stringify(snapshot), status: summary.status, place: summary.place ?? null, updated_at: summary.updatedAt };
  const changed =
    expectedVersion === 0
      ? await tx
          .insertInto('aggregates')
          .values({ kind: ref.kind, id: ref.id, ...state })
          .onConflict((conflict) => conflict.columns(['kind', 'id']).doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('aggregates')
          .set(state)
          .where('kind', '=', ref.kind)
          .where('id', '=', ref.id)
          .where('version', '=', expectedVersion)
          .returning('version')
          .executeTakeFirst();
  if (!changed) throw new VersionConflict();
  if (events.length > 0) {
    const rows = events.map((event, index) => ({
      kind: ref.kind,
      aggregate_id: ref.id,
      number: expectedVersion + index + 1,
      type: event.type,
      at: event.at,
      body: JSON.stringify(event),
    }));
    await tx.insertInto('events').values(rows).execute();
  }
  await replaceParticipants(tx, change);
}

async function replaceParticipants(tx: Tx, { ref, tenant, summary }: AggregateChange): Promise<void> {
  const people = [...new Set(summary.people)];
  await tx
    .deleteFrom('participants')
    .where('kind', '=', ref.kind)
    .where('aggregate_id', '=', ref.id)
    .$if(people.length > 0, (others) => others.where('person_id', 'not in', people))
    .execute();
  if (people.length === 0) return;
  await tx
    .insertInto('participants')
    .values(people.map((person) => ({ kind: ref.kind, aggregate_id: ref.id, person_id: person, tenant, updated_at: summary.updatedAt })))
    .onConflict((conflict) => conflict.columns(['kind', 'aggregate_id', 'person_id']).doUpdateSet((row) => ({ updated_at: row.ref('excluded.updated_at') })))
    .execute();
}
