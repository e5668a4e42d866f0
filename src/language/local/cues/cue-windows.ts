import type { Span } from '../../language.ts';
import { sentencesOf } from '../sentences.ts';

/** Units of a message that are searched for cues: what is longer is pasted text, and time stays bounded. */
export const cueLimit = 2000;
const mostSentences = 24;

/** A stretch that is looked at on its own: one sentence. */
export type CueWindow = Span;

/** The windows of a normalised text. */
export function cueWindowsOf(low: string): CueWindow[] {
  return sentencesOf(low.slice(0, cueLimit)).slice(0, mostSentences);
}

const encodedUnits = 240;

/** What the encoder sees of a window: its time grows with the words. */
export function encodedWords(low: string, { start, end }: CueWindow): string {
  return low.slice(start, end).trim().slice(0, encodedUnits);
}
