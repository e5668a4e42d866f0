import { handlingDelays, retryDelay } from './backoff.ts';
import { withDeadline } from './deadline.ts';
import { ConflictError, TooSlowError } from './errors.ts';
import type { Clock, InteractionResponse, Logger, Metrics } from './ports.ts';
import { reasonOf } from './reason-of.ts';
import type { Inbox, InboxRow, LeasedStream } from './store.ts';

/**
 * Reads, decides and commits what the rows of one stream cause, and marks them done. Throws ConflictError when its commit kept losing against another
 * writer; anything else it throws is a failure of those rows.
 */
export type Handle = (leased: LeasedStream) => Promise<{ responses: ReadonlyMap<string, InteractionResponse> }>;

/** `conflict`: another writer was faster, nothing was written for the rows that are left, and they may be tried again at once. */
export type WorkThrough = (leased: LeasedStream) => Promise<'done' | 'conflict'>;

// Handling ends well before its lease does, so that a slow worker and its successor never both believe that they hold a stream.
const SHARE_OF_LEASE = 0.8;
const CONFLICT_PAUSE_MS = 40;

type Dependencies = {
  inbox: Inbox;
  handle: Handle;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  leaseMs: number;
  /** From 0 up to 1, for jitter. */
  random: () => number;
};

/**
 * Handles all rows of a leased stream and gives the stream back. A burst is handled as one; when that fails its rows are tried one by one, so that one
 * bad row does not take its neighbours along. A failing row is tried again with growing delays and then parked as a dead letter. Never rejects.
 */
export function createWorkThrough(dependencies: Dependencies): WorkThrough {
  const { inbox, logger } = dependencies;
  return async function workThrough(leased) {
    try {
      const outcome = await workOn(dependencies, leased);
      await inbox.release(leased);
      return outcome;
    } catch (error) {
      // Only the store can bring us here. The rows wait in it unchanged and are taken again when the lease has run out.
      logger.error({ stream: leased.stream, reason: reasonOf(error) }, 'A conversation could not be worked on; it is tried again when its lease has run out.');
      return 'done';
    }
  };
}

async function workOn(dependencies: Dependencies, leased: LeasedStream): Promise<'done' | 'conflict'> {
  const { clock, metrics, leaseMs } = dependencies;
  const endsAt = performance.now() + leaseMs * SHARE_OF_LEASE;
  // All rows of the stream come with the lease; one that failed keeps its delay all the same.
  const due = leased.rows.filter((row) => !(row.attempts > 0 && row.readyAt > clock.now()));
  const waiting = inBursts(due);
  for (const row of due) metrics.observe('wait', Math.max(0, clock.now() - row.storedAt) / 1_000);
  for (let rows = waiting.shift(); rows !== undefined; rows = waiting.shift()) {
    const left = endsAt - performance.now();
    // What is left over stays in the inbox and comes back with the next lease.
    if (left <= 0) return 'done';
    const failure = await tryRows(dependencies, { ...leased, rows }, left);
    if (failure === undefined) continue;
    if (failure instanceof ConflictError) {
      await pauseAfterConflict(dependencies, leased);
      return 'conflict';
    }
    const tooSlow = failure instanceof TooSlowError;
    if (rows.length > 1 && !tooSlow) {
      waiting.unshift(...rows.map((row) => [row]));
      continue;
    }
    // A burst that ran out of time has none left for its rows one by one; having failed once, they come back one by one.
    for (const row of rows) await failRow(dependencies, row, failure);
    // The slow handling may still go on: without the lease its commit is refused.
    if (tooSlow) return 'done';
  }
  return 'done';
}

/** Neighbours that never failed make one burst; a row that failed before stands alone, so that it cannot spoil another burst. */
function inBursts(rows: readonly InboxRow[]): InboxRow[][] {
  const bursts: InboxRow[][] = [];
  for (const row of rows) {
    const last = bursts.at(-1);
    if (last && row.attempts === 0 && last.every((other) => other.attempts === 0)) last.push(row);
    else bursts.push([row]);
  }
  return bursts;
}

async function tryRows({ handle, metrics }: Dependencies, leased: LeasedStream, limitMs: number): Promise<unknown> {
  const startedAt = performance.now();
  try {
    await withDeadline('Handling a conversation', handle(leased), Math.ceil(limitMs));
    for (const _ of leased.rows) metrics.count('handled');
    return undefined;
  } catch (error) {
    return error ?? new Error('nothing was thrown');
  } finally {
    metrics.observe('handle', (performance.now() - startedAt) / 1_000);
  }
}

async function failRow({ inbox, clock, logger, metrics, random }: Dependencies, row: InboxRow, failure: unknown): Promise<void> {
  const reason = reasonOf(failure);
  const delay = retryDelay(handlingDelays, row.attempts, random);
  const fields = { stream: row.stream, row: row.id, event: row.event.type, attempt: row.attempts + 1, reason };
  await inbox.fail(row.id, delay === undefined ? { reason } : { reason, retryAt: clock.now() + delay });
  if (delay === undefined) {
    metrics.count('dead_letter', { kind: 'inbox' });
    logger.error(fields, 'An event could not be handled and was parked as a dead letter; an admin can replay it.');
  } else {
    metrics.count('retried', { kind: 'inbox' });
    logger.warn({ ...fields, retryInMs: delay }, 'An event could not be handled; it is tried again.');
  }
}

async function pauseAfterConflict({ logger, metrics, random }: Dependencies, leased: LeasedStream): Promise<void> {
  metrics.count('conflict');
  logger.warn({ stream: leased.stream }, 'Another writer was faster; the conversation is tried again.');
  // Under the lease, so that this stream is not taken again at once while the other writer is still at it.
  await new Promise((resolve) => setTimeout(resolve, CONFLICT_PAUSE_MS * (0.5 + random())));
}
