import type { CoachingEvent } from './coaching-event.ts';
import type { AskedAbout } from './command.ts';
import type { ConversationRef, PersonId, Quote } from './conversation.ts';
import type { FitnessEvent } from './fitness-event.ts';
import type { OpenPointEvent } from './open-points.ts';
import type { PromiseEvent } from './promise-event.ts';
import type { Answer, QuestionId } from './questions.ts';
import type { SignOffEvent } from './sign-off-event.ts';
import type { BriefAudience, Heard, OtherRequest, ReadBefore, Signature, Understood } from './state.ts';
import type { SignedFit } from './strategy.ts';
import type { VendorEvent } from './vendor-answer.ts';

type At = { at: number };
type By = At & { by: PersonId; act: string };

export type OpeningFacts = By & {
  id: string;
  conversation: ConversationRef;
  requester: PersonId;
  request?: Quote;
  requestMessage?: string;
  understood: Understood;
  reasons: readonly string[];
  heard?: Heard;
  others?: readonly OtherRequest[];
  splitFrom?: string;
  readBefore?: ReadBefore;
  audience: BriefAudience;
};

/** What happened to an alignment. Events are kept for good: a change of shape needs a new type. */
export type DomainEvent =
  | ({ type: 'AlignmentSuggested'; expiresAt: number } & OpeningFacts)
  | ({ type: 'AlignmentOpened'; short: boolean } & OpeningFacts)
  | ({ type: 'RequestRejected' } & By)
  /** One of the other requests of the message gets an alignment of its own, with this id. */
  | ({ type: 'OtherRequestStarted'; other: number; startedAs: string } & By)
  | ({ type: 'SuggestionExpired' } & At)
  | ({ type: 'RequestUnderstood'; understood: Understood; request?: Quote; others?: readonly OtherRequest[] } & By)
  | ({ type: 'QuestionAnswered'; answer: Answer; corrected: boolean } & By)
  /** What came from one message no longer counts: it was edited or deleted, or its author is forgotten. */
  | ({ type: 'AnswersRemoved'; messageRef: string; questionIds: readonly QuestionId[]; reason: 'edited' | 'deleted' | 'forgotten' } & By)
  | ({ type: 'MessageTaken' } & By)
  /** "I don't know" or "skip" to a follow-up: the thin answer stays as it is. */
  | ({ type: 'FollowUpDropped'; questionId: QuestionId } & By)
  | ({ type: 'QuestionAsked'; questionId: QuestionId; of: PersonId } & At)
  | ({ type: 'FollowUpAsked'; questionId: QuestionId; of: PersonId } & At)
  | ({ type: 'EssentialsReached' } & At)
  | ({ type: 'WaitingForOthers'; questionIds: readonly QuestionId[] } & At)
  | ({ type: 'DelegationLapsed'; questionId: QuestionId } & At)
  | ({ type: 'WhyExplained'; questionId: QuestionId } & By)
  | ({ type: 'ReasonExplained' } & By)
  | ({ type: 'ChallengeExplained' } & By)
  | ({ type: 'HelpGiven' } & By)
  /** `questionId`: what was open for them. */
  | ({ type: 'AboutTold'; about: AskedAbout; questionId?: QuestionId } & By)
  | ({ type: 'PeopleAsked'; about?: QuestionId } & By)
  | ({ type: 'ClarificationAsked'; between: readonly QuestionId[]; text?: Quote } & By)
  | ({ type: 'PersonAskedFor'; name: Quote; questionId: QuestionId } & By)
  | ({ type: 'PersonResolved'; questionId: QuestionId; name: Quote; personId: PersonId } & By)
  | ({ type: 'ShortPathTaken' } & By)
  | ({ type: 'CarriedOn' } & By)
  | ({ type: 'RestLeftToPartner' } & By)
  | ({ type: 'AlignmentPaused' } & By)
  | ({ type: 'AlignmentResumed' } & By)
  | ({ type: 'RequestWithdrawn' } & By)
  | ({ type: 'StartedOver' } & By)
  | ({ type: 'ActUndone'; undone: string; questionIds: readonly QuestionId[] } & By)
  | ({ type: 'NothingToUndo' } & By)
  | ({ type: 'MovedPrivately' } & By)
  | ({ type: 'MovedToThread' } & By)
  | ({ type: 'PartnerVolunteered' } & By)
  | ({ type: 'PartnerJoined'; personId: PersonId } & By)
  | ({ type: 'PartnerReplaced'; from: PersonId; to: PersonId; cover: boolean } & By)
  | ({ type: 'PartnerLeft'; personId: PersonId } & By)
  | ({ type: 'AudienceChosen'; audience: BriefAudience } & By)
  | ({ type: 'ReviewStarted'; version: number } & At)
  | ({ type: 'ReviewReopened'; version: number } & At)
  | ({ type: 'BriefSigned'; signature: Signature } & By)
  /** Every signature that is needed is there: the brief of this version may be posted. */
  | ({ type: 'AlignmentReached'; version: number; signatures: readonly Signature[] } & At)
  /** How what was signed stands to the strategy that is on file then. */
  | ({ type: 'FitKept'; fit: SignedFit } & At)
  | ({ type: 'ReminderSent'; which: 1 | 2 } & At)
  | ({ type: 'AlignmentClosed' } & At)
  | CoachingEvent
  | OpenPointEvent
  | SignOffEvent
  | VendorEvent
  | FitnessEvent
  | PromiseEvent;
