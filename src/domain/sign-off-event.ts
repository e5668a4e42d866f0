import type { PersonId, Quote } from './conversation.ts';
import type { Answer, QuestionId } from './questions.ts';
import type { RestatedPart } from './state.ts';

type At = { at: number };
type By = At & { by: PersonId; act: string };

/** What happens around the signatures of a brief. Kept for good, like every event. */
export type SignOffEvent =
  /** One statement (`line`: its words) was replaced where it stands; the others of the question keep their authors. */
  | ({ type: 'LineChanged'; questionId: QuestionId; line: Quote; answer: Answer } & By)
  /** What the request told is said differently. */
  | ({ type: 'PartChanged' } & By & Omit<RestatedPart, 'was'>)
  /** One statement is again what was signed, `answer`, with its author; `line`: what stood there meanwhile, absent where nothing did. */
  | ({ type: 'LineRestored'; questionId: QuestionId; line?: Quote; answer: Answer } & By)
  /** Every change since was taken back: what was signed stands, with its signatures. */
  | ({ type: 'SignedVersionRestored'; version: number } & At)
  /** Words of somebody who may not change what stands there; told once to each. */
  | ({ type: 'ChangeLeft' } & By)
  | ({ type: 'SignOffDelegated'; to: PersonId } & By)
  /** Whoever was asked to sign for `from` would rather not. */
  | ({ type: 'SignOffDeclined'; from: PersonId } & By)
  | ({ type: 'SignOffReminded'; personId: PersonId; which: 1 | 2 } & At)
  /** An L&D partner does not take this on, and says why. */
  | ({ type: 'RequestDeclined'; reason: Quote } & By);
