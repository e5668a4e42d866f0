import { startedPostCard } from '../views/channel.ts';
import { readAsOne } from './burst.ts';
import { understoodOf } from './given-answers.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { asMessage } from './hear.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent } from './ports.ts';
import { offerText, refOf } from './read-message.ts';
import { channelOf, say } from './say.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

/** The platform names the thread only once its first post is out, so the alignment opens when that post is delivered. */
export async function postThread(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<void> {
  const { personId, text, answers } = event;
  const opens = { eventKey: dependencies.newId(), personId, text, ...(answers && { answers }) };
  const message = asMessage({ ...event, eventKey: opens.eventKey });
  offerText(turn, message);
  const spotted = await dependencies.language.spotRequest({
    text: message.text,
    mentions: [],
    tenant: turn.tenantLanguage,
    around: peopleAround(turn, event.conversation.place),
  });
  const understood = understoodOf(readAsOne([message], turn.channel.directory), spotted.understood);
  const ctx = await contextFor(dependencies, turn, { refersTo: understood, people: [personId] });
  const card = startedPostCard(ctx, { startedBy: personId, understood });
  const ref = refOf(message);
  say(dependencies, turn, channelOf(turn, event.conversation.place), card, { post: threadPost(ref), opens, quotes: [ref] });
}

/** The name of the post that carries a thread: by the words that it began with, since the alignment has no id yet. */
export function threadPost(requestMessage: string): string {
  return `${requestMessage}:thread`;
}
