import { type ChannelName, conversationKey } from '../domain/conversation.ts';
import type { Language } from '../language/language.ts';
import { cleanEvent } from './clean-event.ts';
import { withDeadline } from './deadline.ts';
import { NotStoredError } from './errors.ts';
import type { Channel, Clock, InboundEvent, Intake, Logger, Metrics, WrittenMessage } from './ports.ts';
import { reasonOf } from './reason-of.ts';
import type { AddResult, NewInboxRow, Store } from './store.ts';
import { createTenantCache, type TenantKnown } from './tenant-cache.ts';
import type { Workspaces } from './tenant-language.ts';

// A burst ends at the latest after this time, so that somebody who keeps typing gets an answer too.
const LONGEST_BURST_MS = 10_000;
// Slack wants its acknowledgement within 3 s (docs: Events API); names that come later are not worth a second delivery.
const COMPLETE_MS = 1_000;

type Message = Extract<InboundEvent, { type: 'MessagePosted' | 'MessageEdited' | 'MessageDeleted' | 'MessageRestored' }>;
type Judged = Extract<Message, { type: 'MessagePosted' | 'MessageEdited' }>;
type Placed = { row: NewInboxRow; answerExpected: boolean };

type Dependencies = {
  store: Pick<Store, 'inbox' | 'settings' | 'lessons'>;
  /** The local engine: messages are judged in memory and go nowhere before somebody started an alignment. */
  language: Pick<Language, 'mayMatter' | 'glance' | 'isWorthKeeping'>;
  workspaces: Workspaces;
  channels: ReadonlyMap<ChannelName, Channel>;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
};

/**
 * Decides, before the platform is answered, whether an event is ours, and makes it durable if so. What is not ours is forgotten here: it reaches no
 * disk and no log. Rejects with NotStoredError when the store fails, so that the platform sends the event again.
 */
export function createReceive(dependencies: Dependencies): Intake['receive'] {
  const { store, channels, metrics } = dependencies;
  const tenantKnown = createTenantCache(store, dependencies.clock, dependencies.workspaces);
  // Messages that wait for names, by conversation: what is said there next must find them stored, and come after them.
  const completing = new Map<string, Promise<unknown>>();

  /** Adds a row as soon as it is complete. */
  async function add(row: NewInboxRow): Promise<AddResult> {
    const completion = complete(dependencies, row.event);
    if (completion === undefined) return store.inbox.add(row);
    const key = conversationKey(row.event.conversation);
    const added = completion.then((event) => store.inbox.add({ ...row, event }));
    const settled = added.then(noop, noop);
    completing.set(key, settled);
    try {
      return await added;
    } finally {
      if (completing.get(key) === settled) completing.delete(key);
    }
  }

  return async function receive(raw) {
    const startedAt = performance.now();
    metrics.count('inbound', { channel: raw.conversation.channel });
    try {
      const event = cleanEvent(raw);
      if (completing.size > 0) await completing.get(conversationKey(event.conversation));
      const placed = isMessage(event)
        ? await placeMessage(dependencies, tenantKnown, event)
        : isOfOthers(event)
          ? undefined
          : placeAtOnce(dependencies.clock, event);
      if (placed === undefined) {
        metrics.count('dropped', { channel: event.conversation.channel });
        return 'not ours';
      }
      const added = await add(placed.row);
      metrics.count(added === 'stored' ? 'stored' : 'duplicate', { channel: event.conversation.channel });
      if (added === 'stored' && event.type === 'FeedbackGiven') countFeedback(metrics, event);
      if (added === 'stored' && placed.answerExpected && isMessage(event))
        channels.get(event.conversation.channel)?.showWorking(event.conversation, event.messageId);
      return added;
    } catch (error) {
      throw new NotStoredError({ cause: error });
    } finally {
      metrics.observe('receive', (performance.now() - startedAt) / 1_000);
    }
  };
}

const noop = (): void => undefined;

