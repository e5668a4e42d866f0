import { buildBrief, signedBrief, signOffBy } from '../domain/brief.ts';
import { differenceOf } from '../domain/brief-difference.ts';
import { wholeChat } from '../domain/conversation.ts';
import { lacksLeader, missingSigners } from '../domain/signers.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { briefCard } from '../views/brief.ts';
import type { Card } from '../views/card.ts';
import { noticeCard } from '../views/notice.ts';
import { type ReviewOptions, replacedCard, reviewCard } from '../views/review.ts';
import type { Taken } from '../views/taken.ts';
import { eventsFor } from './asides.ts';
import { askWhoIsUnknown } from './ask-people.ts';
import { takenCard, withLeads } from './leading-lines.ts';
import { noticesOf } from './notices.ts';
import { withFitness } from './offer-fitness.ts';
import { belongingTo, channelOf, privatelyTo, say, voiceOf } from './say.ts';
import { openPointEvents } from './speak-open-points.ts';
import { fitForThread } from './strategy-on-file.ts';
import { quotedIn, type Telling } from './telling.ts';

/** The draft: a new post for each version, edited in place while that version is talked about. */
export async function review(telling: Telling): Promise<void> {
  const { dependencies, turn, state, ctx, has, taken } = telling;
  const quotes = quotedIn(state, state);
  if (state.status !== 'reviewing') return;
  const fresh = has('ReviewStarted', 'ReviewReopened', 'AlignmentResumed', 'MovedPrivately', 'MovedToThread');
  const leads = noticesOf(telling, eventsFor(telling));
  const voice = voiceOf(turn, state);
  const card = await draftCard(telling, fresh ? taken : []);
  const post = `${state.id}:review:${state.review.version}`;
  if (fresh) takeDraftAway(telling);
  const changes =
    fresh ||
    taken.length > 0 ||
    has(
      'BriefSigned',
      'AudienceChosen',
      'PartnerJoined',
      'PartnerReplaced',
      'PartnerLeft',
      'PersonResolved',
      'SignOffDelegated',
      'SignOffDeclined',
      'FitnessOpened',
      'FitnessClosed',
      'ActionNoted',
      'ActionRemoved',
      ...openPointEvents,
    );
  if (changes) say(dependencies, turn, voice, fresh ? withLeads(ctx, card, leads) : card, { post, quotes, ...(!fresh && { replaces: post }) });
  if (!fresh && taken.length > 0) say(dependencies, turn, voice, takenCard(ctx, taken), { quotes });
  if (!fresh) for (const notice of leads) say(dependencies, turn, voice, noticeCard(ctx, notice, state.id), { quotes: quotedIn(state, notice) });
  if (state.privately && changes) for (const partner of state.partners) showTo(telling, partner.personId, card, fresh);
  if (has('ReviewStarted')) askWhoIsUnknown(telling);
}

async function draftCard(telling: Telling, taken: readonly Taken[]): Promise<Card> {
  const { state, ctx } = telling;
  return withFitness(ctx, state, reviewCard(ctx, buildBrief(state), { taken, ...(await draftOptions(telling)) }));
}

/** The draft that is under review in its place, wherever it shows what is gone by now. */
export async function drawDraftAgain(telling: Telling, isToDraw: (post: string) => boolean): Promise<void> {
  const { dependencies, turn, state } = telling;
  if (state.status !== 'reviewing') return;
  const post = `${state.id}:review:${state.review.version}`;
  const partners = state.privately ? state.partners.filter(({ personId }) => isToDraw(`${state.id}:review:${personId}`)) : [];
  if (!isToDraw(post) && partners.length === 0) return;
  const card = await draftCard(telling, []);
  if (isToDraw(post)) say(dependencies, turn, voiceOf(turn, state), card, { post, replaces: post, quotes: quotedIn(state, state) });
  for (const { personId } of partners) showTo(telling, personId, card, false);
}

/** What a draft shows besides the brief: who will see it, whose signature is missing, and what differs from the version that is signed. */
export async function draftOptions(telling: Telling): Promise<ReviewOptions> {
  const { turn, state } = telling;
  if (state.status !== 'reviewing') return {};
  const { audience, signedContent, signedVersion, postedTo } = state;
  const audienceCount = audience.kind === 'channel' ? await turn.channel.directory.memberCount(turn.tenant, audience.place) : undefined;
  const signed = signedBrief(state);
  return {
    ...(await fitForThread(telling)),
    missing: missingSigners(state),
    ...(lacksLeader(state) && { lacksLeader: true as const }),
    ...(audienceCount !== undefined && { audienceCount }),
    ...(signed && {
      difference: differenceOf(signed, buildBrief(state)),
      signed: { version: signedVersion, signatures: signedContent?.signatures ?? [], ...(postedTo?.kind === 'channel' && { postedIn: postedTo.place }) },
    }),
  };
}

/** The draft that was shown before goes, where it stood: what stays is one draft to press on. */
export function takeDraftAway({ dependencies, turn, before }: Telling): void {
  if (before.status !== 'reviewing' && before.status !== 'paused') return;
  if (!before.review) return;
  say(dependencies, turn, voiceOf(turn, before), 'removed', { replaces: `${before.id}:review:${before.review.version}` });
  if (!before.privately) return;
  for (const { personId } of before.partners) say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: `${before.id}:review:${personId}` });
}

