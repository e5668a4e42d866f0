import { kpiTrends } from '../domain/kpi-trend.ts';
import type { ProgrammeContent, ProgrammeEvent } from '../domain/programme-event.ts';
import { everybodyIn } from '../domain/programme-pace.ts';
import { actionResults, dueActions, phaseAt, pilotResult } from '../domain/programme-plan.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { roundsOf } from '../domain/rounds.ts';
import { type PlanNow, pilotQuestionCard, pilotToldCard } from '../views/programme-plan.ts';
import { nobodyAskedCard } from '../views/programme-runs.ts';
import { aboutOf, partOf, readersOf } from './about-programme.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { leadToAsk } from './leads.ts';
import { outOf } from './nobody-asked.ts';
import { say, unpromptedTo } from './say.ts';
import { threadLink } from './thread-link.ts';
import type { Turn } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

type Of = { id: string; state: StartedProgramme };
type EventOf<T extends ProgrammeEvent['type']> = Extract<ProgrammeEvent, { type: T }>;

/** What is due besides training at `at` (epoch milliseconds). */
export function planNow(state: StartedProgramme, at: number): PlanNow {
  return { phase: phaseAt(state, at), due: dueActions(state, at) };
}

/** What became of the first group and of what else was to change. */
export function planInTheEnd(state: StartedProgramme) {
  const pilot = pilotResult(state);
  return { actions: actionResults(state), ...(pilot && { pilot }) };
}

/** Who does what else must change: they need not be named for anything else. */
export function actionOwners({ actions = [] }: ProgrammeContent): string[] {
  return actions.flatMap(({ owner }) => owner ?? []);
}

/** Did the first group get there? Privately to whoever leads; `again` once one of them chose. */
export async function sayPilot(dependencies: HandleDependencies, turn: Turn, { id, state, again }: Of & { again: boolean }): Promise<void> {
  const { pilot } = state.content;
  const lead = await leadToAsk(dependencies, turn, state);
  if (!pilot || !state.pilot || !lead) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [...everybodyIn(state.content), ...state.readings.map(({ by }) => by)] });
  const about = aboutOf(id, state);
  const rounds = roundsOf(state, 0, state.pilot.at);
  const trends = kpiTrends(state, ctx.quote);
  const { answered } = state.pilot;
  const link = await threadLink(turn, state.content.conversation, lead.personId);
  const card = pilotQuestionCard(ctx, { about, pilot, rounds, trends, ...(answered && { answered }), ...link });
  const { to, held } = await unpromptedTo(turn, lead.personId, partOf(id, state, 'message'));
  const post = `${id}:pilot:${state.pilot.at}`;
  const quotes = await messagesQuoted(dependencies, turn, [about, pilot, trends]);
  say(dependencies, turn, to, card, { post, quotes, ...(again ? { replaces: post } : held) });
}

/** Wider or something else first: those who read the summaries hear of it. */
export async function tellPilotChoice(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, event: { by, choice } }: Of & { event: EventOf<'PilotAnswered'> },
): Promise<void> {
  if (choice === 'stop') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [by] });
  const about = aboutOf(id, state);
  const quotes = await messagesQuoted(dependencies, turn, about);
  for (const { to } of readersOf(turn, id, state)) say(dependencies, turn, to, pilotToldCard(ctx, { about, by, choice }), { quotes });
}

/** Everybody who was named is out: to whoever leads, with who is out and how. */
export async function sayNobodyAsked(dependencies: HandleDependencies, turn: Turn, { id, state }: Of): Promise<void> {
  const lead = await leadToAsk(dependencies, turn, state);
  if (!lead) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: everybodyIn(state.content) });
  const about = aboutOf(id, state);
  const { to, held } = await unpromptedTo(turn, lead.personId, partOf(id, state, 'message'));
  const quotes = await messagesQuoted(dependencies, turn, about);
  const card = nobodyAskedCard(ctx, { about, out: await outOf(dependencies, turn, id, state) });
  say(dependencies, turn, to, card, { post: `${id}:nobody-asked:${turn.now}`, quotes, ...held });
}
