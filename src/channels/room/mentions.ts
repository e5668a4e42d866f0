import type { InboundEvent } from '../../app/ports.ts';
import { plumbId, type RoomPerson, roomPeople } from './people.ts';

/** A stretch of a text that names somebody. */
export type Mention = Extract<InboundEvent, { type: 'MessagePosted' }>['mentions'][number];

const roomNames = namesOf(roomPeople);

function namesOf(people: readonly RoomPerson[]): { written: string; personId: string }[] {
  return [
    { written: 'plumb', personId: plumbId },
    ...people.flatMap(({ id, name }) => [name, name.split(' ')[0] ?? name, id].map((written) => ({ written: written.toLowerCase(), personId: id }))),
  ].sort((one, other) => other.written.length - one.written.length);
}

/** `@Name` in a text, resolved to `people` (the five of the room) and Plumb; spans cover the sign and the name. What names nobody stays text. */
export function findMentions(text: string, people: readonly RoomPerson[] = roomPeople): Mention[] {
  const names = people === roomPeople ? roomNames : namesOf(people);
  const mentions: Mention[] = [];
  for (const sign of text.matchAll(/(?<![\p{L}\p{N}_.@])@/gu)) {
    const rest = text.slice(sign.index + 1, sign.index + 60).toLowerCase();
    const named = names.find(({ written }) => rest.startsWith(written) && !/^[\p{L}\p{N}_@]/u.test(rest.slice(written.length)));
    if (named) mentions.push({ start: sign.index, end: sign.index + 1 + named.written.length, personId: named.personId });
  }
  return mentions;
}
