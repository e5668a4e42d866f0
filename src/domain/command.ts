import type { CoachingCommand } from './coaching-command.ts';
import type { ConversationRef, PersonId, Quote } from './conversation.ts';
import type { FitnessCommand } from './fitness-command.ts';
import type { OpenPointCommand } from './open-points.ts';
import type { PromiseCommand } from './promise-command.ts';
import type { Answer, QuestionId } from './questions.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import type { BriefAudience, Heard, OtherRequest, ReadBefore, Understood } from './state.ts';
import type { SignedFit } from './strategy.ts';
import type { VendorCommand } from './vendor-answer.ts';

/** An answer as it is given: who, when and which act come with the command. */
export type GivenAnswer = Pick<Answer, 'questionId' | 'status' | 'text' | 'facts'>;

/** What a person is beyond this alignment: an L&D partner on the admin's list, an admin, or a volunteer where nobody is on the list. */
export type Standing = 'listed-partner' | 'admin' | 'volunteer';

/** `act` is the message or press that the command comes from: undo takes it back as one. */
export type By = { by: PersonId; act: string; standing?: readonly Standing[] };

export type Opening = By & {
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
  answers: readonly GivenAnswer[];
  audience: BriefAudience;
};

/** What people ask of Plumb in a conversation: who reads it, what is noted and what is open, an example for the open question. */
export type AskedAbout = 'who-sees' | 'so-far' | 'example';

/** Everything that people, timers and Plumb itself can ask of an alignment. */
export type Command =
  | ({ type: 'SuggestAlignment'; expiresAt: number } & Opening)
  | ({ type: 'OpenAlignment'; short?: boolean } & Opening)
  | ({ type: 'AcceptSuggestion' } & By)
  | ({ type: 'RejectRequest' } & By)
  | ({
      type: 'RecordAnswers';
      answers: readonly GivenAnswer[];
      source: 'said' | 'form';
      correction: boolean;
      messageRef: string;
      understood?: Understood;
      /** Somebody else answered meanwhile, unseen by whoever wrote this: both stand. */
      beside?: boolean;
      /** Why it is changed, where somebody said so. */
      reason?: Quote;
    } & By)
  | ({
      type: 'ReviseMessage';
      answers: readonly GivenAnswer[];
      /** It says that something else is not so. */
      correction?: boolean;
      messageRef: string;
      understood?: Understood;
      request?: Quote;
      others?: readonly OtherRequest[];
    } & By)
  /** `forgotten`: its author asked to be forgotten; the message itself may still stand on the platform. */
  | ({ type: 'RemoveMessage'; messageRef: string; forgotten?: boolean } & By)
  | ({ type: 'SayUnknown'; questionId?: QuestionId; messageRef: string } & By)
  | ({ type: 'SkipQuestion'; questionId?: QuestionId; messageRef: string } & By)
  | ({ type: 'DelegateQuestion'; questionId?: QuestionId; to: PersonId; privately: boolean; messageRef: string } & By)
  | ({ type: 'AskWhy'; questionId?: QuestionId } & By)
  | ({ type: 'AskReason' } & By)
  | ({ type: 'AskHelp' } & By)
  | ({ type: 'AskAbout'; about: AskedAbout; questionId?: QuestionId } & By)
  /** Somebody asked other people something; `about`: the question of Plumb's that it comes to. */
  | ({ type: 'AskPeople'; about?: QuestionId } & By)
  | ({ type: 'AskClarification'; between: readonly QuestionId[] /** The words that were not placed. */; text?: Quote } & By)
  | ({ type: 'AskWhoIsMeant'; name: Quote; questionId: QuestionId } & By)
  | ({ type: 'ResolvePerson'; questionId: QuestionId; name: Quote; personId: PersonId } & By)
  | ({ type: 'TakeShortPath' } & By)
  | ({ type: 'CarryOn' } & By)
  | ({ type: 'LeaveRestToPartner' } & By)
  | ({ type: 'WriteBrief' } & By)
  | ({ type: 'PauseAlignment' } & By)
  | ({ type: 'ResumeAlignment' } & By)
  | ({ type: 'WithdrawRequest' } & By)
  | ({ type: 'StartOver' } & By)
  | ({ type: 'UndoLastAct' } & By)
  | ({ type: 'ContinuePrivately' } & By)
  | ({ type: 'ContinueInThread' } & By)
  | ({ type: 'ClaimAlignment' } & By)
  | ({ type: 'ConfirmPartner'; personId: PersonId } & By)
  | ({ type: 'HandOver'; to: PersonId; cover: boolean } & By)
  | ({ type: 'GiveBack' } & By)
  | ({ type: 'ChooseAudience'; audience: BriefAudience } & By)
  | ({ type: 'SignBrief'; version: number } & By)
  | ({ type: 'CloseAlignment' } & By)
  /** `as` is the id that its own alignment will have. */
  | ({ type: 'StartOther'; other: number; as: string } & By)
  /** What is to be said or asked next, once everything that came in was taken. */
  | { type: 'MoveOn' }
  /** What was signed a moment ago, held against the strategy on file. */
  | { type: 'KeepFit'; fit: SignedFit }
  /** Its programme ended; `stopped`: because somebody who leads it said so. */
  | { type: 'FinishAlignment'; stopped?: true }
  | { type: 'RemindOfQuiet' }
  | { type: 'LapseDelegation'; questionId: QuestionId }
  | { type: 'ExpireSuggestion' }
  | CoachingCommand
  | OpenPointCommand
  | SignOffCommand
  | VendorCommand
  | FitnessCommand
  | PromiseCommand;
