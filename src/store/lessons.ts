import { sql } from 'kysely';
import { z } from 'zod';
import type { Commit, Store } from '../app/store.ts';
import { lessonLimits, type TaughtLesson } from '../domain/lessons.ts';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';
import { parseStored } from './stored-json.ts';

const DAY_MS = 86_400_000;
const features = z.array(z.string());
const verdict = z.enum(['request', 'not-request']);

type Change = NonNullable<Commit['lessons']>[number];
type Taught = Extract<Change, { type: 'taught' }>;

/** What people taught. Nobody has more than their share of it, so that reading it costs the same however often somebody presses. */
export function createLessons(database: Database): Store['lessons'] {
  return {
    list: (tenant) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('lessons')
          .selectAll()
          .where('tenant', '=', tenant)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(lessonLimits.perTenant)
          .execute();
        return rows.flatMap((row) => asLesson(database, row));
      }),
  };
}

/** A damaged one teaches nothing: nobody's message should wait for it. */
function asLesson({ logger }: Database, row: Schema['lessons']): TaughtLesson[] {
  const { id, person_id: by, at, act, thread } = row;
  const [said, known] = [verdict.safeParse(row.verdict), parseStored(features, row.features)];
  if (said.success && known.ok) return [{ id, verdict: said.data, features: known.value, by, at, act, thread }];
  logger.warn({ row: id }, 'A stored lesson cannot be read and is left out. An admin can undo it, or remove its row.');
  return [];
}

/** Part of a commit. */
export async function changeLessons(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    switch (change.type) {
      case 'taught':
        await teach(tx, change);
        break;
      case 'undone': {
        const lesson = tx.deleteFrom('lessons').where('tenant', '=', change.tenant).where('id', '=', change.id);
        await (change.act === undefined ? lesson : lesson.where('act', '=', change.act)).execute();
        break;
      }
      case 'outdated':
        await tx.deleteFrom('lessons').where('tenant', '=', change.tenant).where('thread', '=', change.thread).where('verdict', '=', 'not-request').execute();
        break;
      default:
        change satisfies never;
    }
  }
}

async function teach(tx: Tx, { tenant, lesson }: Taught): Promise<void> {
  // Somebody's last word on a message takes the place of what they said of it before, and is no further one.
  await tx.deleteFrom('lessons').where('tenant', '=', tenant).where('id', '=', lesson.id).execute();
  const today = await tx
    .selectFrom('lessons')
    .select(sql<number>`count(*)`.as('lessons'))
    .where('tenant', '=', tenant)
    .where('person_id', '=', lesson.by)
    .where('at', '>=', lesson.at - (lesson.at % DAY_MS))
    .executeTakeFirstOrThrow();
  if (today.lessons >= lessonLimits.perDay) return;
  const { id, by, at, act, thread } = lesson;
  await tx
    .insertInto('lessons')
    .values({ tenant, id, verdict: lesson.verdict, features: JSON.stringify(lesson.features), person_id: by, at, act, thread })
    .execute();
  await forgetOldest(tx, tenant, by);
}

async function forgetOldest(tx: Tx, tenant: string, personId: string): Promise<void> {
  const own = await tx
    .selectFrom('lessons')
    .select('id')
    .where('tenant', '=', tenant)
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(lessonLimits.perPerson + lessonLimits.perDay)
    .execute();
  const old = own.slice(lessonLimits.perPerson).map((row) => row.id);
  if (old.length > 0) await tx.deleteFrom('lessons').where('tenant', '=', tenant).where('id', 'in', old).execute();
}
