import type { PersonId } from '../domain/conversation.ts';
import type { ProgrammeContent } from '../domain/programme-event.ts';
import { signsForAnother } from '../domain/signers.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { leads, openTo } from '../domain/taking-part.ts';
import type { Turn } from './turn.ts';

/** Somebody who looks at what is kept. What they may read is asked of the platform once for each place. */
export type Viewer = { personId: PersonId; isMember(place: string): Promise<boolean> };

export function viewerOf(turn: Turn, personId: PersonId): Viewer {
  const known = new Map<string, Promise<boolean>>();
  return {
    personId,
    isMember(place) {
      const answer = known.get(place) ?? turn.channel.directory.isMember(turn.tenant, place, personId);
      known.set(place, answer);
      return answer;
    },
  };
}

/** Whether somebody may read what managers report: the readers of its thread, or those alone with whom its brief stays. */
export async function mayReadReports(viewer: Viewer, { readers, conversation }: ProgrammeContent): Promise<boolean> {
  return readers ? readers.includes(viewer.personId) : viewer.isMember(conversation.place);
}

/** Whether somebody may see what was answered. The id in a card says nothing about it: cards stay in the thread when people go on privately. */
export async function mayReadAnswers(viewer: Viewer, state: StartedAlignment): Promise<boolean> {
  // Nobody puts a name to what they may not read.
  if (leads(state, viewer.personId) || signsForAnother(state, viewer.personId)) return true;
  for (const place of openTo(state)) if (await viewer.isMember(place)) return true;
  return false;
}
