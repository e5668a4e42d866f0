import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { DatabaseKind } from './schema.ts';

/** The name under which instances on one PostgreSQL database tell each other that there is work. */
export const workChannel = 'plumb_work';

/** Tells workers, here and on other instances, that there may be something to do. */
export type WorkSignal = {
  listen(listener: () => void): () => void;
  /** Calls the listeners of this process. */
  call(): void;
  /** Tells other instances once the transaction is committed; with SQLite there are none. */
  announceIn(tx: Tx): Promise<void>;
};

export function createWorkSignal(kind: DatabaseKind): WorkSignal {
  const listeners = new Set<() => void>();
  return {
    listen(listener) {
      // Wrapped, so that the same function listening twice is two listeners.
      const entry = () => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    call() {
      for (const listener of [...listeners]) listener();
    },
    async announceIn(tx) {
      if (kind === 'postgres') await sql`select pg_notify(${workChannel}, '')`.execute(tx);
    },
  };
}
