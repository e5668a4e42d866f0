import { z } from 'zod';
import type { Channel, Logger, SaidMessage } from '../../app/ports.ts';
import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';
import { optionally } from '../optional.ts';
import { tooLate, within } from '../within.ts';
import { type Graph, GraphError } from './graph.ts';
import { momentOf } from './moment.ts';
import { readSaid } from './said-message.ts';

/** `thread`: the root of the thread that it stands in. */
export type Pointed = { said: SaidMessage; thread: string };

/** Messages as Teams keeps them. Nothing throws, and nothing is remembered. */
export type MessagesInGraph = {
  earlier: NonNullable<Channel['earlier']>;
  /** One message of a conversation. 'nobody': no words of a person's stand there (any more). 'not told': Plumb may not read there, or gets no answer. */
  said(conversation: ConversationRef, messageId: string): Promise<Pointed | 'nobody' | 'not told'>;
};

type Dependencies = {
  graph: Graph;
  /** The app's own tenant, of which its tokens are. */
  tenant: string;
  /** How Plumb is called in messages (28:…). */
  botId: string;
  groupOf(tenant: string, place: string): Promise<string | undefined>;
  logger: Logger;
};

// One page is as much as Graph gives (Microsoft Learn: "List replies", "List messages in a chat").
const mostEarlier = 50;
// Plumb answers within three seconds where it can, and a dialog has to be there within five.
const longestEarlierMs = 3_000;
const longestSaidMs = 1_500;
const hour = 3_600_000;
// A chat has no threads: what was said there longer ago is about something else.
const chatBackMs = 48 * hour;

// Ids in Graph are those of the connector: moments of writing. Anything else would lead elsewhere in Graph.
const messageIds = /^[1-9]\d{12}$/;

/** What of a `chatMessage` says that somebody wrote it and it can still be read (Microsoft Learn: "chatMessage resource type"). */
const Written = z.looseObject({
  messageType: z.literal('message'),
  deletedDateTime: z.null().optional(),
  from: z.looseObject({ application: z.null().optional() }),
  policyViolation: optionally(z.object({ dlpAction: z.string() })),
  replyToId: optionally(z.string().min(1)),
});

type Found = { said: SaidMessage; root: string | undefined };

/** Messages over Microsoft Graph: those of teams whose owner, and of chats whose people consented that Plumb reads along. */
export function createMessagesInGraph({ graph, tenant, botId, groupOf, logger }: Dependencies): MessagesInGraph {
  return {
    async earlier(conversation, messageId) {
      const before = messageIds.test(messageId) ? momentOf(messageId) : undefined;
      if (before === undefined || conversation.thread === messageId) return [];
      return (await ask('What was said before', conversation, longestEarlierMs, (signal) => readEarlier(conversation, before, signal))) ?? [];
    },
    async said(conversation, messageId) {
      const found = await ask('A message that was pointed at', conversation, longestSaidMs, (signal) => readOne(conversation, messageId, signal));
      return found ?? 'not told';
    },
  };

  /** One try within that time; undefined where there is no consent, no such place, or no answer. */
  async function ask<T>(what: string, conversation: ConversationRef, longestMs: number, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const { thread } = conversation;
    // The app signs in to its own tenant alone, and in a 1:1 chat Plumb was told everything.
    if (conversation.tenant !== tenant || !(thread === wholeChat || messageIds.test(thread))) return undefined;
    const asked = { channel: 'teams', tenant };
    try {
      const found = await within(longestMs, read(AbortSignal.timeout(longestMs)));
      if (found !== tooLate) return found;
      logger.debug(asked, `${what} was not read: Microsoft Graph did not answer in time.`);
    } catch (error) {
      logger.debug({ ...asked, error }, `${what} could not be read in Microsoft Graph.`);
    }
    return undefined;
  }

  async function pathOf({ place, thread }: ConversationRef): Promise<readonly string[]> {
    if (thread === wholeChat) return ['chats', place, 'messages'];
    const group = await groupOf(tenant, place);
    if (group === undefined) throw new Error('Teams did not tell which group the team of the channel is.');
    return ['teams', group, 'channels', place, 'messages'];
  }

  async function readEarlier(conversation: ConversationRef, before: number, signal: AbortSignal): Promise<SaidMessage[]> {
    const { thread } = conversation;
    const path = await pathOf(conversation);
    if (thread === wholeChat) {
      const pages = graph.pages(path, `$top=${mostEarlier}&$orderby=createdDateTime%20desc`, signal);
      return newest(pages, { from: before - chatBackMs, before, most: mostEarlier });
    }
    const replies = graph.pages([...path, thread, 'replies'], `$top=${mostEarlier}`, signal);
    const [first, others] = await Promise.all([graph.get([...path, thread], signal), newest(replies, { from: 0, before, most: mostEarlier - 1 })]);
    const root = readWritten(first);
    return root ? [root.said, ...others] : others;
  }

  /** Oldest first, whatever order they come in. */
  async function newest(pages: AsyncIterable<readonly unknown[]>, { from, before, most }: { from: number; before: number; most: number }) {
    const found: SaidMessage[] = [];
    for await (const page of pages) {
      const said = page.flatMap((message) => readWritten(message)?.said ?? []);
      found.push(...said.filter(({ at }) => at >= from && at < before));
      if (found.length >= most || said.some(({ at }) => at < from)) break;
    }
    return found.toSorted((one, other) => one.at - other.at).slice(-most);
  }

  async function readOne(conversation: ConversationRef, messageId: string, signal: AbortSignal): Promise<Pointed | 'nobody'> {
    if (!messageIds.test(messageId)) return 'nobody';
    const { thread } = conversation;
    const path = await pathOf(conversation);
    const inThread = thread === wholeChat || thread === messageId ? [messageId] : [thread, 'replies', messageId];
    try {
      const message = z.looseObject({ id: z.literal(messageId) }).parse(await graph.get([...path, ...inThread], signal));
      const found = readWritten(message);
      if (!found) return 'nobody';
      return { said: found.said, thread: thread === wholeChat ? thread : (found.root ?? messageId) };
    } catch (error) {
      // Microsoft Learn: "Microsoft Graph error responses and resource types". Where Plumb may not read it is 403.
      if (error instanceof GraphError && error.status === 404) return 'nobody';
      throw error;
    }
  }

  /** Undefined: an app's words, a deleted message, what Teams says itself, or what a rule of the organisation hides. */
  function readWritten(message: unknown): Found | undefined {
    const written = Written.safeParse(message);
    if (!written.success || written.data.policyViolation?.dlpAction.includes('blockAccess')) return undefined;
    const said = readSaid(message, botId);
    return said && { said, root: written.data.replyToId ?? undefined };
  }
}
