import { nextCall } from '../domain/calendar.ts';
import { callVersion, outdatedCalendars } from '../domain/call-version.ts';
import { callOf } from '../domain/programme.ts';
import { calendarChangedCard } from '../views/calendar.ts';
import { aboutOf, partOf } from './about-programme.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { say, unpromptedTo } from './say.ts';
import { changedAmong, personOf, type Turn } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** Whoever took the weekly call into their calendar is told, each alone, when it moves or is over: the file that they have does not change by itself. */
export async function tellCalendars(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const { ref, before, state } of changedAmong(turn.programmes)) {
    if (state.status === 'new' || before.status === 'new' || callVersion(before) === callVersion(state)) continue;
    const call = state.status === 'ended' ? undefined : callOf(state.content);
    const about = aboutOf(ref.id, state);
    const change =
      state.status === 'ended'
        ? ({ kind: 'over' } as const)
        : call
          ? ({ kind: 'moved', next: nextCall(call, turn.now) } as const)
          : ({ kind: 'no-time' } as const);
    for (const personId of outdatedCalendars(state)) {
      if ((await personOf(turn, personId)).left) continue;
      const ctx = await contextFor(dependencies, turn, { refersTo: about, people: [] });
      const { to, held } = await unpromptedTo(turn, personId, partOf(ref.id, state, 'message'));
      const post = `${ref.id}:calendar:${personId}:${callVersion(state)}`;
      say(dependencies, turn, to, calendarChangedCard(ctx, { about, change }), { post, quotes: await messagesQuoted(dependencies, turn, about), ...held });
    }
  }
}
