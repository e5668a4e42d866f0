import type { Coaching, Decision, Pilot } from './coaching-state.ts';
import type { ConversationRef, PersonId, Quote } from './conversation.ts';
import type { ChangeAction, Fitness } from './fitness-state.ts';
import type { GivenPoint } from './open-points.ts';
import type { NoPromise, Promised } from './promise-state.ts';
import type { Answers, QuestionId } from './questions.ts';
import type { SignedFit } from './strategy.ts';
import type { VendorAnswer } from './vendor-answer.ts';
import type { VendorWriting } from './vendor-writing.ts';

/** What a request itself usually tells (METHOD §2), in the requester's own words. */
export type Understood = { topic?: Quote; audience?: Quote; format?: Quote; deadline?: Quote };

/** A part of what the request told, said anew since (taken out where `quote` is absent); `was`: what stood there before. */
export type RestatedPart = {
  part: keyof Understood;
  quote?: Quote;
  was?: Quote;
  source: 'said' | 'form';
  by: PersonId;
  at: number;
  messageRef: string;
  act: string;
  reason?: Quote;
};

/** A request that stood in the same message besides this one; `startedAs` is the id of the alignment that was made of it. */
export type OtherRequest = { request: Quote; understood: Understood; startedAs?: string };

/** How a message sounded before anybody said what it is, and by which features: names of what was recognised in it, never its words. */
export type Heard = { band: 'sure' | 'maybe' | 'no'; features: readonly string[] };

/** Plumb was called into a thread halfway down: how many earlier messages it read, and how many of them it used. */
export type ReadBefore = { messages: number; used: number };

/** What a brief says besides the request and the answers. */
export type Agreed = { decisions: readonly Decision[]; pilot?: Pilot; actions: readonly ChangeAction[] };

/** The question that is waiting for an answer; gone as soon as one was given. */
export type AskedQuestion = { questionId: QuestionId; of: PersonId; at: number; followUp: boolean };

/** An L&D partner who works on this; `coversFor` while standing in for somebody, `tookItAt`: when they took it themselves (epoch milliseconds). */
export type Partner = { personId: PersonId; coversFor?: PersonId; tookItAt?: number };

/** Who will see the signed brief: a whole channel, or only those who took part (it stays in the conversation). */
export type BriefAudience = { kind: 'channel'; place: string } | { kind: 'participants' };

/** `as`: in which capacity; `for`: in whose place, where somebody was asked to sign for them. */
export type Signature = { by: PersonId; as: 'requester' | 'owner' | 'partner'; at: number; version: number; for?: PersonId };

/** Somebody who was asked to sign in another's place. */
export type SignOffDelegation = { from: PersonId; to: PersonId; at: number; declined?: true };

/** What somebody did last, newest last; what undo takes back. */
export type Act = { act: string; by: PersonId };

