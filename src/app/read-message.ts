import { alreadyTaken } from '../domain/alignment.ts';
import { openFor } from '../domain/answering.ts';
import { messageRef, type PersonId, type Quote } from '../domain/conversation.ts';
import { type CueKind, isHeardSurely } from '../domain/cues.ts';
import { participants } from '../domain/participants.ts';
import { rolesOf } from '../domain/permissions.ts';
import { currentAnswers, isAnswered, type QuestionId, questionIds } from '../domain/questions.ts';
import { understoodParts } from '../domain/restated.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { KnownPerson, Language, Reading, ReplyContext, TenantLanguage } from '../language/language.ts';
import type { ReadText } from './burst.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent } from './ports.ts';
import { sideOf } from './standing.ts';
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

/**
 * Reads a message of a running conversation in the light of what is open for its author. `askedBefore`: what was open when the turn began, for somebody
 * whose answer came at the same moment as another's.
 */
export async function readInContext(
  { language, store }: Reader,
  turn: Pick<Turn, 'channel' | 'now' | 'tenant' | 'settings' | 'tenantLanguage'>,
  state: StartedAlignment,
  source: ReadText,
  askedBefore: QuestionId | undefined = undefined,
): Promise<Reading> {
  const around = peopleAround(turn, source.place, state.conversation.place);
  const people = await Promise.all(involved(state, source.author).map((id) => source.directory.person(source.tenant, id)));
  const asked = askedOf(state, source, askedBefore);
  const offered = offeredOf(state, source.author);
  const { text, mentions } = withoutAddress(source);
  const context: ReplyContext = {
    ...(asked && { asked }),
    followUp: state.asked?.followUp ?? false,
    side: sideOf(state, turn.settings, source.author),
    ...probedOf(state, source.author),
    ...justAskedOf(state, source.author),
    answered: questionIds.filter((id) => isAnswered(state.answers, id)),
    ...(await wordsKept(store, state)),
    addressed: source.addressed,
    ...(offered && { offered }),
    ...partnerOffersTo(state, source.author),
    ...askedByPeople(state, source.author, turn.now),
    mentions,
    people: people.flatMap((person) => (person ? [{ personId: person.id, name: person.name }] : [])),
    nearby: await nearby(around),
  };
  return language.readReply({ text, tenant: mayStillLeave(turn.tenantLanguage, state, source), around }, context);
}

/** Beyond so many people nearly every word is somebody's first name. */
const mostNearby = 60;

async function nearby(around: () => Promise<KnownPerson[]>): Promise<KnownPerson[]> {
  const people = await around();
  return people.length > mostNearby ? [] : people;
}

const minute = 60_000;
/** For so long what a person asked is what the others answer, unless Plumb has asked since. */
const answeredWithin = 5 * minute;

function askedByPeople({ peopleAsked, asked }: StartedAlignment, author: PersonId, now: number): Pick<ReplyContext, 'peopleAsked'> {
  if (!peopleAsked || peopleAsked.by === author || now - peopleAsked.at > answeredWithin || peopleAsked.at < (asked?.at ?? 0)) return {};
  return { peopleAsked: peopleAsked.about ? { about: peopleAsked.about } : {} };
}

/** What an L&D partner or Plumb's challenge asked of them last. */
function probedOf({ coaching }: StartedAlignment, author: PersonId): Pick<ReplyContext, 'probed'> {
  const probe = coaching?.probe;
  if (probe?.of !== author) return {};
  return { probed: probe.challenge === undefined ? 'prompt' : 'challenge' };
}

/** So many messages after it what the requester says may still answer it. */
const stillAnswers = 2;

/** Plumb's challenge, while it is open, or the last of a partner's questions, as long as the conversation has not gone on. */
function justAskedOf({ coaching, requester }: StartedAlignment, author: PersonId): Pick<ReplyContext, 'justAsked'> {
  if (!coaching || author !== requester) return {};
  if (coaching.probe?.challenge !== undefined && coaching.challenge?.step === 'either-or') return { justAsked: 'either-or' };
  const latest = (coaching.messages ?? []).slice(-stillAnswers).map(({ messageRef }) => messageRef);
  const heard = coaching.cues.filter(isHeardSurely);
  const asked = heard.findLast(({ cue, side, messageRef }) => side === 'partner' && questions.includes(cue) && latest.includes(messageRef));
  return asked ? { justAsked: asked.cue === 'either-or' ? 'either-or' : 'gap' } : {};
}

