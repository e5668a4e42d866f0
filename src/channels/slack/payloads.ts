import { z } from 'zod';
import { timestampSchema } from './timestamp.ts';

const id = z.string().min(1).max(200);
const placeId = z.string().min(1).max(100);
const triggerId = z.string().min(1).max(500);
const httpUrl = z.url({ protocol: /^https?$/ }).max(2_000);
const responseUrl = httpUrl.nullish();
const user = z.object({ id: placeId });

const Message = z.object({ ts: timestampSchema, thread_ts: timestampSchema.nullish() });
const View = z.object({ id, type: z.enum(['home', 'modal']), private_metadata: z.string().max(3_000).default('') });

/** A button, wherever it stands (docs.slack.dev, "block_actions payload"). Of an ephemeral message only the container tells where it is. */
export const PressPayload = z.object({
  user,
  trigger_id: triggerId,
  response_url: responseUrl,
  actions: z.array(z.unknown()).max(25),
  channel: z.object({ id: placeId }).nullish(),
  message: Message.nullish(),
  container: z
    .object({ channel_id: placeId.nullish(), message_ts: timestampSchema.nullish(), thread_ts: timestampSchema.nullish(), is_ephemeral: z.boolean().nullish() })
    .nullish(),
  view: View.nullish(),
});

/** A modal that was sent (docs.slack.dev, "view_submission payload"). The view itself is read by the renderer that made it. */
export const SubmissionPayload = z.object({
  user,
  trigger_id: triggerId,
  view: z.looseObject({ id, blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).default([]) }),
});

/** A shortcut on a message (docs.slack.dev, "message_action payload"). */
export const MessageShortcutPayload = z.object({
  user,
  trigger_id: triggerId,
  response_url: responseUrl,
  channel: z.object({ id: placeId }),
  message: Message.extend({
    user: z.string().max(100).nullish(),
    bot_id: z.string().nullish(),
    subtype: z.string().nullish(),
    text: z.string().nullish(),
  }),
});

/** A shortcut from the search bar or the lightning menu (docs.slack.dev, "shortcut payload"). */
export const GlobalShortcutPayload = z.object({ user, trigger_id: triggerId });

/** A slash command (docs.slack.dev, "Implementing slash commands"). */
export const CommandPayload = z.object({
  user_id: placeId,
  trigger_id: triggerId,
  response_url: responseUrl,
  channel_id: placeId,
  text: z.string().max(40_000).default(''),
});
