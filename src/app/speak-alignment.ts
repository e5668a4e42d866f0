import { buildBrief, differenceOf } from '../domain/brief.ts';
import type { DomainEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { currentAnswers, type QuestionId } from '../domain/questions.ts';
import { type AlignmentState, newAlignment, type StartedAlignment } from '../domain/state.ts';
import { briefCard } from '../views/brief.ts';
import type { Card } from '../views/card.ts';
import { closedCard, privateStateCard } from '../views/channel.ts';
import type { ViewContext } from '../views/context.ts';
import { delegatePrivateCard, delegateThreadCard } from '../views/delegate.ts';
import { enoughToStartCard } from '../views/enough.ts';
import { intakeCard } from '../views/intake.ts';
import { type Notice, noticeCard, noticeText } from '../views/notice.ts';
import { questionCard } from '../views/question.ts';
import { reminderCard } from '../views/reminder.ts';
import { reviewCard } from '../views/review.ts';
import { partnerNoticeCard, suggestionCard } from '../views/suggestion.ts';
import { type Taken, takenFrom, takenLine } from '../views/taken.ts';
import { plainText } from '../views/text.ts';
import { whoIsMeantCard } from '../views/who-is-meant.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { noticesOf } from './notices.ts';
import { channelOf, privatelyTo, say, threadOf, voiceOf } from './say.ts';
import { partnersOf } from './standing.ts';
import { textIdsIn } from './text-ids.ts';
import type { Turn, WorkingAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

/** One alignment's part of what is said in a turn. */
type Telling = {
  dependencies: HandleDependencies;
  turn: Turn;
  alignment: WorkingAlignment;
  before: AlignmentState;
  state: StartedAlignment;
  events: readonly DomainEvent[];
  ctx: ViewContext;
  taken: readonly Taken[];
  has: (...types: DomainEvent['type'][]) => boolean;
  quotes: readonly string[];
};

/** Says what happened to an alignment: one card for everything that was taken and what comes next, and what others need to know. */
export async function speakAlignment(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment): Promise<void> {
  const { before, state, events } = alignment;
  if (state.status === 'new') return;
  const ctx = await contextOf(dependencies, turn, state, events);
  const types = new Set(events.map((event) => event.type));
  const has = (...wanted: DomainEvent['type'][]) => wanted.some((type) => types.has(type));
  const opened = has('AlignmentOpened', 'AlignmentSuggested');
  const taken = opened ? [] : takenFrom(events);
  const telling: Telling = { dependencies, turn, alignment, before, state, events, ctx, taken, has, quotes: quotedIn(state, opened ? state : taken) };
  if (has('AlignmentSuggested')) suggest(telling);
  if (has('AlignmentOpened')) await open(telling);
  else if (has('RequestRejected', 'SuggestionExpired')) takeBack(telling);
  else await goOn(telling);
  askDelegates(telling);
  if (state.privately && !has('AlignmentOpened')) showStateInThread(telling);
}

/** The messages whose words stand in what is shown: when one is deleted, what repeats it is taken back. */
function quotedIn(state: StartedAlignment, shown: unknown): string[] {
  const ids = textIdsIn(shown);
  const answers = Object.values(state.answers).flatMap((given) =>
    given.filter((answer) => answer.text && ids.has(answer.text.textId)).map((answer) => answer.messageRef),
  );
  const request = state.requestMessage && state.request && ids.has(state.request.textId) ? [state.requestMessage] : [];
  return [...new Set([...request, ...answers])];
}

function suggest({ dependencies, turn, state, ctx, quotes }: Telling): void {
  const expiresAt = state.status === 'suggested' ? state.expiresAt : turn.now;
  say(dependencies, turn, privatelyTo(turn, state.requester), suggestionCard(ctx, state), { post: `${state.id}:suggestion`, expiresAt, quotes });
}

async function open(telling: Telling): Promise<void> {
  const { dependencies, turn, before, state, ctx, has, quotes } = telling;
  if (before.status === 'suggested') {
    say(dependencies, turn, privatelyTo(turn, state.requester), 'removed', { replaces: `${state.id}:suggestion` });
  }
  const enough = has('EssentialsReached');
  const question = state.asked && !enough ? { questionId: state.asked.questionId } : {};
  const claimable = turn.settings.partners.length > 0 && state.partners.length === 0;
  say(dependencies, turn, threadOf(state), intakeCard(ctx, state, { ...question, claimable }), { post: `${state.id}:intake`, quotes });
  if (enough) await goOn(telling);
  else if (state.status === 'reviewing') await review(telling);
  for (const personId of partnersOf(turn.settings, state.conversation.place).filter((id) => id !== state.requester)) {
    const link = turn.channel.directory.permalink(state.conversation, state.conversation.thread);
    const card = partnerNoticeCard(ctx, state, link === undefined ? {} : { link });
    say(dependencies, turn, privatelyTo(turn, personId), card, { post: `${state.id}:heard:${personId}`, quotes });
  }
}

/** Not a request after all, or a suggestion that ran out: Plumb's words go, too. */
function takeBack({ dependencies, turn, before, state }: Telling): void {
  if (before.status === 'suggested') {
    say(dependencies, turn, privatelyTo(turn, state.requester), 'removed', { replaces: `${state.id}:suggestion` });
    return;
  }
  say(dependencies, turn, threadOf(state), 'removed', { replaces: `${state.id}:intake` });
  const partners = partnersOf(turn.settings, state.conversation.place).filter((id) => id !== state.requester);
  for (const personId of partners) say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: `${state.id}:heard:${personId}` });
}

