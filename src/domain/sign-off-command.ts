import type { By, GivenAnswer } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { QuestionId } from './questions.ts';
import type { RestatedPart, Understood } from './state.ts';

export type SignOffCommand =
  /** Puts other words in the place of one statement, `line`. */
  | ({ type: 'ChangeLine'; line: Quote; answer: GivenAnswer; messageRef: string; reason?: Quote } & By)
  /** Says differently what the request told, or takes it out where `quote` is absent; `was`: what stands there. */
  | ({ type: 'ChangePart'; part: keyof Understood; was?: Quote; quote?: Quote; source: RestatedPart['source']; messageRef: string; reason?: Quote } & By)
  /** Sets one statement, `line`, back to the `signed` one; without a line: what the question says no more. */
  | ({ type: 'RestoreLine'; questionId: QuestionId; line?: Quote; signed: Quote } & By)
  /** What somebody said would put right what others said, and stays as it is: they learn once who may change it. */
  | ({ type: 'LeaveChange' } & By)
  /** Asks somebody to sign in one's own place. */
  | ({ type: 'DelegateSignOff'; to: PersonId } & By)
  /** Would rather not sign for whoever asked. */
  | ({ type: 'DeclineSignOff' } & By)
  | { type: 'RemindSigner'; personId: PersonId }
  | ({ type: 'DeclineRequest'; reason: Quote } & By);
