import { z } from 'zod';
import { conversationKey, hasNoThreads, type PersonId } from '../domain/conversation.ts';
import type { Database, Tx } from './database.ts';
import { conversationSchema } from './event-schema.ts';
import { anyJson, readStored } from './stored-json.ts';
import { beginsWith } from './tenants.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;

const shape = z.looseObject({
  conversation: conversationSchema,
  splitFrom: z.string().optional(),
  others: z.array(z.looseObject({ startedAs: z.string().optional() })).optional(),
});
const weekly = z.looseObject({
  programmes: z.record(z.string(), z.unknown()),
  nudging: z.looseObject({ status: z.string() }),
  nudgeTime: z.string().optional(),
});

/**
 * Erases one alignment and its programme for good: states, events, words, posts and what people's weekly questions say of it. Words that another alignment
 * needs stay with that one. New state of either is found by itself; a new table that keeps something of an alignment is emptied of it here.
 */
export async function eraseAlignment(database: Database, tx: Tx, id: string): Promise<void> {
  const own = await everythingOf(tx, id);
  const state = shape.safeParse(own[0]);
  if (!state.success) return removeAggregates(tx, id);
  const { conversation, splitFrom, others = [] } = state.data;
  const key = conversationKey(conversation);
  const bound = await tx.selectFrom('conversations').select('aggregate_id').where('conversation', '=', key).executeTakeFirst();
  const sharing = [splitFrom, ...others.map(({ startedAs }) => startedAs), bound?.aggregate_id].filter((other) => other !== undefined && other !== id);
  const shared: unknown[] = [];
  for (const other of sharing) shared.push(...(await everythingOf(tx, other ?? '')));
  const kept = stringsUnder(shared, wordKeys);
  const words = [...stringsUnder(own, wordKeys)].filter((word) => !kept.has(word));
  // A thread is this conversation's alone: also words go that stand in no state any more.
  const isAlone = !hasNoThreads(conversation) && sharing.length === 0;
  await erasePosts(database, tx, { id, key, words, isAlone });
  await eraseWords(tx, words, isAlone ? key : undefined);
  await tx.deleteFrom('conversations').where('conversation', '=', key).where('aggregate_id', '=', id).execute();
  const people = stringsUnder(own, ['owner', 'manager', 'managers', 'dataHolder', 'personId']);
  for (const personId of people) await eraseParticipation(tx, [conversation.channel, conversation.tenant, personId], id);
  await removeAggregates(tx, id);
}

const wordKeys = ['textId', 'messageRef', 'requestMessage'];

/** The state first, then the programme's, then their events. */
async function everythingOf(tx: Tx, id: string): Promise<unknown[]> {
  const found: unknown[] = [];
  const read = (body: string) => readStored(anyJson, body, `What is stored of alignment ${id}`);
  for (const kind of ['alignment', 'programme']) {
    const row = await tx.selectFrom('aggregates').select('snapshot').where('kind', '=', kind).where('id', '=', id).executeTakeFirst();
    if (row) found.push(read(row.snapshot));
  }
  for (const kind of ['alignment', 'programme']) {
    const rows = await tx.selectFrom('events').select('body').where('kind', '=', kind).where('aggregate_id', '=', id).orderBy('number').execute();
    found.push(...rows.map(({ body }) => read(body)));
  }
  return found;
}

/** Every text that stands under one of these keys, alone or in a list, however deep. */
function stringsUnder(value: unknown, keys: readonly string[], found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) stringsUnder(item, keys, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const named = keys.includes(key) ? [inner].flat() : [];
      for (const each of named) if (typeof each === 'string') found.add(each);
      stringsUnder(inner, keys, found);
    }
  }
  return found;
}

async function eraseWords(tx: Tx, words: readonly string[], conversation: string | undefined): Promise<void> {
  for (const some of inLists(words)) {
    await tx.deleteFrom('texts').where('text_id', 'in', some).execute();
    await tx.deleteFrom('texts').where('message_ref', 'in', some).execute();
    await tx.deleteFrom('quotes').where('message_ref', 'in', some).execute();
  }
  if (conversation !== undefined) await tx.deleteFrom('texts').where('conversation', '=', conversation).execute();
}

type Shown = { id: string; key: string; words: readonly string[]; isAlone: boolean };

