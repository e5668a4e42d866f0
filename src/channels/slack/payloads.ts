import { z } from 'zod';
import { optionally } from '../optional.ts';
import { threadSchema, timestampSchema } from './timestamp.ts';

const id = z.string().min(1).max(200);
const placeId = z.string().min(1).max(100);
// Without one no form can be opened; everything else goes on.
const triggerId = z.string().max(500).catch('');
// On a machine of one's own it may be plain HTTP.
const responseUrl = optionally(z.url({ protocol: /^https?$/ }).max(2_000));
const user = z.object({ id: placeId });

const Message = z.object({ ts: timestampSchema, thread_ts: threadSchema });
const View = z.object({ id, type: z.enum(['home', 'modal']), private_metadata: z.string().max(3_000).nullish() });
/** Which button it was and when; what it means is read by the renderer that made it. */
export const PressedAction = z.object({ action_id: optionally(z.string()), action_ts: optionally(z.string()) });

/** A button, wherever it stands (docs.slack.dev, "block_actions payload"). Of an ephemeral message only the container tells where it is. */
export const PressPayload = z.object({
  user,
  trigger_id: triggerId,
  response_url: responseUrl,
  actions: z.array(z.unknown()).max(25),
  channel: optionally(z.object({ id: placeId })),
  message: optionally(Message),
  container: optionally(
    z.object({
      channel_id: optionally(placeId),
      message_ts: optionally(timestampSchema),
      thread_ts: threadSchema,
      is_ephemeral: optionally(z.boolean()),
    }),
  ),
  view: View.nullish(),
});

/** A modal that was sent (docs.slack.dev, "view_submission payload"). The view itself is read by the renderer that made it. */
export const SubmissionPayload = z.object({
  user,
  trigger_id: triggerId,
  view: z.looseObject({
    id,
    hash: optionally(z.string()),
    state: z.unknown().optional(),
    blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).catch([]),
  }),
});

/** A shortcut on a message (docs.slack.dev, "message_action payload"). */
export const MessageShortcutPayload = z.object({
  user,
  trigger_id: triggerId,
  action_ts: optionally(z.string()),
  response_url: responseUrl,
  channel: z.object({ id: placeId }),
  message: Message.extend({
    user: optionally(z.string().max(100)),
    bot_id: optionally(z.string()),
    subtype: optionally(z.string()),
    text: optionally(z.string()),
  }),
});

/** A shortcut from the search bar or the lightning menu (docs.slack.dev, "shortcut payload"). */
export const GlobalShortcutPayload = z.object({ user, trigger_id: triggerId, action_ts: optionally(z.string()) });

/** A slash command (docs.slack.dev, "Implementing slash commands"). */
export const CommandPayload = z.object({
  user_id: placeId,
  trigger_id: triggerId,
  response_url: responseUrl,
  channel_id: placeId,
  text: z.string().max(40_000).catch(''),
});
