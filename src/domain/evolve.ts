import { actsRemembered } from './acts.ts';
import type { CoachingEvent } from './coaching-event.ts';
import type { DomainEvent, OpeningFacts } from './event.ts';
import { answered, asked, messageGone, omitAsked, resolvePerson, undone } from './evolve-answers.ts';
import { evolveCoaching } from './evolve-coaching.ts';
import { withPartners } from './evolve-partners.ts';
import { evolveReview, lineChanged, type ReviewEvent } from './evolve-sign-off.ts';
import { evolveStatus, type StatusEvent, withoutStatus } from './evolve-status.ts';
import { evolveFitness } from './fitness.ts';
import type { FitnessEvent } from './fitness-event.ts';
import { evolveOpenPoints, type OpenPointEvent } from './open-points.ts';
import { withOthers } from './other-requests.ts';
import type { PromiseEvent } from './promise-event.ts';
import { evolvePromises, isPromiseEvent } from './promises.ts';
import { essentials } from './questions.ts';
import { partChanged, retold } from './restated.ts';
import type { AlignmentState, Core, StartedAlignment } from './state.ts';
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
  const { quietSince = state.lastActivityAt, ...before } = state;
  const seen = { ...before, lastActivityAt: event.at, seenActs: remember(state.seenActs, event.act) };
  return isPrivateLook(event) ? { ...seen, quietSince } : { ...seen, remindersSent: 0 };
}

/** What a partner does with their own prompts, of which nobody else hears. */
function isPrivateLook({ type }: DomainEvent): boolean {
  return type === 'LivePromptExplained' || type === 'LivePromptDismissed' || type === 'PromptLimitSet';
}

function evolveStarted(state: StartedAlignment, event: Exclude<DomainEvent, OpeningFacts | PromiseEvent>): AlignmentState {
  switch (event.type) {
    case 'RequestUnderstood':
      // New words of the request take the place of the old ones, which are gone.
      if (event.request) return withOthers({ ...retold(state, event.understood), request: event.request }, event.others ?? []);
      return { ...state, understood: { ...state.understood, ...event.understood } };
    case 'OtherRequestStarted':
      return { ...state, others: state.others?.map((other, at) => (at === event.other ? { ...other, startedAs: event.startedAs } : other)) ?? [] };
    case 'QuestionAnswered':
      return answered(state, event.answer);
    case 'AnswersRemoved':
      return messageGone(state, event);
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
    case 'LineRestored':
      return lineChanged(state, event);
    case 'PartChanged':
      return partChanged(state, event);
    case 'ChangeLeft':
      return { ...state, changesLeft: [...(state.changesLeft ?? []), event.by] };
    case 'SignOffDelegated':
    case 'SignOffDeclined':
    case 'SignOffReminded':
      return evolveReview(state, event);
    case 'OpenPointGiven':
    case 'OpenPointReminded':
    case 'OpenPointSettled':
      return evolveOpenPoints(state, event);
    case 'VendorWritten':
    case 'VendorAnswerHeld':
    case 'VendorAnswerShared':
      return evolveVendor(state, event);
    default:
      return evolveStatus(state, event);
  }
}

function remember(seen: readonly string[], act: string): readonly string[] {
  return seen.at(-1) === act ? seen : [...seen, act].slice(-actsRemembered);
}
