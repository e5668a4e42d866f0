import { randomUUID } from 'node:crypto';
import type { InteractionResponse } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { RoomError } from './errors.ts';

/** What takes longer than the answer to a press: the page fetches it, once. */
export type LateAnswers = {
  keep(personId: PersonId, answer: Promise<InteractionResponse>): string;
  /** Throws RoomError when there is nothing of that person under this id (any more). */
  fetch(personId: PersonId, id: string): Promise<InteractionResponse>;
};

// A page that was closed never fetches; five people do not wait for more files than this at once.
const mostKept = 50;

export function createLateAnswers(): LateAnswers {
  const kept = new Map<string, { personId: PersonId; answer: Promise<InteractionResponse> }>();
  return {
    keep(personId, answer) {
      const id = randomUUID();
      kept.set(id, { personId, answer });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return id;
    },
    async fetch(personId, id) {
      const found = kept.get(id);
      if (found?.personId !== personId) throw new RoomError('not_found', 'This is no longer there. Press the button again.');
      kept.delete(id);
      return found.answer;
    },
  };
}
