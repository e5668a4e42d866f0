import type { Span } from '../language.ts';
import { peopleIn } from './entities/people.ts';

/** A word before a name that says that somebody is not meant: named they are all the same. */
const denying = /\b(?:not|without|except|formerly|previously)(?=\s\p{Lu})/giu;

/** Stretches of a text that look like somebody's name, whoever that is. */
export function namesIn(text: string): Span[] {
  // Of the same length, so that spans hold for both.
  const affirmed = text.replace(denying, (word) => 'and'.padStart(word.length));
  return peopleIn(affirmed, { start: 0, end: text.length }, { mentions: [], people: [] }, false).map(({ name }) => name);
}
