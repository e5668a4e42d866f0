import { actsRemembered } from './acts.ts';
import type { CoachingEvent } from './coaching-event.ts';
import type { DomainEvent, OpeningFacts } from './event.ts';
import { answered, asked, keepAnswers, omitAsked, resolvePerson, undone } from './evolve-answers.ts';
import { evolveCoaching, startedAnew } from './evolve-coaching.ts';
import { withPartners } from './evolve-partners.ts';
import { evolveReview, lineChanged, type ReviewEvent } from './evolve-sign-off.ts';
import { endFitness, evolveFitness } from './fitness.ts';
import type { FitnessEvent } from './fitness-event.ts';
import { evolveOpenPoints, type OpenPointEvent } from './open-points.ts';
import { withOthers } from './other-requests.ts';
import type { PromiseEvent } from './promise-event.ts';
import { endPromises, evolvePromises, isPromiseEvent } from './promises.ts';
import { essentials } from './questions.ts';
import type { Agreed, AlignmentState, Core, Review, StartedAlignment } from './state.ts';
import { evolveVendor, type VendorEvent } from './vendor-answer.ts';

/** The state after one more event. Events that do not fit the state change nothing, so that any stored history can be read. */
export function evolve(state: AlignmentState, event: DomainEvent): AlignmentState {
  switch (event.type) {
    case 'AlignmentSuggested':
      return { status: 'suggested', expiresAt: event.expiresAt, ...coreOf(event) };
    case 'AlignmentOpened': {
      const core = state.status === 'new' ? coreOf(event) : withoutStatus(state);
      return {
        ...core,
        // A suggestion may be started by somebody else, who chose its message.
        startedBy: event.by,
        reasons: event.reasons,
        status: 'clarifying',
        pace: event.short ? 'short' : 'essentials',
        lastActivityAt: event.at,
        seenActs: remember(core.seenActs, event.act),
      };
    }
    default:
      if (state.status === 'new') return state;
      return isPromiseEvent(event) ? evolvePromises(state, event) : evolveStarted(touched(state, event), event);
  }
}

function coreOf(event: OpeningFacts): Core {
  return {
    id: event.id,
    conversation: event.conversation,
    requester: event.requester,
    startedBy: event.by,
    openedAt: event.at,
    ...(event.request && { request: event.request }),
    ...(event.requestMessage !== undefined && { requestMessage: event.requestMessage }),
    understood: event.understood,
    reasons: event.reasons,
    ...(event.heard && { heard: event.heard }),
    ...(event.others && { others: event.others }),
    ...(event.splitFrom !== undefined && { splitFrom: event.splitFrom }),
    ...(event.readBefore && { readBefore: event.readBefore }),
    answers: {},
    followedUp: [],
    timesAsked: {},
    pace: 'essentials',
    partners: [],
    volunteers: [],
    privately: false,
    lapsed: [],
    audience: event.audience,
    lastActivityAt: event.at,
    remindersSent: 0,
    acts: [],
    seenActs: [event.act],
    waitingFor: [],
    draftVersion: 0,
    signedVersion: 0,
  };
}

/** What somebody did counts as activity: the quiet is over and reminders start anew. */
function touched(state: StartedAlignment, event: Exclude<DomainEvent, PromiseEvent>): StartedAlignment {
  if (!('by' in event)) return state;
  return { ...state, lastActivityAt: event.at, remindersSent: 0, seenActs: remember(state.seenActs, event.act) };
}

