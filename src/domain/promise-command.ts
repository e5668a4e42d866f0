import type { QuietHours } from './calendar.ts';
import type { By } from './command.ts';
import type { Quote } from './conversation.ts';

/** A promise as it was read in a message; `due` is a local date of its author (YYYY-MM-DD), `mark` tells it from others without keeping its words. */
export type HeardPromise = { words: Quote; due?: string; mark?: string };

/** When somebody may be written to of Plumb's own accord; `time` is the local time of day (HH:MM) at which they are. */
export type PromiseRhythm = { zone: string; time: string; quietHours: QuietHours };

export type PromiseCommand =
  /** Everything that one message promises now: none where it was edited so, or deleted. */
  | ({ type: 'HearPromises'; messageRef: string; promises: readonly HeardPromise[]; deleted?: true } & By)
  | ({ type: 'ConfirmPromise'; id: string; due: string; words?: Quote; rhythm: PromiseRhythm } & By)
  | ({ type: 'DismissPromise'; id: string } & By)
  | ({ type: 'KeepPromise'; id: string } & By)
  | ({ type: 'LetPromiseGo'; id: string } & By)
  | ({ type: 'TellPromise'; id: string } & By)
  /** Their author asked to be forgotten. */
  | ({ type: 'ForgetPromises' } & By)
  | { type: 'PromiseDue'; id: string };
