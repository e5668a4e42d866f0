import type { ReplyContext } from '../language.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { notNames } from './name-words.ts';

const calling = /^\s*(?:<@\w+>|@\S{1,40}|(?<name>\p{Lu}\p{Ll}+)(?=,|:|\s(?:can|could|did|do|are|have|will|would)\syou\b))/u;
const asksSomebody = /\b(?:you|your|u)\b[^?]{0,80}\?/;
/** A message of more words in another language says more than a day and a time. */
const fewWords = 6;

/** Whether the question about the weekly call is open and the message states a weekday with a time, without speaking to somebody else. */
export function statesTheCall(text: string, low: string, { asked, addressed }: ReplyContext): boolean {
  if (asked !== 'weekly-call') return false;
  const when = weeklyTimeIn(low, { start: 0, end: low.length });
  if (!when?.weekday || !when.time) return false;
  return addressed || !(asksSomebody.test(low) || callsSomebody(text));
}

/** The same in so few words that it can be read in whatever language they are. */
export function statesTheCallOnly(text: string, low: string, context: ReplyContext): boolean {
  return (low.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= fewWords && statesTheCall(text, low, context);
}

function callsSomebody(text: string): boolean {
  const match = calling.exec(text);
  const name = match?.groups?.['name'];
  return match !== null && (name === undefined || !notNames.has(name.toLowerCase()));
}
