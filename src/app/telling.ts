import type { DomainEvent } from '../domain/event.ts';
import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import type { ViewContext } from '../views/context.ts';
import type { Taken } from '../views/taken.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { textIdsIn } from './text-ids.ts';
import type { Turn, WorkingAlignment } from './turn.ts';

/** One alignment's part of what is said in a turn. */
export type Telling = {
  dependencies: HandleDependencies;
  turn: Turn;
  alignment: WorkingAlignment;
  before: AlignmentState;
  state: StartedAlignment;
  events: readonly DomainEvent[];
  ctx: ViewContext;
  taken: readonly Taken[];
  has: (...types: DomainEvent['type'][]) => boolean;
  quotes: readonly string[];
};

/** The messages whose words stand in what is shown: when one is deleted, what repeats it is taken back. */
export function quotedIn(state: StartedAlignment, shown: unknown): string[] {
  const ids = textIdsIn(shown);
  // The draft of a new version repeats what the signed one said.
  const answers = [...Object.values(state.answers), ...Object.values(state.signedContent?.answers ?? {})].flatMap((given) =>
    given.filter((answer) => answer.text && ids.has(answer.text.textId)).map((answer) => answer.messageRef),
  );
  const request = state.requestMessage && state.request && ids.has(state.request.textId) ? [state.requestMessage] : [];
  return [...new Set([...request, ...answers])];
}
