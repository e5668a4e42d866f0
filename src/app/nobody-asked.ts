import type { PersonId } from '../domain/conversation.ts';
import type { PersonEvent } from '../domain/nudge-event.ts';
import { type PersonState, participationOf } from '../domain/nudge-state.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { commandProgramme, personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { changedAmong, type Turn } from './turn.ts';

/** `since`: when whoever has not answered yet was asked. */
export type Out = { manager: PersonId; standing: 'declined' | 'opted-out' | 'left' | 'not-accepted-yet'; since?: number };

/** A programme is not at an end because somebody has not looked at their messages for some days. */
const patienceMs = 7 * 24 * 3_600_000;
const leaving: readonly PersonEvent['type'][] = ['IntroductionDeclined', 'OptedOut', 'PersonLeft'];

/** Where nobody is asked any more, whoever leads has to hear of it: otherwise the summaries would only stop. */
export async function noteNobodyAsked(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  const left = changedAmong(turn.persons).filter(({ events }) => events.some(({ type }) => leaving.includes(type)));
  const due = changedAmong(turn.programmes).filter(({ events }) => events.some(({ type }) => type === 'DigestPosted'));
  const ids = new Set([...left.flatMap(({ state }) => Object.keys(state.programmes)), ...due.map(({ ref }) => ref.id)]);
  for (const id of ids) {
    const programme = await programmeOf(dependencies, turn, id);
    const { state } = programme;
    if (state.status !== 'running' || state.content.managers.length === 0) continue;
    const out = await outOf(dependencies, turn, id, state);
    const waits = out.some(({ standing, since }) => standing === 'not-accepted-yet' && turn.now < (since ?? state.startedAt) + patienceMs);
    if (out.length === state.content.managers.length && !waits) commandProgramme(programme, { type: 'NoteNobodyAsked' }, turn.now);
  }
}

/** The managers who are not asked, and why. Somebody on holiday comes back. */
export async function outOf(dependencies: HandleDependencies, turn: Turn, id: string, { content }: StartedProgramme): Promise<Out[]> {
  const out: Out[] = [];
  for (const manager of content.managers) {
    const { state } = await personAsKept(dependencies, turn, manager);
    const standing = standingIn(state, id);
    const introduction = participationOf(state, id)?.introduction;
    const since = introduction?.status === 'pending' ? introduction.since : undefined;
    if (standing) out.push({ manager, standing, ...(since !== undefined && { since }) });
  }
  return out;
}

function standingIn(state: PersonState, id: string): Out['standing'] | undefined {
  if (state.leftAt !== undefined) return 'left';
  const introduction = participationOf(state, id)?.introduction.status;
  if (introduction === 'declined') return 'declined';
  if (introduction !== 'accepted') return 'not-accepted-yet';
  return state.nudging.status === 'opted-out' ? 'opted-out' : undefined;
}
