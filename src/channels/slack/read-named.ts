import type { PersonId } from '../../domain/conversation.ts';
import type { Parts } from './parts.ts';
import { conversationOf, type Place } from './place.ts';
import { ownName, type ReadText, readText } from './read-text.ts';
import type { Workspace } from './workspace.ts';

// Names are asked for before the event is durable, and Slack waits 3 s for that: without them a mention shows an id.
const PATIENCE_MS = 1_000;

type Written = { raw: string; personId: PersonId; at: Place; ts: string };

/** Slack's text as people see it, with the names of those it mentions where they are known in time. */
export async function readNamed({ directory, clock }: Pick<Parts, 'directory' | 'clock'>, workspace: Workspace, written: Written): Promise<ReadText> {
  const { raw, personId, at, ts } = written;
  const read = readText(raw, (id) => (id === workspace.botUserId ? ownName : id));
  if (read.mentions.length === 0) return read;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadText>((resolve) => {
    timer = setTimeout(() => resolve(read), PATIENCE_MS);
  });
  const origin = { eventKey: ts, conversation: conversationOf(workspace, at), personId, at: clock.now(), messageId: ts };
  try {
    const named = directory
      .complete({ type: 'MessagePosted', ...origin, ...read, addressed: true, topLevel: true })
      .then(({ text, mentions }): ReadText => ({ text, mentions: [...mentions] }));
    return await Promise.race([named, late]);
  } finally {
    clearTimeout(timer);
  }
}
