import type { PersonId } from '../domain/conversation.ts';
import type { HomePrompt } from '../views/home.ts';
import { promptQuestion } from '../views/live-prompt.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { coachContext } from './speak-coaching.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** Open live prompts of an L&D partner, from the alignments that were just looked through for their list of requests. */
export async function promptsFor(dependencies: Pick<HandleDependencies, 'store' | 'prompts'>, turn: Turn, personId: PersonId): Promise<HomePrompt[]> {
  const prompts: HomePrompt[] = [];
  for (const { state } of turn.alignments.values()) {
    if (state.status === 'new' || state.conversation.channel !== turn.channel.name || !state.partners.some((partner) => partner.personId === personId))
      continue;
    const open = state.coaching?.prompts.find(({ status, to }) => status === 'open' && to.includes(personId));
    if (!open) continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: [state.understood, open], people: [] });
    const question = promptQuestion(await coachContext(dependencies, turn, ctx, state), state, open);
    prompts.push({ alignment: state.id, understood: state.understood, prompt: open.trigger, question });
  }
  return prompts;
}
