import { buildBrief } from '../domain/brief.ts';
import type { ConversationRef, PersonId } from '../domain/conversation.ts';
import { waitingPoints } from '../domain/open-points.ts';
import type { OwnPoint } from '../views/open-points.ts';
import type { Turn } from './turn.ts';

const findable: readonly string[] = ['reviewing', 'aligned'];

/** What this person finds out, from the alignments that were just looked through for their list of requests: what is due first comes first. */
export function pointsFor(turn: Turn, personId: PersonId): OwnPoint[] {
  const own = [...turn.alignments.values()].flatMap(({ state }): OwnPoint[] => {
    if (state.status === 'new' || !findable.includes(state.status) || !isHere(turn, state.conversation)) return [];
    return waitingPoints(state).flatMap((given) => (given.owner === personId ? [{ brief: buildBrief(state), given }] : []));
  });
  return own.toSorted((one, other) => one.given.due.localeCompare(other.given.due));
}

function isHere({ channel, tenant }: Turn, conversation: ConversationRef): boolean {
  return conversation.channel === channel.name && conversation.tenant === tenant;
}
