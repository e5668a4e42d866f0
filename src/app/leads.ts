import type { PersonId } from '../domain/conversation.ts';
import { participationOf } from '../domain/nudge-state.ts';
import type { ProgrammeContent } from '../domain/programme-event.ts';
import { everybodyIn, leadsOf } from '../domain/programme-pace.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { personAsKept } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Turn } from './turn.ts';

type Asked = Pick<StartedProgramme, 'id' | 'content'>;

/**
 * Whether Plumb may write to somebody about a programme of its own accord: whoever leads it without being named in it, or accepted, and has neither opted out
 * nor left.
 */
async function isReachable(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, { id, content }: Asked, personId: PersonId): Promise<boolean> {
  const { state } = await personAsKept(dependencies, turn, personId);
  if (state.leftAt !== undefined || state.nudging.status === 'opted-out') return false;
  const introduction = participationOf(state, id)?.introduction.status;
  const startedIt = personId === content.requester || (content.partners ?? []).includes(personId);
  return introduction === 'accepted' || (startedIt && introduction !== 'declined');
}

/**
 * Who decides how it goes on: the owner, or where that person cannot be asked (`instead`), an L&D partner or the requester. Nobody judges themselves as long
 * as there is somebody else: of an owner whom it is `about`, the requester is asked first. Undefined where nobody can be.
 */
export async function leadToAsk(
  dependencies: Pick<HandleDependencies, 'store'>,
  turn: Turn,
  programme: Asked,
  about: readonly PersonId[] = [],
): Promise<{ personId: PersonId; instead?: PersonId } | undefined> {
  const { owner, requester, partners = [] } = programme.content;
  const leads = owner !== undefined && about.includes(owner) ? [requester, ...partners, owner] : [owner, ...partners, requester];
  const [others, themselves] = [leads.filter((lead) => lead === undefined || !about.includes(lead)), about.filter((person) => leads.includes(person))];
  for (const personId of [...others, ...themselves]) {
    if (personId === undefined || !(await isReachable(dependencies, turn, programme, personId))) continue;
    return { personId, ...(owner !== undefined && owner !== personId && { instead: owner }) };
  }
  return undefined;
}

/** The sponsors: requester and owner, as far as they can be written to. */
export async function sponsorsOf(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, programme: Asked): Promise<PersonId[]> {
  const { owner, requester } = programme.content;
  return reachableAmong(
    dependencies,
    turn,
    programme,
    [requester, owner].flatMap((personId) => personId ?? []),
  );
}

/** Everybody who took part and can be written to. */
export async function tookPart(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, programme: Asked): Promise<PersonId[]> {
  return reachableAmong(dependencies, turn, programme, everybodyIn(programme.content));
}

/** Those who lead and can be written to. */
export async function leadsReached(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, programme: Asked): Promise<PersonId[]> {
  return reachableAmong(dependencies, turn, programme, leadsOf(programme.content));
}

async function reachableAmong(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, programme: Asked, people: readonly PersonId[]): Promise<PersonId[]> {
  const reached: PersonId[] = [];
  for (const personId of new Set(people)) if (await isReachable(dependencies, turn, programme, personId)) reached.push(personId);
  return reached;
}

/** Whether a brief's people are told of its end at channel level: where all of it was open to that channel. */
export function isOpenTo({ readers, conversation }: ProgrammeContent, place: string): boolean {
  return readers === undefined && conversation.place === place;
}
