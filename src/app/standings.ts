import type { Standing } from '../domain/digest.ts';
import { standingOf } from '../domain/nudge-plan.ts';
import { callOf } from '../domain/programme.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { commandProgramme, nudgeSettings, workingPerson } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { changedAmong, type Turn } from './turn.ts';

/** How each manager stands to one week: asked, away, or not taking part. */
export async function standings(
  dependencies: HandleDependencies,
  turn: Turn,
  id: string,
  state: StartedProgramme,
  week: string,
): Promise<Record<string, Standing>> {
  const call = callOf(state.content);
  const posted = state.digests.find((digest) => digest.week === week);
  const entries: [string, Standing][] = [];
  for (const manager of state.content.managers) {
    const person = await workingPerson(dependencies, turn, manager);
    // What is said anew of an earlier week says what was so then: a person's own state knows the latest question alone.
    if (posted?.asked?.includes(manager)) {
      entries.push([manager, 'asked']);
      continue;
    }
    const callAt = posted?.callAt ?? turn.now;
    const known = person.version > 0 || person.events.length > 0 ? person.state : undefined;
    entries.push([manager, call ? standingOf(known, id, { week, callAt }, nudgeSettings(turn.settings), turn.now) : 'not-accepted-yet']);
  }
  return Object.fromEntries(entries);
}

/** Keeps who was asked before each call whose digest is due now: only they can be silent. */
export async function noteAsked(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const programme of changedAmong(turn.programmes)) {
    for (const event of programme.events) {
      const { state } = programme;
      if (event.type !== 'DigestPosted' || state.status === 'new') continue;
      const { week } = event;
      const standing = await standings(dependencies, turn, programme.ref.id, state, week);
      const reported = (manager: string) => state.statuses.some((status) => status.manager === manager && status.week === week);
      const people = state.content.managers.filter((manager) => standing[manager] === 'asked' || reported(manager));
      commandProgramme(programme, { type: 'NoteAsked', week, people }, turn.now);
    }
  }
}