function evolveStarted(state: StartedAlignment, event: Exclude<DomainEvent, OpeningFacts | PromiseEvent>): AlignmentState {
  switch (event.type) {
    case 'RequestRejected':
      return { ...endPromises(endFitness(withoutStatus(state))), status: 'declined', declinedBy: event.by };
    case 'RequestUnderstood':
      // New words of the request take the place of the old ones, which are gone.
      if (event.request) return withOthers({ ...state, understood: event.understood, request: event.request }, event.others ?? []);
      return { ...state, understood: { ...state.understood, ...event.understood } };
    case 'OtherRequestStarted':
      return { ...state, others: state.others?.map((other, at) => (at === event.other ? { ...other, startedAs: event.startedAs } : other)) ?? [] };
    case 'QuestionAnswered':
      return answered(state, event.answer);
    case 'AnswersRemoved':
      return keepAnswers(state, (answer) => answer.messageRef !== event.messageRef || !event.questionIds.includes(answer.questionId));
    case 'ActUndone':
      return undone(state, event);
    case 'PersonResolved':
      return { ...state, answers: resolvePerson(state.answers, event) };
    case 'QuestionAsked':
    case 'FollowUpAsked':
      return asked(state, event);
    case 'FollowUpDropped':
      return omitAsked(state);
    case 'EssentialsReached':
      return { ...state, pace: 'offered' };
    case 'WaitingForOthers':
      return { ...state, waitingFor: event.questionIds };
    case 'DelegationLapsed':
      return { ...state, lapsed: [...state.lapsed, event.questionId] };
    case 'ShortPathTaken':
      return state.asked && !essentials.includes(state.asked.questionId) ? omitAsked({ ...state, pace: 'short' }) : { ...state, pace: 'short' };
    case 'CarriedOn':
      return { ...state, pace: 'all' };
    case 'RestLeftToPartner':
      return omitAsked({ ...state, pace: 'partner' });
    case 'ReminderSent':
      return { ...state, remindersSent: event.which };
    case 'MovedPrivately':
      return { ...state, privately: true };
    case 'MovedToThread':
      return { ...state, privately: false };
    case 'PartnerVolunteered':
    case 'PartnerJoined':
    case 'PartnerReplaced':
    case 'PartnerLeft':
      return withPartners(state, event);
    case 'AudienceChosen':
      return { ...state, audience: event.audience };
    case 'PeopleAsked':
      return { ...state, peopleAsked: { by: event.by, at: event.at, ...(event.about && { about: event.about }) } };
    case 'MessageTaken':
    case 'WhyExplained':
    case 'ReasonExplained':
    case 'ChallengeExplained':
    case 'HelpGiven':
    case 'AboutTold':
    case 'ClarificationAsked':
    case 'PersonAskedFor':
    case 'NothingToUndo':
      return state;
    default:
      return evolveInstruments(state, event);
  }
}

/** What the coach and the fitness check add, and everything that changes the status. */
function evolveInstruments(
  state: StartedAlignment,
  event: CoachingEvent | FitnessEvent | ReviewEvent | OpenPointEvent | VendorEvent | StatusEvent,
): AlignmentState {
  switch (event.type) {
    case 'CuesHeard':
    case 'CuesRemoved':
    case 'TensionSeen':
    case 'LivePromptShown':
    case 'LivePromptOvertaken':
    case 'LivePromptDismissed':
    case 'LivePromptAsked':
    case 'LivePromptExplained':
    case 'PromptAnswered':
    case 'PromptLimitSet':
    case 'ChallengePut':
    case 'ChallengeAnswered':
    case 'ChallengeLeft':
    case 'FocusDecided':
    case 'PilotProposed':
    case 'PilotDeclined':
    case 'PilotAgreed':
      return evolveCoaching(state, event satisfies CoachingEvent);
    case 'FitnessOpened':
    case 'FitnessAnswered':
    case 'FitnessAnswerRemoved':
    case 'FitnessClosed':
    case 'ActionNoted':
    case 'ActionRemoved':
    case 'ReviewerChosen':
      return evolveFitness(state, event satisfies FitnessEvent);
    case 'LineChanged':
      return lineChanged(state, event);
    case 'SignOffDelegated':
    case 'SignOffDeclined':
    case 'SignOffReminded':
      return evolveReview(state, event);
    case 'OpenPointGiven':
    case 'OpenPointReminded':
    case 'OpenPointSettled':
      return evolveOpenPoints(state, event);
    case 'VendorAnswerHeld':
    case 'VendorAnswerShared':
      return evolveVendor(state, event);
    default:
      return evolveStatus(state, event);
  }
}

type StatusEvent = Extract<
  DomainEvent,
  {
    type:
      | 'SuggestionExpired'
      | 'AlignmentPaused'
      | 'AlignmentResumed'
      | 'RequestWithdrawn'
      | 'RequestDeclined'
      | 'SignedVersionRestored'
      | 'StartedOver'
      | 'ReviewStarted'
      | 'ReviewReopened'
      | 'BriefSigned'
      | 'AlignmentReached'
      | 'FitKept'
      | 'AlignmentClosed';
  }
>;

