import type { HandleDependencies } from './handle-dependencies.ts';
import { changedAmong, command, type Turn } from './turn.ts';

/** What the coach does once everything that came in was taken: at most one prompt to the L&D partner, or one challenge, or nothing. */
export async function coach(_dependencies: HandleDependencies, turn: Turn): Promise<void> {
  const rules = { promptLimit: turn.settings.promptLimit, midAnswerMs: turn.settings.midAnswerMs, rarer: {} };
  for (const alignment of changedAmong(turn.alignments)) command(alignment, { type: 'Coach', signals: [], rules }, turn.now);
}
