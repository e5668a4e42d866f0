import type { Reading, ReadPerson } from '../language.ts';
import { saysUnknown, wordCount } from './acts.ts';
import { isPlumb } from './delegation.ts';
import { peopleIn } from './entities/people.ts';
import { entitiesOf } from './read-answers.ts';
import { type Message, reading } from './reply-message.ts';

/** The question is handed to somebody else. */
export function handedOver(message: Message): Reading {
  const { text, low, context, evidence } = message;
  const to = evidence.delegation?.to ?? onlyPerson(message);
  return {
    ...reading(saysUnknown(low) && wordCount(low) > 4 ? ['dont-know', 'delegate'] : ['delegate']),
    entities: {
      ...entitiesOf(text, low, [], context),
      ...(to ? { delegateTo: to } : {}),
      ...(evidence.delegation?.privately ? { delegatePrivately: true } : {}),
    },
  };
}

/** Whoever is named in a message that hands over, where nothing else says to whom. */
function onlyPerson({ text, low, context }: Message): ReadPerson | undefined {
  return peopleIn(text, { start: 0, end: low.length }, context, true).find(({ name }) => !isPlumb(low, name));
}
