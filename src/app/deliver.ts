import type { ChannelName } from '../domain/conversation.ts';
import { busyWait, deliveryDelays, handlingDelays, retryDelay } from './backoff.ts';
import { withDeadline } from './deadline.ts';
import { TooSlowError } from './errors.ts';
import { heldAgain } from './hold-again.ts';
import { createLoop, type Loop } from './loop.ts';
import { openThread } from './open-thread.ts';
import { type Channel, type Clock, DeliveryError, type Logger, type Metrics } from './ports.ts';
import { reasonOf } from './reason-of.ts';
import { refusedEvent } from './refused-event.ts';
import { servedBy } from './served.ts';
import type { OutboxRow, Store } from './store.ts';
import { isWorthKeeping, unreachedEvent } from './unreached-event.ts';

export type Deliverer = Loop;

// A send that takes longer hangs; platforms answer within seconds. Its lease is longer, so that a hanging send is never repeated beside itself.
const defaultSendDeadlineMs = 15_000;
const LEASE_IN_DEADLINES = 3;
const SAVE_TRIES = 4;
// So long a message waits about whose hour the platform could not be asked.
const LOOK_AGAIN_MS = 60_000;
const defaultSends = 32;

type Options = {
  store: Pick<Store, 'inbox' | 'outbox' | 'onWork' | 'settings'>;
  channels: ReadonlyMap<ChannelName, Channel>;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Sends under way at the same time, over all destinations. */
  concurrency?: number;
  sendDeadlineMs?: number;
  /** From 0 up to 1, for jitter. */
  random?: () => number;
};

/**
 * Delivers the outbox of the channels served here: in order for one destination, many destinations side by side, at least once. A refused send is tried
 * again, not before the platform's Retry-After, and without end while the platform is only busy; what is refused for good, or too often, is parked as a
 * dead letter, and told where an admin can mend it. Late messages are dropped. `stop` resolves when every send in hand has ended.
 */
export function createDeliverer(options: Options): Deliverer {
  const { store, clock, logger, metrics, concurrency = defaultSends, sendDeadlineMs = defaultSendDeadlineMs, random = Math.random } = options;
  const inHand = new Set<Promise<void>>();
  const isFull = (): boolean => inHand.size >= concurrency;
  let stopListening: (() => void) | undefined;

  const loop = createLoop({ name: 'deliverer', clock, logger, round, nextAt });

  async function nextAt(): Promise<number | undefined> {
    return isFull() ? undefined : await store.outbox.nextDueAt(servedBy(options.channels));
  }

  async function round(): Promise<'more' | 'idle'> {
    if (isFull()) return 'idle';
    const now = clock.now();
    const limit = concurrency - inHand.size;
    const leaseUntil = now + sendDeadlineMs * LEASE_IN_DEADLINES;
    const { due, expired } = await store.outbox.lease({ now, leaseUntil, limit, ...servedBy(options.channels) });
    for (let dropped = 0; dropped < expired; dropped += 1) metrics.count('dropped', { kind: 'expired' });
    for (const row of due) {
      const work = deliver({ ...options, sendDeadlineMs, random }, row).finally(() => {
        inHand.delete(work);
        loop.poke();
      });
      inHand.add(work);
    }
    return due.length > 0 ? 'more' : 'idle';
  }

  return {
    ...loop,
    start() {
      stopListening ??= store.onWork(() => loop.poke());
      loop.start();
    },
    async stop() {
      stopListening?.();
      await loop.stop();
      await Promise.all(inHand);
    },
  };
}

type Delivery = Options & { sendDeadlineMs: number; random: () => number };

/** Never rejects: when the store fails, the row's lease runs out and it is tried again. */
async function deliver(delivery: Delivery, row: OutboxRow): Promise<void> {
  const { metrics, logger } = delivery;
  const startedAt = performance.now();
  try {
    if (await holdAgain(delivery, row)) return;
    const sent = await send(delivery, row);
    if ('platformId' in sent) await remember(delivery, row, sent.platformId);
    else await failSend(delivery, row, sent.failure);
  } catch (error) {
    logger.error({ outbox: row.id, reason: reasonOf(error) }, 'What became of a send could not be stored; it is tried again when its lease has run out.');
  } finally {
    metrics.observe('deliver', (performance.now() - startedAt) / 1_000);
  }
}

/** Postpones it where it may not go out now, and gives whether that is so: it waits for another time of day, or nobody knows what time it is for that person. */
async function holdAgain({ channels, store, clock, logger }: Delivery, row: OutboxRow): Promise<boolean> {
  const channel = channels.get(channelOf(row));
  try {
    const until = channel && (await heldAgain(store, channel, row, clock.now()));
    if (until !== undefined) await store.outbox.postpone(row.id, until);
    return until !== undefined;
  } catch (error) {
    // Not sent, so that nobody is disturbed at night; and not left to its lease either, after which it would count as perhaps sent.
    await store.outbox.postpone(row.id, clock.now() + LOOK_AGAIN_MS);
    const fields = { outbox: row.id, channel: channelOf(row), reason: reasonOf(error) };
    logger.warn(fields, 'Whether somebody may be written to at this hour could not be found out; it is tried again in a minute.');
    return true;
  }
}