async function goOn(telling: Telling): Promise<void> {
  const { dependencies, turn, state, ctx, has, alignment } = telling;
  if (state.status === 'reviewing') return review(telling);
  if (has('AlignmentReached') || (state.status === 'aligned' && has('BriefSigned'))) return align(telling);
  if (has('AlignmentClosed')) return close(telling);
  const leads = noticesOf(state, telling.events, turn.told);
  const main = mainCard(telling);
  const voice = voiceOf(turn, state);
  if (main) say(dependencies, turn, voice, withLeads(ctx, main, leads), { post: `${state.id}:turn:${alignment.version}`, quotes: telling.quotes });
  else
    for (const notice of leads)
      say(dependencies, turn, voice, noticeCard(ctx, notice, state.id), { post: `${state.id}:notice:${alignment.version}:${notice.kind}` });
  askWho(telling);
  remind(telling);
}

/** The one card of a turn: the next question, that there is enough to start, or just what was taken. */
function mainCard({ state, ctx, taken, has }: Telling): Card | undefined {
  if (state.status !== 'clarifying') return taken.length > 0 ? takenCard(ctx, taken) : undefined;
  const { asked } = state;
  if (has('EssentialsReached')) return enoughToStartCard(ctx, state, { ...(asked && { questionId: asked.questionId }), taken });
  const again = has('CarriedOn', 'AlignmentResumed', 'MovedPrivately', 'MovedToThread') || taken.length > 0;
  if (asked && (has('QuestionAsked', 'FollowUpAsked') || again)) return questionCard(ctx, state, { ...asked, taken });
  return taken.length > 0 ? takenCard(ctx, taken) : undefined;
}

function takenCard(ctx: ViewContext, taken: readonly Taken[]): Card {
  const lines = taken.map((one) => takenLine(ctx, one));
  return { summary: lines.map((line) => plainText(line)).join(' '), blocks: lines.map((text) => ({ type: 'text', text, style: 'subtle' })), actions: [] };
}

function withLeads(ctx: ViewContext, card: Card, leads: readonly Notice[]): Card {
  const texts = leads.map((notice) => noticeText(ctx, notice));
  const summary = [...texts.map((text) => plainText(text)), card.summary].join(' ');
  return { ...card, summary, blocks: [...texts.map((text) => ({ type: 'text' as const, text })), ...card.blocks] };
}

/** The draft: a new post for each version, edited in place while that version is talked about. */
async function review(telling: Telling): Promise<void> {
  const { dependencies, turn, before, state, ctx, has, taken } = telling;
  const quotes = quotedIn(state, state);
  if (state.status !== 'reviewing') return;
  const fresh = has('ReviewStarted', 'ReviewReopened', 'AlignmentResumed', 'MovedPrivately', 'MovedToThread');
  const leads = noticesOf(state, telling.events, turn.told);
  const voice = voiceOf(turn, state);
  const brief = buildBrief(state);
  const members = state.audience.kind === 'channel' ? await turn.channel.directory.members(turn.tenant, state.audience.place) : undefined;
  const signed = state.signedVersion > 0 ? await signedBrief(telling) : undefined;
  const card = reviewCard(ctx, brief, {
    taken: fresh ? taken : [],
    ...(members && { audienceCount: members.length }),
    ...(signed && { difference: differenceOf(signed, brief) }),
  });
  const post = `${state.id}:review:${state.review.version}`;
  if (fresh && before.status === 'reviewing') say(dependencies, turn, voice, 'removed', { replaces: `${state.id}:review:${before.review.version}` });
  const changes = fresh || taken.length > 0 || has('BriefSigned', 'AudienceChosen', 'PartnerJoined', 'PartnerReplaced', 'PartnerLeft', 'PersonResolved');
  if (changes) say(dependencies, turn, voice, fresh ? withLeads(ctx, card, leads) : card, { post, quotes, ...(!fresh && { replaces: post }) });
  if (!fresh && taken.length > 0) say(dependencies, turn, voice, takenCard(ctx, taken), { quotes });
  if (!fresh) for (const notice of leads) say(dependencies, turn, voice, noticeCard(ctx, notice, state.id));
  if (state.privately && changes) for (const partner of state.partners) showTo(telling, partner.personId, card, fresh);
  if (has('ReviewStarted')) askWhoIsUnknown(telling);
  askWho(telling);
  remind(telling);
}

