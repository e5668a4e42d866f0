import type { PersonId, Quote } from './conversation.ts';
import type { HeardCue } from './cues.ts';
import type { TriggerId } from './triggers.ts';

/** Which words, of whom, in which message. */
export type Evidence = { quote: Quote; by: PersonId; messageRef: string };

/** What a signal is about, by ids of the knowledge and the strategy; what is not known is absent. */
export type SignalAbout = {
  topic?: string;
  symptom?: string;
  cause?: string;
  objective?: string;
  tension?: TensionKind;
  missing?: 'driver' | 'owner' | 'behaviour';
};

/** What stands against what; `came-round`: whoever asked speaks of another focus, and nobody has agreed on it. */
export type TensionKind = 'came-round' | 'request-facts' | 'request-driver' | 'two-answers' | 'answer-strategy' | 'request-strategy';

/** An occasion to help, found in state and cues. `sure`: enough for Plumb to speak of it in the thread itself. */
export type Signal = {
  trigger: TriggerId;
  evidence: readonly Evidence[];
  about: SignalAbout;
  sure: boolean;
  /** A question that an external model proposed for it. */
  wording?: Quote;
};

/** What somebody said to it, in their own words. `act`: what undo takes back. */
export type Said = Evidence & { at: number; act?: string };

/** One trigger gives one prompt in a conversation, so its trigger is its id. */
export type LivePrompt = {
  trigger: TriggerId;
  /** L&D partners who were shown it. */
  to: readonly PersonId[];
  at: number;
  evidence: readonly Evidence[];
  about: SignalAbout;
  /** The question in the words of an external model, in the place of Plumb's own. */
  wording?: Quote;
  /** `overtaken`: its reason is gone, or the conversation went on without it. */
  status: 'open' | 'asked' | 'dismissed' | 'overtaken';
  /** `edited`: the partner's own wording. */
  asked?: { by: PersonId; at: number; edited?: Quote };
  answer?: Said;
};

/** What stands against what, as long as it does: whoever then comes round or insists has decided that. */
export type SeenTension = { about: SignalAbout; evidence: readonly Evidence[] };

/** What came of a challenge or a prompt that put the either/or: in the words of whoever decided. */
export type Decision = {
  outcome: 'kept' | 'changed' | 'to-find-out';
  by: PersonId;
  at: number;
  words?: Quote;
  messageRef?: string;
  about: SignalAbout;
  evidence: readonly Evidence[];
  /** What undo takes back. */
  act?: string;
};

/**
 * The kind challenge (METHOD §4) in the thread: validate, reflect and either/or are one post, then the one checkable fact, then the better focus and
 * whether that is agreed.
 */
export type Challenge = {
  id: string;
  /** The L&D partner who asked Plumb to put it; absent where nobody had taken the conversation. */
  putFor?: PersonId;
  at: number;
  about: SignalAbout;
  /** What was asked for, then what stands against it. */
  evidence: readonly Evidence[];
  step: 'either-or' | 'fact' | 'focus' | 'settled';
  /** What was said at each step. */
  said: readonly (Said & { step: ChallengeStep })[];
  /** Since when it waits at this step; absent: since it was put. */
  stepAt?: number;
  /** The steps that are behind it and by which acts, so that undo finds the way back. */
  path?: readonly { step: ChallengeStep; act: string }[];
};
export type ChallengeStep = 'either-or' | 'fact' | 'focus';

/** A first group before everybody (METHOD §7). */
export type Pilot =
  | { status: 'proposed'; at: number }
  | { status: 'declined'; at: number; by: PersonId; act?: string }
  | { status: 'agreed'; at: number; by: PersonId; group: Quote; outcome?: Quote; until?: Quote; messageRef: string; act?: string };

/** What an asked prompt or an open challenge waits for: the next words of that person are read as the answer to it. */
export type Probe = { of: PersonId; at: number; prompt?: TriggerId; challenge?: string };

/** That somebody wrote, never what: prompts wait for who is in the middle of an answer, and give way when the conversation went on. */
export type HeardMessage = { by: PersonId; at: number; messageRef: string; act: string };

/** Everything that the coach keeps of one conversation. */
export type Coaching = {
  cues: readonly HeardCue[];
  prompts: readonly LivePrompt[];
  /** How many prompts a partner wants here at most; absent: as the tenant says. */
  limit?: number;
  challenge?: Challenge;
  decisions: readonly Decision[];
  pilot?: Pilot;
  /** Kept beyond what became of it, so that it is proposed once. */
  pilotProposedAt?: number;
  probe?: Probe;
  tension?: SeenTension;
  /** The latest messages of the conversation, without the request itself. */
  messages?: readonly HeardMessage[];
};

export const noCoaching: Coaching = { cues: [], prompts: [], decisions: [] };

/** Whether something was put to the requester and is not settled. */
export function isChallengeOpen(coaching: Coaching | undefined): boolean {
  return coaching?.challenge !== undefined && coaching.challenge.step !== 'settled';
}

/** A prompt that this partner was shown: what another one was shown, or put away, is theirs. */
export function promptFor(coaching: Coaching | undefined, personId: PersonId, trigger: TriggerId | undefined): LivePrompt | undefined {
  return coaching?.prompts.find((shown) => shown.trigger === trigger && shown.to.includes(personId));
}
