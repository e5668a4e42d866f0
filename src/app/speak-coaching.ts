import type { Challenge, ChallengeStep, LivePrompt } from '../domain/coaching-state.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import { isPartnerActive } from '../domain/hearing-cues.ts';
import type { Answer } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { TriggerId } from '../domain/triggers.ts';
import type { Card } from '../views/card.ts';
import { challengeCard, type OpenStep, openStep } from '../views/challenge.ts';
import { type CoachContext, mayBeRepeated } from '../views/coach-words.ts';
import type { ViewContext } from '../views/context.ts';
import { askedPromptCard, livePromptCard } from '../views/live-prompt.ts';
import { openPilot, pilotCard } from '../views/pilot.ts';
import { takenOf } from '../views/taken.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { messageLink } from './line-links.ts';
import type { OutboundMessage } from './ports.ts';
import { privatelyTo, say, unpromptedTo, voiceOf } from './say.ts';
import { strategyInTurn } from './strategy-on-file.ts';
import { quotedIn, type Telling } from './telling.ts';
import { requestLink } from './thread-link.ts';
import { personOf, type Turn } from './turn.ts';

type EventOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** What views of the coach need besides: the objectives on file, asked for only where they are spoken of. */
export async function coachContext(
  dependencies: Pick<HandleDependencies, 'store'>,
  turn: Turn,
  ctx: ViewContext,
  state: StartedAlignment,
): Promise<CoachContext> {
  for (const { by } of evidenceIn(state)) await personOf(turn, by);
  const { objectives } = await strategyInTurn(dependencies, turn);
  return { ...ctx, objectives };
}

function evidenceIn({ coaching }: StartedAlignment) {
  return [...(coaching?.prompts ?? []), ...(coaching?.challenge ? [coaching.challenge] : [])].flatMap(({ evidence }) => evidence);
}

const promptEvents: readonly DomainEvent['type'][] = ['LivePromptShown', 'LivePromptOvertaken', 'LivePromptDismissed', 'LivePromptAsked', 'ChallengePut'];

/** Says what the coach did: prompts to the L&D partners alone, everything else where the conversation goes on. */
export async function speakCoaching(telling: Telling): Promise<void> {
  const { dependencies, turn, state, ctx, events, has } = telling;
  const about = has(
    ...promptEvents,
    'ChallengeAnswered',
    'ChallengeLeft',
    'PilotProposed',
    'PilotAgreed',
    'PilotDeclined',
    'ActUndone',
    'StartedOver',
    'RequestWithdrawn',
    'AlignmentClosed',
    'MovedPrivately',
    'MovedToThread',
    'PartnerLeft',
    'PartnerReplaced',
  );
  if (!about || !state.coaching) return;
  const coachCtx = await coachContext(dependencies, turn, ctx, state);
  for (const event of events) {
    if (event.type === 'PartnerLeft') await takePromptBack(telling, coachCtx, event.personId);
    if (event.type === 'PartnerReplaced') await takePromptBack(telling, coachCtx, event.from);
  }
  for (const trigger of new Set(events.flatMap(promptOf))) await showPrompt(telling, coachCtx, trigger);
  for (const event of events) if (event.type === 'LivePromptAsked') postAsked(telling, coachCtx, event);
  closeSteps(telling, coachCtx);
  sayStepApart(telling, coachCtx);
  sayPilot(telling);
}

function promptOf(event: DomainEvent): TriggerId[] {
  switch (event.type) {
    case 'LivePromptShown':
      return [event.prompt.trigger];
    case 'LivePromptOvertaken':
    case 'LivePromptDismissed':
    case 'LivePromptAsked':
      return [event.trigger];
    case 'ChallengePut':
      return event.trigger === undefined ? [] : [event.trigger];
    default:
      return [];
  }
}

/** Where a partner's card of a prompt stands. */
export function promptPost({ id }: StartedAlignment, trigger: TriggerId, personId: PersonId): string {
  return `${id}:prompt:${trigger}:${personId}`;
}

/** In each partner's own chat: as it stands now, in the place of what it was. */
async function showPrompt(telling: Telling, ctx: CoachContext, trigger: TriggerId): Promise<void> {
  const { dependencies, turn, state, events } = telling;
  const prompt = state.coaching?.prompts.find((one) => one.trigger === trigger);
  if (!prompt) return;
  const isNew = events.some((event) => event.type === 'LivePromptShown' && event.prompt.trigger === trigger);
  for (const to of prompt.to) {
    const post = promptPost(state, trigger, to);
    // Shown and gone again in one turn: nobody saw it.
    if (isNew && prompt.status !== 'open') continue;
    if (isNew) {
      const link = await linkFor(turn, state, prompt, to);
      const unprompted = await whereNow(turn, state, to);
      const card = livePromptCard(ctx, state, prompt, { to, ...link });
      const quotes = quotedIn(state, [prompt, state.understood]);
      // The thread must not learn of it, and by the time somebody adds Plumb the conversation has gone on: then Home shows what is still open.
      say(dependencies, turn, unprompted.to, card, { post, quotes, fleeting: true, ...unprompted.held });
      continue;
    }
    await showOutcome(telling, ctx, prompt, to);
  }
}

