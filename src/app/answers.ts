import type { InboundEvent, InteractionResponse } from './ports.ts';
import type { Handle } from './work-through.ts';

export const nothing: InteractionResponse = { kind: 'nothing' };

export type Answers = {
  /** The same handling; what it answers to an event is also given to whoever expects it. */
  handle: Handle;
  /** The answer to this event, whoever in this process handles it. `forget` has to be called in the end. */
  expect(event: InboundEvent): { response: Promise<InteractionResponse>; forget(): void };
};

/**
 * A press is stored before it is handled, so a worker may take it along with other rows of its conversation before `interact` does. The answer must
 * reach the person all the same. Only for this process: where another instance was faster, the outbox says the rest.
 */
export function createAnswers(handle: Handle): Answers {
  const expected = new Map<string, (response: InteractionResponse) => void>();
  return {
    async handle(leased) {
      const result = await handle(leased);
      for (const row of leased.rows) expected.get(keyOf(row.event))?.(result.responses.get(row.id) ?? nothing);
      return result;
    },
    expect(event) {
      const { promise, resolve } = Promise.withResolvers<InteractionResponse>();
      const key = keyOf(event);
      // The same press delivered twice at once: the first to come keeps the answer, the second is told 'already there' by the store.
      if (!expected.has(key)) expected.set(key, resolve);
      return {
        response: promise,
        forget() {
          if (expected.get(key) === resolve) expected.delete(key);
        },
      };
    },
  };
}

/** What makes an event the same event. */
export function keyOf(event: InboundEvent): string {
  return JSON.stringify([event.conversation.channel, event.conversation.tenant, event.eventKey]);
}
