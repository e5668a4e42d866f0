import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import restify from 'restify';
import { z } from 'zod';
import type { InboundEvent, Intake, Logger, OutboundMessage } from '../../../src/app/ports.ts';
import type { Store } from '../../../src/app/store.ts';
import type { ExampleScript } from '../../../src/channels/room/example-script.ts';
import { mountRoom } from '../../../src/channels/room/mount-room.ts';
import { createRoom, type Room } from '../../../src/channels/room/room.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Card } from '../../../src/views/card.ts';

const Answer = z.looseObject({ id: z.string().optional(), error: z.object({ code: z.string(), message: z.string() }).optional() });
const Shown = z.looseObject({
  now: z.number(),
  messages: z.array(z.looseObject({ id: z.string(), place: z.string(), thread: z.string(), summary: z.string().optional() })),
});

export type TestRoom = {
  room: Room;
  store: Store;
  url: string;
  received: InboundEvent[];
  /** The fields of what was logged as a warning or an error. */
  logged: Record<string, unknown>[];
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: z.infer<typeof Answer> }>;
  /** Posts a message and gives its id. */
  write(message: { as: string; place: string; thread?: string; text: string }): Promise<string>;
  state(as: string): Promise<z.infer<typeof Shown>>;
  say(to: OutboundMessage['to'], audience: OutboundMessage['audience'], card: Card | 'removed', more?: { id?: string; platformId?: string }): Promise<string>;
  /** Ends the process's part and starts it again on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  intake?: Partial<Intake>;
  script?: ExampleScript;
  delay?: (ms: number, signal: AbortSignal) => Promise<void>;
  nextTimerAt?: () => Promise<number | undefined>;
};

/** A real room: restify on a free port, a real SQLite store, and as intake whatever the test says (else everything is stored and nothing said). */
export async function openTestRoom(options: Options = {}): Promise<TestRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-room-'));
  let parts = await start(folder, options);
  let sent = 0;
  const received = parts.received;
  const post: TestRoom['post'] = async (path, body, headers = {}) => {
    const response = await fetch(`${parts.url}/room/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: Answer.parse(await response.json()) };
  };
  return {
    get room() {
      return parts.room;
    },
    get store() {
      return parts.store;
    },
    get url() {
      return parts.url;
    },
    received,
    logged: parts.logged,
    post,
    async write(message) {
      const { body } = await post('messages', message);
      if (!body.id) throw new Error(`The message was refused: ${body.error?.message}`);
      return body.id;
    },
    async state(as) {
      return Shown.parse(await (await fetch(`${parts.url}/room/state?as=${as}`)).json());
    },
    async say(to, audience, card, more = {}) {
      sent += 1;
      const { platformId } = await parts.room.channel.send({ id: more.id ?? `out-${sent}`, to, audience, card }, more.platformId);
      return platformId;
    },
    async restart() {
      await parts.stop();
      parts = await start(folder, options);
    },
    async close() {
      await parts.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string, options: Options) {
  const received: InboundEvent[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = (fields: Record<string, unknown>): void => void logged.push(fields);
  const logger: Logger = { debug: () => undefined, info: () => undefined, warn: log, error: log };
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const store = await openStore({ sqliteFile: join(folder, 'room.db') }, { clock });
  const intake: Intake = {
    seen: async () => undefined,
    async receive(event) {
      received.push(event);
      return (await options.intake?.receive?.(event)) ?? 'stored';
    },
    async interact(event) {
      received.push(event);
      return (await options.intake?.interact?.(event)) ?? { kind: 'nothing' };
    },
  };
  const room = await createRoom({
    store,
    clock,
    logger,
    intake,
    nextTimerAt: options.nextTimerAt ?? (async () => undefined),
    onClockMoved: async () => {
      offset = await store.clock.offset();
    },
    ...(options.script && { script: options.script }),
    ...(options.delay && { delay: options.delay }),
  });
  const server = restify.createServer();
  mountRoom(server, room);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    room,
    store,
    received,
    logged,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      room.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await store.close();
    },
  };
}

export const channel = { kind: 'conversation', conversation: { channel: 'room', tenant: 'room', place: 'sales-leaders', thread: '' } } as const;
export const threadOf = (thread: string) =>
  ({ kind: 'conversation', conversation: { channel: 'room', tenant: 'room', place: 'sales-leaders', thread } }) as const;
export const person = (personId: string) => ({ kind: 'person', channel: 'room', tenant: 'room', personId }) as const;
export const card = (summary: string, actions: Card['actions'] = []): Card => ({ summary, blocks: [{ type: 'text', text: summary }], actions });
