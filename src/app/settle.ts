import { type PersonId, wholeChat } from '../domain/conversation.ts';
import { heardIn } from '../domain/hearing-cues.ts';
import { openDelegations } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { areWordsShared } from './open-other.ts';
import type { Store } from './store.ts';
import { bind, boundTo, changedAmong, command, type Turn, type WorkingAlignment } from './turn.ts';

/** What follows in a conversation once everything that came in was taken: the next question, which chats belong to it, which words are erased. */
export async function settle({ store }: { store: Pick<Store, 'aggregates'> }, turn: Turn): Promise<void> {
  for (const alignment of changedAmong(turn.alignments)) {
    command(alignment, { type: 'MoveOn' }, turn.now);
    await settleChats(store, turn, alignment);
    await eraseWhatIsNotOurs(store, turn, alignment);
  }
}

/** Which chats belong to an alignment as it stands now; said once more where its status changes after everything else. */
export async function settleChats(store: Pick<Store, 'aggregates'>, turn: Turn, alignment: WorkingAlignment): Promise<void> {
  await bindPrivateChats(store, turn, alignment);
  await leaveChat(store, turn, alignment);
}

/** Private chats belong to an alignment while it goes on there, or while somebody is asked there. */
async function bindPrivateChats(store: Pick<Store, 'aggregates'>, turn: Turn, { ref, before, state }: WorkingAlignment): Promise<void> {
  if (state.status === 'new') return;
  const was = before.status === 'new' ? [] : privateWith(before);
  const is = privateWith(state);
  for (const personId of is.filter((id) => !was.includes(id))) {
    const chat = await turn.channel.directory.privateConversation(turn.tenant, personId);
    if (chat) bind(turn, chat, ref, state.conversation);
  }
  for (const personId of was.filter((id) => !is.includes(id))) {
    const chat = await turn.channel.directory.privateConversation(turn.tenant, personId);
    // Another conversation may have moved into that chat meanwhile.
    const owner = chat && (await boundTo(turn, store, chat));
    if (chat && owner?.id === ref.id) bind(turn, chat, undefined, state.conversation);
  }
}

/** What is closed has no thread of its own in a group chat: from then on people talk there among themselves again. */
async function leaveChat(store: Pick<Store, 'aggregates'>, turn: Turn, { ref, state, before }: WorkingAlignment): Promise<void> {
  if (state.status !== 'closed' || before.status === 'closed' || state.conversation.thread !== wholeChat) return;
  if ((await boundTo(turn, store, state.conversation))?.id === ref.id) bind(turn, state.conversation, undefined);
}

/** Who talks with Plumb in their own chat about this: its requester where it goes on privately, and whoever is asked privately. */
export function privateWith(state: StartedAlignment): PersonId[] {
  if (state.status === 'declined' || state.status === 'closed' || state.status === 'withdrawn') return [];
  const asked = openDelegations(state.answers)
    .filter((answer) => !state.lapsed.includes(answer.questionId))
    // In a private conversation everybody is asked in their own chat.
    .flatMap(({ delegatedTo }) => (delegatedTo.privately || state.privately ? [delegatedTo.personId] : []));
  return [...new Set([...(state.privately ? [state.requester] : []), ...asked])];
}

/** Not a request after all: nothing that was said is kept, and the thread is nobody's again. */
async function eraseWhatIsNotOurs(store: Pick<Store, 'aggregates'>, turn: Turn, { before, state }: WorkingAlignment): Promise<void> {
  // What L&D declined was a request all the same.
  if (state.status !== 'declined' || state.note || before.status === 'declined') return;
  const shared = await areWordsShared(store, turn, state);
  for (const ref of messagesOf(state)) if (!shared || ref !== state.requestMessage) turn.eraseTexts.add(ref);
  // Something else may have been started there in this very turn.
  if ((await boundTo(turn, store, state.conversation))?.id === state.id) bind(turn, state.conversation, undefined);
}

function messagesOf(state: StartedAlignment): string[] {
  const answered = Object.values(state.answers).flatMap((given) => given.map((answer) => answer.messageRef));
  const heard = state.coaching ? heardIn(state.coaching) : [];
  return [...new Set([...(state.requestMessage ? [state.requestMessage] : []), ...answered, ...heard])];
}
