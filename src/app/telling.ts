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
    given.filter(({ text, reason }) => (text && ids.has(text.textId)) || (reason && ids.has(reason.textId))).map((answer) => answer.messageRef),
  );
  const anew = (state.restated ?? []).flatMap(({ quote, reason, messageRef }) =>
    (quote && ids.has(quote.textId)) || (reason && ids.has(reason.textId)) ? [messageRef] : [],
  );
  const heard = coachedIn(state).flatMap(({ textId, messageRef }) => (ids.has(textId) ? [messageRef] : []));
  // What was written into a form stands under its own id.
  const actions = (state.fitness?.actions ?? []).flatMap(({ text }) => (ids.has(text.textId) ? [text.textId] : []));
  const found = (state.openPoints ?? []).flatMap(({ settled }) => (settled?.words && ids.has(settled.words.textId) ? [settled.words.textId] : []));
  const toVendor = (state.vendorWritings ?? []).flatMap((writing) => [...textIdsIn(writing)].filter((textId) => ids.has(textId)));
  const request = state.requestMessage && state.request && ids.has(state.request.textId) ? [state.requestMessage] : [];
  return [...new Set([...request, ...answers, ...anew, ...heard, ...actions, ...found, ...toVendor])];
}

/** The same for what a brief is called: its topic, or the words in which its focus changed. */
export function quotedInTopic(state: StartedAlignment): string[] {
  return quotedIn(state, [state.understood, state.coaching?.decisions]);
}

/** Every stretch of words that the coach keeps, with its message. */
function coachedIn({ coaching }: StartedAlignment): { textId: string; messageRef: string }[] {
  if (!coaching) return [];
  const { cues, prompts, challenge, decisions, pilot } = coaching;
  const said = [
    ...prompts.flatMap(({ evidence, answer }) => [...evidence, ...(answer ? [answer] : [])]),
    ...(challenge?.evidence ?? []),
    ...(challenge?.said ?? []),
  ];
  const edited = prompts.flatMap(({ asked }) => (asked?.edited ? [{ textId: asked.edited.textId, messageRef: asked.edited.textId }] : []));
  // A model's words about a message go where that message goes; which one it is, the cue says, as long as it is kept.
  const worded = cues.flatMap(({ wording, messageRef }) => (wording ? [{ textId: wording.textId, messageRef }] : []));
  const decided = decisions.flatMap(({ words, messageRef, evidence }) => [
    ...evidence.map(({ quote, messageRef: ref }) => ({ textId: quote.textId, messageRef: ref })),
    ...(words && messageRef !== undefined ? [{ textId: words.textId, messageRef }] : []),
  ]);
  const agreed = pilot?.status === 'agreed' ? [...textIdsIn(pilot)].map((textId) => ({ textId, messageRef: pilot.messageRef })) : [];
  return [...[...cues, ...said].map(({ quote, messageRef }) => ({ textId: quote.textId, messageRef })), ...worded, ...edited, ...decided, ...agreed];
}
