import { participationOf } from '../domain/nudge-state.ts';
import type { ProgressStatus } from '../domain/status-report.ts';
import type { FieldProblem } from '../views/forms.ts';
import type { Notice } from '../views/notice.ts';
import { joinedInputIds, nudgeForm, readingInputId } from '../views/nudge.ts';
import { commandPerson, commandProgramme, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { nudgeOf } from './speak-nudge.ts';
import { attempt, type EventOf, type Follow, fieldErrors, followOf, keepWords, respond, wordsOf } from './take-follow-through.ts';
import { readingProblems, takeReadings } from './take-reading.ts';
import type { Turn, WorkingProgramme } from './turn.ts';

const statuses: readonly ProgressStatus[] = ['on-track', 'at-risk', 'no-progress'];

/** The form of a nudge for several programmes. */
export function isNudgeForm(action: string): boolean {
  return action === 'nudge-answer' || action === 'submit-nudge-answer';
}

/** The answers for every programme of one nudge. */
export async function openNudgeForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  const asked = follow && askedIn(follow);
  const nudge = asked && (await nudgeOf(dependencies, turn, follow.person, asked.at));
  if (nudge) turn.responses.set(rowId, { kind: 'form', form: nudgeForm(nudge.ctx, nudge.programmes) });
  else await respond(dependencies, turn, rowId, { kind: 'refused', code: 'outdated', who: [] });
}

/** The nudge that the card is: where its first programme was asked about again since, it is over. */
function askedIn({ person, programme, week }: Follow) {
  const asked = programme && participationOf(person.state, programme.ref.id)?.asked;
  return asked?.week === week ? asked : undefined;
}

type Joined = { programme: WorkingProgramme; week: string; status: ProgressStatus | undefined };

/** What somebody answered for several programmes: each counts for itself, and what one of them refuses takes nothing from the others. */
export async function takeNudgeForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  const joined = follow ? await joinedIn(dependencies, turn, event, follow) : [];
  if (!follow || joined.length === 0) return respond(dependencies, turn, rowId, { kind: 'refused', code: 'outdated', who: [] });
  const problems = problemsOf(event, joined);
  if (Object.keys(problems).length > 0) {
    turn.responses.set(rowId, { kind: 'errors', errors: await fieldErrors(dependencies, turn, problems) });
    return;
  }
  const told: Notice[] = [];
  for (const one of joined) told.push((await attempt(turn, async () => give(turn, event, follow, one))) ?? { kind: 'nudge-thanks' });
  await respond(dependencies, turn, rowId, told.find(({ kind }) => kind === 'nudge-thanks') ?? told[0] ?? { kind: 'unknown-button' });
}

async function joinedIn(dependencies: HandleDependencies, turn: Turn, { inputs }: EventOf<'FormSubmitted'>, follow: Follow): Promise<Joined[]> {
  const asked = askedIn(follow);
  const joined: Joined[] = [];
  for (const [id, participation] of Object.entries(follow.person.state.programmes)) {
    if (!asked || participation.asked?.at !== asked.at) continue;
    const programme = await programmeOf(dependencies, turn, id);
    const status = participation.roles.includes('manager') ? statuses.find((each) => each === inputs[joinedInputIds(id).status]) : undefined;
    joined.push({ programme, week: participation.asked.week, status });
  }
  return joined;
}

/** Figures that are none, a line without a tap that it could go with, or nothing at all. */
function problemsOf(event: EventOf<'FormSubmitted'>, joined: readonly Joined[]): Record<string, FieldProblem> {
  const { inputs } = event;
  const wrong = joined.flatMap(({ programme, status }): [string, FieldProblem][] => {
    const ids = joinedInputIds(programme.ref.id);
    const hasWords = [ids.note, ids.win].some((id) => inputs[id]?.trim());
    const figures = Object.entries(readingProblems({ ...event, action: event.submit }, programme));
    return [...(hasWords && !status ? [[ids.status, 'tap'] as [string, FieldProblem]] : []), ...figures];
  });
  const isEmpty = !joined.some(({ status }) => status) && !Object.entries(inputs).some(([id, value]) => id.startsWith(readingInputId('')) && value.trim());
  const [first] = joined;
  return wrong.length === 0 && isEmpty && first ? { [joinedInputIds(first.programme.ref.id).status]: 'tap' } : Object.fromEntries(wrong);
}

function give(turn: Turn, event: EventOf<'FormSubmitted'>, { person }: Follow, { programme, week, status }: Joined): Notice {
  const id = programme.ref.id;
  const ids = joinedInputIds(id);
  if (status) {
    const note = wordsOf(turn, event, [ids.note]);
    const win = wordsOf(turn, event, [ids.win]);
    const report = { week, status, ...(note && { note }), ...(win && { win }) };
    commandPerson(person, { type: 'GiveStatus', programmeId: id, ...report }, turn.now);
    commandProgramme(programme, { type: 'RecordStatus', manager: person.personId, ...report }, turn.now);
  }
  takeReadings(turn, { ...event, action: event.submit }, { person, programme, week }, (field, body) => keepWords(turn, event, field, body));
  return { kind: 'nudge-thanks' };
}
