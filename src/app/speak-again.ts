import { type Participation, participationOf } from '../domain/nudge-state.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { readersOf } from './about-programme.ts';
import { personAsKept, programmeOf } from './follow-through.ts';
import { goneFrom } from './gone.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { sayClose } from './speak-close.ts';
import { sayIntroduction } from './speak-follow.ts';
import { sayNudge } from './speak-nudge.ts';
import { speakOpenAgain } from './speak-open-again.ts';
import { sayPilot } from './speak-plan.ts';
import { sayDigest } from './speak-programme.ts';
import type { Turn, WorkingPerson } from './turn.ts';

/**
 * Where words that are erased now stand in introductions, nudges, digests, the question about the first group, the close or what is still open, these are
 * written anew without them: their buttons, and what others said, have to stay. Other posts that repeat the words are taken back whole.
 */
export async function speakAgain(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  const gone = goneFrom(turn);
  if (gone.length === 0) return;
  const quoting = new Set<string>();
  for (const ref of gone) for (const { post } of await dependencies.store.posts.quoting(ref)) quoting.add(post);
  for (const working of turn.alignments.values()) {
    const { state: alignment } = working;
    await speakOpenAgain(dependencies, turn, working, quoting);
    if (alignment.status === 'new' || alignment.signedVersion === 0) continue;
    const { id } = alignment;
    const { state } = await programmeOf(dependencies, turn, id);
    if (state.status === 'new') continue;
    await sayProgramme(dependencies, turn, quoting, { id, state });
    const people = new Set([
      ...(state.content.owner ? [state.content.owner] : []),
      ...state.content.managers,
      ...(state.content.dataHolder ? [state.content.dataHolder] : []),
    ]);
    for (const personId of people) {
      const person = await personAsKept(dependencies, turn, personId);
      const participation = participationOf(person.state, id);
      if (participation) await sayToPerson(dependencies, turn, quoting, { person, id, participation });
    }
  }
}

async function sayProgramme(
  dependencies: HandleDependencies,
  turn: Turn,
  quoting: ReadonlySet<string>,
  { id, state }: { id: string; state: StartedProgramme },
): Promise<void> {
  // Where a brief stays among some people, each of them has a post of their own.
  const repeats = (post: string) => quoting.has(post) || readersOf(turn, id, state).some(({ name }) => quoting.has(`${post}${name}`));
  for (const { week, callAt } of state.digests)
    if (repeats(`${id}:digest:${week}`)) await sayDigest(dependencies, turn, { id, state, week, callAt, again: true });
  if (state.pilot && repeats(`${id}:pilot:${state.pilot.at}`)) await sayPilot(dependencies, turn, { id, state, again: true });
  if (repeats(`${id}:closed`)) await sayClose(dependencies, turn, { id, state, again: true });
}

type Told = { person: WorkingPerson; id: string; participation: Participation };

async function sayToPerson(dependencies: HandleDependencies, turn: Turn, quoting: ReadonlySet<string>, { person, id, participation }: Told): Promise<void> {
  const { roles, namedBy, commitment, introduction, asked, ended } = participation;
  const accepted = introduction.status === 'accepted';
  if ((accepted || introduction.status === 'pending') && quoting.has(`${person.ref.id}:introduction:${id}`))
    await sayIntroduction(dependencies, turn, person, {
      programmeId: id,
      roles,
      namedBy,
      ...(commitment && { commitment }),
      again: true,
      accepted,
      over: ended?.reason === 'programme-ended',
    });
  if (asked && quoting.has(`${person.ref.id}:nudge:${asked.at}`)) await sayNudge(dependencies, turn, person, asked.at, true);
}