const questions: readonly CueKind[] = ['either-or', 'asks-gap'];

/** Whoever said stop ended it for the model too: what people then write there is theirs, until somebody speaks to Plumb again. */
function mayStillLeave(tenant: TenantLanguage, state: StartedAlignment, { addressed }: ReadText): TenantLanguage {
  const ended = state.status === 'withdrawn' && !addressed;
  return ended ? { ...tenant, model: { conversations: false, hearing: false } } : tenant;
}

/** What the brief says: the answers, and what the request told. */
async function wordsKept(store: Reader['store'], state: StartedAlignment): Promise<Pick<ReplyContext, 'said' | 'told' | 'drafted'>> {
  const answers = questionIds.flatMap((id) => currentAnswers(state.answers, id));
  const { understood, status } = state;
  const texts = await store.texts.load([...textIdsIn([answers.map((answer) => answer.text), understood])]);
  const wordsOf = ({ textId, start, end }: Quote) => texts.get(textId)?.body.slice(start, end) ?? '';
  return {
    said: answers.flatMap(({ questionId, text }) => (text ? [{ questionId, text: wordsOf(text) }] : [])),
    told: understoodParts.flatMap((part) => (understood[part] ? [{ part, text: wordsOf(understood[part]) }] : [])),
    ...((status === 'reviewing' || status === 'aligned') && { drafted: true }),
  };
}

const plumbAddressed = /^\s*@?plumb\b[\s,:–-]*/i;

/** How many characters at the beginning only address Plumb; none where nothing else is said. */
export function addressLength(text: string): number {
  const length = plumbAddressed.exec(text)?.[0].length ?? 0;
  return length === text.length ? 0 : length;
}

/** "@Plumb" at the beginning is no part of what is said; blanks take its place, so that every stretch stays where it is. */
export function withoutAddress({ text, mentions, addressed }: Pick<ReadText, 'text' | 'mentions' | 'addressed'>): Pick<ReadText, 'text' | 'mentions'> {
  const address = addressed ? addressLength(text) : 0;
  if (address === 0) return { text, mentions };
  return { text: ' '.repeat(address) + text.slice(address), mentions: mentions.filter((mention) => mention.start >= address) };
}

/**
 * The question that is open for somebody: for those who were asked or who lead the change. What an L&D partner says is coaching, and what a colleague
 * says is talk, unless they were asked, speak to Plumb, or say it so plainly that it needs no question.
 */
function askedOf(state: StartedAlignment, { author, addressed }: ReadText, askedBefore: QuestionId | undefined): QuestionId | undefined {
  const open = openFor(state, author) ?? askedBefore;
  if (open !== state.asked?.questionId && open !== askedBefore) return open;
  const roles = rolesOf(state, author);
  if (author === state.requester || author === state.asked?.of) return open;
  if (roles.includes('partner')) return undefined;
  return addressed || roles.includes('owner') ? open : undefined;
}

/** Who of several is meant, only a button says. */
function partnerOffersTo(
  { requester, volunteers, volunteeredAt = 0, asked, coaching }: StartedAlignment,
  author: PersonId,
): Pick<ReplyContext, 'partnerOffers'> {
  if (author !== requester || volunteers.length !== 1) return {};
  const askedSince = Math.max(asked?.at ?? 0, coaching?.probe?.at ?? 0) > volunteeredAt;
  return { partnerOffers: askedSince ? 'before' : 'just-now' };
}

function offeredOf(state: StartedAlignment, author: PersonId): ReplyContext['offered'] {
  if (state.status === 'reviewing') return 'review';
  if (state.status === 'aligned' && mayStillSign(state, author)) return 'review';
  if (state.status === 'clarifying' && state.remindersSent === 2) return 'pause';
  return state.pace === 'offered' ? 'enough-to-start' : undefined;
}

/** An L&D partner who came after the signature may still put their name to the brief. */
function mayStillSign(state: Extract<StartedAlignment, { status: 'aligned' }>, author: PersonId): boolean {
  return state.partners.some((partner) => partner.personId === author) && !state.signatures.some((signature) => signature.by === author);
}

/** Those who take part or were named: who is meant is known again, and their names can be kept back from an external model. */
function involved(state: StartedAlignment, author: PersonId): PersonId[] {
  return [...new Set([author, ...participants(state)])];
}
