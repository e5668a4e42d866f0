import { isChallengeOpen } from '../domain/coaching-state.ts';
import type { DomainEvent } from '../domain/event.ts';
import { type Answers, essentials, isAnswered, type QuestionId, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from '../views/card.ts';
import { closedCard, privateStateCard } from '../views/channel.ts';
import { enoughToStartCard } from '../views/enough.ts';
import { intakeCard } from '../views/intake.ts';
import { noticeCard } from '../views/notice.ts';
import { questionCard } from '../views/question.ts';
import { reminderCard } from '../views/reminder.ts';
import { suggestionCard } from '../views/suggestion.ts';
import { takenFrom } from '../views/taken.ts';
import { eventsFor, speakAsides } from './asides.ts';
import { askDelegates, askWho } from './ask-people.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { takenCard, withLeads } from './leading-lines.ts';
import { noticesOf } from './notices.ts';
import { offerFitness } from './offer-fitness.ts';
import { channelOf, privatelyTo, say, threadOf, voiceOf } from './say.ts';
import { isClosedByProgramme } from './speak-close.ts';
import { coachingStep, speakCoaching, waitingStep } from './speak-coaching.ts';
import { speakFitness } from './speak-fitness.ts';
import { openPointEvents, speakOpenPoints } from './speak-open-points.ts';
import { postOthers } from './speak-other.ts';
import { confirmToPartners, tellPartners, untellPartners } from './speak-partners.ts';
import { align, closeBrief, draftOptions, restore, review, takeDraftAway } from './speak-review.ts';
import { speakSignOff } from './speak-sign-off.ts';
import { fitForThread } from './strategy-on-file.ts';
import { quotedIn, quotedInTopic, type Telling } from './telling.ts';
import { threadPost } from './thread-post.ts';
import type { Turn, WorkingAlignment } from './turn.ts';
import { speakVendor } from './vendor-answers.ts';
import { contextOf } from './view-context.ts';

/** Says what happened to an alignment: one card for everything that was taken and what comes next, and what others need to know. */
export async function speakAlignment(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment): Promise<void> {
  const { before, state, events } = alignment;
  if (state.status === 'new') return;
  const ctx = await contextOf(dependencies, turn, state, events);
  const types = new Set(events.map((event) => event.type));
  const has = (...wanted: DomainEvent['type'][]) => wanted.some((type) => types.has(type));
  const opened = has('AlignmentOpened', 'AlignmentSuggested');
  const taken = opened ? [] : takenFrom(events, state);
  const telling: Telling = { dependencies, turn, alignment, before, state, events, ctx, taken, has, quotes: quotedIn(state, opened ? state : taken) };
  if (has('AlignmentSuggested')) suggest(telling);
  if (has('AlignmentOpened')) await open(telling);
  else if (has('RequestRejected', 'SuggestionExpired')) await takeBack(telling);
  else await goOn(telling);
  await askDelegates(telling);
  await speakFitness(telling);
  await speakVendor(telling);
  await speakOpenPoints(telling);
  await speakCoaching(telling);
  if (!has('AlignmentOpened')) showStateInThread(telling);
}

function suggest({ dependencies, turn, state, ctx, quotes }: Telling): void {
  const expiresAt = state.status === 'suggested' ? state.expiresAt : turn.now;
  say(dependencies, turn, privatelyTo(turn, state.requester), suggestionCard(ctx, state), {
    post: `${state.id}:suggestion`,
    expiresAt,
    quotes,
    near: state.conversation,
  });
}

async function open(telling: Telling): Promise<void> {
  const { dependencies, turn, before, state, ctx, has, quotes } = telling;
  if (before.status === 'suggested') {
    say(dependencies, turn, privatelyTo(turn, state.requester), 'removed', { replaces: `${state.id}:suggestion` });
  }
  const enough = has('EssentialsReached');
  const question = state.asked && !enough ? { questionId: state.asked.questionId } : {};
  const card = intakeCard(ctx, state, { ...question, claimable: isClaimable(telling), ...(await fitForThread(telling)) });
  say(dependencies, turn, threadOf(state), card, { post: `${state.id}:intake`, quotes });
  if (enough) await goOn(telling);
  else if (state.status === 'reviewing') await review(telling);
  await tellPartners(telling);
}

function isClaimable({ turn, state }: Telling): boolean {
  return turn.settings.partners.length > 0 && state.partners.length === 0;
}

/** The words of the request changed: what repeated them says the new ones, in place. */
async function rewrite(telling: Telling): Promise<void> {
  const { state } = telling;
  await sayIntakeAgain(telling, state, state.asked?.questionId);
  await tellPartners(telling, true);
}

/** Another request of the message was started: the card says so in place, and for the rest what it said when this one opened. */
async function tellOfOthers(telling: Telling): Promise<void> {
  await sayIntakeAsOpened(telling);
  postOthers(telling);
}

async function sayIntakeAsOpened(telling: Telling): Promise<void> {
  const { state } = telling;
  const opened = { ...state, answers: answersOf(state, state.requestMessage) };
  // Kept in the order in which they were asked.
  const firstAsked = questionIds.find((id) => id === Object.keys(state.timesAsked)[0]);
  const enough = essentials.every((id) => isAnswered(opened.answers, id));
  await sayIntakeAgain(telling, opened, enough ? undefined : firstAsked);
}

async function sayIntakeAgain(telling: Telling, state: StartedAlignment, questionId: QuestionId | undefined): Promise<void> {
  const { dependencies, turn, ctx } = telling;
  const post = `${state.id}:intake`;
  const card = intakeCard(ctx, state, { ...(questionId && { questionId }), claimable: isClaimable(telling), ...(await fitForThread({ ...telling, state })) });
  say(dependencies, turn, threadOf(state), card, { post, replaces: post, quotes: quotedIn(state, [state.understood, state.answers, state.others]) });
}

/** Not a request after all, or a suggestion that ran out: Plumb's words go, too. */
async function takeBack(telling: Telling): Promise<void> {
  const { dependencies, turn, before, state } = telling;
  if (before.status === 'suggested' || before.status === 'new') {
    say(dependencies, turn, privatelyTo(turn, state.requester), 'removed', { replaces: `${state.id}:suggestion` });
    return;
  }
  for (const voice of before.privately ? [threadOf(state), voiceOf(turn, before)] : [threadOf(state)]) {
    for (const post of await dependencies.store.posts.named(voice.to, `${state.id}:`)) say(dependencies, turn, voice, 'removed', { replaces: post });
  }
  await takeThreadBack(telling);
  untellPartners(telling);
}

/** Where a command made a post to carry the thread, that goes as well. */
async function takeThreadBack({ dependencies, turn, state }: Telling): Promise<void> {
  const post = threadPost(state.splitFrom === undefined ? (state.requestMessage ?? '') : state.id);
  if ((await dependencies.store.posts.platformId(post)) === undefined) return;
  say(dependencies, turn, channelOf(turn, state.conversation.place), 'removed', { replaces: post });
}

async function goOn(telling: Telling): Promise<void> {
  const { state, has } = telling;
  if (has('RequestUnderstood')) await rewrite(telling);
  if (has('OtherRequestStarted')) await tellOfOthers(telling);
  if (has('StartedOver', 'RequestWithdrawn', 'RequestDeclined', 'SignedVersionRestored', 'AlignmentClosed')) takeDraftAway(telling);
  if (has('SignedVersionRestored')) restore(telling);
  if (state.status === 'reviewing') await review(telling);
  else if (has('AlignmentReached') || (state.status === 'aligned' && has('BriefSigned', ...openPointEvents))) await align(telling);
  else if (has('AlignmentClosed')) close(telling);
  else await sayNext(telling);
  await speakSignOff(telling, () => draftOptions(telling));
  askWho(telling);
  await remind(telling);
  speakAsides(telling);
  await confirmToPartners(telling);
}

async function sayNext(telling: Telling): Promise<void> {
  const { dependencies, turn, state, ctx, alignment, quotes } = telling;
  const leads = noticesOf(telling, eventsFor(telling));
  const step = await coachingStep(telling);
  const main = step?.card ?? mainCard(telling);
  const voice = voiceOf(turn, state);
  if (main) {
    say(dependencies, turn, voice, withLeads(ctx, offerFitness(telling, main), leads), {
      post: step?.post ?? `${state.id}:turn:${alignment.version}`,
      quotes: [...quotes, ...quotedIn(state, [leads, step?.about])],
    });
    return;
  }
  for (const [index, notice] of leads.entries())
    say(dependencies, turn, voice, noticeCard(ctx, notice, state.id), {
      post: `${state.id}:notice:${alignment.version}:${index}`,
      quotes: quotedIn(state, notice),
    });
}

/** The first post of a conversation and the question that waits, in their places, where they show what is gone by now: people go on by their buttons. */
export async function drawConversationAgain(telling: Telling, isToDraw: (post: string) => boolean): Promise<void> {
  const { dependencies, turn, state } = telling;
  if (isToDraw(`${state.id}:intake`)) await sayIntakeAsOpened(telling);
  const voice = voiceOf(turn, state);
  const start = `${state.id}:turn:`;
  if (turn.outbox.some(({ post }) => post?.startsWith(start))) return;
  const turns = (await dependencies.store.posts.named(voice.to, start)).sort(
    (one, other) => Number(one.slice(start.length)) - Number(other.slice(start.length)),
  );
  const post = turns.at(-1);
  const card = post !== undefined && isToDraw(post) ? questionThatWaits(telling) : undefined;
  if (post !== undefined && card) say(dependencies, turn, voice, card, { post, replaces: post, quotes: quotedIn(state, state.understood) });
}

function questionThatWaits({ state, ctx }: Telling): Card | undefined {
  if (state.status !== 'clarifying' || !state.asked || isChallengeOpen(state.coaching)) return undefined;
  if (state.pace === 'offered') return enoughToStartCard(ctx, state, { questionId: state.asked.questionId, taken: [] });
  return questionCard(ctx, state, { ...state.asked, again: true, taken: [] });
}

/** The one card of a turn: the next question, that there is enough to start, or just what was taken. */
function mainCard({ state, ctx, taken, has }: Telling): Card | undefined {
  if (state.status !== 'clarifying') return taken.length > 0 ? takenCard(ctx, taken) : undefined;
  const { asked } = state;
  if (has('EssentialsReached')) return enoughToStartCard(ctx, state, { ...(asked && { questionId: asked.questionId }), taken });
  // While a challenge is open, its question is the one that waits.
  const again =
    has('CarriedOn', 'ShortPathTaken', 'AlignmentResumed', 'MovedPrivately', 'MovedToThread') || (taken.length > 0 && !isChallengeOpen(state.coaching));
  if (asked && (has('QuestionAsked', 'FollowUpAsked') || again)) return questionCard(ctx, state, { ...asked, again: !has('FollowUpAsked'), taken });
  return taken.length > 0 ? takenCard(ctx, taken) : undefined;
}

function close(telling: Telling): void {
  const { dependencies, turn, state, ctx } = telling;
  closeBrief(telling);
  if (isClosedByProgramme(turn, state)) return;
  const place = state.audience.kind === 'channel' ? channelOf(turn, state.audience.place) : voiceOf(turn, state);
  say(dependencies, turn, place, closedCard(ctx, state), {
    post: `${state.id}:closed`,
    quotes: quotedInTopic(state),
  });
}

async function remind(telling: Telling): Promise<void> {
  const { dependencies, turn, state, ctx, events } = telling;
  for (const event of events) {
    if (event.type !== 'ReminderSent') continue;
    const card = reminderCard(ctx, state, event.which, await waitingStep(telling));
    say(dependencies, turn, voiceOf(turn, state), card, { post: `${state.id}:reminder:${event.which}` });
  }
}

/** While people talk privately, the thread shows how far they are and nothing of what they say. */
function showStateInThread({ dependencies, turn, state, ctx, has }: Telling): void {
  if (state.conversation.thread === '') return;
  const post = `${state.id}:state`;
  if (has('MovedToThread')) say(dependencies, turn, threadOf(state), 'removed', { replaces: post });
  if (!state.privately) return;
  say(dependencies, turn, threadOf(state), privateStateCard(ctx, state), { post, ...(!has('MovedPrivately') && { replaces: post }) });
}

/** What was answered when it opened: by one message, by what came before it, or by a form. */
function answersOf({ answers, openedAt }: StartedAlignment, messageRef: string | undefined): Answers {
  const kept = Object.entries(answers).map(
    ([id, given]) => [id, given.filter((answer) => answer.messageRef === messageRef || answer.at === openedAt)] as const,
  );
  return Object.fromEntries(kept.filter(([, given]) => given.length > 0));
}