// Whoever did something so recently is at it (milliseconds).
const atIt = 3_600_000;

/** A prompt helps while the conversation runs: to a partner who takes part in it late in their day it comes at once, to others in their working hours. */
async function whereNow(turn: Turn, state: StartedAlignment, to: PersonId): ReturnType<typeof unpromptedTo> {
  return isPartnerActive(state, to, turn.now - atIt) ? { to: privatelyTo(turn, to), held: {} } : unpromptedTo(turn, to);
}

async function showOutcome({ dependencies, turn, state }: Telling, ctx: CoachContext, prompt: LivePrompt, to: PersonId): Promise<void> {
  const post = promptPost(state, prompt.trigger, to);
  // What they have not seen yet, because it waits for their morning, goes without a word.
  const seen = (await dependencies.store.posts.platformIdAt(privatelyTo(turn, to).to, post)) !== undefined;
  const card: OutboundMessage['card'] = seen ? livePromptCard(ctx, state, prompt, { to }) : 'removed';
  say(dependencies, turn, privatelyTo(turn, to), card, { post, replaces: post, quotes: quotedIn(state, [prompt, state.understood]) });
}

/** Whoever is no partner of the conversation any more has nothing to press there, and learns nothing of what comes of it. */
async function takePromptBack(telling: Telling, ctx: CoachContext, personId: PersonId): Promise<void> {
  const { before, state } = telling;
  const open = before.status === 'new' ? undefined : before.coaching?.prompts.find(({ status, to }) => status === 'open' && to.includes(personId));
  if (open && !state.partners.some((partner) => partner.personId === personId)) await showOutcome(telling, ctx, { ...open, status: 'overtaken' }, personId);
}

/** To the very message where the person can open it, else to the conversation. */
async function linkFor(turn: Turn, state: StartedAlignment, { evidence }: LivePrompt, to: PersonId): Promise<{ link?: string }> {
  const [first] = evidence;
  const link = (first && (await messageLink(turn, to, state, first.messageRef))) ?? (await requestLink(turn, state));
  return link === undefined ? {} : { link };
}

/** The question of an L&D partner's, where the conversation goes on. */
function postAsked(telling: Telling, ctx: CoachContext, { trigger, of, by }: EventOf<'LivePromptAsked'>): void {
  const { dependencies, turn, state } = telling;
  const prompt = state.coaching?.prompts.find((one) => one.trigger === trigger);
  if (!prompt) return;
  const card = askedPromptCard(ctx, state, prompt, { of, by });
  say(dependencies, turn, voiceOf(turn, state), card, { post: `${state.id}:asked:${trigger}`, quotes: quotedIn(state, [prompt, state.understood]) });
}

/** The card of a turn, where it stands, and what it repeats words of. */
type Step = { card: Card; post: string; about: readonly unknown[] };

/** The card of the turn when the challenge has a next step or a first group is proposed: it takes the place of the next question. */
export async function coachingStep(telling: Telling): Promise<Step | undefined> {
  const { dependencies, turn, state, ctx, taken, has } = telling;
  const { challenge, pilot } = state.coaching ?? {};
  const step = newStep(telling);
  if (step && challenge) {
    const coachCtx = await coachContext(dependencies, turn, ctx, state);
    const card = challengeCard(coachCtx, state, challenge, { step, of: askedBy(state), taken, open: true });
    return { card, post: challengePost(state, step), about: [challenge, state.request] };
  }
  if (pilot?.status !== 'proposed' || !has('PilotProposed')) return undefined;
  return { card: pilotCard(ctx, state, pilot, taken), post: pilotPost(state), about: [state.understood.audience] };
}

/** The step of the challenge, or the first group, that waits for an answer, if any. */
export async function waitingStep({ dependencies, turn, state, ctx }: Telling): Promise<OpenStep | undefined> {
  const { challenge, pilot } = state.coaching ?? {};
  const isPilotOpen = pilot?.status === 'proposed' && state.status === 'clarifying' && !state.asked;
  if (!challenge || challenge.step === 'settled') return isPilotOpen ? openPilot(ctx, state) : undefined;
  return openStep(await coachContext(dependencies, turn, ctx, state), state, challenge, challenge.step, askedBy(state));
}

