import type { PersonId } from '../domain/conversation.ts';
import type { Turn } from './turn.ts';

/** Somebody who looks at what is kept. What they may read is asked of the platform once for each place. */
export type Viewer = { personId: PersonId; isMember(place: string): Promise<boolean> };

export function viewerOf(turn: Turn, personId: PersonId): Viewer {
  const known = new Map<string, Promise<boolean>>();
  const ask = async (place: string): Promise<boolean> => (await turn.channel.directory.members(turn.tenant, place)).some((member) => member.id === personId);
  return {
    personId,
    isMember(place) {
      const answer = known.get(place) ?? ask(place);
      known.set(place, answer);
      return answer;
    },
  };
}
