import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { createRuntime, type Runtime } from '../../src/app/runtime.ts';
import type { Store } from '../../src/app/store.ts';
import type { ChannelName, ConversationRef } from '../../src/domain/conversation.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type PostgresServer, startPostgres, type TestDatabase } from '../store/databases.ts';
import { change, createCounter, createLog, createRoom, MONDAY_9_UTC, posted } from './kit.ts';

// A busy machine may be slow at starting PostgreSQL.
jest.setTimeout(60_000);

let server: PostgresServer;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => server.stop(), 30_000);

type Process = { runtime: Runtime; store: Store; metrics: ReturnType<typeof createCounter>; handled: string[]; sent: string[] };

const clock = { now: () => MONDAY_9_UTC };

/** A process of its own on the shared database, which serves these platforms. It says one thing about each event. */
async function startProcess(database: TestDatabase, ...serves: ChannelName[]): Promise<Process> {
  const store = await openStore(database.location, { clock });
  closing.push(() => store.close());
  const metrics = createCounter();
  const handled: string[] = [];
  const sent: string[] = [];
  const send = async ({ id }: { id: string }) => {
    sent.push(id);
    return { platformId: id };
  };
  const runtime = createRuntime({
    store,
    handle: async (leased) => {
      handled.push(...leased.rows.map(({ event }) => event.eventKey));
      const outbox = leased.rows.map(({ event }) => ({
        id: `about ${event.eventKey}`,
        to: { kind: 'conversation' as const, conversation: event.conversation },
        audience: 'thread' as const,
        card: { summary: '', blocks: [], actions: [] },
      }));
      await store.commit(change({ lease: leased, outbox, done: leased.rows.map(({ id }) => id) }));
      return { responses: new Map() };
    },
    language: { mayMatter: () => false, glance: () => 'no', isWorthKeeping: async () => false },
    workspaces: 'one',
    channels: new Map(serves.map((name) => [name, createRoom({ name, send })])),
    clock,
    logger: createLog(),
    metrics,
  });
  closing.push(() => runtime.stop());
  runtime.start();
  return { runtime, store, metrics, handled, sent };
}

const keys = (from: ChannelName): string[] => Array.from({ length: 20 }, (_, index) => `${from} ${index}`);
const thread = (channel: ChannelName, id: string): ConversationRef => ({ channel, tenant: 'acme', place: 'sales', thread: id });

it('two processes on one database do the work of their own platforms, whoever stored it', async () => {
  const database = await server.database();
  closing.push(database.drop);
  const room = await startProcess(database, 'room');
  const slack = await startProcess(database, 'slack');
  // Stored by the other process, as a timer's or an admin's would be.
  for (const key of keys('slack')) await room.store.inbox.add({ event: posted(key, key, { conversation: thread('slack', key) }), readyAt: MONDAY_9_UTC });
  for (const key of keys('room')) await slack.store.inbox.add({ event: posted(key, key, { conversation: thread('room', key) }), readyAt: MONDAY_9_UTC });
  const timer = (channel: ChannelName) => ({
    aggregate: { kind: 'alignment' as const, id: channel },
    key: 'quiet',
    dueAt: MONDAY_9_UTC,
    conversation: thread(channel, 'timer'),
  });
  const summary = { status: 'clarifying', people: [], updatedAt: MONDAY_9_UTC };
  const aggregates = (['slack', 'room'] as const).map((id) => ({
    ref: { kind: 'alignment' as const, id },
    tenant: 'acme',
    expectedVersion: 0,
    events: [],
    snapshot: {},
    summary,
  }));
  await room.store.commit(change({ aggregates, timers: [timer('slack'), timer('room')] }));
  await Promise.all([slack.metrics.reached('delivered', 21), room.metrics.reached('delivered', 21)]);
  for (const [process, name] of [
    [slack, 'slack'],
    [room, 'room'],
  ] as const) {
    expect(process.handled.filter((key) => !key.startsWith('timer')).toSorted()).toEqual(keys(name).toSorted());
    expect(process.handled.filter((key) => key.startsWith('timer'))).toEqual([expect.stringContaining(`alignment/${name}/`)]);
    expect(process.sent.length).toBe(21);
  }
  expect(await room.store.depth()).toEqual({ inbox: 0, outbox: 0, deadLetters: 0, timers: 0 });
});

it('work that nobody serves waits, and is done once somebody does', async () => {
  const database = await server.database();
  closing.push(database.drop);
  const room = await startProcess(database, 'room');
  await room.store.inbox.add({ event: posted('s', 's', { conversation: thread('slack', 's') }), readyAt: MONDAY_9_UTC });
  await room.store.inbox.add({ event: posted('r', 'r', { conversation: thread('room', 'r') }), readyAt: MONDAY_9_UTC });
  await room.metrics.reached('delivered', 1);
  expect(room.handled).toEqual(['r']);
  expect(await room.store.depth()).toMatchObject({ inbox: 1, deadLetters: 0 });
  const slack = await startProcess(database, 'slack');
  await slack.metrics.reached('delivered', 1);
  expect(slack.sent).toEqual(['about s']);
});
