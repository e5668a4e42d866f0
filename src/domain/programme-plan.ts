import type { PersonId } from './conversation.ts';
import type { Phase } from './fitness-state.ts';
import type { PilotChoice, PlannedAction, ProgrammePilot } from './programme-event.ts';
import type { RunningProgramme, StartedProgramme } from './programme-state.ts';
import { sameQuote } from './status-report.ts';

const weekMs = 7 * 24 * 3_600_000;
const usualLengthMs = 12 * weekMs;
const phases: readonly Phase[] = ['now', 'next', 'later'];

/** Something besides training that is due in this phase. `late`: it was due in the one before. */
export type DueAction = PlannedAction & { late: boolean };
/** What became of it; `open` where nobody said. */
export type ActionResult = PlannedAction & { outcome: 'done' | 'dropped' | 'open' };
/** What became of the first group; `choice` is absent where nobody said. */
export type PilotResult = ProgrammePilot & { choice?: PilotChoice; by?: PersonId };

/**
 * Which phase is on: "now" until the first group is through, where that has a date, and otherwise for a third of the time; what is left is halved. The brief
 * only says in which order things change, so this is Plumb's reckoning.
 */
export function phaseAt(state: Pick<StartedProgramme, 'content' | 'startedAt' | 'endsAt'>, at: number): Phase {
  const [first, second] = boundsOf(state);
  if (at < first) return 'now';
  return at < second ? 'next' : 'later';
}

/** When the first phase is over, and when the second is (epoch milliseconds). */
function boundsOf({ content, startedAt, endsAt = startedAt + usualLengthMs }: Pick<StartedProgramme, 'content' | 'startedAt' | 'endsAt'>): [number, number] {
  const until = content.pilot?.endsAt;
  const first = until !== undefined && until > startedAt && until < endsAt ? until : startedAt + (endsAt - startedAt) / 3;
  return [first, first + (endsAt - first) / 2];
}

/** When whoever leads is asked about the first group; undefined where there is none, or they were asked about this one. */
export function pilotAskedAt(state: RunningProgramme): number | undefined {
  const { pilot } = state.content;
  if (!pilot || isAskedAbout(state, pilot)) return undefined;
  // A day that had passed when the brief was signed says nothing, and a first group that is through only at the end is asked about while something can still follow from it.
  const latest = state.endsAt === undefined ? Number.POSITIVE_INFINITY : state.endsAt - weekMs;
  return Math.min(pilot.endsAt !== undefined && pilot.endsAt > state.startedAt ? pilot.endsAt : boundsOf(state)[0], latest);
}

function isAskedAbout({ pilot: asked }: RunningProgramme, { group, until }: ProgrammePilot): boolean {
  return asked !== undefined && sameQuote(asked.group, group) && sameQuote(asked.until, until);
}

/** What was said of an action last. */
export function settledAs({ settled }: Pick<StartedProgramme, 'settled'>, id: string): 'done' | 'dropped' | undefined {
  return settled?.find(({ action }) => action === id)?.outcome;
}

/** What is due at `at` and neither done nor dropped, in the order of the brief. */
export function dueActions(state: StartedProgramme, at: number): DueAction[] {
  const on = phases.indexOf(phaseAt(state, at));
  const open = (state.content.actions ?? []).filter(({ id, phase }) => settledAs(state, id) === undefined && phases.indexOf(phase) <= on);
  return open.map((action) => ({ ...action, late: phases.indexOf(action.phase) < on }));
}

export function actionResults(state: StartedProgramme): ActionResult[] {
  return (state.content.actions ?? []).map((action) => ({ ...action, outcome: settledAs(state, action.id) ?? 'open' }));
}

/** An answer about another group than the brief's says nothing of it. */
export function pilotResult({ content, pilot: asked }: StartedProgramme): PilotResult | undefined {
  const { pilot } = content;
  if (!pilot) return undefined;
  const answered = asked && sameQuote(asked.group, pilot.group) ? asked.answered : undefined;
  return { ...pilot, ...(answered && { choice: answered.choice, by: answered.by }) };
}
