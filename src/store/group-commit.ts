import type { Transaction } from 'kysely';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';

type Write = <Result>(change: (tx: Transaction<Schema>) => Promise<Result>) => Promise<Result>;
type WriteAll<Item, Result> = (tx: Transaction<Schema>, items: readonly Item[]) => Promise<readonly Result[]>;
type Batch = { run(tx: Transaction<Schema>): Promise<() => void>; alone(): Promise<void>; fail(error: unknown): void; size(): number; seal(): void };

// Keeps one statement below SQLite's 32,766 and PostgreSQL's 65,535 parameters.
const LARGEST_BATCH = 500;

export type GroupCommit = {
  /** A write of one item that shares its transaction with everything else that arrives meanwhile; resolves when it is durable. */
  share<Item, Result>(writeAll: WriteAll<Item, Result>): (item: Item) => Promise<Result>;
  /** Resolves when nothing is waiting to be written. */
  drained(): Promise<void>;
};

/**
 * Collects small writes and commits them together: the disk is synced once for all of them. When a transaction fails its items are written
 * one by one, so that each gets its own result and a bad one fails alone.
 */
export function createGroupCommit(write: Write): GroupCommit {
  let queue: Batch[] = [];
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    // What arrives in the same turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const batches = queue;
      queue = [];
      for (const batch of batches) batch.seal();
      await writeTogether(write, batches);
    }
    flushing = undefined;
  }

  return {
    share(writeAll) {
      let open: ReturnType<typeof createBatch<Parameters<typeof writeAll>[1][number], Awaited<ReturnType<typeof writeAll>>[number]>> | undefined;
      return (item) =>
        new Promise((resolve, reject) => {
          if (!open?.add({ item, resolve, reject })) {
            open = createBatch(write, writeAll);
            open.add({ item, resolve, reject });
            queue.push(open);
          }
          flushing ??= flush();
        });
    },
    async drained() {
      await flushing;
    },
  };
}

async function writeTogether(write: Write, batches: readonly Batch[]): Promise<void> {
  try {
    const settle = await write(async (tx) => {
      const settled: (() => void)[] = [];
      for (const batch of batches) settled.push(await batch.run(tx));
      return settled;
    });
    for (const done of settle) done();
  } catch (error) {
    const items = batches.reduce((sum, batch) => sum + batch.size(), 0);
    for (const batch of batches) {
      if (items > 1 && !isHopeless(error)) await batch.alone();
      else batch.fail(error);
    }
  }
}

/** Nobody gets through to a database that is away; asking once for each item would only take longer. */
function isHopeless(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'store_unreachable' || error.code === 'store_gone' || error.code === 'store_closed');
}

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };

function createBatch<Item, Result>(write: Write, writeAll: WriteAll<Item, Result>): Batch & { add(waiting: Waiting<Item, Result>): boolean } {
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
    async run(tx) {
      const results = await writeAll(
        tx,
        waiting.map((entry) => entry.item),
      );
      return () => settleAll(waiting, results);
    },
    async alone() {
      for (const entry of waiting) await write((tx) => writeAll(tx, [entry.item])).then((results) => settleAll([entry], results), entry.reject);
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