async function send(delivery: Delivery, row: OutboxRow): Promise<{ platformId: string } | { failure: unknown }> {
  const { channels, sendDeadlineMs } = delivery;
  const channel = channels.get(channelOf(row));
  if (!channel) {
    const message = `Nothing here sends to ${channelOf(row)}. Configure that channel (see .env.example), start again and replay this dead letter.`;
    return { failure: new DeliveryError(message, { retry: false }) };
  }
  const sending = Promise.try(() => channel.send(row.message, row.platformId, row.perhapsSentAt === undefined ? {} : { perhapsSentAt: row.perhapsSentAt }));
  try {
    return await withDeadline('A send', sending, sendDeadlineMs);
  } catch (failure) {
    // If it arrives late after all, the next try is not needed any more.
    if (failure instanceof TooSlowError) sending.then(({ platformId }) => settleLate(delivery, row, platformId), noop);
    return { failure };
  }
}

// A hanging send that fails in the end changes nothing: it has been counted as failed already.
const noop = (): void => undefined;

async function settleLate(delivery: Delivery, row: OutboxRow, platformId: string): Promise<void> {
  try {
    await remember(delivery, row, platformId);
    delivery.logger.info({ outbox: row.id }, 'A message arrived after its deadline; it is not sent again.');
  } catch (error) {
    delivery.logger.error(
      { outbox: row.id, reason: reasonOf(error) },
      'A message arrived after its deadline, which could not be stored; it may be sent twice.',
    );
  }
}

/** A post that is out must not be sent again only because the database was busy for a moment. */
async function remember({ store, clock, metrics }: Delivery, row: OutboxRow, platformId: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // First, because what is delivered is forgotten; a repeat is recognised by its key.
      await openThread(store, row.message, platformId, clock.now());
      await store.outbox.delivered(row.id, { platformId, at: clock.now() });
      return metrics.count('delivered', { channel: channelOf(row) });
    } catch (error) {
      if (attempt === SAVE_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt ** 2));
    }
  }
}

async function failSend(delivery: Delivery, row: OutboxRow, failure: unknown): Promise<void> {
  const { store, clock, logger, metrics, random } = delivery;
  const told = failure instanceof DeliveryError ? failure.failure : undefined;
  const reason = reasonOf(failure);
  if (told?.drop) return drop(delivery, row, reason);
  if (told?.problem === 'no-private-chat') return isWorthKeeping(row.message) ? keep(delivery, row, reason) : drop(delivery, row, reason);
  const fields = { outbox: row.id, channel: channelOf(row), attempt: row.attempts + 1, reason };
  const delay = delayAfter(failure, row.attempts, random);
  // First, because a refusal that is parked comes back by nobody's doing; a repeat is recognised by its key.
  if (delay === undefined && told?.problem) await store.inbox.add({ event: refusedEvent(row, told.problem, clock.now()), readyAt: clock.now() });
  await store.outbox.fail(row.id, {
    reason,
    ...(delay !== undefined && { retryAt: clock.now() + delay }),
    ...(told?.busy && { busy: true }),
    perhapsSent: mayHaveArrived(row, failure),
  });
  if (delay === undefined) {
    metrics.count('dead_letter', { kind: 'outbox' });
    logger.error(fields, 'A message could not be delivered and was parked as a dead letter; an admin can replay it.');
  } else {
    metrics.count('retried', { kind: 'outbox' });
    logger.warn({ ...fields, retryInMs: delay }, 'A message could not be delivered; it is tried again.');
  }
}

async function drop({ store, logger, metrics }: Delivery, row: OutboxRow, reason: string): Promise<void> {
  await store.outbox.drop(row.id);
  metrics.count('dropped', { kind: 'refused' });
  logger.info({ outbox: row.id, channel: channelOf(row), reason }, 'A message has nobody to reach any more; it was forgotten.');
}

/**
 * Nothing that an admin could mend, and no dead letter: it goes out once the person adds Plumb. Whoever handles the event may find that they have just
 * done so.
 */
async function keep({ store, clock, logger }: Delivery, row: OutboxRow, reason: string): Promise<void> {
  await store.outbox.keep(row.id, unreachedEvent(row, clock.now()));
  logger.info({ outbox: row.id, channel: channelOf(row), reason }, 'Somebody has no chat with Plumb; a message is kept for them until they add it.');
}

/** Only a platform's clear refusal says that nothing arrived, and only of the try that it refused. */
function mayHaveArrived({ perhapsSentAt }: OutboxRow, failure: unknown): boolean {
  if (perhapsSentAt !== undefined) return true;
  return failure instanceof DeliveryError ? failure.failure.perhapsSent === true : true;
}

/** Milliseconds until the next try, or undefined when there is none. */
function delayAfter(failure: unknown, attempts: number, random: () => number): number | undefined {
  if (failure instanceof DeliveryError) {
    const { retry, retryAfterMs, busy } = failure.failure;
    if (busy) return busyWait(retryAfterMs, random);
    if (!retry) return undefined;
    const delay = retryDelay(deliveryDelays, attempts, random);
    return delay === undefined ? undefined : Math.max(delay, retryAfterMs ?? 0);
  }
  // An error that no platform gave is a mistake of ours in all likelihood, and must not hold up its destination for hours.
  return retryDelay(failure instanceof TooSlowError ? deliveryDelays : handlingDelays, attempts, random);
}

function channelOf({ message: { to } }: OutboxRow): ChannelName {
  switch (to.kind) {
    case 'conversation':
      return to.conversation.channel;
    case 'person':
      return to.channel;
    default:
      return to satisfies never;
  }
}
