import { randomUUID } from 'node:crypto';
import type { PersonId } from '../../domain/conversation.ts';
import { maySee } from './people.ts';

export type ExampleStatus =
  | { status: 'idle' }
  | { status: 'running'; thread?: string; typing?: PersonId }
  | { status: 'ended'; thread?: string; how: 'done' | 'stopped' | 'no-reply' };

/** Something that changed. Messages are named, not copied: what is deleted is then nowhere any more. */
export type Change =
  | { type: 'message'; messageId: string; place: string }
  | { type: 'removed'; messageId: string; place: string }
  | { type: 'working'; place: string; thread: string }
  | { type: 'clock' }
  | { type: 'example'; example: ExampleStatus };

export type FeedEntry = { n: number; change: Change };
/** Either what is new since then, or (when that is no longer known) a reason to show everything again. */
export type Resumption = { kind: 'replay'; entries: FeedEntry[] } | { kind: 'snapshot' };

/** How far back a reconnect is answered by replay; beyond it the whole state is sent. */
const ringSize = 1_000;

export type Feed = ReturnType<typeof createFeed>;

/** The order of everything that changes in the room, with a short memory for reconnects. `epoch` changes with each start of the process. */
export function createFeed() {
  const epoch = randomUUID().slice(0, 8);
  const ring: FeedEntry[] = [];
  const listeners = new Set<(entry: FeedEntry) => void>();
  let last = 0;

  return {
    publish(change: Change): void {
      last += 1;
      const entry = { n: last, change };
      ring.push(entry);
      if (ring.length > ringSize) ring.shift();
      for (const listener of [...listeners]) listener(entry);
    },
    /** Calls `listener` in order until the returned function is called. */
    subscribe(listener: (entry: FeedEntry) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    last(): number {
      return last;
    },
    idOf(n: number): string {
      return `${epoch}-${n}`;
    },
    /** What somebody who saw everything up to `lastId` has missed. */
    resume(lastId: string | undefined): Resumption {
      const [, knownEpoch, seen] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(lastId ?? '') ?? [];
      const n = Number(seen);
      const oldest = ring[0]?.n ?? last + 1;
      if (knownEpoch !== epoch || n > last || n < oldest - 1) return { kind: 'snapshot' };
      return { kind: 'replay', entries: ring.filter((entry) => entry.n > n) };
    },
  };
}

/** A change in somebody's 1:1 chat is for that person only. */
export function isFor(change: Change, personId: PersonId): boolean {
  return change.type === 'clock' || change.type === 'example' || maySee(personId, change.place);
}