/** What every alignment that was started keeps, whatever its status. */
export type Core = {
  id: string;
  conversation: ConversationRef;
  requester: PersonId;
  startedBy: PersonId;
  openedAt: number;
  /** The words of the request; absent when it was started by command or form without any. */
  request?: Quote;
  requestMessage?: string;
  understood: Understood;
  /** Oldest first; absent until a part of it was said anew. */
  restated?: readonly RestatedPart[];
  /** Why Plumb replied: keys of wording, shown on "Why did you reply?". */
  reasons: readonly string[];
  /** Absent where no words were heard, and in what was opened before this was kept. */
  heard?: Heard;
  /** Absent where the message asked for one thing only. */
  others?: readonly OtherRequest[];
  /** The alignment whose message held this request as well: they share its words. */
  splitFrom?: string;
  /** Absent where nothing was read but the request itself. */
  readBefore?: ReadBefore;
  answers: Answers;
  asked?: AskedQuestion;
  /** What somebody last asked other people in the thread: who, when, and which question it comes to, never the words. */
  peopleAsked?: { by: PersonId; at: number; about?: QuestionId };
  followedUp: readonly QuestionId[];
  timesAsked: Readonly<Partial<Record<QuestionId, number>>>;
  /** `essentials` until enough to start was said; `offered` waits for the requester's choice; `all` goes through the rest; `short` writes the brief after the essentials; `partner` leaves the rest to the L&D partner. */
  pace: 'essentials' | 'offered' | 'all' | 'short' | 'partner';
  partners: readonly Partner[];
  /** Volunteers whom the requester has not confirmed yet (only where no L&D partners are listed). */
  volunteers: readonly PersonId[];
  /** When the last of them offered to; absent until somebody did. */
  volunteeredAt?: number;
  /** Where the conversation goes on: the thread, or the requester's 1:1 chat. */
  privately: boolean;
  /** Delegated questions whose two working days are over. */
  lapsed: readonly QuestionId[];
  audience: BriefAudience;
  /** Where the last signed version was posted. */
  postedTo?: BriefAudience;
  lastActivityAt: number;
  /** Since when nobody spoke or decided anything, where a partner only looked at their own prompts since: that breaks no silence. */
  quietSince?: number;
  remindersSent: 0 | 1 | 2;
  acts: readonly Act[];
  /** Acts already taken in (the latest hundred), so that the same one twice changes nothing. */
  seenActs: readonly string[];
  /** What was spoken of last: its factor is followed up first. */
  lastAnswered?: QuestionId;
  /** Delegated questions of which was said that Plumb waits for them. */
  waitingFor: readonly QuestionId[];
  /** The version of the newest draft, or 0. Every draft that was shown has its own, so that nobody signs what they did not see. */
  draftVersion: number;
  /** The last signed version, or 0. */
  signedVersion: number;
  /** What that version said: a later draft shows what differs. `agreed` and `fit` are absent in what was signed before they were kept. */
  signedContent?: {
    understood: Understood;
    answers: Answers;
    agreed?: Agreed;
    fit?: SignedFit;
    /** While a new version is under review: who signed this one, and when it was agreed. */
    signatures?: readonly Signature[];
    alignedAt?: number;
  };
  /** Who learned that what they put right is for others to change; absent until somebody did. */
  changesLeft?: readonly PersonId[];
  /** Absent until the coach noticed something. */
  coaching?: Coaching;
  /** Absent until a fitness check was opened, or an action besides training was noted. */
  fitness?: Fitness;
  /** Open points that somebody finds out, one each; absent until the first was given. */
  openPoints?: readonly GivenPoint[];
  /** What vendors wrote back, oldest first; absent until somebody held an answer against the brief. */
  vendorAnswers?: readonly VendorAnswer[];
  /** What was last written to a vendor, one by each person; absent until somebody did. */
  vendorWritings?: readonly VendorWriting[];
  /** What people said they would do, each shown to whoever said it alone. Absent until somebody did. */
  promises?: readonly Promised[];
  /** What sounded like a promise and was none; absent until somebody said so. */
  noPromises?: readonly NoPromise[];
};

/** The draft under review. `reminded`: how often each of those who have not signed was, and `remindedAt` when last. */
export type Review = {
  version: number;
  startedAt: number;
  signatures: readonly Signature[];
  delegations?: readonly SignOffDelegation[];
  reminded?: Readonly<Record<PersonId, number>>;
  remindedAt?: Readonly<Record<PersonId, number>>;
};

export type AlignmentState =
  | { status: 'new' }
  | ({ status: 'suggested'; expiresAt: number } & Core)
  | ({ status: 'clarifying' } & Core)
  | ({ status: 'reviewing'; review: Review } & Core)
  | ({ status: 'aligned'; signatures: readonly Signature[]; alignedAt: number } & Core)
  | ({ status: 'paused'; from: 'clarifying' | 'reviewing'; review?: Review; pausedAt: number } & Core)
  | ({ status: 'closed'; closedAt: number; signatures: readonly Signature[] } & Core)
  /** `note`: why L&D declined it; absent where it was no request. */
  | ({ status: 'declined'; declinedBy?: PersonId; note?: Quote } & Core)
  | ({ status: 'withdrawn'; withdrawnBy: PersonId } & Core);

export type StartedAlignment = Exclude<AlignmentState, { status: 'new' }>;
export const newAlignment: AlignmentState = { status: 'new' };
