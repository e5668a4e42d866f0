import type { KnownBlock } from '@slack/web-api';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { askedToWait, deliveryError, placesIn, slackCode } from './errors.ts';
import { markOf } from './own-post.ts';
import type { Lane, Pace } from './pace.ts';
import type { SlackWords } from './words.ts';
import type { Workspace } from './workspace.ts';

export type CallDependencies = { pace: Pace; words: SlackWords; logger: Logger };
/** `withoutPictures`: the blocks to show where Slack cannot fetch the pictures of the others. */
export type Shown = { text: string; blocks: KnownBlock[]; withoutPictures?: KnownBlock[] };

const Posted = z.object({ ok: z.literal(true), channel: optionally(z.string().min(1)), ts: z.string().min(1) });

// Links of people are theirs to open (DESIGN, decision 8).
const unfurl = { unfurl_links: false, unfurl_media: false };

/** Posts to a conversation, or with a person's id as `place` to the chat with them. Gives the conversation and the ts that it got. */
export async function postMessage(
  dependencies: CallDependencies,
  workspace: Workspace,
  { id, place, thread, shown }: { id: string; place: string; thread: string | undefined; shown: Shown },
): Promise<{ place: string; ts: string }> {
  const answer = await plainerIfRefused(dependencies, id, shown, textLimit.post, async ({ text, blocks, marked }) =>
    paced(dependencies, { tenant: workspace.tenant, method: 'chat.postMessage', place }, () =>
      workspace.client.chat.postMessage({
        channel: place,
        text,
        ...(blocks.length > 0 && { blocks }),
        ...(thread !== undefined && { thread_ts: thread }),
        ...(marked && { metadata: markOf(id) }),
        ...unfurl,
      }),
    ),
  );
  // Not to be read where it was put is as good as not knowing whether it is there.
  const posted = Posted.parse(answer);
  return { place: posted.channel ?? place, ts: posted.ts };
}

/** Shows it to one person among others. Not kept by Slack, and gone when they reload. */
export async function postEphemeral(
  dependencies: CallDependencies,
  workspace: Workspace,
  { id, place, thread, personId, shown }: { id: string; place: string; thread: string | undefined; personId: string; shown: Shown },
): Promise<void> {
  await plainerIfRefused(dependencies, id, shown, textLimit.post, async ({ text, blocks }) =>
    paced(dependencies, { tenant: workspace.tenant, method: 'chat.postEphemeral', place }, () =>
      workspace.client.chat.postEphemeral({
        channel: place,
        user: personId,
        text,
        ...(blocks.length > 0 && { blocks }),
        ...(thread !== undefined && { thread_ts: thread }),
      }),
    ),
  );
}

/** Shows something else in place of an earlier post. */
export async function updateMessage(
  dependencies: CallDependencies,
  workspace: Workspace,
  { id, place, ts, shown }: { id: string; place: string; ts: string; shown: Shown },
): Promise<void> {
  await plainerIfRefused(dependencies, id, shown, textLimit.update, async ({ text, blocks }) =>
    paced(dependencies, { tenant: workspace.tenant, method: 'chat.update', place }, () =>
      // Blocks that are left out would stay as they were.
      workspace.client.chat.update({ channel: place, ts, text, blocks }),
    ),
  );
}

/** Calls when the pace allows it, and lets the pace know when Slack wants it slower. Throws what Slack's library throws, or a busy DeliveryError. */
export async function paced<T>({ pace }: Pick<CallDependencies, 'pace'>, lane: Lane, call: () => Promise<T>): Promise<T> {
  await pace.wait(lane);
  try {
    return await call();
  } catch (error) {
    const waitMs = askedToWait(error);
    if (waitMs === undefined) throw error;
    pace.limited(lane, waitMs);
    throw deliveryError(error, lane.method);
  }
}

type Payload = Shown & { marked: boolean };

// docs.slack.dev/reference/methods/chat.postMessage cuts beyond 40,000 characters; chat.update takes 4,000 as text.
const textLimit = { post: 39_000, update: 3_900 } as const;
const aboutBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_too_long', 'msg_blocks_too_long', 'block_mismatch', 'invalid_arguments']);
const aboutMetadata = new Set(['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large', 'metadata_must_be_sent_from_app']);

/** Once more without pictures, then as plain text when Slack does not take the blocks, once more without the mark when it does not take that. */
async function plainerIfRefused<T>(
  dependencies: CallDependencies,
  outbox: string,
  shown: Shown,
  limit: number,
  call: (payload: Payload) => Promise<T>,
): Promise<T> {
  let payload: Payload = { ...shown, marked: true };
  for (;;) {
    try {
      return await call(payload);
    } catch (error) {
      const code = slackCode(error);
      const plainer = code === undefined ? undefined : plainerAfter(code, payload, limit, dependencies.words);
      if (!plainer) throw error;
      const at = placesIn(error);
      dependencies.logger.warn({ outbox, code, ...(at.length > 0 && { at }) }, 'Slack did not take a message as it was built; it goes out in a plainer form.');
      payload = plainer;
    }
  }
}

function plainerAfter(code: string, payload: Payload, limit: number, words: SlackWords): Payload | undefined {
  if (aboutMetadata.has(code)) return payload.marked ? { ...payload, marked: false } : undefined;
  if (!aboutBlocks.has(code)) return undefined;
  const { withoutPictures, ...rest } = payload;
  // A picture that Slack cannot fetch makes it refuse all blocks ("downloading image failed": github.com/slackapi/java-slack-sdk/issues/1396).
  if (withoutPictures) return { ...rest, blocks: withoutPictures };
  const text = payload.text.length > limit ? `${payload.text.slice(0, limit).toWellFormed()} ${words.more}` : payload.text;
  return payload.blocks.length > 0 || text !== payload.text ? { ...payload, text, blocks: [] } : undefined;
}
