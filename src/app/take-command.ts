import { wholeChat } from '../domain/conversation.ts';
import { questionIds } from '../domain/questions.ts';
import { forgetCard } from '../views/forget.ts';
import { helpCard } from '../views/help.ts';
import { answerLimit } from '../views/prefill.ts';
import { listen, notice } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { aboutMessage, openByHand } from './hear.ts';
import { homeOf, sayHome } from './home.ts';
import { sayMyData, showMyData } from './my-data.ts';
import { openOther } from './open-other.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { refOf } from './read-message.ts';
import { postThread } from './thread-post.ts';
import { boundTo, command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';
import { writtenAnswer } from './written-answer.ts';

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
    case 'my-data':
      // In a chat that keeps what is posted there it is a post like others.
      if (await isPrivateChat(turn, event)) return void (await sayMyData(dependencies, turn, personId));
      return showMyData(dependencies, turn, personId);
    case 'forget-me':
      return { kind: 'card', card: forgetCard(await contextFor(dependencies, turn, { refersTo: [], people: [] })) };
    case 'list':
    case 'status':
    case 'settings':
      return home(dependencies, turn, event);
    case 'listen-on':
    case 'listen-off':
      // In a private chat there is nothing to switch: Home has the channels.
      return (await isPrivateChat(turn, event)) ? home(dependencies, turn, event) : listen(dependencies, turn, event, event.command, conversation.place);
    default:
      return event.command satisfies never;
  }
}

async function home(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<InteractionResponse | undefined> {
  if (turn.channel.homeIsPost && (await isPrivateChat(turn, event))) return void (await sayHome(dependencies, turn, event.personId));
  return { kind: 'card', card: await homeOf(dependencies, turn, event.personId) };
}

async function isPrivateChat(turn: Turn, { conversation, personId }: CommandGiven): Promise<boolean> {
  return (await turn.channel.directory.privateConversation(turn.tenant, personId))?.place === conversation.place;
}

/** In a thread or a private chat it opens right there; at channel level one post is made first, and it opens in that post's thread. */
async function start(dependencies: HandleDependencies, turn: Turn, event: CommandGiven): Promise<InteractionResponse | undefined> {
  const privately = await isPrivateChat(turn, event);
  if (event.conversation.thread === '' && !privately) {
    // A message that was chosen has a thread of its own or stands in one; a place without threads that is nobody's chat with Plumb is not for Plumb.
    if (event.about) return notice(dependencies, turn, { kind: 'no-thread-here' });
    await postThread(dependencies, turn, event);
    return undefined;
  }
  const bound = await alignmentIn(dependencies, turn, event);
  if (bound && isUnderWay(bound)) return notice(dependencies, turn, { kind: event.about ? 'already-under-way' : 'command-in-thread' });
  if (event.other) await openOther(dependencies.store, turn, event);
  else await open(dependencies, turn, event, bound);
  if (privately) return undefined;
  return notice(dependencies, turn, { kind: event.conversation.thread === wholeChat ? 'started-here' : 'started' });
}

async function alignmentIn({ store }: HandleDependencies, turn: Turn, { conversation }: Pick<CommandGiven, 'conversation'>) {
  const ref = await boundTo(turn, store, conversation);
  return ref?.kind === 'alignment' ? workOnAlignment(turn, store, ref.id) : undefined;
}

/** Whether something goes on there that a start would disturb; a private suggestion is nothing that anybody else knows of. */
function isUnderWay({ state: { status } }: WorkingAlignment): boolean {
  return status !== 'new' && status !== 'suggested' && status !== 'closed' && status !== 'declined' && status !== 'withdrawn';
}

/** Whether a start by this person would find their private chat busy with another request. */
export async function isBusy(dependencies: HandleDependencies, turn: Turn, conversation: CommandGiven['conversation']): Promise<boolean> {
  const bound = await alignmentIn(dependencies, turn, { conversation });
  return bound !== undefined && isUnderWay(bound);
}

/** Opens it where the event says, with what a form brought along; what was only suggested there before is taken up, or goes. */
export async function open(dependencies: HandleDependencies, turn: Turn, event: CommandGiven, bound?: WorkingAlignment): Promise<void> {
  const suggested = bound && takenUp(turn, event, bound);
  const alignment = await openByHand(dependencies, turn, event, suggested);
  const by = { by: event.personId, act: event.eventKey };
  for (const questionId of questionIds) {
    const text = event.answers?.[questionId]?.trim().slice(0, answerLimit);
    if (!text || alignment.state.status === 'new') continue;
    const { answer, heard } = await writtenAnswer(dependencies.language, turn, alignment.state, by, { questionId, text, source: 'form' });
    for (const order of [answer, ...heard]) command(alignment, order, turn.now);
  }
}

/** The suggestion that is started now. One about another message of the thread has no use any more. */
function takenUp(turn: Turn, event: CommandGiven, bound: WorkingAlignment): WorkingAlignment | undefined {
  const { state } = bound;
  if (state.status !== 'suggested') return undefined;
  const chosen = event.about && refOf(aboutMessage(event.conversation, event.about));
  if (chosen === undefined ? event.text.trim() === '' : chosen === state.requestMessage) return bound;
  const messageRef = state.requestMessage ?? '';
  command(bound, { type: 'RemoveMessage', by: event.personId, act: event.eventKey, messageRef }, turn.now);
  return undefined;
}