function evolveStatus(state: StartedAlignment, event: StatusEvent): AlignmentState {
  const core = withoutStatus(state);
  switch (event.type) {
    case 'SuggestionExpired':
      return { ...core, status: 'declined' };
    case 'AlignmentPaused':
      if (state.status === 'reviewing') return { ...core, status: 'paused', from: 'reviewing', review: state.review, pausedAt: event.at };
      return { ...core, status: 'paused', from: 'clarifying', pausedAt: event.at };
    case 'AlignmentResumed':
      if (state.status === 'paused' && state.review) return { ...core, status: 'reviewing', review: state.review };
      return { ...core, status: 'clarifying' };
    case 'RequestWithdrawn':
      return { ...endPromises(endFitness(core)), status: 'withdrawn', withdrawnBy: event.by };
    case 'RequestDeclined':
      return { ...endPromises(endFitness(core)), status: 'declined', declinedBy: event.by, note: event.reason };
    case 'StartedOver':
      return {
        ...withoutStatus(startedAnew(omitAsked(state))),
        status: 'clarifying',
        answers: {},
        followedUp: [],
        lapsed: [],
        waitingFor: [],
        pace: 'essentials',
        acts: [],
        ...(state.openPoints && { openPoints: [] }),
      };
    case 'ReviewStarted':
      return { ...withoutStatus(omitAsked(state)), status: 'reviewing', ...newDraft(event) };
    case 'ReviewReopened':
      return { ...withSignaturesKept(state), status: 'reviewing', ...newDraft(event, state.status === 'reviewing' ? state.review : undefined) };
    case 'SignedVersionRestored':
      return restored(state);
    case 'BriefSigned':
      if (state.status === 'reviewing') return { ...state, review: { ...state.review, signatures: [...state.review.signatures, event.signature] } };
      return state.status === 'aligned' ? { ...state, signatures: [...state.signatures, event.signature] } : state;
    case 'AlignmentReached':
      return {
        ...core,
        status: 'aligned',
        signatures: event.signatures,
        alignedAt: event.at,
        signedVersion: event.version,
        signedContent: { understood: core.understood, answers: core.answers, agreed: agreedIn(core) },
        postedTo: core.audience,
        acts: [],
      };
    case 'FitKept':
      return state.signedContent ? { ...state, signedContent: { ...state.signedContent, fit: event.fit } } : state;
    case 'AlignmentClosed':
      return { ...endPromises(endFitness(core)), status: 'closed', closedAt: event.at, signatures: state.status === 'aligned' ? state.signatures : [] };
    default:
      return event satisfies never;
  }
}

function agreedIn({ coaching, fitness }: Core): Agreed {
  return { decisions: coaching?.decisions ?? [], ...(coaching?.pilot && { pilot: coaching.pilot }), actions: fitness?.actions ?? [] };
}

/** Whoever was asked to sign in somebody's place is asked for the newer draft as well. */
function newDraft({ version, at }: { version: number; at: number }, before?: Review): Pick<Core, 'draftVersion'> & { review: Review } {
  const delegations = before?.delegations ?? [];
  return { draftVersion: version, review: { version, startedAt: at, signatures: [], ...(delegations.length > 0 && { delegations }) } };
}

/** What was signed keeps its signatures while something newer is under review. */
function withSignaturesKept(state: StartedAlignment): Core {
  const core = withoutStatus(state);
  if (state.status !== 'aligned' || !state.signedContent) return core;
  return { ...core, signedContent: { ...state.signedContent, signatures: state.signatures, alignedAt: state.alignedAt } };
}

function restored(state: StartedAlignment): AlignmentState {
  const { signedContent, ...core } = withoutStatus(state);
  if (!signedContent) return state;
  const { signatures = [], alignedAt = state.lastActivityAt, ...content } = signedContent;
  return { ...core, signedContent: content, status: 'aligned', signatures, alignedAt, acts: [] };
}

/** Everything that one status has and another does not. */
type OfStatus = {
  [K in Exclude<KeyOf<StartedAlignment>, keyof Core | 'status'>]?: unknown;
};
type KeyOf<T> = T extends unknown ? keyof T : never;

/** What an alignment keeps when its status changes. */
function withoutStatus(state: Core & OfStatus & { status: StartedAlignment['status'] }): Core {
  const { status, review, signatures, alignedAt, expiresAt, from, pausedAt, closedAt, declinedBy, withdrawnBy, note, ...core } = state;
  // Fails to compile when a status gets a field that is not left out above.
  return core satisfies Record<Exclude<keyof typeof core, keyof Core>, never>;
}

function remember(seen: readonly string[], act: string): readonly string[] {
  return seen.at(-1) === act ? seen : [...seen, act].slice(-actsRemembered);
}
