import type { HandleDependencies } from './handle-dependencies.ts';
import { drawConversationAgain } from './speak-alignment.ts';
import { draftOptions, drawDraftAgain } from './speak-review.ts';
import { drawSigningAgain } from './speak-sign-off.ts';
import { quotedIn, type Telling } from './telling.ts';
import type { Turn, WorkingAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

/**
 * Where words or a name that are gone now stand in what people still press on, it is written anew without them: the draft, the cards of those who are asked
 * to sign it, and of a request that was never signed the first post and the question that waits. `quoting`: the posts that show what is gone.
 */
export async function speakOpenAgain(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment, quoting: ReadonlySet<string>): Promise<void> {
  const { state } = alignment;
  if (state.status !== 'reviewing' && state.status !== 'clarifying') return;
  const ctx = await contextOf(dependencies, turn, state);
  // Nothing happened in it that would be told.
  const nothing = { events: [], taken: [], has: () => false, quotes: quotedIn(state, state) };
  const telling: Telling = { dependencies, turn, alignment, before: state, state, ctx, ...nothing };
  const isToDraw = (post: string) => quoting.has(post) && !turn.outbox.some((message) => message.post === post || message.replaces === post);
  await drawDraftAgain(telling, isToDraw);
  await drawSigningAgain(telling, isToDraw, () => draftOptions(telling));
  if (state.signedVersion === 0) await drawConversationAgain(telling, isToDraw);
}
