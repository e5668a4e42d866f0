import type { StartedAlignment } from '../domain/state.ts';
import { noticeCard } from '../views/notice.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { say, voiceOf } from './say.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** Says, once in an alignment, that Plumb reads English for now. False when that was said before. */
export async function sayEnglish(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment): Promise<boolean> {
  const post = `${state.id}:english`;
  const said = turn.outbox.some((message) => message.post === post) || (await dependencies.store.posts.platformId(post)) !== undefined;
  if (said) return false;
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  // It replaces itself, so that it stands there once even when the first is still on its way.
  say(dependencies, turn, voiceOf(turn, state), noticeCard(ctx, { kind: 'english' }), { post, replaces: post });
  return true;
}