/** An L&D partner signs a private conversation's draft in their own chat. */
function showTo({ dependencies, turn, state }: Telling, personId: string, card: Card, fresh: boolean): void {
  const post = `${state.id}:review:${personId}`;
  const quotes = quotedIn(state, state);
  say(dependencies, turn, privatelyTo(turn, personId), card, { post, quotes, ...(!fresh && { replaces: post }) });
}

/** The brief of the last signed version, from the events that led to it. */
async function signedBrief({ dependencies, state, alignment }: Telling) {
  const stored = await dependencies.store.aggregates.events(alignment.ref);
  let replayed: AlignmentState = newAlignment;
  for (const event of [...(stored as DomainEvent[]), ...alignment.events]) {
    replayed = evolve(replayed, event);
    if (event.type === 'AlignmentReached' && event.version === state.signedVersion) break;
  }
  return replayed.status === 'new' ? undefined : buildBrief(replayed);
}

/** Signed: the draft becomes the brief where it stands, and the channel gets its one post, edited in place for a later version. */
function align({ dependencies, turn, state, ctx, has }: Telling): void {
  if (state.status !== 'aligned') return;
  const quotes = quotedIn(state, state);
  const card = briefCard(ctx, buildBrief(state));
  const review = `${state.id}:review:${state.signedVersion}`;
  say(dependencies, turn, voiceOf(turn, state), briefCard(ctx, buildBrief(state), { closable: true }), { post: review, replaces: review, quotes });
  if (state.audience.kind === 'channel') {
    const earlier = !has('AlignmentReached') || state.draftVersion > 1;
    const post = `${state.id}:brief:${state.audience.place}`;
    say(dependencies, turn, channelOf(turn, state.audience.place), card, { post, ...(earlier && { replaces: post }), quotes });
  }
}

function close({ dependencies, turn, state, ctx }: Telling): void {
  const place = state.audience.kind === 'channel' ? channelOf(turn, state.audience.place) : voiceOf(turn, state);
  say(dependencies, turn, place, closedCard(ctx, state), { post: `${state.id}:closed` });
}

function askWho({ dependencies, turn, state, ctx, events, quotes }: Telling): void {
  for (const event of events) {
    if (event.type !== 'PersonAskedFor') continue;
    say(dependencies, turn, voiceOf(turn, state), whoIsMeantCard(ctx, state, event), { quotes });
  }
}

// More than three pickers at once would bury the draft; the others stay open points.
const pickersAtOnce = 3;

/** Names of those who lead and sustain the change, as far as nobody knows yet who is meant. */
function askWhoIsUnknown({ dependencies, turn, state, ctx, quotes }: Telling): void {
  const named = (['owner', 'manager-role'] as const).flatMap((questionId: QuestionId) =>
    currentAnswers(state.answers, questionId).flatMap((answer) => (answer.facts?.people ?? []).map((person) => ({ questionId, person }))),
  );
  const unknown = named.filter(({ person }) => person.personId === undefined && ctx.quote(person.name)).slice(0, pickersAtOnce);
  for (const { questionId, person } of unknown)
    say(dependencies, turn, voiceOf(turn, state), whoIsMeantCard(ctx, state, { name: person.name, questionId }), { quotes });
}

function remind({ dependencies, turn, state, ctx, events }: Telling): void {
  for (const event of events) {
    if (event.type === 'ReminderSent')
      say(dependencies, turn, voiceOf(turn, state), reminderCard(ctx, state, event.which), { post: `${state.id}:reminder:${event.which}` });
  }
}

/** Whoever was named to answer instead is asked, where the asker wanted it; and thanked in their private chat. */
function askDelegates({ dependencies, turn, before, state, ctx, events }: Telling): void {
  for (const event of events) {
    if (event.type !== 'QuestionAnswered') continue;
    const { questionId, delegatedTo, by } = event.answer;
    if (delegatedTo) {
      const about = { questionId, asker: by, to: delegatedTo.personId };
      const post = `${state.id}:delegated:${questionId}:${delegatedTo.personId}`;
      // In a private conversation the thread is no place to ask.
      if (delegatedTo.privately || state.privately)
        say(dependencies, turn, privatelyTo(turn, delegatedTo.personId), delegatePrivateCard(ctx, state, about), { post });
      else say(dependencies, turn, threadOf(state), delegateThreadCard(ctx, state, about), { post });
    } else if (before.status !== 'new') {
      const waited = currentAnswers(before.answers, questionId).find((answer) => answer.delegatedTo?.personId === by);
      const askedPrivately = waited && (waited.delegatedTo?.privately || before.privately);
      if (!askedPrivately) continue;
      const post = `${state.id}:delegated:${questionId}:${by}`;
      say(dependencies, turn, privatelyTo(turn, by), noticeCard(ctx, { kind: 'thanks-delegate', person: waited.by }), { post, replaces: post });
    }
  }
}

/** While people talk privately, the thread shows how far they are and nothing of what they say. */
function showStateInThread({ dependencies, turn, state, ctx, has }: Telling): void {
  if (state.conversation.thread === '') return;
  const post = `${state.id}:state`;
  say(dependencies, turn, threadOf(state), privateStateCard(ctx, state), { post, ...(!has('MovedPrivately') && { replaces: post }) });
}
