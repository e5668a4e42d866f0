import type { PersonId } from '../domain/conversation.ts';
import type { HomeView } from '../views/home.ts';
import type { Turn } from './turn.ts';

/**
 * Where somebody was asked for their view of what is in the way, from the alignments that were just looked through for their list of requests. Of an
 * anonymous check nobody knows who has answered, and its token stands on their card alone: there it is answered.
 */
export function viewsAskedOf(turn: Turn, personId: PersonId): HomeView[] {
  return [...turn.alignments.values()].flatMap(({ state }): HomeView[] => {
    if (state.status === 'new' || state.conversation.channel !== turn.channel.name || state.fitness?.status !== 'open') return [];
    const { asked, anonymous, answers, openedBy: asker, closesAt } = state.fitness;
    const isDone = !anonymous && answers.some(({ key }) => key === personId);
    return asked.includes(personId) && !isDone ? [{ alignment: state.id, asker, closesAt, anonymous }] : [];
  });
}
