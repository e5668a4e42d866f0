import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';

/** Inbox, outbox, aggregates, timers and what the room needs. Migrations are never edited once released: a change is a new one. */
export function spine(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createInbox(db, kind);
      await createOutbox(db, kind);
      await createAggregates(db, kind);
      await createSmallTables(db, kind);
    },
  };
}

/** The order in which rows were stored. AUTOINCREMENT, because a number that comes back after a delete would name another row. */
function withSequence<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>, kind: DatabaseKind) {
  return kind === 'postgres'
    ? table.addColumn('seq', 'bigserial', (column) => column.primaryKey().notNull())
    : table.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement());
}

/** A table that is found by its key alone: in SQLite its rows stand in the key's own tree, which saves a page read and a page written each time. */
function keyedTable<Table extends string>(db: Kysely<unknown>, kind: DatabaseKind, name: Table) {
  const table = db.schema.createTable(name);
  return kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table;
}

async function createInbox(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await withSequence(db.schema.createTable('inbox'), kind)
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('message_ref', 'text')
    .addColumn('addressed', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('ready_at', 'bigint', (column) => column.notNull())
    .addColumn('burst_until', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('reason', 'text')
    .addColumn('stored_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await db.schema.createIndex('inbox_key').on('inbox').columns(['channel', 'tenant', 'event_key']).unique().execute();
  await db.schema.createIndex('inbox_stream').on('inbox').columns(['stream', 'status', 'seq']).execute();
  await db.schema.createIndex('inbox_settled').on('inbox').columns(['status', 'settled_at']).execute();
  await keyedTable(db, kind, 'streams')
    .addColumn('stream', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ready_at', 'bigint')
    .addColumn('lease', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('streams_ready').on('streams').columns(['lease_until', 'ready_at']).execute();
}

async function createOutbox(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await withSequence(db.schema.createTable('outbox'), kind)
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('post', 'text')
    .addColumn('replaces', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('reason', 'text')
    .addColumn('stored_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await db.schema.createIndex('outbox_id').on('outbox').columns(['id']).unique().execute();
  await db.schema.createIndex('outbox_destination').on('outbox').columns(['destination', 'status', 'seq']).execute();
  await db.schema.createIndex('outbox_expiry').on('outbox').columns(['status', 'expires_at']).execute();
  await db.schema.createIndex('outbox_settled').on('outbox').columns(['status', 'settled_at']).execute();
  await keyedTable(db, kind, 'destinations')
    .addColumn('destination', 'text', (column) => column.primaryKey().notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('destinations_due').on('destinations').columns(['lease_until', 'due_at']).execute();
  await createPosts(db, kind);
}

async function createPosts(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await keyedTable(db, kind, 'posts')
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('post', 'text', (column) => column.notNull())
    .addColumn('platform_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('posts_key', ['destination', 'post'])
    .execute();
  await db.schema.createIndex('posts_name').on('posts').columns(['post', 'at']).execute();
  await keyedTable(db, kind, 'quotes')
    .addColumn('message_ref', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('post', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('quotes_key', ['message_ref', 'seq'])
    .execute();
  await db.schema.createIndex('quotes_seq').on('quotes').columns(['seq']).execute();
  await db.schema.createIndex('quotes_post').on('quotes').columns(['destination', 'post', 'seq']).execute();
}

async function createAggregates(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('aggregates')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('place', 'text')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('aggregates_key', ['kind', 'id'])
    .execute();
  await db.schema.createIndex('aggregates_newest').on('aggregates').columns(['tenant', 'kind', 'updated_at']).execute();
  await keyedTable(db, kind, 'participants')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('aggregate_id', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('participants_key', ['kind', 'aggregate_id', 'person_id'])
    .execute();
  await db.schema.createIndex('participants_newest').on('participants').columns(['tenant', 'kind', 'person_id', 'updated_at']).execute();
  await keyedTable(db, kind, 'events')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('aggregate_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['kind', 'aggregate_id', 'number'])
    .execute();
  await db.schema
    .createTable('texts')
    .addColumn('text_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('message_ref', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('texts_message').on('texts').columns(['message_ref']).execute();
  await db.schema.createIndex('texts_conversation').on('texts').columns(['conversation', 'at']).execute();
}

async function createSmallTables(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await keyedTable(db, kind, 'timers')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('aggregate_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('timers_key', ['kind', 'aggregate_id', 'key'])
    .execute();
  await db.schema.createIndex('timers_due').on('timers').columns(['due_at']).execute();
  await keyedTable(db, kind, 'conversations')
    .addColumn('conversation', 'text', (column) => column.primaryKey().notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('aggregate_id', 'text', (column) => column.notNull())
    .execute();
  await keyedTable(db, kind, 'settings')
    .addColumn('tenant', 'text', (column) => column.primaryKey().notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await keyedTable(db, kind, 'usage')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_key', ['tenant', 'person_id', 'day', 'what'])
    .execute();
  await db.schema.createIndex('usage_updated').on('usage').columns(['updated_at']).execute();
  await keyedTable(db, kind, 'numbers')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
  await withSequence(db.schema.createTable('room_posts'), kind)
    .addColumn('platform_id', 'text', (column) => column.notNull().unique())
    .addColumn('outbox_id', 'text', (column) => column.notNull().unique())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('edited_at', 'bigint')
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .execute();
}
