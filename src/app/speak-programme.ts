import { agendaOf } from '../domain/agenda.ts';
import { type Digest, digestOf } from '../domain/digest.ts';
import { kpiTrends } from '../domain/kpi-trend.ts';
import { everybodyIn } from '../domain/programme-pace.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { digestCard } from '../views/digest.ts';
import { aboutOf, readersOf } from './about-programme.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { say } from './say.ts';
import { sayClose, sayWorth, sayWorthLines } from './speak-close.ts';
import { actionOwners, planNow, sayNobodyAsked, sayPilot, tellPilotChoice } from './speak-plan.ts';
import { sayEnd, sayEscalation, sayMonth, sayNoRhythm, tellChoice, tellMovedEnd } from './speak-to-leads.ts';
import { standings } from './standings.ts';
import type { Turn, WorkingProgramme } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** Says what happened to a programme: its digests in the thread, what is for those who lead it privately. */
export async function speakProgramme(dependencies: HandleDependencies, turn: Turn, { ref, before, state, events }: WorkingProgramme): Promise<void> {
  if (state.status === 'new') return;
  const { id } = ref;
  const late = events.flatMap((event) => ((event.type === 'StatusRecorded' || event.type === 'KpiRead') && event.late ? [event.week] : []));
  for (const week of new Set(late)) await sayDigestAgain(dependencies, turn, id, state, week);
  for (const event of events) {
    switch (event.type) {
      case 'DigestPosted':
        await sayDigest(dependencies, turn, { id, state, week: event.week, callAt: event.callAt, again: false });
        break;
      case 'EscalationRaised':
        await sayEscalation(dependencies, turn, { id, state, week: event.week, again: false });
        break;
      case 'EscalationAnswered':
        await sayEscalation(dependencies, turn, { id, state, week: event.week, again: true });
        await tellChoice(dependencies, turn, { id, state, event });
        break;
      case 'EndSet':
        await sayEnd(dependencies, turn, { id, state, ...(event.by !== undefined && { changedBy: event.by }) });
        if (before.status === 'running' && before.endsAt !== undefined && event.by === undefined) await tellMovedEnd(dependencies, turn, { id, state });
        break;
      case 'RhythmMissed':
        await sayNoRhythm(dependencies, turn, { id, state, missing: event.missing });
        break;
      case 'PilotAsked':
        await sayPilot(dependencies, turn, { id, state, again: false });
        break;
      case 'PilotAnswered':
        await sayPilot(dependencies, turn, { id, state, again: true });
        await tellPilotChoice(dependencies, turn, { id, state, event });
        break;
      case 'NobodyAskedNoted':
        await sayNobodyAsked(dependencies, turn, { id, state });
        break;
      case 'MonthSummed':
        await sayMonth(dependencies, turn, { id, state, from: event.from, until: event.at });
        break;
      case 'ProgrammeEnded':
        await sayClose(dependencies, turn, { id, state, again: false });
        break;
      case 'WorthAsked':
        for (const personId of event.people) await sayWorth(dependencies, turn, { id, state, personId, again: false });
        break;
      case 'WorthAnswered':
        await sayWorth(dependencies, turn, { id, state, personId: event.by, again: true });
        break;
      case 'WorthTold':
        await sayClose(dependencies, turn, { id, state, again: true });
        for (const personId of state.status === 'ended' ? (state.worth?.people ?? []) : [])
          await sayWorth(dependencies, turn, { id, state, personId, again: true });
        await sayWorthLines(dependencies, turn, { id, state });
        break;
      default:
        // What starts, changes or is read shows in the next of these.
        break;
    }
  }
}

/** What a week brought, in the thread; `again` when words that it repeats were erased. */
export async function sayDigest(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, week, callAt, again }: { id: string; state: StartedProgramme; week: string; callAt: number; again: boolean },
): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
  const digest = digestOf(state, week, await standings(dependencies, turn, id, state, week));
  const { lines } = digest;
  // Before anybody accepted there is nothing to read in it.
  if (!again && !isWorthReading(digest, state)) return;
  const about = aboutOf(id, state);
  const trends = kpiTrends(state, ctx.quote);
  const plan = planNow(state, callAt);
  const postedAt = state.digests.find((posted) => posted.week === week)?.at ?? turn.now;
  const agenda = agendaOf(digest, trends, callAt);
  const card = digestCard(ctx, { about, callAt, lines, trends, zone: state.content.zone, agenda, plan, ...(postedAt >= callAt && { late: true as const }) });
  const quotes = await messagesQuoted(dependencies, turn, [about, lines, trends, plan]);
  for (const { to, name } of readersOf(turn, id, state)) {
    const post = `${id}:digest:${week}${name}`;
    say(dependencies, turn, to, card, { post, ...(again && { replaces: post }), quotes });
  }
}

/** Somebody was asked, or is away for a while, or a figure came in: otherwise a summary would only list who does not take part. */
function isWorthReading({ week, lines }: Digest, { readings }: StartedProgramme): boolean {
  return lines.some(({ shows }) => shows === 'report' || shows === 'silent' || shows === 'on-holiday') || readings.some((reading) => reading.week === week);
}

/** What somebody says of a week after its digest was posted stands in that digest, too: they were told that the team reads it. */
async function sayDigestAgain(dependencies: HandleDependencies, turn: Turn, id: string, state: StartedProgramme, week: string): Promise<void> {
  const posted = state.digests.find((digest) => digest.week === week);
  if (posted) await sayDigest(dependencies, turn, { id, state, week, callAt: posted.callAt, again: true });
}

function peopleOf({ content, readings }: StartedProgramme): string[] {
  return [...everybodyIn(content), ...actionOwners(content), ...readings.map(({ by }) => by)];
}
