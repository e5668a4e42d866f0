import { expect } from '@jest/globals';
import { DomainError } from '../../src/domain/errors.ts';

type Decider<State, Command, Event> = {
  decide: (state: State, command: Command, now: number) => Event[];
  evolve: (state: State, event: Event) => State;
  initial: State;
};

/** given(events).when(command, at).happens(events), for any aggregate. (`then` would make a thenable.) */
export function givenFor<State, Command, Event>({ decide, evolve, initial }: Decider<State, Command, Event>) {
  return (...events: Event[]) => ({
    when: (command: Command, at: number) => {
      const act = () => decide(events.reduce(evolve, initial), command, at);
      return {
        happens: (...expected: Event[]) => expect(act()).toEqual(expected),
        isRefused: (code: DomainError['code']) => expect(refusalOf(act)).toBe(code),
      };
    },
  });
}

/** The code of the refusal, or 'not refused'. Anything but a DomainError is a crash and thrown on. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'not refused';
}
