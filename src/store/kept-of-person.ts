import { sql } from 'kysely';
import type { KeptOfPerson, Store } from '../app/store.ts';
import type { Database, Reader } from './database.ts';
import { destinationKey } from './message-schema.ts';
import { confirmedBy } from './strategy.ts';
import { isKeyOf } from './tenants.ts';
import { asTextRow } from './texts.ts';

type PersonHere = Parameters<Store['people']['kept']>[0];

// Nobody writes so much; a file that holds more could not be read either.
const mostTexts = 20_000;
const mostOthers = 2_000;

/**
 * Everything that stands under a person's own id, but for the states of aggregates. A new table with a `person_id` or an `author` is read here, erased in
 * people.ts, and shown by app/my-data.ts.
 */
export async function keptOfPerson(database: Database, db: Reader, { channel, tenant, personId }: PersonHere): Promise<KeptOfPerson> {
  const here = { channel, tenant };
  const texts = await db
    .selectFrom('texts')
    .selectAll()
    .where('author', '=', personId)
    .where(sql<boolean>`(${isKeyOf(database, 'message_ref', here)} or ${isKeyOf(database, 'conversation', here)})`)
    .orderBy('at', 'desc')
    .limit(mostTexts)
    .execute();
  const habits = db.selectFrom('habits').select(['what', 'count', 'updated_at as at']).where('tenant', '=', tenant).where('person_id', '=', personId);
  const usage = db.selectFrom('usage').select(['day', 'what', 'count']).where('tenant', '=', tenant).where('person_id', '=', personId);
  const lessons = db.selectFrom('lessons').select(['verdict', 'features', 'at']).where('tenant', '=', tenant).where('person_id', '=', personId);
  const waiting = db
    .selectFrom('outbox')
    .select(sql<number>`count(*)`.as('rows'))
    .where('destination', '=', destinationKey({ kind: 'person', channel, tenant, personId }))
    .where('status', 'in', ['waiting', 'kept']);
  const confirmed = await confirmedBy(db, tenant);
  return {
    texts: texts.map((row) => ({ ...asTextRow(row), ...(row.conversation !== null && { conversation: row.conversation }) })),
    habits: await habits.orderBy('what').limit(mostOthers).execute(),
    usage: await usage.orderBy('day').orderBy('what').limit(mostOthers).execute(),
    lessons: await lessons.orderBy('at', 'desc').limit(mostOthers).execute(),
    waiting: (await waiting.executeTakeFirstOrThrow()).rows,
    ...(confirmed?.by === personId && { confirmedStrategyAt: confirmed.at }),
  };
}