/** An L&D partner signs a private conversation's draft in their own chat. */
function showTo({ dependencies, turn, state }: Telling, personId: string, card: Card, fresh: boolean): void {
  const post = `${state.id}:review:${personId}`;
  const quotes = quotedIn(state, state);
  say(dependencies, turn, privatelyTo(turn, personId, belongingTo(state, 'draft')), card, { post, quotes, ...(!fresh && { replaces: post }) });
}

/** Signed: the draft becomes the brief where it stands, and the channel gets its one post, edited in place for a later version. */
export async function align(telling: Telling): Promise<void> {
  const { dependencies, turn, before, state, ctx, has } = telling;
  if (state.status !== 'aligned') return;
  const quotes = quotedIn(state, state);
  const card = briefCard(ctx, buildBrief(state));
  const review = `${state.id}:review:${state.signedVersion}`;
  say(dependencies, turn, voiceOf(turn, state), briefCard(ctx, buildBrief(state), { closable: true }), { post: review, replaces: review, quotes });
  // Who signed in their own chat finds the brief there.
  const signers = state.privately ? state.partners : [];
  for (const { personId } of signers) {
    const own = `${state.id}:review:${personId}`;
    say(dependencies, turn, privatelyTo(turn, personId, belongingTo(state, 'draft')), card, { post: own, replaces: own, quotes });
  }
  const posted = before.status === 'new' ? undefined : before.postedTo;
  if (posted?.kind === 'channel' && (state.audience.kind !== 'channel' || state.audience.place !== posted.place)) {
    // The signers chose other readers: the earlier version is taken back where it stands.
    say(dependencies, turn, channelOf(turn, posted.place), 'removed', { replaces: `${state.id}:brief:${posted.place}` });
  }
  if (state.audience.kind === 'channel' && !standsThere(state, state.audience.place)) {
    const earlier = !has('AlignmentReached') || state.draftVersion > 1;
    const post = `${state.id}:brief:${state.audience.place}`;
    say(dependencies, turn, channelOf(turn, state.audience.place), card, { post, ...(earlier && { replaces: post }), quotes });
  }
  // The card that was signed may stand far above by now.
  if (!has('AlignmentReached')) return;
  await markReplaced(telling);
  const place = state.audience.kind === 'channel' ? { place: state.audience.place } : {};
  say(dependencies, turn, voiceOf(turn, state), noticeCard(ctx, { kind: 'agreed', ...place }, state.id), { post: `${state.id}:agreed:${state.signedVersion}` });
}

/** Closed: wherever the brief stands it can still be read and taken along, and has no buttons left that would be refused. */
export function closeBrief({ dependencies, turn, before, ctx }: Telling): void {
  if (before.status !== 'aligned') return;
  const card = briefCard(ctx, buildBrief(before), { closed: true });
  const quotes = quotedIn(before, before);
  const replace = (to: ReturnType<typeof voiceOf>, post: string): void => say(dependencies, turn, to, card, { post, replaces: post, quotes });
  replace(voiceOf(turn, before), `${before.id}:review:${before.signedVersion}`);
  for (const { personId } of before.privately ? before.partners : [])
    replace(privatelyTo(turn, personId, belongingTo(before, 'draft')), `${before.id}:review:${personId}`);
  if (before.postedTo?.kind === 'channel') replace(channelOf(turn, before.postedTo.place), `${before.id}:brief:${before.postedTo.place}`);
}

/** The brief that was signed before says, where it stands in the conversation, that a newer version took its place; it stays to be read. */
async function markReplaced({ dependencies, turn, before, state, ctx }: Telling): Promise<void> {
  if (before.status === 'new' || !before.signedContent) return;
  const signed = signedBrief(before);
  const post = `${state.id}:review:${before.signedVersion}`;
  const voice = voiceOf(turn, state);
  if (!signed || !(await dependencies.store.posts.named(voice.to, post)).includes(post)) return;
  const { signatures = [] } = before.signedContent;
  const card = replacedCard(ctx, { ...signed, version: before.signedVersion, signOff: signOffBy(signatures) }, state.signedVersion);
  say(dependencies, turn, voice, card, { post, replaces: post, quotes: quotedIn(before, before.signedContent) });
}

/** Every change was taken back: whoever signed in their own chat finds the brief there again. */
export function restore({ dependencies, turn, before, state, ctx }: Telling): void {
  if (before.status !== 'reviewing' || !state.privately) return;
  const card = briefCard(ctx, buildBrief(state));
  const quotes = quotedIn(state, state);
  for (const { personId } of state.partners)
    say(dependencies, turn, privatelyTo(turn, personId, belongingTo(state, 'draft')), card, { post: `${state.id}:review:${personId}`, quotes });
}

/** A chat without threads in which it was talked about: the brief stands there already. */
function standsThere({ conversation, privately }: StartedAlignment, place: string): boolean {
  return conversation.thread === wholeChat && conversation.place === place && !privately;
}
