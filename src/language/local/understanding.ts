import type { Span, Understanding, Vocabulary } from '../language.ts';
import { audienceIn } from './understanding/audience.ts';
import { deadlineIn } from './understanding/deadline.ts';
import { formatIn } from './understanding/format.ts';
import { isHead } from './understanding/named-people.ts';
import { topicIn } from './understanding/topic.ts';
import { wordsOf } from './understanding/words.ts';

/** UTF-16 units in which people say what they want; what follows is background. */
const askedWithin = 2000;

/**
 * What a request tells besides the twelve questions: topic, audience, format and deadline as stretches of its normalised text. A tenant's own names
 * of teams and topics count as such wherever they stand. Time grows in line with the text, which is read up to 2,000 units.
 */
export function understand(low: string, vocabulary?: Vocabulary): Understanding {
  const text = low.slice(0, askedWithin);
  const words = wordsOf(text);
  const audience = audienceIn(words, vocabulary && namesOf(vocabulary.teams));
  const topic = topicIn(words, audience, vocabulary && namesOf(vocabulary.topics));
  const format = formatIn(text);
  const deadline = deadlineIn(text);
  return { ...(topic && { topic }), ...(audience && { audience }), ...(format && { format }), ...(deadline && { deadline }) } satisfies Record<string, Span>;
}

/** Whether normalised words name people, rather than a place or a thing. */
export function namesPeople(low: string): boolean {
  const words = wordsOf(low);
  return words.some((_, at) => isHead(words, at));
}

const known = new WeakMap<readonly string[], readonly (readonly string[])[]>();

/** Names as the words that they consist of, the longest first. */
function namesOf(names: readonly string[]): readonly (readonly string[])[] {
  const made = known.get(names);
  if (made) return made;
  const split = names.map((name) => wordsOf(name.toLowerCase()).map(({ text }) => text)).filter((parts) => parts.length > 0);
  const sorted = split.sort((one, other) => other.length - one.length);
  known.set(names, sorted);
  return sorted;
}
