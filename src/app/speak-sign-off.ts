import { buildBrief } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import { leadersOf } from '../domain/permissions.ts';
import { type MissingSigner, missingSigners, mostSignReminders, remindersOf, standIns } from '../domain/signers.ts';
import type { SignOffDelegation, StartedAlignment } from '../domain/state.ts';
import type { ReviewOptions } from '../views/review.ts';
import {
  changeLeftCard,
  delegatedCard,
  ownDeclineCard,
  requestDeclinedCard,
  restoredCard,
  signReminderCard,
  standInCard,
  standInOverCard,
  stillMissingCard,
  toldDeclinedCard,
} from '../views/sign-off.ts';
import { answersLast } from './asides.ts';
import { belongingTo, privatelyTo, say, unpromptedTo, voiceOf } from './say.ts';
import { untellPartners } from './speak-partners.ts';
import { quotedIn, quotedInTopic, type Telling } from './telling.ts';

/** What goes on around the signatures: who was asked to sign for whom, who is reminded, and how it ends without one. */
export async function speakSignOff(telling: Telling, draft: () => Promise<ReviewOptions>): Promise<void> {
  tellWhoWasAsked(telling);
  await askStandIns(telling, draft);
  await releaseStandIns(telling);
  takeRemindersAway(telling);
  for (const event of telling.events) {
    if (event.type === 'SignOffReminded') await remindSigner(telling, event, draft);
    if (event.type === 'SignOffDeclined') await tellDeclined(telling, event);
    if (event.type === 'ChangeLeft') tellWhoMayChange(telling, event);
  }
  tellWhoIsMissing(telling);
  tellTheEnd(telling);
}

const standInPost = ({ id }: StartedAlignment, personId: PersonId): string => `${id}:sign:${personId}`;

function tellWhoWasAsked({ dependencies, turn, state, ctx, events }: Telling): void {
  for (const event of events)
    if (event.type === 'SignOffDelegated') say(dependencies, turn, voiceOf(turn, state), delegatedCard(ctx, { from: event.by, to: event.to }));
}

/** Asked once for each draft; while people still talk about that draft, their card follows it. */
async function askStandIns(telling: Telling, draft: () => Promise<ReviewOptions>): Promise<void> {
  const { dependencies, turn, before, state, ctx, has } = telling;
  const asked = before.status === 'new' ? [] : standIns(before);
  for (const delegation of standIns(state)) {
    const { from, to } = delegation;
    const known = asked.some((one) => isSame(one, delegation)) && !has('ReviewReopened');
    const post = standInPost(state, to);
    const card = standInCard(ctx, buildBrief(state), { ...(await draft()), from, to });
    const about = { post, quotes: quotedIn(state, state) };
    if (known) {
      if (has('QuestionAnswered', 'LineChanged', 'LineRestored', 'PartChanged', 'AnswersRemoved', 'ActUndone', 'AudienceChosen', 'PersonResolved'))
        say(dependencies, turn, privatelyTo(turn, to, belongingTo(state, 'draft')), card, { ...about, replaces: post });
      continue;
    }
    // A newer draft comes as a new message: an edited one would not be noticed.
    if (asked.some((one) => isSame(one, delegation))) say(dependencies, turn, privatelyTo(turn, to), 'removed', { replaces: post });
    const { to: where, held } = await unpromptedTo(turn, to, belongingTo(state, 'draft'));
    say(dependencies, turn, where, card, { ...about, ...held });
  }
}

/** Whoever was asked to sign for another, or was reminded, keeps a card to press on when something that it shows is gone. */
export async function drawSigningAgain(telling: Telling, isToDraw: (post: string) => boolean, draft: () => Promise<ReviewOptions>): Promise<void> {
  const { dependencies, turn, state, ctx } = telling;
  const asked = standIns(state).filter(({ to }) => isToDraw(standInPost(state, to)));
  const reminded = missingSigners(state).filter(({ personId }) => isToDraw(reminderPost(state, personId)));
  if (asked.length + reminded.length === 0) return;
  const brief = buildBrief(state);
  const options = await draft();
  for (const { from, to } of asked) {
    const post = standInPost(state, to);
    const card = standInCard(ctx, brief, { ...options, from, to });
    say(dependencies, turn, privatelyTo(turn, to, belongingTo(state, 'draft')), card, { post, replaces: post, quotes: quotedIn(state, state) });
  }
  for (const signer of reminded) {
    const post = reminderPost(state, signer.personId);
    const card = signReminderCard(ctx, brief, { ...options, signer, which: remindersOf(state, signer.personId) > 1 ? 2 : 1 });
    const quotes = quotedInTopic(state);
    say(dependencies, turn, privatelyTo(turn, signer.personId, belongingTo(state, 'draft')), card, { post, replaces: post, quotes });
  }
}

function isSame(one: SignOffDelegation, other: SignOffDelegation): boolean {
  return one.from === other.from && one.to === other.to && one.at === other.at;
}

