import type { Span } from '../../language.ts';
import { sentencesOf } from '../sentences.ts';

/** Units of a message that are searched for cues: what is longer is pasted text, and time stays bounded. */
export const cueLimit = 2000;
const mostSentences = 24;

/** A stretch that is looked at on its own: one sentence, or two that follow each other. */
export type CueWindow = Span & { sentences: number };

/** The windows of a normalised text, each sentence before the pair that it begins. */
export function cueWindowsOf(low: string): CueWindow[] {
  const sentences = sentencesOf(low.slice(0, cueLimit)).slice(0, mostSentences);
  return sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1];
    const one = { ...sentence, sentences: 1 };
    return next && next.end - sentence.start <= longestPair ? [one, { start: sentence.start, end: next.end, sentences: 2 }] : [one];
  });
}

const longestPair = 400;