/** Only now that it is to be kept is the platform asked for what is missing; undefined when nothing is. Without an answer it is kept as it came. */
function complete(dependencies: Dependencies, event: InboundEvent): Promise<InboundEvent> | undefined {
  const channel = dependencies.channels.get(event.conversation.channel);
  const completion = isWritten(event) ? channel?.complete?.(event) : undefined;
  return completion && inTime(dependencies, event, completion);
}

async function inTime({ logger }: Dependencies, event: InboundEvent, completion: Promise<InboundEvent>): Promise<InboundEvent> {
  try {
    return cleanEvent(await withDeadline('Completing a message', completion, COMPLETE_MS));
  } catch (error) {
    logger.warn(
      { channel: event.conversation.channel, reason: reasonOf(error) },
      'A message is kept without the names that it mentions: the platform did not tell them.',
    );
    return event;
  }
}

function isWritten(event: InboundEvent): event is WrittenMessage {
  return isMessage(event) && event.type !== 'MessageDeleted';
}

export function countFeedback(metrics: Metrics, { conversation, useful }: Extract<InboundEvent, { type: 'FeedbackGiven' }>): void {
  metrics.count('feedback', { channel: conversation.channel, kind: useful ? 'useful' : 'not-useful' });
}

/** Messages are somebody's words and may be none of our business; everything else was meant for Plumb. */
export function isMessage(event: InboundEvent): event is Message {
  return event.type === 'MessagePosted' || event.type === 'MessageEdited' || event.type === 'MessageDeleted' || event.type === 'MessageRestored';
}

/** Who else comes and goes is asked of the platform when it counts: nobody's comings and goings are kept. */
function isOfOthers(event: InboundEvent): boolean {
  return event.type === 'MemberChanged' && !event.isPlumb;
}

type KnownOf = (tenant: string) => Promise<TenantKnown>;

function placeAtOnce(clock: Clock, event: InboundEvent): Placed {
  return { row: { event, readyAt: clock.now() }, answerExpected: false };
}

/** Cheapest first: most chatter ends at the text check without touching the store. */
async function placeMessage(dependencies: Dependencies, tenantKnown: KnownOf, event: Message): Promise<Placed | undefined> {
  const { store, clock } = dependencies;
  const addressed = 'addressed' in event && event.addressed;
  if (!startsThread(event) || addressed) {
    if (await store.inbox.tracks(event.conversation)) {
      const { burstMs } = (await tenantKnown(event.conversation.tenant)).settings;
      const now = clock.now();
      const row = { event, readyAt: now + burstMs, extendBurstUntil: now + LONGEST_BURST_MS };
      return { row: addressed ? { ...row, addressed } : row, answerExpected: addressed };
    }
  }
  if (addressed) return { row: { event, readyAt: clock.now(), addressed }, answerExpected: true };
  if (event.type === 'MessageDeleted' || event.type === 'MessageRestored') return undefined;
  if (!dependencies.language.mayMatter(event.text)) return undefined;
  const known = await tenantKnown(event.conversation.tenant);
  if (known.settings.silencedPlaces.includes(event.conversation.place) || !(await isHeard(dependencies, event, known))) return undefined;
  // The slower look may still find a private suggestion enough, or nothing at all: until then the channel sees no sign of work.
  return { row: { event, readyAt: clock.now() }, answerExpected: false };
}

/** A new message that opens a thread of its own cannot belong to anything yet. */
function startsThread(event: Message): boolean {
  return event.type === 'MessagePosted' && event.topLevel && event.conversation.thread === event.messageId;
}

async function isHeard({ language, logger }: Dependencies, { text, conversation }: Judged, { language: tenant }: TenantKnown): Promise<boolean> {
  try {
    if (!language.mayMatter(text, tenant) || language.glance({ text, tenant }) === 'no') return false;
    return await language.isWorthKeeping({ text, tenant });
  } catch (error) {
    // What cannot be read is forgotten rather than kept: it is most likely none of our business, and mentioning Plumb always works.
    logger.error({ channel: conversation.channel, reason: reasonOf(error) }, 'A message could not be judged and was forgotten.');
    return false;
  }
}