/** Whoever is asked no more learns it where they were asked. */
async function releaseStandIns({ dependencies, turn, before, state, ctx, events }: Telling): Promise<void> {
  if (before.status === 'new') return;
  const still = standIns(state);
  for (const { from, to } of standIns(before)) {
    if (still.some((one) => one.to === to)) continue;
    const signed = events.some((event) => event.type === 'BriefSigned' && event.by === to);
    const declined = events.some((event) => event.type === 'SignOffDeclined' && event.by === to);
    const how = signed ? 'signed' : declined ? 'declined' : 'not-needed';
    const post = standInPost(state, to);
    const own = privatelyTo(turn, to);
    // Who was not asked yet, because it waits for their morning, need not hear that it is over.
    const isSeen = how !== 'not-needed' || (await dependencies.store.posts.platformIdAt(own.to, post)) !== undefined;
    const card = isSeen ? standInOverCard(ctx, buildBrief(state), { from, how }) : 'removed';
    say(dependencies, turn, own, card, { post, replaces: post, quotes: quotedInTopic(state) });
  }
}

/** Whoever has signed, or need not any more, finds no reminder to press on. */
function takeRemindersAway({ dependencies, turn, before, state, has }: Telling): void {
  if (before.status !== 'reviewing') return;
  const missing = has('ReviewReopened') ? [] : missingSigners(state);
  const reminded = Object.keys(before.review.reminded ?? {}).filter((personId) => !missing.some((one) => one.personId === personId));
  for (const personId of reminded) say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: reminderPost(state, personId) });
  const wasTold = missingSigners(before).every(({ personId }) => remindersOf(before, personId) === mostSignReminders);
  if (reminded.length > 0 && wasTold) say(dependencies, turn, voiceOf(turn, before), 'removed', { replaces: `${state.id}:still-missing` });
}

const reminderPost = ({ id }: StartedAlignment, personId: PersonId): string => `${id}:sign-reminder:${personId}`;

async function tellDeclined({ dependencies, turn, state, ctx }: Telling, { from, by }: { from: PersonId; by: PersonId }): Promise<void> {
  const { to, held } = await unpromptedTo(turn, from, belongingTo(state, 'draft'));
  say(dependencies, turn, to, toldDeclinedCard(ctx, buildBrief(state), by), { quotes: quotedInTopic(state), ...held });
}

/** To whoever said it, alone: the thread goes on, and what stands in the brief stays. */
function tellWhoMayChange({ dependencies, turn, state, ctx }: Telling, { by }: { by: PersonId }): void {
  const to = privatelyTo(turn, by, belongingTo(state, 'answer'));
  const post = `${state.id}:change-left:${by}`;
  say(dependencies, turn, to, changeLeftCard(ctx, buildBrief(state), leadersOf(state)), {
    post,
    expiresAt: turn.now + answersLast,
    quotes: quotedInTopic(state),
  });
}

/** Each for themselves, in their own chat. */
async function remindSigner(telling: Telling, { personId, which }: { personId: PersonId; which: 1 | 2 }, draft: () => Promise<ReviewOptions>): Promise<void> {
  const { dependencies, turn, state, ctx } = telling;
  const missing = missingSigners(state);
  const signer: MissingSigner | undefined = missing.find((one) => one.personId === personId);
  if (!signer) return;
  const brief = buildBrief(state);
  const card = signReminderCard(ctx, brief, { ...(await draft()), signer, which });
  const { to, held } = await unpromptedTo(turn, personId, belongingTo(state, 'draft'));
  const post = reminderPost(state, personId);
  const quotes = quotedInTopic(state);
  if (which === 2) say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: post });
  say(dependencies, turn, to, card, { post, quotes, ...held });
}

/** After the last reminder, once, although two may be reminded at the same moment. */
function tellWhoIsMissing({ dependencies, turn, state, ctx, has }: Telling): void {
  const missing = missingSigners(state);
  if (!has('SignOffReminded') || missing.length === 0 || missing.some((one) => remindersOf(state, one.personId) !== mostSignReminders)) return;
  say(dependencies, turn, voiceOf(turn, state), stillMissingCard(ctx, buildBrief(state), missing), { post: `${state.id}:still-missing` });
}

/** One short line where people talked about it; L&D partners need not look at it any more. */
function tellTheEnd(telling: Telling): void {
  const { dependencies, turn, before, state, ctx, events } = telling;
  for (const event of events) {
    if (event.type === 'RequestDeclined') {
      const card = requestDeclinedCard(ctx, event);
      // Written into a form: the words go with the id of that form's answer.
      const quotes = [event.reason.textId.replace(/:why$/, '')];
      say(dependencies, turn, voiceOf(turn, state), card, { post: `${state.id}:declined`, quotes });
      untellPartners(telling, { but: event.by });
      const told = `${state.id}:heard:${event.by}`;
      say(dependencies, turn, privatelyTo(turn, event.by), ownDeclineCard(ctx, buildBrief(state)), {
        post: told,
        replaces: told,
        quotes: quotedInTopic(state),
      });
    }
    // Where nothing was shown as changed, nothing is said to be back.
    if (event.type === 'SignedVersionRestored' && before.status === 'reviewing')
      say(dependencies, turn, voiceOf(turn, state), restoredCard(ctx, event.version));
  }
}
