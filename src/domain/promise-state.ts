import type { PersonId, Quote } from './conversation.ts';

/** Moments in epoch milliseconds. `remindAt` is absent where the date is too near, or once the reminder is out. */
type Noted = { status: 'open'; due: string; remindAt?: number; askAt: number; reminded?: true };

/**
 * How a promise stands. `due` is a local date of whoever made it (YYYY-MM-DD); what is proposed may have none yet. `told`: they let the thread know.
 */
export type PromiseStanding =
  | { status: 'proposed'; due?: string }
  | Noted
  | { status: 'asked'; due: string }
  | { status: 'kept' | 'let-go'; due?: string; settledAt: number; told?: true };

/**
 * Words of a message of which their author said that they promise nothing, known by their `mark`; by `place` (the how manieth of its promises they were,
 * from 0) only where they have none, as in what was kept before there were marks.
 */
export type NoPromise = { by: PersonId; messageRef: string; place: number; mark?: string };

/** Something that somebody said they would do, in their own words. It is theirs alone: nobody else is shown it unless they say so. */
export type Promised = {
  id: string;
  by: PersonId;
  words: Quote;
  messageRef: string;
  at: number;
  /** The day that their message names, where it names one; absent in what was kept before this was. */
  heard?: string;
  /** Tells it from the others of its message; absent in what was kept before this was. */
  mark?: string;
} & PromiseStanding;
