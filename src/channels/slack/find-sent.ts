import { z } from 'zod';
import { type Clock, DeliveryError } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { askedToWait, deliveryError, lacksMethod } from './errors.ts';
import { isOwnPost, markedId } from './own-post.ts';
import type { Workspace } from './workspace.ts';

export type Sought = { messageId: string; place: string; thread: string | undefined; perhapsSentAt: number };

/** `unknown`: it cannot be read here whether it arrived. */
export type Found = { ts: string } | 'absent' | 'unknown';

// Clocks of machines are off by minutes at worst; looking further back costs little, because Plumb's posts are few.
const marginMs = 30 * 60_000;
// Newly distributed apps get 15 whatever they ask for (docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps).
const pageSize = 100;
const maxPages = 5;
// Such apps read once a minute: after some minutes without a look, coming twice is better than not at all. Slack's own event may tell before.
const maxWaits = 3;
const maxWaiting = 10_000;

const Page = z.object({
  messages: z.array(z.object({ ts: z.string(), user: optionally(z.string()), bot_id: optionally(z.string()), metadata: z.unknown().optional() })),
  response_metadata: optionally(z.object({ next_cursor: optionally(z.string()) })),
});

/**
 * Looks for a message that may have arrived, before it is sent again. Throws a busy DeliveryError while Slack lets nobody read, a bounded number of
 * times; then, and where reading is not allowed, the answer is `unknown`. `now` is real time: Slack's clock does not follow ours where ours is moved.
 */
export function createFindSent({ clock, now = Date.now }: { clock: Clock; now?: () => number }) {
  const waits = new Map<string, number>();

  return async function findSent(workspace: Workspace, sought: Sought): Promise<Found> {
    try {
      const found = await look(workspace, sought, now() - Math.max(0, clock.now() - sought.perhapsSentAt) - marginMs);
      waits.delete(sought.messageId);
      return found;
    } catch (error) {
      return whenUnread(sought.messageId, error);
    }
  };

  function whenUnread(messageId: string, error: unknown): 'unknown' {
    const { message, failure } = deliveryError(error, 'reading back');
    const waited = waits.get(messageId) ?? 0;
    if (!failure.retry || lacksMethod(error) || (askedToWait(error) !== undefined && waited >= maxWaits)) {
      waits.delete(messageId);
      return 'unknown';
    }
    if (failure.busy) remember(messageId, waited + 1);
    // Not knowing is not a refusal: what may have arrived still may.
    throw new DeliveryError(message, { ...failure, perhapsSent: true, cause: error });
  }

  function remember(messageId: string, times: number): void {
    const [oldest] = waits.keys();
    if (waits.size >= maxWaiting && oldest !== undefined) waits.delete(oldest);
    waits.set(messageId, times);
  }
}

async function look(workspace: Workspace, { messageId, place, thread }: Sought, since: number): Promise<Found> {
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const window = { channel: place, oldest: (since / 1_000).toFixed(6), inclusive: true, include_all_metadata: true, limit: pageSize };
    const query = { ...window, ...(cursor !== undefined && { cursor }) };
    const { client } = workspace;
    const answer = thread === undefined ? await client.conversations.history(query) : await client.conversations.replies({ ...query, ts: thread });
    const read = Page.safeParse(answer);
    if (!read.success) return 'unknown';
    const own = read.data.messages.find(
      (message) => isOwnPost({ user: message.user, botId: message.bot_id }, workspace) && markedId(message.metadata) === messageId,
    );
    if (own) return { ts: own.ts };
    cursor = read.data.response_metadata?.next_cursor ?? undefined;
    if (!cursor) return 'absent';
  }
  return 'unknown';
}
