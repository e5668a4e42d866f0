import type { By, Opening } from '../domain/command.ts';
import type { ConversationRef } from '../domain/conversation.ts';
import type { BriefAudience } from '../domain/state.ts';
import type { Language, SpottedRequest, Wish } from '../language/language.ts';
import { quoteOf, readAsOne } from './burst.ts';
import { givenAnswers, othersOf, understoodOf } from './given-answers.ts';
import { isHello } from './greeting.ts';
import { requestCues } from './hear-cues.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent, SaidMessage } from './ports.ts';
import { actOf, addressLength, type MessageEvent, offerText, refOf, withoutAddress } from './read-message.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import { taughtLanguage } from './tenant-language.ts';
import { bind, command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { type Before, requestBefore, takeBefore } from './what-came-before.ts';

const hour = 3_600_000;
// A suggestion that nobody took up in two days is no longer about what is on somebody's mind.
const suggestionLifetime = 48 * hour;

type Dependencies = { language: Language; store: Store; newId: () => string };

/**
 * A message outside of any running conversation. Sure: the conversation opens in its thread. Maybe: its author alone gets a suggestion. Addressed to
 * Plumb: it always opens, whatever the engine thinks, unless it only says hello. No: nothing is kept. Returns what to greet with, if anything.
 */
export async function hear(dependencies: Dependencies, turn: Turn, event: MessageEvent): Promise<'hello' | 'opened' | 'suggested' | 'nothing'> {
  const { language, store, newId } = dependencies;
  const addressed = 'addressed' in event && event.addressed;
  // Somebody may have switched listening off since the message was taken in.
  if (!addressed && turn.settings.silencedPlaces.includes(event.conversation.place)) return 'nothing';
  const around = peopleAround(turn, event.conversation.place);
  const said = withoutAddress({ text: event.text, mentions: event.mentions, addressed });
  const spotted = await language.spotRequest({ ...said, addressed, tenant: await taughtLanguage(turn, store), around });
  if (spotted.band === 'no' && !addressed) return 'nothing';
  const before = addressed ? await requestBefore(dependencies, turn, event, spotted) : undefined;
  if (addressed && spotted.band === 'no' && (await isGreeting(language, turn, event, before))) return 'hello';
  const alignment = await workOnAlignment(turn, store, newId());
  if (before) {
    await openWithBefore(dependencies, turn, event, { alignment, spotted, before });
    return 'opened';
  }
  const opening = await openingFrom(turn, event, spotted, alignment.ref.id, addressed);
  if (spotted.band === 'maybe' && !addressed) {
    if (await isCapped(store, turn, event)) {
      turn.alignments.delete(alignment.ref.id);
      return 'nothing';
    }
    command(alignment, { type: 'SuggestAlignment', ...opening, expiresAt: turn.now + suggestionLifetime }, turn.now);
  } else {
    command(alignment, { type: 'OpenAlignment', ...opening }, turn.now);
  }
  for (const order of requestCues(turn, alignment.state, event, spotted.cues)) command(alignment, order, turn.now);
  bind(turn, event.conversation, alignment.ref);
  return spotted.band === 'maybe' && !addressed ? 'suggested' : 'opened';
}

/** What was written behind a command, as the message that it stands for. */
export function asMessage(event: Extract<InboundEvent, { type: 'CommandGiven' }>): Extract<MessageEvent, { type: 'MessagePosted' }> {
  return { ...event, type: 'MessagePosted', messageId: event.eventKey, mentions: [], addressed: true, topLevel: true };
}

/** The message that somebody pointed at, as if it had been said to Plumb. */
export function aboutMessage(conversation: ConversationRef, about: SaidMessage): Extract<MessageEvent, { type: 'MessagePosted' }> {
  const { messageId } = about;
  return { ...about, type: 'MessagePosted', eventKey: messageId, conversation, addressed: true, topLevel: conversation.thread === messageId };
}

/**
 * Started by command, form, button or on somebody's message, with or without words. Whoever wrote that message is the requester. `suggested`: the
 * alignment that was only suggested to its author before.
 */
export async function openByHand(
  dependencies: Dependencies,
  turn: Turn,
  event: Extract<InboundEvent, { type: 'CommandGiven' }>,
  suggested?: WorkingAlignment,
): Promise<WorkingAlignment> {
  const alignment = suggested ?? (await workOnAlignment(turn, dependencies.store, dependencies.newId()));
  const message = event.about ? aboutMessage(event.conversation, event.about) : asMessage(event);
  const around = peopleAround(turn, event.conversation.place);
  const tenant = await taughtLanguage(turn, dependencies.store);
  const spotted = await dependencies.language.spotRequest({ ...withoutAddress(message), addressed: true, tenant, around });
  const opening = await openingFrom(turn, message, spotted, alignment.ref.id, true);
  command(alignment, { type: 'OpenAlignment', ...opening, ...starter(turn, event.personId), reasons: [event.about ? 'shortcut' : 'command'] }, turn.now);
  for (const order of requestCues(turn, alignment.state, message, spotted.cues)) command(alignment, order, turn.now);
  bind(turn, event.conversation, alignment.ref);
  return alignment;
}

/** Whoever started it, which need not be who asked. */
function starter(turn: Turn, personId: string): Pick<By, 'by' | 'standing'> {
  return { by: personId, standing: standingOf(turn.settings, personId) };
}

type Called = { alignment: WorkingAlignment; spotted: SpottedRequest; before: Before };

/** Called into a thread halfway down: the request is what was asked there before, else the words of the call. */
async function openWithBefore(dependencies: Dependencies, turn: Turn, event: MessageEvent, { alignment, spotted, before }: Called): Promise<void> {
  const { request } = before;
  const asked = request ?? { message: event, spotted };
  const opening = await openingFrom(turn, asked.message, asked.spotted, alignment.ref.id, !request);
  const reasons = request ? ['mentioned', ...request.spotted.reasons] : opening.reasons;
  const order = { ...opening, ...starter(turn, event.personId), act: actOf(event), reasons };
  await takeBefore(dependencies, turn, alignment, { order, before, call: event });
  for (const each of requestCues(turn, alignment.state, asked.message, asked.spotted.cues)) command(alignment, each, turn.now);
  bind(turn, event.conversation, alignment.ref);
}

/** What is no wish for training. */
const aboutPlumb: readonly Wish[] = ['help', 'who-sees', 'so-far'];

/** "Hi", "help", or nothing but the mention: that gets a hello, not a conversation. Where a request stands before it, few words are enough of a call. */
async function isGreeting(language: Language, turn: Turn, event: MessageEvent, before: Before | undefined): Promise<boolean> {
  const bare = event.text.replace(/@?plumb/giu, '').replace(/[^\p{L}\p{N}]/gu, '');
  if ((bare.length < 8 || isHello(event.text)) && !before?.request) return true;
  const message = { text: event.text, tenant: turn.tenantLanguage, around: peopleAround(turn, event.conversation.place) };
  const reading = await language.readReply(message, { followUp: false, answered: [], addressed: true, mentions: event.mentions, people: [] });
  return reading.wishes.some((wish) => aboutPlumb.includes(wish));
}

async function isCapped(store: Store, turn: Turn, event: MessageEvent): Promise<boolean> {
  const day = new Date(turn.now).toISOString().slice(0, 10);
  const made = await store.usage.add({ tenant: event.conversation.tenant, personId: event.personId, day, what: 'suggestion' });
  return made > turn.settings.suggestionsPerDay;
}

async function openingFrom(turn: Turn, event: MessageEvent, spotted: SpottedRequest, id: string, addressed: boolean): Promise<Opening> {
  const source = readAsOne([event], turn.channel.directory);
  offerText(turn, event);
  const answers = await givenAnswers(source, spotted.answers, spotted.entities);
  const hasWords = event.text.trim().length > 0;
  return {
    id,
    by: event.personId,
    act: actOf(event),
    standing: standingOf(turn.settings, event.personId),
    conversation: event.conversation,
    requester: event.personId,
    ...(hasWords && { request: quoteOf(source, { start: addressed ? addressLength(event.text) : 0, end: event.text.length }) }),
    requestMessage: refOf(event),
    understood: understoodOf(source, spotted.understood),
    reasons: [...(addressed ? [isPrivateChat(event.conversation) ? 'private-message' : 'mentioned'] : []), ...spotted.reasons],
    ...(hasWords && { heard: { band: spotted.band, features: spotted.features } }),
    ...(spotted.others.length > 0 && { others: othersOf(source, spotted.others) }),
    answers,
    audience: audienceOf(event.conversation),
  };
}

function isPrivateChat(conversation: ConversationRef): boolean {
  return conversation.thread === '';
}

/** What is asked in a channel goes back to that channel unless the signers choose otherwise; a 1:1 chat stays among those who took part. */
export function audienceOf(conversation: ConversationRef): BriefAudience {
  return isPrivateChat(conversation) ? { kind: 'participants' } : { kind: 'channel', place: conversation.place };
}
