import { messageRef, type Quote } from '../domain/conversation.ts';
import type { FitnessElement } from '../domain/fitness-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Turn } from './turn.ts';

/** Words of a form, kept with who wrote them under an id of their own. */
export function keepNote(turn: Turn, event: { eventKey: string; personId: string }, field: string, body: string): Quote {
  const textId = `${turn.tenant}:${event.eventKey}:${field}`;
  turn.texts.set(textId, { textId, messageRef: textId, author: event.personId, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}

type Anonymous = { key: string; element: FitnessElement; body: string; at: number };

/** Words that nobody can be found by: no author, no moment of their own, and no trace of the chat that they came from. */
export function anonymousNote(turn: Turn, { conversation }: StartedAlignment, { key, element, body, at }: Anonymous): Quote {
  // A message's id, so that it is erased with everything else of its organisation.
  const textId = messageRef({ ...conversation, messageId: `fitness:${key}:${element}` });
  turn.texts.set(textId, { textId, messageRef: textId, author: '', body, at });
  return { textId, start: 0, end: body.length };
}
