import type { Transaction } from 'kysely';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';

type Write = <Result>(change: (tx: Transaction<Schema>) => Promise<Result>) => Promise<Result>;
type WriteAll<Item, Result> = (tx: Transaction<Schema>, items: readonly Item[]) => Promise<readonly Result[]>;
type Batch = {
  run(tx: Transaction<Schema>): Promise<() => void>;
  alone(): Promise<void>;
  fail(error: unknown): void;
  size(): number;
  seal(): void;
  makesWork(): boolean;
};

/** What is written becomes durable in two steps, so that the next batch is written while the disk still works on this one. */
export type SharedWrites = {
  /** One transaction; what it wrote may not be durable yet. */
  write: Write;
  /** Resolves when everything that was written before is durable. */
  durable(): Promise<void>;
  /** Somebody may have something to do now. */
  announce(): void;
};

// Keeps one statement below SQLite's 32,766 and PostgreSQL's 65,535 parameters.
const LARGEST_BATCH = 500;
const TURNS_TO_ARRIVE = 3;

export type GroupCommit = {
  /** A write of one item that shares its transaction with everything else that arrives meanwhile; resolves when it is durable. */
  share<Item, Result>(writeAll: WriteAll<Item, Result>, makesWork?: (item: Item) => boolean): (item: Item) => Promise<Result>;
  /** Resolves when nothing is waiting to be written. */
  drained(): Promise<void>;
};

/**
 * Collects small writes and commits them together: the disk is synced once for all of them. When a transaction fails its items are written
 * one by one, so that each gets its own result and a bad one fails alone.
 */
export function createGroupCommit(writes: SharedWrites): GroupCommit {
  let queue: Batch[] = [];
  let flushing: Promise<void> | undefined;
  const becomingDurable = new Set<Promise<void>>();

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      await whatArrives();
      const batches = queue;
      queue = [];
      for (const batch of batches) batch.seal();
      const settle = await writeTogether(writes, batches);
      if (!settle) continue;
      const settled = becomeDurable(writes, batches, settle).finally(() => becomingDurable.delete(settled));
      becomingDurable.add(settled);
    }
    flushing = undefined;
  }

  return {
    share(writeAll, makesWork = () => true) {
      let open: ReturnType<typeof createBatch<Parameters<typeof writeAll>[1][number], Awaited<ReturnType<typeof writeAll>>[number]>> | undefined;
      return (item) =>
        new Promise((resolve, reject) => {
          if (!open?.add({ item, resolve, reject })) {
            open = createBatch(writes, writeAll, makesWork);
            open.add({ item, resolve, reject });
            queue.push(open);
          }
          flushing ??= flush();
        });
    },
    async drained() {
      await flushing;
      await Promise.all(becomingDurable);
    },
  };
}

/** What is to be done once it is durable; undefined when the batches had to go one by one, or failed. */
async function writeTogether({ write, announce }: SharedWrites, batches: readonly Batch[]): Promise<(() => void)[] | undefined> {
  try {
    const settle = await write(async (tx) => {
      const settled: (() => void)[] = [];
      for (const batch of batches) settled.push(await batch.run(tx));
      return settled;
    });
    if (batches.some((batch) => batch.makesWork())) announce();
    return settle;
  } catch (error) {
    const items = batches.reduce((sum, batch) => sum + batch.size(), 0);
    for (const batch of batches) {
      if (items > 1 && !isHopeless(error)) await batch.alone();
      else batch.fail(error);
    }
    return undefined;
  }
}

/**
 * What arrives while a batch is written waits in the sockets: it is read in the next turn of the event loop, looked at in that after it, and then goes
 * along with one commit instead of several.
 */
async function whatArrives(): Promise<void> {
  for (let turn = 0; turn < TURNS_TO_ARRIVE; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function becomeDurable({ durable }: SharedWrites, batches: readonly Batch[], settle: readonly (() => void)[]): Promise<void> {
  try {
    await durable();
    for (const done of settle) done();
  } catch (error) {
    for (const batch of batches) batch.fail(error);
  }
}

/** Nobody gets through to a database that is away; asking once for each item would only take longer. */
function isHopeless(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'store_unreachable' || error.code === 'store_gone' || error.code === 'store_closed');
}

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };

function createBatch<Item, Result>(
  { write, durable, announce }: SharedWrites,
  writeAll: WriteAll<Item, Result>,
  makesWork: (item: Item) => boolean,
): Batch & { add(waiting: Waiting<Item, Result>): boolean } {
  async function writeOne(entry: Waiting<Item, Result>): Promise<void> {
    try {
      const results = await write((tx) => writeAll(tx, [entry.item]));
      if (makesWork(entry.item)) announce();
      await durable();
      settleAll([entry], results);
    } catch (error) {
      entry.reject(error);
    }
  }

  const waiting: Waiting<Item, Result>[] = [];
  let isSealed = false;
  return {
    add(entry) {
      if (isSealed || waiting.length >= LARGEST_BATCH) return false;
      waiting.push(entry);
      return true;
    },
    seal() {
      isSealed = true;
    },
    size: () => waiting.length,
    makesWork: () => waiting.some((entry) => makesWork(entry.item)),
    async run(tx) {
      const results = await writeAll(
        tx,
        waiting.map((entry) => entry.item),
      );
      return () => settleAll(waiting, results);
    },
    async alone() {
      for (const entry of waiting) await writeOne(entry);
    },
    fail(error) {
      for (const entry of waiting) entry.reject(error);
    },
  };
}

function settleAll<Item, Result>(waiting: readonly Waiting<Item, Result>[], results: readonly Result[]): void {
  for (const [index, entry] of waiting.entries()) {
    const result = results[index];
    if (index < results.length && result !== undefined) entry.resolve(result);
    else
      entry.reject(new StoreError('store_write_failed', 'A shared write gave no result for one of its items. This is a mistake in Plumb: please report it.'));
  }
}
