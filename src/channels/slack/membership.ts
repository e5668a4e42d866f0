import { z } from 'zod';
import { within } from '../within.ts';
import { slackCode } from './errors.ts';
import { isDirect } from './place.ts';
import type { Workspace } from './workspace.ts';

const Conversation = z.object({ channel: z.object({ is_member: z.boolean().optional() }) });
const elsewhere = new Set(['channel_not_found', 'not_in_channel', 'method_not_supported_for_channel_type']);
// A person waits for the answer, and Slack for the acknowledgement (3 s).
const PATIENCE_MS = 1_200;

/**
 * Whether Plumb is in a conversation, so that it can write there: somebody can call it from anywhere. Where Slack does not tell (a missing scope, a server
 * without this method, no answer in time) it is taken for yes, since then the post itself tells.
 */
export async function isInvited({ client }: Workspace, place: string): Promise<boolean> {
  try {
    const answer = await within(PATIENCE_MS, client.conversations.info({ channel: place }));
    const known = Conversation.safeParse(answer);
    // A 1:1 chat that Slack tells of is Plumb's own; others are not found.
    return isDirect(place) || !known.success || known.data.channel.is_member !== false;
  } catch (error) {
    return !elsewhere.has(slackCode(error) ?? '');
  }
}
