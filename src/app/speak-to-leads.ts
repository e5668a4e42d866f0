import { weekOf } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
import { weeksStuck } from '../domain/digest.ts';
import { kpiTrends } from '../domain/kpi-trend.ts';
import { callOf } from '../domain/programme.ts';
import type { ProgrammeEvent } from '../domain/programme-event.ts';
import { everybodyIn } from '../domain/programme-pace.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { roundsOf } from '../domain/rounds.ts';
import { escalationCard, type Stuck } from '../views/escalation.ts';
import { noticeCard } from '../views/notice.ts';
import { monthCard, noRhythmCard, runsCard } from '../views/programme-runs.ts';
import { aboutOf, partOf, readersOf } from './about-programme.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { leadToAsk, sponsorsOf } from './leads.ts';
import { say, unpromptedTo } from './say.ts';
import { actionOwners, planNow } from './speak-plan.ts';
import { threadLink } from './thread-link.ts';
import type { Turn } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

type Of = { id: string; state: StartedProgramme };
type EventOf<T extends ProgrammeEvent['type']> = Extract<ProgrammeEvent, { type: T }>;

/** Somebody was stuck twice in a row: privately to whoever leads, with what was reported; `again` once one of them chose. */
export async function sayEscalation(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, week, again }: Of & { week: string; again: boolean },
): Promise<void> {
  const raised = state.escalations.find((escalation) => escalation.week === week);
  const lead = raised && (await leadToAsk(dependencies, turn, state, raised.managers));
  if (!lead) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: everybodyIn(state.content) });
  const stuck = raised.managers.map((manager) => stuckOf(state, manager, week));
  const about = aboutOf(id, state);
  const card = escalationCard(ctx, {
    about,
    week,
    stuck,
    ...(lead.instead !== undefined && { instead: lead.instead }),
    ...(raised.answered && { answered: raised.answered }),
    ...(await threadLink(turn, state.content.conversation, lead.personId)),
  });
  const { to, held } = await unpromptedTo(turn, lead.personId, partOf(id, state, 'message'));
  const post = `${id}:escalation:${week}`;
  const quotes = await messagesQuoted(dependencies, turn, [about, stuck]);
  say(dependencies, turn, to, card, { post, quotes, ...(again ? { replaces: post } : held) });
}

function stuckOf(state: StartedProgramme, manager: string, week: string): Stuck {
  const weeks = weeksStuck(state, manager, week).flatMap((each) => {
    const digest = state.digests.find((posted) => posted.week === each);
    const note = state.statuses.find((status) => status.manager === manager && status.week === each)?.report.note;
    return digest ? [{ callAt: digest.callAt, ...(note && { note }) }] : [];
  });
  return { manager, weeks };
}

/** Help or re-plan: what was chosen goes to the thread, where the managers read it. */
export async function tellChoice(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, event }: Of & { event: EventOf<'EscalationAnswered'> },
): Promise<void> {
  if (event.choice === 'stop') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [event.by] });
  const card = noticeCard(ctx, { kind: event.choice === 'help' ? 'owner-helps' : 'owner-replans', person: event.by });
  for (const { to } of readersOf(turn, id, state)) say(dependencies, turn, to, card);
}

/** Where the digests stand, and so right after the new version of the brief: its new deadline moved the end. */
export async function tellMovedEnd(dependencies: HandleDependencies, turn: Turn, { id, state }: Of): Promise<void> {
  if (state.endsAt === undefined) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const card = noticeCard(ctx, { kind: 'end-moved', endsAt: state.endsAt });
  for (const { to } of readersOf(turn, id, state)) say(dependencies, turn, to, card);
}

/** Until when it runs: to each sponsor who can be written to, and again once somebody moved it. */
export async function sayEnd(dependencies: HandleDependencies, turn: Turn, { id, state, changedBy }: Of & { changedBy?: string }): Promise<void> {
  for (const personId of await sponsorsOf(dependencies, turn, state))
    await sayEndTo(dependencies, turn, personId, { id, state, ...(changedBy !== undefined && { changedBy }) });
}

/** The same to one of them: to an owner once they accepted. */
export async function sayEndTo(
  dependencies: HandleDependencies,
  turn: Turn,
  personId: PersonId,
  { id, state, changedBy }: Of & { changedBy?: string },
): Promise<void> {
  const { endsAt } = state;
  if (endsAt === undefined) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: everybodyIn(state.content) });
  const about = aboutOf(id, state);
  const link = await threadLink(turn, state.content.conversation, personId);
  const asked = state.content.managers.length > 0 && callOf(state.content) !== undefined;
  const card = runsCard(ctx, { about, endsAt, asked, ...(changedBy !== undefined && { changedBy }), ...link });
  const { to, held } = await unpromptedTo(turn, personId, partOf(id, state, 'message'));
  const post = `${id}:end:${personId}`;
  const shown = (await dependencies.store.posts.platformId(post)) !== undefined;
  const quotes = await messagesQuoted(dependencies, turn, about);
  say(dependencies, turn, to, card, { post, quotes, ...(shown ? { replaces: post } : held) });
}

/** Why no summary comes before the call: to whoever leads, once. */
export async function sayNoRhythm(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, missing }: Of & Pick<EventOf<'RhythmMissed'>, 'missing'>,
): Promise<void> {
  const lead = await leadToAsk(dependencies, turn, state);
  if (!lead) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [] });
  const about = aboutOf(id, state);
  const { to, held } = await unpromptedTo(turn, lead.personId, partOf(id, state, 'message'));
  const quotes = await messagesQuoted(dependencies, turn, about);
  say(dependencies, turn, to, noRhythmCard(ctx, { about, missing }), { post: `${id}:rhythm`, quotes, ...held });
}

/** What four weeks brought, to the sponsors. Nothing where nothing was asked and nothing was read: then there is nothing to sum up. */
export async function sayMonth(dependencies: HandleDependencies, turn: Turn, { id, state, from, until }: Of & { from: number; until: number }): Promise<void> {
  const rounds = roundsOf(state, from, until);
  if (rounds.calls === 0 && !state.readings.some(({ at }) => at > from)) return;
  const call = callOf(state.content);
  const zone = call?.timeZone ?? state.content.zone;
  for (const personId of await sponsorsOf(dependencies, turn, state)) {
    const people = [...everybodyIn(state.content), ...actionOwners(state.content), ...state.readings.map(({ by }) => by)];
    const ctx = await contextFor(dependencies, turn, { refersTo: state, people });
    const about = aboutOf(id, state);
    const plan = planNow(state, until);
    const trends = kpiTrends(state, ctx.quote);
    const card = monthCard(ctx, {
      about,
      from,
      until,
      ...(state.endsAt !== undefined && { endsAt: state.endsAt }),
      rounds,
      trends,
      plan,
      zone,
      ...(await threadLink(turn, state.content.conversation, personId)),
    });
    const { to, held } = await unpromptedTo(turn, personId, partOf(id, state, 'message'));
    const quotes = await messagesQuoted(dependencies, turn, [about, rounds, trends, plan]);
    say(dependencies, turn, to, card, { post: `${id}:month:${weekOf(until, zone)}:${personId}`, quotes, ...held });
  }
}