/** Its posts are named after it, stand in its thread, or quote its words; on a platform they stay, here nothing of them does. */
async function erasePosts(database: Database, tx: Tx, { id, key, words, isAlone }: Shown): Promise<void> {
  const thread = `conversation/${key}`;
  const posts = await tx
    .selectFrom('posts')
    .select(['destination', 'post', 'platform_id'])
    .where(beginsWith(database, 'post', `${id}:`))
    .execute();
  if (isAlone) posts.push(...(await tx.selectFrom('posts').select(['destination', 'post', 'platform_id']).where('destination', '=', thread).execute()));
  for (const some of inLists(words)) posts.push(...(await quoting(tx, some)));
  for (const { destination, post, platform_id } of posts) {
    await tx.deleteFrom('posts').where('destination', '=', destination).where('post', '=', post).execute();
    await tx.deleteFrom('quotes').where('destination', '=', destination).where('post', '=', post).execute();
    await tx.deleteFrom('outbox').where('destination', '=', destination).where('post', '=', post).where('status', '!=', 'waiting').execute();
    await tx.deleteFrom('room_posts').where('platform_id', '=', platform_id).execute();
  }
  if (!isAlone) return;
  await tx.deleteFrom('quotes').where('destination', '=', thread).execute();
  await tx.deleteFrom('outbox').where('destination', '=', thread).where('status', '!=', 'waiting').execute();
  await tx.deleteFrom('inbox').where('stream', '=', key).where('status', '!=', 'waiting').execute();
}

async function quoting(tx: Tx, refs: readonly string[]): Promise<{ destination: string; post: string; platform_id: string }[]> {
  return tx
    .selectFrom('quotes')
    .innerJoin('posts', (join) => join.onRef('posts.destination', '=', 'quotes.destination').onRef('posts.post', '=', 'quotes.post'))
    .select(['posts.destination', 'posts.post', 'posts.platform_id'])
    .distinct()
    .where('quotes.message_ref', 'in', refs)
    .execute();
}

/** What a person's weekly questions say of a programme; nothing is kept of people who take part in nothing and chose nothing. */
async function eraseParticipation(tx: Tx, [channel, tenant, personId]: [string, string, PersonId], programmeId: string): Promise<void> {
  const id = [channel, tenant, personId].map(encodeURIComponent).join('/');
  const row = await tx.selectFrom('aggregates').select(['snapshot', 'version']).where('kind', '=', 'person').where('id', '=', id).executeTakeFirst();
  if (!row) return;
  const state = readStored(weekly, row.snapshot, `The state of person ${id}`);
  const { [programmeId]: gone, ...programmes } = state.programmes;
  if (gone === undefined) return;
  if (Object.keys(programmes).length === 0 && state.nudging.status === 'on' && state.nudgeTime === undefined) return removeAggregate(tx, 'person', id);
  const snapshot = JSON.stringify({ ...state, programmes });
  await tx
    .updateTable('aggregates')
    .set({ snapshot, version: row.version + 1 })
    .where('kind', '=', 'person')
    .where('id', '=', id)
    .execute();
  const events = await tx.selectFrom('events').select(['number', 'body']).where('kind', '=', 'person').where('aggregate_id', '=', id).execute();
  const about = z.looseObject({ programmeId: z.literal(programmeId) });
  for (const { number, body } of events) {
    if (!about.safeParse(readStored(anyJson, body, `Event ${number} of person ${id}`)).success) continue;
    await tx.deleteFrom('events').where('kind', '=', 'person').where('aggregate_id', '=', id).where('number', '=', number).execute();
  }
}

async function removeAggregates(tx: Tx, id: string): Promise<void> {
  for (const kind of ['programme', 'alignment']) await removeAggregate(tx, kind, id);
}

async function removeAggregate(tx: Tx, kind: string, id: string): Promise<void> {
  for (const table of ['events', 'participants', 'timers'] as const)
    await tx.deleteFrom(table).where('kind', '=', kind).where('aggregate_id', '=', id).execute();
  await tx.deleteFrom('aggregates').where('kind', '=', kind).where('id', '=', id).execute();
}

function inLists<Item>(items: readonly Item[]): Item[][] {
  const lists: Item[][] = [];
  for (let from = 0; from < items.length; from += LIST_LIMIT) lists.push(items.slice(from, from + LIST_LIMIT));
  return lists;
}
