import { skippedTime } from '../domain/calendar.ts';
import { kpiReaders } from '../domain/kpi-readers.ts';
import { kpiTrends } from '../domain/kpi-trend.ts';
import { isAskedBy } from '../domain/nudge-plan.ts';
import { type Participation, type PersonState, participationOf } from '../domain/nudge-state.ts';
import { callOf } from '../domain/programme.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import type { ViewContext } from '../views/context.ts';
import { type NudgeProgramme, nudgeCard, pastNudgeCard, personLeftCard } from '../views/nudge.ts';
import { aboutOf, partOf, seenByOf } from './about-programme.ts';
import { personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say, unpromptedTo } from './say.ts';
import { threadLink } from './thread-link.ts';
import type { Turn, WorkingPerson } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

type Asked = { id: string; state: StartedProgramme; participation: Participation };

/** The weekly question, with every programme that was asked about at that moment; after a tap (`again`) the same card shows what was given. */
export async function sayNudge(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, askedAt: number, again: boolean): Promise<void> {
  const nudge = await nudgeOf(dependencies, turn, person, askedAt);
  if (!nudge) return;
  const { ctx, first, programmes } = nudge;
  const post = postOf(person, askedAt);
  // After the last of its calls a nudge is of no use any more.
  const expiresAt = Math.max(...programmes.map((programme) => programme.callAt));
  const quotes = await messagesQuoted(dependencies, turn, programmes);
  const to = privatelyTo(turn, person.personId, partOf(first.id, first.state, 'weekly-question'));
  say(dependencies, turn, to, nudgeCard(ctx, programmes), { post, quotes, ...(again ? { replaces: post } : { expiresAt }) });
}

function postOf({ ref }: WorkingPerson, askedAt: number): string {
  return `${ref.id}:nudge:${askedAt}`;
}

/** A question of which something cannot be answered any more, because it was asked anew or is over, stops asking for it. */
export async function closeNudges(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson): Promise<void> {
  if (hasStopped(person.before)) return;
  const was = Object.entries(person.before.programmes).filter(([, { ended }]) => !ended);
  for (const askedAt of new Set(was.flatMap(([, { asked }]) => asked?.at ?? []))) {
    const about = was.filter(([, { asked }]) => asked?.at === askedAt).map(([id]) => id);
    const left = hasStopped(person.state) ? [] : about.filter((id) => isAskedAt(participationOf(person.state, id), askedAt));
    if (left.length === about.length) continue;
    const post = postOf(person, askedAt);
    const { to } = privatelyTo(turn, person.personId);
    if (!(await dependencies.store.posts.named(to, post)).includes(post)) continue;
    if (left.length > 0) await sayNudge(dependencies, turn, person, askedAt, true);
    else await sayPastNudge(dependencies, turn, person, { post, about });
  }
}

/** They want no questions any more, so none waits for them either. */
function hasStopped({ nudging }: PersonState): boolean {
  return nudging.status === 'opted-out';
}

function isAskedAt(participation: Participation | undefined, askedAt: number): boolean {
  return participation?.asked?.at === askedAt && !participation.ended;
}

async function sayPastNudge(
  dependencies: HandleDependencies,
  turn: Turn,
  person: WorkingPerson,
  { post, about }: { post: string; about: readonly string[] },
): Promise<void> {
  const programmes: Parameters<typeof pastNudgeCard>[1][number][] = [];
  for (const id of about) {
    const { state } = await programmeOf(dependencies, turn, id);
    const { asked, reported, roles = [] } = participationOf(person.before, id) ?? {};
    if (state.status === 'new') continue;
    const given = reported?.week === asked?.week ? reported?.report : undefined;
    const sent = state.readings.some(({ by, week }) => by === person.personId && week === asked?.week);
    const figures = roles.includes('manager') ? {} : { figuresOnly: true as const, ...(sent && { figuresGiven: true as const }) };
    programmes.push({ about: aboutOf(id, state), ...(given && { given }), ...figures });
  }
  const ctx = await contextFor(dependencies, turn, { refersTo: programmes, people: [person.personId] });
  const isOver = about.every((id) => participationOf(person.state, id)?.ended);
  const quotes = await messagesQuoted(dependencies, turn, programmes);
  const card = pastNudgeCard(ctx, programmes, hasStopped(person.state) ? 'stopped' : isOver ? 'over' : 'newer');
  say(dependencies, turn, privatelyTo(turn, person.personId), card, { post, quotes, replaces: post });
}

