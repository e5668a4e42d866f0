import type { PersonId } from '../domain/conversation.ts';
import { hasNoThreads } from '../domain/conversation.ts';
import { kpiTrends } from '../domain/kpi-trend.ts';
import { everybodyIn, worthCounts } from '../domain/programme-pace.ts';
import type { EndedProgramme, StartedProgramme } from '../domain/programme-state.ts';
import { keptOf, roundsOf } from '../domain/rounds.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { closeCard, worthCard, worthLinesCard } from '../views/close.ts';
import { aboutOf, partOf, readersOf } from './about-programme.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { isOpenTo, leadsReached } from './leads.ts';
import { channelOf, privatelyTo, say, unpromptedTo, type Where } from './say.ts';
import { actionOwners, planInTheEnd } from './speak-plan.ts';
import { type Turn, workOnAlignment } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

type Of = { id: string; state: StartedProgramme };

/** The close says more than that it is closed where there was a call or a figure to speak of. */
function saysMore({ digests, readings }: StartedProgramme): boolean {
  return digests.length > 0 || readings.length > 0;
}

/** Whether the close of its programme stands where an alignment's own would: then that one is left out. */
export function isClosedByProgramme(turn: Turn, state: StartedAlignment): boolean {
  const programme = turn.programmes.get(state.id);
  if (programme?.state.status !== 'ended' || !programme.events.some(({ type }) => type === 'ProgrammeEnded') || !saysMore(programme.state)) return false;
  return state.privately || standsInChannel(state, programme.state);
}

function standsInChannel({ audience, conversation }: StartedAlignment, { content }: EndedProgramme): boolean {
  return audience.kind === 'channel' && isOpenTo(content, audience.place) && !hasNoThreads(conversation);
}

/** What changed, what worked and what to keep: at channel level where the brief stands there and all was open to it, otherwise where the digests stood. */
export async function sayClose(dependencies: HandleDependencies, turn: Turn, { id, state, again }: Of & { again: boolean }): Promise<void> {
  if (state.status !== 'ended' || !saysMore(state)) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: spokenOf(state) });
  const about = aboutOf(id, state);
  const trends = kpiTrends(state, ctx.quote);
  const [rounds, kept] = [roundsOf(state, 0, state.endedAt), keptOf(state)];
  const stoppedBy = stopperOf(state);
  const plan = planInTheEnd(state);
  const { reason, startedAt: from, endedAt: until, content } = state;
  const card = closeCard(ctx, {
    about,
    from,
    until,
    reason,
    ...(stoppedBy !== undefined && { stoppedBy }),
    rounds,
    kept,
    trends,
    plan,
    zone: content.zone,
    ...worthOf(state),
  });
  const quotes = await messagesQuoted(dependencies, turn, [about, rounds, kept, trends, plan]);
  for (const { to, name } of await closedIn(dependencies, turn, { id, state })) {
    const post = `${id}:closed${name}`;
    say(dependencies, turn, to, card, { post, quotes, ...(again && { replaces: post }) });
  }
}

/** Whoever said stop last, when somebody was stuck or after the first group. */
function stopperOf({ escalations, pilot }: EndedProgramme): PersonId | undefined {
  const said = [...escalations.map(({ answered }) => answered), pilot?.answered].flatMap((answered) => (answered?.choice === 'stop' ? answered : []));
  return said.toSorted((one, other) => one.at - other.at).at(-1)?.by;
}

function spokenOf({ content, readings, pilot }: EndedProgramme): PersonId[] {
  const decided = pilot?.answered ? [pilot.answered.by] : [];
  return [...everybodyIn(content), ...actionOwners(content), ...readings.map(({ by }) => by), ...decided];
}

function worthOf(state: EndedProgramme) {
  if (!state.worth) return {};
  const counts = worthCounts(state);
  return { worth: { summedUp: state.worth.toldAt !== undefined, ...(counts && { counts }) } };
}

async function closedIn(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state }: { id: string; state: EndedProgramme },
): Promise<{ to: Where; name: string }[]> {
  const { state: alignment } = await workOnAlignment(turn, dependencies.store, id);
  if (alignment.status === 'new' || !standsInChannel(alignment, state)) return readersOf(turn, id, state);
  return [{ to: channelOf(turn, state.content.conversation.place), name: '' }];
}

/** The one question, privately; `again` with what was answered. */
export async function sayWorth(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, personId, again }: Of & { personId: PersonId; again: boolean },
): Promise<void> {
  if (state.status !== 'ended') return;
  const { conversation, readers } = state.content;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [personId, ...(readers ?? [])], places: [conversation.place] });
  const given = state.worth?.answers.find(({ by }) => by === personId);
  const about = aboutOf(id, state);
  const card = worthCard(ctx, {
    about,
    shownTo: readers ? { readers } : { place: conversation.place },
    ...(given && { given }),
    over: state.worth?.toldAt !== undefined,
  });
  const { to, held } = await unpromptedTo(turn, personId, partOf(id, state, 'message'));
  const post = `${id}:worth:${personId}`;
  const quotes = await messagesQuoted(dependencies, turn, [about, given?.text]);
  if (again) say(dependencies, turn, privatelyTo(turn, personId), card, { post, replaces: post, quotes });
  else say(dependencies, turn, to, card, { post, quotes, ...held });
}

/** What people wrote, to those who lead, in no order that says who; nothing where so few answered that it would. */
export async function sayWorthLines(dependencies: HandleDependencies, turn: Turn, { id, state }: Of): Promise<void> {
  if (state.status !== 'ended' || !worthCounts(state)) return;
  const lines = (state.worth?.answers ?? []).flatMap(({ text }) => text ?? []);
  if (lines.length === 0) return;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [] });
  const sorted = lines.toSorted((one, other) => ((ctx.quote(one) ?? '') < (ctx.quote(other) ?? '') ? -1 : 1));
  const about = aboutOf(id, state);
  const quotes = await messagesQuoted(dependencies, turn, [about, lines]);
  for (const personId of await leadsReached(dependencies, turn, state)) {
    const { to, held } = await unpromptedTo(turn, personId, partOf(id, state, 'message'));
    say(dependencies, turn, to, worthLinesCard(ctx, { about, lines: sorted }), { post: `${id}:worth-lines:${personId}`, quotes, ...held });
  }
}
