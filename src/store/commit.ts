import type { Commit, Store } from '../app/store.ts';
import { conversationKey } from '../domain/conversation.ts';
import { changeAggregate } from './aggregates.ts';
import { mapConversations } from './conversations.ts';
import type { Database, Tx } from './database.ts';
import { lockDestinations } from './destinations.ts';
import { VersionConflict } from './errors.ts';
import { addHabit } from './habits.ts';
import { destinationsOfKept, takeUpKept } from './kept-messages.ts';
import { changeLessons } from './lessons.ts';
import { destinationKey } from './message-schema.ts';
import { addMessages } from './outbox.ts';
import { forgetPerson } from './people.ts';
import { leaseOf, lockStreams, refreshStreams } from './streams.ts';
import { eraseTexts, putTexts } from './texts.ts';
import { syncTimers } from './timers.ts';
import { addUsage } from './usage.ts';

// Keeps one list below the drivers' limits for parameters.
const LIST_LIMIT = 500;

/**
 * Everything that one handling causes, in one transaction: all of it or nothing. In SQLite, where writers wait for each other anyway, handlings that end
 * together share it, and one sync of the disk; when one of them conflicts they are written one by one. In PostgreSQL they would wait for each other's locks.
 */
export function createCommit(database: Database): Store['commit'] {
  const together = database.share((tx, changes: readonly Commit[]) => commitAll(database, tx, changes));
  return async function commit(change) {
    try {
      if (database.kind === 'sqlite') return await together(change);
      await database.writeWork((tx) => commitAll(database, tx, [change]));
      return 'committed';
    } catch (error) {
      if (error instanceof VersionConflict) return 'conflict';
      throw error;
    }
  };
}

/** One after the other; where they wait (streams, destinations) is worked out once for all of them. */
async function commitAll(database: Database, tx: Tx, changes: readonly Commit[]): Promise<'committed'[]> {
  await lockStreams(tx, changes.flatMap(streamsOf));
  const touched: string[] = [];
  for (const change of changes) touched.push(...(await changeAll(database, tx, change)));
  await refreshStreams(tx, touched);
  const kept = changes.flatMap((change) => change.kept ?? []);
  const outbox = changes.flatMap((change) => change.outbox);
  // All of them at once, so that two commits never wait for each other in a circle.
  if (kept.length > 0) await lockDestinations(tx, [...outbox.map(({ to }) => destinationKey(to)), ...(await destinationsOfKept(tx, kept))]);
  await addMessages(database, tx, outbox);
  await takeUpKept(database, tx, kept);
  return changes.map(() => 'committed');
}

function streamsOf(change: Commit): string[] {
  return [
    ...(change.lease ? [change.lease.stream] : []),
    ...change.conversations.flatMap(({ conversation, stream }) => [stream, conversationKey(conversation)]),
  ];
}

/** Everything but what is to be sent. Returns the streams in which something else may be ready now. */
async function changeAll(database: Database, tx: Tx, change: Commit): Promise<string[]> {
  if (change.lease && (await leaseOf(tx, change.lease.stream)) !== change.lease.lease) throw new VersionConflict();
  const sources = await finishRows(database, tx, change.done);
  await unname(tx, change.nameless ?? []);
  // In one order everywhere, so that two commits never wait for each other in a circle.
  const aggregates = [...change.aggregates].sort((one, other) => (refKey(one.ref) < refKey(other.ref) ? -1 : 1));
  for (const aggregate of aggregates) await changeAggregate(tx, aggregate);
  // An edited message is erased and kept anew in one commit, so what is put stays.
  await eraseTexts(tx, change.eraseTexts);
  await putTexts(tx, change.texts, sources.conversationOf);
  await syncTimers(tx, change);
  const moved = await mapConversations(tx, change);
  await changeLessons(tx, change.lessons ?? []);
  for (const habit of change.habits ?? []) await addHabit(tx, habit, database.clock.now());
  for (const counted of change.usage ?? []) await addUsage(tx, counted, database.clock.now());
  if (change.forgotten) await forgetPerson(database, tx, change.forgotten);
  return [...streamsOf(change), ...sources.streams, ...moved];
}

/** That a row came stays known, so that a repeat is recognised; from whom does not. */
async function unname(tx: Tx, rowIds: readonly string[]): Promise<void> {
  if (rowIds.length === 0) return;
  await tx
    .updateTable('inbox')
    .set({ person_id: '', conversation: '', stream: '' })
    .where('seq', 'in', rowIds.map(Number))
    .where('status', '=', 'done')
    .execute();
}

function refKey({ kind, id }: { kind: string; id: string }): string {
  return `${kind}/${id}`;
}

type Sources = { streams: string[]; conversationOf(messageRef: string): string | null };

/** Erases the bodies of rows that are done. A row that somebody else finished meanwhile makes the whole commit a conflict: it was handled already. */
async function finishRows(database: Database, tx: Tx, done: readonly string[]): Promise<Sources> {
  const streams: string[] = [];
  const conversations = new Map<string, string>();
  let anyConversation: string | null = null;
  const rowIds = [...new Set(done)].map(Number);
  for (let from = 0; from < rowIds.length; from += LIST_LIMIT) {
    const ids = rowIds.slice(from, from + LIST_LIMIT);
    const rows = await tx
      .updateTable('inbox')
      .set({ status: 'done', body: null, reason: null, settled_at: database.clock.now() })
      .where('seq', 'in', ids)
      .where('status', '=', 'waiting')
      .returning(['stream', 'conversation', 'message_ref'])
      .execute();
    if (rows.length < ids.length) throw new VersionConflict();
    for (const row of rows) {
      streams.push(row.stream);
      anyConversation ??= row.conversation;
      if (row.message_ref !== null) conversations.set(row.message_ref, row.conversation);
    }
  }
  return { streams, conversationOf: (messageRef) => conversations.get(messageRef) ?? anyConversation };
}
