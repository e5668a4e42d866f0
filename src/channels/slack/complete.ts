import { z } from 'zod';
import type { Channel, Logger, SaidMessage, WrittenMessage } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { tooLate, within } from '../within.ts';
import { AskError, type AskSlack } from './ask-slack.ts';
import { isRecord } from './is-record.ts';
import type { KnownPeople } from './known-people.ts';
import { isByPerson } from './read-message.ts';
import { nameMentions, ownName, type ReadText, readText } from './read-text.ts';
import { momentOf, timestampSchema } from './timestamp.ts';
import type { SlackWords } from './words.ts';
import type { Workspaces } from './workspace.ts';

// A message is kept before Slack gets its answer (within three seconds, docs: Events API), and names are only part of that.
const longestWaitMs = 1_000;
// Newly distributed apps may read one page of this size a minute (docs: conversations.replies, rate limits).
const mostEarlier = 15;
// More names than anybody mentions; what is beyond stays somebody.
const mostNames = 50;

type Dependencies = { ask: AskSlack; people: KnownPeople; workspaces: Workspaces; words: Pick<SlackWords, 'somebody'>; logger: Logger };
export type Completion = {
  complete(event: WrittenMessage): Promise<WrittenMessage>;
  /** The same text with the names behind its mentions; somebody where Slack does not tell. */
  named(tenant: string, said: ReadText): Promise<ReadText>;
  earlier: NonNullable<Channel['earlier']>;
};

const replySchema = z.object({
  ts: timestampSchema,
  user: z.string().min(1),
  text: z.string(),
});
const repliesSchema = z.object({ messages: z.array(z.unknown()) });

/** True names behind mentions, and what was said in a thread before. Nothing rejects, and names are waited for one second at most. */
export function createCompletion({ ask, people, workspaces, words, logger }: Dependencies): Completion {
  return {
    async complete(event) {
      if (event.mentions.length === 0) return event;
      return { ...event, ...(await named(event.conversation.tenant, event)) };
    },
    named,
    async earlier({ tenant, place, thread }, messageId) {
      // A 1:1 chat has no threads: everything in it reached Plumb as it was said.
      if (thread === messageId || !timestampSchema.safeParse(thread).success || !timestampSchema.safeParse(messageId).success) return [];
      const botUserId = await ownId(tenant);
      if (botUserId === undefined) return [];
      const said = await askEarlier(tenant, { channel: place, ts: thread, latest: messageId }, botUserId);
      return Promise.all(said.map(async (message) => ({ ...message, ...(await named(tenant, message)) })));
    },
  };

  async function named(tenant: string, said: ReadText): Promise<ReadText> {
    const botUserId = await ownId(tenant);
    const ids = [...new Set(said.mentions.map(({ personId }) => personId))].filter((id) => id !== botUserId).slice(0, mostNames);
    await within(longestWaitMs, Promise.all(ids.map((id) => findOrNot(tenant, id))));
    return nameMentions(said, (id) => (id === botUserId ? ownName : (people.last(tenant, id)?.person.name ?? words.somebody)));
  }

  /** Undefined where Plumb is not installed, or its installation cannot be read just now. */
  async function ownId(tenant: string): Promise<PersonId | undefined> {
    try {
      const workspace = await within(longestWaitMs, workspaces.of(tenant));
      return workspace === tooLate ? undefined : workspace?.botUserId;
    } catch (error) {
      logger.warn({ tenant, error }, 'An installation could not be read; names stay as they are.');
      return undefined;
    }
  }

  async function findOrNot(tenant: string, personId: PersonId): Promise<void> {
    try {
      await people.find(tenant, personId);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
    }
  }

  async function askEarlier(tenant: string, of: { channel: string; ts: string; latest: string }, botUserId: PersonId): Promise<SaidMessage[]> {
    try {
      const { messages } = await ask(tenant, 'conversations.replies', { ...of, inclusive: false, limit: mostEarlier }, repliesSchema);
      const said = messages.flatMap((message) => saidBy(message, botUserId));
      return said.filter(({ messageId }) => Number(messageId) < Number(of.latest)).slice(0, mostEarlier);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      return [];
    }
  }
}

/** A message of a thread, if a person wrote it. */
function saidBy(raw: unknown, botUserId: PersonId): SaidMessage[] {
  const parsed = replySchema.safeParse(raw);
  if (!isRecord(raw) || !isByPerson(raw, { botUserId }) || !parsed.success || parsed.data.text.trim() === '') return [];
  const { ts, user, text } = parsed.data;
  return [{ messageId: ts, personId: user, at: momentOf(ts), ...readText(text, (personId) => personId) }];
}