/** Where the card of the turn was another one: a draft, or what was understood of the request. */
function sayStepApart(telling: Telling, ctx: CoachContext): void {
  const { dependencies, turn, state } = telling;
  const step = newStep(telling);
  const challenge = state.coaching?.challenge;
  if (!step || !challenge || turn.outbox.some(({ post }) => post === challengePost(state, step))) return;
  const card = challengeCard(ctx, state, challenge, { step, of: askedBy(state), taken: [], open: true });
  say(dependencies, turn, voiceOf(turn, state), card, { post: challengePost(state, step), quotes: quotedIn(state, [challenge, state.request]) });
}

/** Where a step of the challenge stands. */
function challengePost({ id }: Pick<StartedAlignment, 'id'>, step: ChallengeStep): string {
  return `${id}:challenge:${step}`;
}

/** The step that this turn came to and that is open now; also where it was taken back, or the conversation goes on elsewhere or again. */
function newStep({ state, before, has, events }: Pick<Telling, 'state' | 'before' | 'has' | 'events'>): ChallengeStep | undefined {
  const last = events.findLast((event) => event.type === 'ChallengePut' || event.type === 'ChallengeAnswered' || event.type === 'ChallengeLeft');
  if (last?.type === 'ChallengePut') return stepOf(state, last.challenge.about.tension === 'came-round' ? 'focus' : 'either-or');
  if (last?.type === 'ChallengeAnswered' && last.next !== 'settled') return stepOf(state, last.next);
  const step = state.coaching?.challenge?.step;
  const was = before.status === 'new' ? undefined : before.coaching?.challenge?.step;
  const isAgain = has('MovedPrivately', 'MovedToThread', 'AlignmentResumed') || (has('ActUndone') && step !== was);
  return step === 'settled' || !isAgain ? undefined : step;
}

function stepOf({ coaching }: StartedAlignment, step: ChallengeStep): ChallengeStep | undefined {
  return coaching?.challenge?.step === step ? step : undefined;
}

/** Whose words the open step waits for. */
export function askedBy({ coaching, requester }: StartedAlignment): PersonId {
  return coaching?.probe?.challenge === undefined ? requester : coaching.probe.of;
}

/** A step that was answered, that nobody took up, or that waits elsewhere now, has nothing to press any more; what was noted on its card stays there. */
function closeSteps({ dependencies, turn, state, before }: Telling, ctx: CoachContext): void {
  const open = before.status === 'new' ? undefined : before.coaching?.challenge;
  if (before.status === 'new' || !open || open.step === 'settled') return;
  const now = state.coaching?.challenge;
  const isThere = state.status !== 'withdrawn' && state.status !== 'closed' && before.privately === state.privately;
  if (isThere && now?.id === open.id && now.step === open.step) return;
  const shown: Challenge = now?.id === open.id ? { ...now, said: open.said } : open;
  // As it stood there: what was said in private meanwhile does not come into the thread with it.
  const there = { ...state, privately: before.privately };
  const taken = notedWith(before, open, state);
  const card = challengeCard(ctx, there, shown, { step: open.step, of: askedBy(before), taken: takenOf(taken, before.privately), open: false });
  const post = challengePost(state, open.step);
  say(dependencies, turn, voiceOf(turn, before), card, { post, replaces: post, quotes: quotedIn(state, [shown, state.request, taken]) });
}

/** The answers that were noted in the turn in which a step was put, as far as they still stand. */
function notedWith(before: StartedAlignment, { at, stepAt = at }: Challenge, { answers }: StartedAlignment): Answer[] {
  // Under a draft a step stands apart, and what was taken is in the draft.
  if (before.status === 'reviewing' && stepAt >= before.review.startedAt) return [];
  const given = Object.values(answers).flatMap((each) => each.filter((answer) => answer.at === stepAt));
  return given.filter((answer) => mayBeRepeated(before, answer));
}

function pilotPost({ id }: Pick<StartedAlignment, 'id'>): string {
  return `${id}:pilot`;
}

/** Proposed in the conversation; then the same card says what came of it. */
function sayPilot({ dependencies, turn, before, state, ctx, has }: Telling): void {
  const pilot = state.coaching?.pilot;
  const was = before.status === 'new' ? undefined : before.coaching?.pilot?.status;
  const isSettled = was === 'proposed' && has('PilotAgreed', 'PilotDeclined');
  const isWidened = was === 'agreed' && has('PilotDeclined');
  // Undone, or its message is gone: what was proposed stands again.
  const isOpenAgain = pilot?.status === 'proposed' && was !== undefined && was !== 'proposed';
  if (!pilot || !(has('PilotProposed') || isSettled || isWidened || isOpenAgain)) return;
  const post = pilotPost(state);
  // It was the card of this turn.
  if (!isSettled && !isOpenAgain && turn.outbox.some((message) => message.post === post)) return;
  const quotes = quotedIn(state, [pilot, state.understood.audience]);
  say(dependencies, turn, voiceOf(turn, state), pilotCard(ctx, state, pilot), { post, ...((isSettled || isOpenAgain) && { replaces: post }), quotes });
}
