import { nextCall } from '../domain/calendar.ts';
import { digestOf, type Standing } from '../domain/digest.ts';
import { standingOf } from '../domain/nudge-plan.ts';
import { isAnswered, type Participation } from '../domain/nudge-state.ts';
import { callOf } from '../domain/programme.ts';
import type { RunningProgramme } from '../domain/programme-state.ts';
import type { HomeAlignment, HomeInput } from '../views/home.ts';
import { nudgeSettings, personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import type { Turn } from './turn.ts';
import { mayReadReports, type Viewer } from './viewer.ts';

type Dependencies = Pick<HandleDependencies, 'store' | 'logger'>;
type Follow = Pick<HomeInput, 'introductions' | 'nudges' | 'programmes'>;
type Named = { programme: RunningProgramme; participation: Participation };

/** What goes on after the signature, as far as it concerns this person: introductions, weekly questions, and the programmes that they can read. */
export async function followThroughOf(dependencies: Dependencies, turn: Turn, viewer: Viewer, requests: readonly HomeAlignment[]): Promise<Follow> {
  const { state } = await personAsKept(dependencies, turn, viewer.personId);
  const named: Named[] = [];
  for (const [id, participation] of Object.entries(state.programmes)) {
    const programme = participation.ended ? undefined : await runningProgramme(dependencies, turn, id);
    if (programme) named.push({ programme, participation });
  }
  const accepted = named.filter(({ participation }) => participation.introduction.status === 'accepted');
  const introductions = named.filter(({ participation }) => participation.introduction.status === 'pending');
  const nudged = accepted.filter(({ participation }) => asksFor(participation));
  return {
    introductions: introductions.map(({ programme, participation }) => ({ about: aboutOf(programme), namer: participation.namedBy })),
    nudges: { programmes: nudged.map((one) => nudgeOf(turn, one)), state: state.nudging.status },
    programmes: await boardOf(dependencies, turn, viewer, [...accepted.map(({ programme }) => programme.id), ...requests.map(({ alignment }) => alignment)]),
  };
}

async function runningProgramme(dependencies: Dependencies, turn: Turn, id: string): Promise<RunningProgramme | undefined> {
  const programme = await ifReadable(dependencies.logger, { kind: 'programme', id }, () => programmeOf(dependencies, turn, id));
  return programme?.state.status === 'running' ? programme.state : undefined;
}

function aboutOf({ id, content }: RunningProgramme) {
  const { topic, focus, outcome } = content;
  return { programme: id, ...(topic && { topic }), ...(focus && { focus }), outcome };
}

/** Whoever only owns a change is asked nothing each week. */
function asksFor({ roles }: Participation): boolean {
  return roles.includes('manager') || roles.includes('data');
}

function nudgeOf(turn: Turn, { programme, participation }: Named): HomeInput['nudges']['programmes'][number] {
  const { asked, commitment } = participation;
  const call = callOf(programme.content);
  const waiting = asked !== undefined && asked.callAt > turn.now && !isAnswered(participation);
  return {
    about: aboutOf(programme),
    ...(call && { callAt: nextCall(call, turn.now) }),
    ...(commitment && { commitment }),
    ...(waiting && { waiting }),
  };
}

/** Whoever does not read the digests does not read here what they show either. */
async function boardOf(dependencies: Dependencies, turn: Turn, viewer: Viewer, ids: readonly string[]): Promise<HomeInput['programmes']> {
  const board: HomeInput['programmes'][number][] = [];
  for (const id of new Set(ids)) {
    const programme = await runningProgramme(dependencies, turn, id);
    if (!programme || !(await mayReadReports(viewer, programme.content))) continue;
    board.push({ about: aboutOf(programme), statuses: await statusesOf(dependencies, turn, programme) });
  }
  return board;
}

/** As the last digest showed them; before the first there are none. */
async function statusesOf(dependencies: Dependencies, turn: Turn, programme: RunningProgramme): Promise<HomeInput['programmes'][number]['statuses']> {
  const last = programme.digests.at(-1);
  if (!last) return [];
  const standings: Record<string, Standing> = {};
  for (const manager of programme.content.managers) {
    const { state, version } = await personAsKept(dependencies, turn, manager);
    standings[manager] = standingOf(version > 0 ? state : undefined, programme.id, last, nudgeSettings(turn.settings), turn.now);
  }
  const { lines } = digestOf(programme, last.week, standings);
  return lines.map((line) => ({ manager: line.manager, status: line.shows === 'report' ? line.report.status : line.shows }));
}
