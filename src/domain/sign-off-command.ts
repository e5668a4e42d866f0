import type { By, GivenAnswer } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';

export type SignOffCommand =
  /** Puts other words in the place of one statement, `line`. */
  | ({ type: 'ChangeLine'; line: Quote; answer: GivenAnswer; messageRef: string; reason?: Quote } & By)
  /** Asks somebody to sign in one's own place. */
  | ({ type: 'DelegateSignOff'; to: PersonId } & By)
  /** Would rather not sign for whoever asked. */
  | ({ type: 'DeclineSignOff' } & By)
  | { type: 'RemindSigner'; personId: PersonId }
  | ({ type: 'DeclineRequest'; reason: Quote } & By);