/** What somebody was asked at that moment, as it stands now; undefined where nothing of it is left. */
export async function nudgeOf(
  dependencies: HandleDependencies,
  turn: Turn,
  person: WorkingPerson,
  askedAt: number,
): Promise<{ ctx: ViewContext; first: Asked; programmes: readonly NudgeProgramme[] } | undefined> {
  const about = await askedAbout(dependencies, turn, person, askedAt);
  const [first] = about;
  if (!first) return undefined;
  const ctx = await contextFor(dependencies, turn, {
    refersTo: [about.map(({ state }) => [state.content, state.readings]), person.state],
    people: [person.personId, ...about.flatMap(({ state }) => state.readings.map(({ by }) => by))],
    places: about.map(({ state }) => state.content.conversation.place),
  });
  const programmes: NudgeProgramme[] = [];
  for (const one of about) programmes.push(await nudgeProgramme(dependencies, turn, ctx, person, one));
  return { ctx, first, programmes };
}

async function askedAbout(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, askedAt: number): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [id, participation] of Object.entries(person.state.programmes)) {
    if (participation.asked?.at !== askedAt || participation.ended) continue;
    const { state } = await programmeOf(dependencies, turn, id);
    if (state.status !== 'new') asked.push({ id, state, participation });
  }
  return asked;
}

async function nudgeProgramme(
  dependencies: HandleDependencies,
  turn: Turn,
  ctx: ViewContext,
  { personId }: WorkingPerson,
  { id, state, participation }: Asked,
): Promise<NudgeProgramme> {
  const { asked, commitment, reported, roles } = participation;
  const call = callOf(state.content);
  const callAt = asked?.callAt ?? 0;
  const skipped = call && skippedTime(call, callAt);
  const figures = await figuresFrom(dependencies, turn, id, state, personId);
  return {
    about: aboutOf(id, state),
    week: asked?.week ?? '',
    callAt,
    ...(commitment && { commitment }),
    seenBy: await seenByOf(turn, state),
    ...(reported?.week === asked?.week && reported && { given: reported.report }),
    trends: kpiTrends(state, (quote) => ctx.quote(quote)),
    ...(figures && { figures }),
    ...(!roles.includes('manager') && { figuresOnly: true as const }),
    ...(skipped !== undefined && { skipped }),
    ...(await threadLink(turn, state.content.conversation, personId)),
  };
}

/** Whether this person is asked what the KPIs stand at. */
async function figuresFrom(
  dependencies: HandleDependencies,
  turn: Turn,
  id: string,
  { content }: StartedProgramme,
  personId: string,
): Promise<NudgeProgramme['figures']> {
  const able = new Set<string>();
  for (const candidate of new Set([content.dataHolder, content.owner, ...content.managers])) {
    if (candidate === undefined) continue;
    const { state } = await personAsKept(dependencies, turn, candidate);
    if (isAskedBy(state, id)) able.add(candidate);
  }
  return kpiReaders(content, (candidate) => able.has(candidate)).find((reader) => reader.personId === personId)?.figures;
}

/** Whoever leads each of these changes is told once that somebody has left. */
export async function tellLeft(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson): Promise<void> {
  for (const [id, participation] of Object.entries(person.state.programmes)) {
    const { state } = await programmeOf(dependencies, turn, id);
    if (participation.ended || participation.introduction.status === 'declined' || state.status !== 'running') continue;
    const { owner, requester, partners = [] } = state.content;
    const leader = [owner, requester, ...partners].find((candidate) => candidate !== undefined && candidate !== person.personId);
    if (leader === undefined) continue;
    const about = aboutOf(id, state);
    const ctx = await contextFor(dependencies, turn, { refersTo: about, people: [person.personId, leader] });
    const { to, held } = await unpromptedTo(turn, leader, partOf(id, state, 'message'));
    const quotes = await messagesQuoted(dependencies, turn, about);
    say(dependencies, turn, to, personLeftCard(ctx, { person: person.personId, about }), { post: `${id}:left:${person.ref.id}:${turn.now}`, quotes, ...held });
  }
}
