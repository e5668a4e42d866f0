import { startedPostCard } from '../views/channel.ts';
import { helpCard } from '../views/help.ts';
import { listen, notice } from './administer.ts';
import { readAsOne } from './burst.ts';
import { understoodOf } from './given-answers.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { asMessage, openByHand } from './hear.ts';
import { homeOf } from './home.ts';
import { openOther } from './open-other.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { offerText, refOf } from './read-message.ts';
import { channelOf, say } from './say.ts';
import { boundTo, type Turn, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';

type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

/** A command is answered in the response, to whoever gave it; only `start` shows something to others. */
export async function takeCommand(dependencies: HandleDependencies, turn: Turn, rowId: string, event: CommandGiven): Promise<void> {
  const response = await answerTo(dependencies, turn, event);
  if (response) turn.responses.set(rowId, response);
}

async function answerTo(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<InteractionResponse | undefined> {
  const { personId, conversation } = event;
  switch (event.command) {
    case 'start':
      return start(dependencies, turn, event);
    case 'help':
      return { kind: 'card', card: helpCard(await contextFor(dependencies, turn, { refersTo: [], people: [] })) };
    case 'list':
    case 'status':
    case 'settings':
    case 'forget-me':
      return home(dependencies, turn, personId);
    case 'listen-on':
    case 'listen-off':
      // In a private chat there is nothing to switch: Home has the channels.
      return (await isPrivateChat(turn, event)) ? home(dependencies, turn, personId) : listen(dependencies, turn, personId, event.command, conversation.place);
    default:
      return event.command satisfies never;
  }
}

async function home(dependencies: HandleDependencies, turn: Turn, personId: string): Promise<InteractionResponse> {
  return { kind: 'card', card: await homeOf(dependencies, turn, personId) };
}

async function isPrivateChat(turn: Turn, { conversation, personId }: CommandGiven): Promise<boolean> {
  return (await turn.channel.directory.privateConversation(turn.tenant, personId))?.place === conversation.place;
}

/** In a thread or a private chat it opens right there; at channel level one post is made first, and it opens in that post's thread. */
async function start(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<InteractionResponse | undefined> {
  const privately = await isPrivateChat(turn, event);
  if (event.conversation.thread === '' && !privately) {
    await postThread(dependencies, turn, event);
    return undefined;
  }
  if (await isUnderWay(dependencies, turn, event)) return notice(dependencies, turn, { kind: 'command-in-thread' });
  if (event.other) await openOther(dependencies.store, turn, event);
  else await openByHand(dependencies, turn, event);
  return privately ? undefined : notice(dependencies, turn, { kind: 'started' });
}

async function isUnderWay({ store }: HandleDependencies, turn: Turn, { conversation }: CommandGiven): Promise<boolean> {
  const ref = await boundTo(turn, store, conversation);
  if (ref?.kind !== 'alignment') return false;
  const { status } = (await workOnAlignment(turn, store, ref.id)).state;
  return status !== 'new' && status !== 'closed' && status !== 'declined' && status !== 'withdrawn';
}

/** The platform names the thread only once its first post is out, so the alignment opens when that post is delivered. */
async function postThread(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<void> {
  const opens = { eventKey: dependencies.newId(), personId: event.personId, text: event.text };
  const message = asMessage({ ...event, eventKey: opens.eventKey });
  offerText(turn, message);
  const spotted = await dependencies.language.spotRequest({
    text: message.text,
    mentions: [],
    tenant: turn.tenantLanguage,
    around: peopleAround(turn, event.conversation.place),
  });
  const understood = understoodOf(readAsOne([message], turn.channel.directory), spotted.understood);
  const ctx = await contextFor(dependencies, turn, { refersTo: understood, people: [event.personId] });
  const card = startedPostCard(ctx, { startedBy: event.personId, understood });
  const ref = refOf(message);
  say(dependencies, turn, channelOf(turn, event.conversation.place), card, { post: threadPost(ref), opens, quotes: [ref] });
}

/** The name of the post that carries a thread: by the words that it began with, since the alignment has no id yet. */
export function threadPost(requestMessage: string): string {
  return `${requestMessage}:thread`;
}
