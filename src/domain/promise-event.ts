import type { PersonId, Quote } from './conversation.ts';

type Of = { at: number; id: string };

/**
 * What became of what somebody said they would do. Who does something with a promise is always whoever made it, so only `PromiseHeard` names them; and
 * none of it is talk in the conversation, which stays as quiet as it was.
 */
export type PromiseEvent =
  | ({ type: 'PromiseHeard'; from: PersonId; words: Quote; messageRef: string; due?: string; mark?: string } & Of)
  /** Its message was edited and still says it, in other words or for another date. */
  | ({ type: 'PromiseReworded'; words: Quote; due?: string; mark?: string } & Of)
  /** Confirmed, for the first time or for a new date; `words`: as they put it themselves now. */
  | ({ type: 'PromiseConfirmed'; due: string; remindAt?: number; askAt: number; words?: Quote } & Of)
  | ({ type: 'PromiseReminded' } & Of)
  | ({ type: 'PromiseAskedAbout' } & Of)
  | ({ type: 'PromiseKept' } & Of)
  | ({ type: 'PromiseLetGo' } & Of)
  | ({ type: 'PromiseTold' } & Of)
  /** It was none, or its words are gone. */
  | ({ type: 'PromiseRemoved'; reason: 'none' | 'edited' | 'deleted' | 'forgotten' } & Of);
