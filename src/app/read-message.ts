import { alreadyTaken } from '../domain/alignment.ts';
import { openFor } from '../domain/answering.ts';
import { messageRef, type PersonId } from '../domain/conversation.ts';
import { currentAnswers, isAnswered, type QuestionId, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Language, Reading, ReplyContext } from '../language/language.ts';
import type { ReadText } from './burst.ts';
import type { InboundEvent } from './ports.ts';
import type { Store } from './store.ts';
import { textIdsIn } from './text-ids.ts';
import type { Turn } from './turn.ts';

/** What reading a message needs. */
export type Reader = { language: Language; store: Pick<Store, 'texts'> };
export type MessageEvent = Extract<InboundEvent, { type: 'MessagePosted' | 'MessageEdited' | 'MessageRestored' }>;

/** The message's own reference, the same before and after an edit. */
export function refOf(event: { conversation: MessageEvent['conversation']; messageId: string }): string {
  const { channel, tenant, place } = event.conversation;
  return messageRef({ channel, tenant, place, messageId: event.messageId });
}

/** The act that a message stands for: an edit is an act of its own. */
export function actOf(event: MessageEvent | Extract<InboundEvent, { type: 'MessageDeleted' }>): string {
  switch (event.type) {
    case 'MessagePosted':
      return refOf(event);
    case 'MessageEdited':
      return `${refOf(event)}@${event.editedAt}`;
    case 'MessageRestored':
      return `${refOf(event)}@restored:${event.at}`;
    case 'MessageDeleted':
      return `${refOf(event)}#deleted`;
    default:
      return event satisfies never;
  }
}

/** Platforms deliver out of order: what came before an edit or a deletion that is known already is no longer news. */
export function isOutdated(state: StartedAlignment, event: MessageEvent): boolean {
  if (alreadyTaken(state, actOf(event))) return true;
  const ref = refOf(event);
  if (event.type !== 'MessageRestored' && state.seenActs.includes(`${ref}#deleted`)) return true;
  const edits = state.seenActs.filter((act) => act.startsWith(`${ref}@`)).map((act) => Number(act.slice(ref.length + 1)));
  if (event.type === 'MessagePosted') return edits.length > 0;
  return event.type === 'MessageEdited' && edits.some((at) => at > event.editedAt);
}

/** Where the words of this message, in this edit, are kept. */
export function textIdOf(event: MessageEvent): string {
  return event.type === 'MessagePosted' ? refOf(event) : actOf(event);
}

/** Offers the words of a message for keeping; they are kept only if something refers to them at the end of the turn. */
export function offerText(turn: Turn, event: MessageEvent): void {
  const textId = textIdOf(event);
  turn.texts.set(textId, { textId, messageRef: refOf(event), author: event.personId, body: event.text, at: event.at });
}

/** Reads a message of a running conversation in the light of what is open for its author. */
export async function readInContext({ language, store }: Reader, state: StartedAlignment, source: ReadText): Promise<Reading> {
  const people = await Promise.all(involved(state, source.author).map((id) => source.directory.person(source.tenant, id)));
  const asked = askedOf(state, source.author);
  const offered = offeredOf(state);
  const context: ReplyContext = {
    ...(asked && { asked }),
    followUp: state.asked?.followUp ?? false,
    answered: questionIds.filter((id) => isAnswered(state.answers, id)),
    said: await wordsSaid(store, state),
    addressed: source.addressed,
    ...(offered && { offered }),
    mentions: source.mentions,
    people: people.flatMap((person) => (person ? [{ personId: person.id, name: person.name }] : [])),
  };
  return language.readReply({ text: source.text }, context);
}

async function wordsSaid(store: Reader['store'], state: StartedAlignment): Promise<{ questionId: QuestionId; text: string }[]> {
  const answers = questionIds.flatMap((id) => currentAnswers(state.answers, id));
  const texts = await store.texts.load([...textIdsIn(answers.map((answer) => answer.text))]);
  return answers.flatMap(({ questionId, text }) => (text ? [{ questionId, text: texts.get(text.textId)?.body.slice(text.start, text.end) ?? '' }] : []));
}

/** What an L&D partner says is coaching, not an answer, unless they were asked. */
function askedOf(state: StartedAlignment, author: PersonId) {
  const isPartner = state.partners.some((partner) => partner.personId === author) && author !== state.requester;
  const open = openFor(state, author);
  return isPartner && open === state.asked?.questionId && state.asked?.of !== author ? undefined : open;
}

function offeredOf(state: StartedAlignment): ReplyContext['offered'] {
  if (state.status === 'reviewing') return 'review';
  if (state.status === 'clarifying' && state.remindersSent === 2) return 'pause';
  return state.pace === 'offered' ? 'enough-to-start' : undefined;
}

function involved(state: StartedAlignment, author: PersonId): PersonId[] {
  const answering = Object.values(state.answers).flatMap((given) => given.map((answer) => answer.by));
  return [...new Set([author, state.requester, ...state.partners.map((partner) => partner.personId), ...answering])];
}
