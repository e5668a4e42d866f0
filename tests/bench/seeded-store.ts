import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createHandle } from '../../src/app/handle.ts';
import { type Channel, type Clock, defaultSettings, type InboundEvent, type Logger, type Metrics, type OutboundMessage } from '../../src/app/ports.ts';
import { createRuntime, type Runtime } from '../../src/app/runtime.ts';
import type { Store } from '../../src/app/store.ts';
import type { ChannelName, Person } from '../../src/domain/conversation.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { openStore } from '../../src/store/open-store.ts';

export const tenant = 'bench';
const place = 'sales';

/** Where the alignments are: their words must hold the alignment's own. */
export type Where = { channel: ChannelName; tenant: string; place(alignment: string): string; thread(alignment: string): string };
const inRoom: Where = { channel: 'room', tenant, place: () => place, thread: (alignment) => `thread-${alignment}` };
/** Every id of the first alignment holds this word, so that a copy needs nothing but another word in its place. */
const SEED = 'seed0';

const quiet: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured: Metrics = { count: () => undefined, observe: () => undefined };
export const clock: Clock = { now: () => Date.now() };

/** A platform that takes everything at once and tells who waits for it. */
type Peer = { channel: Channel; next(thread: string): Promise<OutboundMessage> };

function createPeer(where: Where): Peer {
  const waiting = new Map<string, (message: OutboundMessage) => void>();
  let posts = 0;
  const person = (id: string): Person => ({
    channel: where.channel,
    tenant: where.tenant,
    id,
    name: `Person ${id}`,
    timeZone: 'Europe/London',
    external: false,
  });
  return {
    channel: {
      name: where.channel,
      directory: {
        person: async (_tenant, id) => person(id),
        resolve: async () => [],
        members: async () => [],
        isMember: async () => false,
        memberCount: async () => 0,
        placeName: async () => '#sales',
        places: async () => [{ place, name: '#sales' }],
        privateConversation: async (_tenant, id) => ({ channel: where.channel, tenant: where.tenant, place: `dm-${id}`, thread: '' }),
        permalink: async () => undefined,
      },
      async send(message, platformId) {
        const thread = message.to.kind === 'conversation' ? message.to.conversation.thread : '';
        waiting.get(thread)?.(message);
        waiting.delete(thread);
        posts += 1;
        return { platformId: platformId ?? `post-${SEED}-${posts}` };
      },
      showWorking: () => undefined,
    },
    next: (thread) => new Promise((resolve) => waiting.set(thread, resolve)),
  };
}

function message(where: Where, alignment: string, n: number, text: string): InboundEvent {
  const messageId = n === 0 ? where.thread(alignment) : `message-${alignment}-${n}`;
  return {
    type: 'MessagePosted',
    eventKey: `event-${alignment}-${n}`,
    conversation: { channel: where.channel, tenant: where.tenant, place: where.place(alignment), thread: where.thread(alignment) },
    personId: `leader-${alignment}`,
    at: Date.now(),
    messageId,
    text,
    mentions: [],
    addressed: n === 0,
    topLevel: n === 0,
  };
}

export type Bench = {
  store: Store;
  runtime: Runtime;
  file: string;
  /** One turn of copy number `copy`: from the message that comes in to the reply that is sent, in milliseconds. */
  turn(copy: number): Promise<number>;
  close(): Promise<void>;
};

/** Opens a store with `alignments` open alignments in `folder`, each after a request and one answer, and the whole way of an event on it. */
export async function openSeeded(
  folder: string,
  alignments: number,
  { file = join(folder, `with-${alignments}.sqlite`), where = inRoom } = {},
): Promise<Bench> {
  const first = await openBench(file, where, (n) => `id-${SEED}-${n}`);
  await first.say(SEED, 0, 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?');
  await first.say(SEED, 1, 'We have to grow revenue from existing accounts by 30 % this year.');
  await first.close();
  copyAlignment(file, alignments - 1);
  const bench = await openBench(file, where, () => randomUUID());
  return {
    ...bench,
    file,
    turn: (copy) => bench.say(`copy${copy}`, 2, 'Keiko Mori owns this on the business side.'),
  };
}

async function openBench(file: string, where: Where, newIdOf: (n: number) => string) {
  const store = await openStore({ sqliteFile: file }, { clock });
  await store.settings.save(where.tenant, { ...defaultSettings, burstMs: 0 });
  const prompts = loadPrompts(join(import.meta.dirname, '../../prompts'));
  const language = createLocalLanguage({ knowledge: prompts.knowledge });
  const peer = createPeer(where);
  const channels = new Map([[where.channel, peer.channel]]);
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return newIdOf(ids);
  };
  const handle = createHandle({ store, language, prompts, model: 'none', workspaces: 'one', channels, clock, newId, logger: quiet });
  const runtime = createRuntime({ store, handle, language, workspaces: 'one', channels, clock, logger: quiet, metrics: unmeasured });
  runtime.start();
  return {
    store,
    runtime,
    async say(alignment: string, n: number, text: string): Promise<number> {
      const reply = peer.next(where.thread(alignment));
      const startedAt = performance.now();
      const received = await runtime.intake.receive(message(where, alignment, n, text));
      if (received !== 'stored') throw new Error(`The message of the bench was ${received}.`);
      await reply;
      return performance.now() - startedAt;
    },
    async close() {
      await runtime.stop();
      await store.close();
    },
  };
}

/** Copies every row that holds the seed's word, in all tables, `copies` times. Row numbers that others refer to (`seq`) keep their distance. */
function copyAlignment(file: string, copies: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const span = 1_000;
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  for (const { name } of tables) {
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${name}')`)
      .all()
      .map((column) => String(column['name']));
    const whole = columns.map((column) => `coalesce("${column}", '')`).join(` || ' ' || `);
    database.exec(`CREATE TEMP TABLE seed AS SELECT * FROM "${name}" WHERE instr(${whole}, '${SEED}') > 0`);
    const copied = columns.map((column) =>
      column === 'seq' ? `seq + n * ${span}` : `CASE typeof("${column}") WHEN 'text' THEN replace("${column}", '${SEED}', 'copy' || n) ELSE "${column}" END`,
    );
    database.exec(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${copies})
       INSERT INTO "${name}" ("${columns.join('", "')}") SELECT ${copied.join(', ')} FROM numbers CROSS JOIN temp.seed`,
    );
    database.exec('DROP TABLE temp.seed');
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
