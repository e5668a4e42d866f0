import { z } from 'zod';
import { optionally } from '../optional.ts';

// Ids are opaque: the Agents Playground's are no GUIDs. Half a surrogate pair is no character and could not stand in a key or an address.
const id = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const words = optionally(z.string().min(1));

/** Somebody or some bot (Microsoft Learn: "Bot Framework activity schema", channel account). Teams says in rosters who is a guest, and of some activities which tenant somebody is of. */
const AccountShape = z.object({ id, aadObjectId: optionally(id), name: words, role: words, userRole: words, tenantId: words });

const Named = z.object({ id, name: words });

/** What Teams adds (Microsoft Learn: "Messages in bot conversations", Teams channel data). Any part of it may be missing. */
const ChannelData = z.object({
  eventType: words,
  tenant: optionally(z.object({ id })),
  team: optionally(z.object({ id, name: words, aadGroupId: words })),
  channel: optionally(Named),
  settings: optionally(z.object({ selectedChannel: optionally(Named) })),
});

/** What all activities have. */
export const AnyActivity = z.object({
  type: z.string().min(1),
  id: optionally(id),
  timestamp: words,
  serviceUrl: id,
  from: optionally(AccountShape),
  recipient: AccountShape,
  conversation: z.object({ id, conversationType: words, isGroup: optionally(z.boolean()), tenantId: optionally(id) }),
  channelData: optionally(ChannelData),
  entities: optionally(z.array(z.unknown())),
  localTimezone: words,
  replyToId: optionally(id),
});

/** What of an account decides who it is. */
export const Member = AccountShape;

/** A `message` or `messageUpdate`: text, and the same with its styles as an attachment of HTML. */
export const MessageActivity = z.object({
  id,
  timestamp: words,
  text: optionally(z.string()),
  textFormat: words,
  attachments: optionally(z.array(z.unknown())),
  entities: optionally(z.array(z.unknown())),
  channelData: optionally(ChannelData),
});

/** A `messageDelete`: its id is the message's. */
export const DeleteActivity = z.object({ id, timestamp: words });

/** A `conversationUpdate` (Microsoft Learn: "Conversation events in your Teams bot"). */
export const ConversationUpdate = z.object({
  id: optionally(id),
  timestamp: words,
  membersAdded: optionally(z.array(z.unknown())),
  membersRemoved: optionally(z.array(z.unknown())),
  topicName: words,
  conversation: z.object({ name: words }),
  channelData: optionally(ChannelData),
});

/** An `installationUpdate`: added or removed, by itself or with a new version of the app. */
export const InstallationUpdate = z.object({
  id: optionally(id),
  timestamp: words,
  action: z.string(),
  conversation: z.object({ name: words }),
  channelData: optionally(ChannelData),
});

/** Somebody or something that a message mentions (Microsoft Learn: "Channel and group chat conversations with a bot", Retrieve mentions). */
export const MentionEntity = z.object({
  text: words,
  mentioned: z.object({ id: optionally(id), aadObjectId: optionally(id), name: words, type: words }),
});

/** Where somebody's clock is (Microsoft Learn: "Messages in bot conversations"). */
export const ClientInfo = z.object({ timezone: words });

export const HtmlAttachment = z.object({ content: z.string() });

/** The message that an action command was used on (Microsoft Learn: "Create and send dialogs", payload of a reply to a thread). */
export const MessagePayload = z.object({
  id,
  createdDateTime: words,
  deleted: optionally(z.boolean()),
  body: z.object({ contentType: words, content: z.string() }),
  from: z.object({ user: z.object({ id, displayName: words }) }),
  mentions: optionally(z.array(z.unknown())),
});

/** `id` is the number that the body's `at` element carries. */
export const PayloadMention = z.object({
  id: z.union([z.number(), z.string()]),
  mentionText: words,
  mentioned: z.object({
    user: optionally(z.object({ id, displayName: words })),
    application: optionally(z.object({ id })),
  }),
});

/** Those of a list that say to be of a kind and are: to try the schema on all others would cost more than all the rest of the reading. */
export function ofKind<T extends z.ZodType>(
  schema: T,
  field: 'type' | 'contentType',
  kind: string,
  values: readonly unknown[] | null | undefined,
): z.output<T>[] {
  const found = (values ?? []).filter((value) => typeof value === 'object' && value !== null && Reflect.get(value, field) === kind);
  return found.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}
