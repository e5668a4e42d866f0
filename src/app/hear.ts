import type { Opening } from '../domain/command.ts';
import type { ConversationRef } from '../domain/conversation.ts';
import type { BriefAudience } from '../domain/state.ts';
import type { Language, SpottedRequest, Wish } from '../language/language.ts';
import { quoteOf, readAsOne } from './burst.ts';
import { givenAnswers, othersOf, understoodOf } from './given-answers.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent } from './ports.ts';
import { actOf, addressLength, type MessageEvent, offerText, refOf } from './read-message.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import { taughtLanguage } from './tenant-language.ts';
import { bind, command, type Turn, workOnAlignment } from './turn.ts';

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
  const spotted = await language.spotRequest({ text: event.text, mentions: event.mentions, tenant: await taughtLanguage(turn, store), around });
  if (spotted.band === 'no' && !addressed) return 'nothing';
  if (addressed && spotted.band === 'no' && (await isGreeting(language, turn, event))) return 'hello';
  const alignment = await workOnAlignment(turn, store, newId());
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
  bind(turn, event.conversation, alignment.ref);
  return spotted.band === 'maybe' && !addressed ? 'suggested' : 'opened';
}

/** What was written behind a command, as the message that it stands for. */
export function asMessage(event: Extract<InboundEvent, { type: 'CommandGiven' }>): Extract<MessageEvent, { type: 'MessagePosted' }> {
  return { ...event, type: 'MessagePosted', messageId: event.eventKey, mentions: [], addressed: true, topLevel: true };
}

/** Started by command, form or button, with or without words. */
export async function openByHand(dependencies: Dependencies, turn: Turn, event: Extract<InboundEvent, { type: 'CommandGiven' }>): Promise<void> {
  const alignment = await workOnAlignment(turn, dependencies.store, dependencies.newId());
  const message = asMessage(event);
  const around = peopleAround(turn, event.conversation.place);
  const tenant = await taughtLanguage(turn, dependencies.store);
  const spotted = await dependencies.language.spotRequest({ text: event.text, mentions: [], tenant, around });
  const opening = await openingFrom(turn, message, spotted, alignment.ref.id, true);
  command(alignment, { type: 'OpenAlignment', ...opening, reasons: ['command'] }, turn.now);
  bind(turn, event.conversation, alignment.ref);
}

/** What is no wish for training. */
const aboutPlumb: readonly Wish[] = ['help', 'who-sees', 'so-far'];

/** "Hi", "help", or nothing but the mention: that gets a hello, not a conversation. */
async function isGreeting(language: Language, turn: Turn, event: MessageEvent): Promise<boolean> {
  const bare = event.text.replace(/@?plumb/giu, '').replace(/[^\p{L}\p{N}]/gu, '');
  if (bare.length < 8) return true;
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
