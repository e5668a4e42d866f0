import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Running } from '../../e2e/start-plumb.ts';
import type { Organisation } from './many-slacks.ts';

/** Looks into the database of a Plumb that runs. */
export function rowsOf<Row>(plumb: Pick<Running, 'dataDir'>, query: string): Row[] {
  const database = new DatabaseSync(join(plumb.dataDir, 'plumb.sqlite'), { readOnly: true });
  try {
    return database.prepare(query).all() as Row[];
  } finally {
    database.close();
  }
}

type Kept = Pick<Running, 'dataDir'>;
type Id = { id: string };
export const alignmentsOf = (plumb: Kept, one: Organisation) =>
  rowsOf<Id>(plumb, `select id from aggregates where kind = 'alignment' and tenant = '${one.tenant}'`).map(({ id }) => id);
export const textsOf = (plumb: Kept, one: Organisation) =>
  rowsOf<Id>(plumb, `select text_id as id from texts where conversation like 'slack/${one.tenant}/%' order by text_id`).map(({ id }) => id);
export const lessonsOf = (plumb: Kept, one: Organisation) => rowsOf<Id>(plumb, `select id from lessons where tenant = '${one.tenant}'`).map(({ id }) => id);
export const lettersOf = (plumb: Kept, one: Organisation) =>
  rowsOf<Id>(plumb, `select 'outbox-' || seq as id from outbox where status = 'dead' and tenant = '${one.tenant}'`).map(({ id }) => id);
export const placesOnlyIn = (one: Organisation) => [...one.slack.state.places.values()].filter((place) => place.kind === 'group').map(({ id }) => id);

export function snapshotOf(plumb: Kept, kind: string, id: string): string {
  return rowsOf<{ snapshot: string }>(plumb, `select snapshot from aggregates where kind = '${kind}' and id = '${id}'`)[0]?.snapshot ?? '';
}

/** What is kept of one organisation. */
export function dumpOf(plumb: Kept, { tenant }: Organisation): unknown {
  const of = `tenant = '${tenant}'`;
  return [
    rowsOf(plumb, `select * from aggregates where ${of} order by kind, id`),
    rowsOf(
      plumb,
      `select e.* from events e join aggregates a on a.kind = e.kind and a.id = e.aggregate_id where ${of} order by e.kind, e.aggregate_id, e.number`,
    ),
    rowsOf(plumb, `select * from texts where conversation like 'slack/${tenant}/%' or message_ref like 'slack/${tenant}/%' order by text_id`),
    rowsOf(plumb, `select * from settings where ${of}`),
    rowsOf(plumb, `select * from lessons where ${of} order by id`),
    rowsOf(plumb, `select seq, status, attempts from outbox where ${of} order by seq`),
    rowsOf(plumb, `select * from usage where ${of} order by person_id, day, what`),
  ];
}
