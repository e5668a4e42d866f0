import { conversationKey, type PersonId, type Quote } from '../domain/conversation.ts';
import { type MyData, type NamedIn, type OwnPrompt, type OwnWeekly, partsNaming } from '../domain/my-data.ts';
import { rolesOf } from '../domain/permissions.ts';
import type { ProgrammeState } from '../domain/programme-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { takesPart } from '../domain/taking-part.ts';
import { topicOf } from '../views/context.ts';
import { personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import type { AggregateRef } from './ports.ts';
import { retentionOf } from './retention.ts';
import { standingOf } from './standing.ts';
import { textIdsIn } from './text-ids.ts';
import { personOf, type Turn, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';
import { type Viewer, viewerOf } from './viewer.ts';

// Far more than anybody takes part in.
const mostAlignments = 1_000;

/**
 * Everything that is kept of one person: what stands under their id (`store.people.kept`), every state that names them, and what they did there. `all` also
 * finds what named them once. A new state is found by itself; one that is private to somebody is named in domain/my-data.ts (`privateTo`), and a new kind of
 * aggregate is read here.
 */
export async function collectMyData(dependencies: HandleDependencies, turn: Turn, personId: PersonId, how: 'summary' | 'all'): Promise<MyData> {
  const { store } = dependencies;
  const here = { channel: turn.channel.name, tenant: turn.tenant, personId };
  const kept = await store.people.kept(here);
  const refs = await refsOf(dependencies, turn, personId, how);
  const viewer = viewerOf(turn, personId);
  const found = [];
  for (const ref of refs) {
    const state = await startedAt(dependencies, turn, ref);
    if (state) found.push({ state, topic: await topicFor(dependencies, turn, viewer, state) });
  }
  const topics = new Map(found.flatMap(({ state, topic }) => (topic === undefined ? [] : [[conversationKey(state.conversation), topic] as const])));
  const { name, timeZone } = await personOf(turn, personId);
  const standing = standingOf(turn.settings, personId);
  const retentionDays = retentionOf(dependencies, turn.settings);
  const named: NamedIn[] = [];
  for (const each of found) named.push(...(await namedIn(dependencies, turn, personId, each, how)));
  return {
    at: turn.now,
    person: { id: personId, name, timeZone },
    listed: [...(standing.includes('listed-partner') ? (['partner'] as const) : []), ...(standing.includes('admin') ? (['admin'] as const) : [])],
    words: kept.texts.map(({ at, body, messageRef, conversation = '' }) => {
      const topic = topics.get(conversation);
      return { at, text: body, ref: messageRef, ...(topic !== undefined && { topic }) };
    }),
    named,
    weekly: await weeklyOf(dependencies, turn, personId, found),
    prompts: found.flatMap(({ state, topic }) => promptsFor(dependencies, state, personId, topic)),
    lessons: kept.lessons,
    habits: kept.habits,
    usage: kept.usage,
    waiting: kept.waiting,
    ...(kept.confirmedStrategyAt !== undefined && { confirmedStrategyAt: kept.confirmedStrategyAt }),
    ...(retentionDays !== undefined && { retentionDays }),
  };
}

type Found = { state: StartedAlignment; topic: string | undefined };

async function refsOf({ store }: HandleDependencies, turn: Turn, person: PersonId, how: 'summary' | 'all'): Promise<AggregateRef[]> {
  const listed = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', person, limit: mostAlignments });
  const more = how === 'all' ? await store.people.named({ tenant: turn.tenant, personId: person }) : [];
  // A programme has the id of its alignment.
  const ids = [...listed.map(({ ref }) => ref), ...more.filter(({ kind }) => kind !== 'person')].map(({ id }) => id);
  return [...new Set(ids)].map((id) => ({ kind: 'alignment', id }));
}

async function startedAt({ store, logger }: HandleDependencies, turn: Turn, ref: AggregateRef): Promise<StartedAlignment | undefined> {
  const state = (await ifReadable(logger, ref, () => workOnAlignment(turn, store, ref.id)))?.state;
  return state && state.status !== 'new' && state.conversation.channel === turn.channel.name ? state : undefined;
}

/** What it is about, for those who take part or can read along. */
async function topicFor(dependencies: HandleDependencies, turn: Turn, viewer: Viewer, state: StartedAlignment): Promise<string | undefined> {
  const isOpen = state.status !== 'suggested' && !state.privately && state.conversation.thread !== '';
  const knows = state.requester === viewer.personId || (state.status !== 'suggested' && takesPart(state, viewer.personId));
  if (!knows && !(isOpen && (await viewer.isMember(state.conversation.place)))) return undefined;
  return topicOf(await contextFor(dependencies, turn, { refersTo: state.understood, people: [] }), state.understood);
}

async function namedIn(dependencies: HandleDependencies, turn: Turn, personId: PersonId, { state, topic }: Found, how: 'summary' | 'all'): Promise<NamedIn[]> {
  const roles = rolesOf(state, personId).filter((role) => role !== 'anyone');
  const about = { id: state.id, ...(topic !== undefined && { topic }) };
  const request = { kind: 'alignment' as const, ...about, status: state.status, updatedAt: state.lastActivityAt, roles };
  if (how === 'summary') return [{ ...request, parts: [], did: [] }];
  const { state: programme } = await programmeOf(dependencies, turn, state.id);
  const own = await ownWords(dependencies, [state, programme], personId);
  const parts = partsNaming(programme, personId, own);
  return [
    { ...request, parts: partsNaming(state, personId, own), did: await didIn(dependencies, { kind: 'alignment', id: state.id }, personId) },
    ...(programme.status === 'new' || parts.length === 0
      ? []
      : [{ kind: 'programme' as const, ...about, status: programme.status, roles: [], parts, did: [] }]),
  ];
}

async function ownWords({ store }: HandleDependencies, refersTo: unknown, personId: PersonId): Promise<(quote: Quote) => string | undefined> {
  const texts = await store.texts.load([...textIdsIn(refersTo)]);
  return ({ textId, start, end }) => {
    const row = texts.get(textId);
    return row?.author === personId ? row.body.slice(start, end) : undefined;
  };
}

async function didIn({ store }: HandleDependencies, ref: AggregateRef, personId: PersonId): Promise<{ type: string; at: number }[]> {
  const events = await store.aggregates.events(ref);
  return events.flatMap((event) => {
    if (typeof event !== 'object' || event === null || !('by' in event) || event.by !== personId) return [];
    return 'type' in event && typeof event.type === 'string' && 'at' in event && typeof event.at === 'number' ? [{ type: event.type, at: event.at }] : [];
  });
}

function promptsFor({ prompts }: HandleDependencies, { coaching }: StartedAlignment, personId: PersonId, topic: string | undefined): OwnPrompt[] {
  return (coaching?.prompts ?? []).flatMap(({ to, at, status, trigger }) =>
    to.includes(personId) ? [{ at, status, why: prompts.livePrompts[trigger].because, ...(topic !== undefined && { topic }) }] : [],
  );
}

async function weeklyOf(dependencies: HandleDependencies, turn: Turn, personId: PersonId, found: readonly Found[]): Promise<MyData['weekly']> {
  const { state } = await personAsKept(dependencies, turn, personId);
  const programmes: OwnWeekly[] = [];
  for (const [id, { commitment, introduction, ended }] of Object.entries(state.programmes)) {
    const { state: programme } = await programmeOf(dependencies, turn, id);
    const topic = found.find((each) => each.state.id === id)?.topic;
    const ctx = await contextFor(dependencies, turn, { refersTo: commitment, people: [] });
    const words = commitment && ctx.quote(commitment);
    programmes.push({
      ...(topic !== undefined && { topic }),
      ...(words !== undefined && { commitment: words }),
      introduction: introduction.status,
      ended: ended !== undefined,
      reports: reportsOf(programme, personId),
    });
  }
  const { nudgeTime, holiday } = state;
  return {
    asked: state.nudging.status === 'on',
    ...(nudgeTime !== undefined && { nudgeTime }),
    ...(holiday && { holidayUntil: holiday.until }),
    programmes,
  };
}

function reportsOf(programme: ProgrammeState, personId: PersonId): OwnWeekly['reports'] {
  if (programme.status === 'new') return [];
  return programme.statuses.flatMap(({ manager, week, report }) => (manager === personId ? [{ week, status: report.status }] : []));
}
