import { callTimeOf } from '../domain/calendar.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { isFormer } from '../domain/former.ts';
import { currentKpis } from '../domain/kpis.ts';
import type { NudgeSettings, PersonCommand, PersonEvent, ProgrammeRole } from '../domain/nudge-event.ts';
import { evolveNudges } from '../domain/nudge-evolve.ts';
import { newPerson, type PersonState } from '../domain/nudge-state.ts';
import { decideNudges, nudgeTimers } from '../domain/nudges.ts';
import { peopleNamed } from '../domain/permissions.ts';
import { callOf, decideProgramme, evolveProgramme, programmeTimers } from '../domain/programme.ts';
import type { ProgrammeCommand, ProgrammeContent, ProgrammeEvent } from '../domain/programme-event.ts';
import { newProgramme, type ProgrammeState } from '../domain/programme-state.ts';
import { currentAnswers, type QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { withKnownKpis } from './known-kpis.ts';
import type { TenantSettings, TimerTarget } from './ports.ts';
import { deadlineOf, pilotIn } from './programme-dates.ts';
import { readPerson, readProgramme } from './snapshots.ts';
import type { AggregateChange, Commit } from './store.ts';
import {
  changedAmong,
  changeOf,
  loadAggregate,
  personOf,
  type Summary,
  type Turn,
  type WorkingPerson,
  type WorkingProgramme,
  workOnAlignment,
  writtenAmong,
} from './turn.ts';

/** After sign-off: the programme starts or follows the new version, and whoever was named is introduced. */
export async function follow(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const { state, events } of changedAmong(turn.alignments)) {
    if (state.status === 'closed' && events.some((event) => event.type === 'AlignmentClosed')) await end(dependencies, turn, state);
    const reached = events.some((event) => event.type === 'AlignmentReached' || event.type === 'PersonResolved');
    if (state.status === 'aligned' && reached) await start(dependencies, turn, state);
  }
}

/** A timer of a programme (its digest, or what comes of itself besides) or of a person (their nudge). */
export async function followTimer(dependencies: HandleDependencies, turn: Turn, timer: TimerTarget): Promise<void> {
  if (timer.aggregate.kind === 'programme') {
    const programme = await programmeOf(dependencies, turn, timer.aggregate.id);
    programme.woken = true;
    await bringUpToDate(dependencies, turn, programme);
    const { quietHours } = turn.settings;
    commandProgramme(programme, timer.key === 'digest' ? { type: 'DigestDue', quietHours } : { type: 'PaceDue', key: timer.key, quietHours }, turn.now);
  } else {
    const person = await workingPerson(dependencies, turn, personIdOf(timer.aggregate.id));
    person.woken = true;
    commandPerson(person, { type: 'NudgeDue', settings: nudgeSettings(turn.settings) }, turn.now);
  }
}

/** A programme that began before those who lead it, its end and its phases were kept learns them from its brief. */
async function bringUpToDate(dependencies: HandleDependencies, turn: Turn, { state, ref }: WorkingProgramme): Promise<void> {
  if (state.status !== 'running' || state.content.requester !== undefined) return;
  const alignment = await workOnAlignment(turn, dependencies.store, ref.id);
  if (alignment.state.status === 'aligned') await start(dependencies, turn, alignment.state);
}

/** A programme, loaded once per turn; new while its brief is not signed. Throws SnapshotError. */
export async function programmeOf({ store }: Pick<HandleDependencies, 'store'>, turn: Turn, id: string): Promise<WorkingProgramme> {
  const known = turn.programmes.get(id);
  if (known) return known;
  const programme = await loadAggregate<ProgrammeState, ProgrammeEvent>(store, { kind: 'programme', id }, newProgramme, readProgramme);
  turn.programmes.set(id, programme);
  return programme;
}

/** One aggregate for each person of a tenant. */
export async function workingPerson({ store }: Pick<HandleDependencies, 'store'>, turn: Turn, personId: PersonId): Promise<WorkingPerson> {
  const person = await personAsKept({ store }, turn, personId);
  const { timeZone, left = false } = await personOf(turn, personId);
  // Nothing is kept of people who take part in nothing.
  const known = Object.keys(person.state.programmes).length > 0;
  if (known) commandPerson(person, { type: 'NotePresence', left }, turn.now);
  if (known && person.state.zone !== timeZone) commandPerson(person, { type: 'ChangeZone', zone: timeZone }, turn.now);
  return person;
}

/** The same as it was kept last, to be shown: nothing is changed by looking at it. */
export async function personAsKept({ store }: Pick<HandleDependencies, 'store'>, turn: Turn, personId: PersonId): Promise<WorkingPerson> {
  const id = [turn.channel.name, turn.tenant, personId].map(encodeURIComponent).join('/');
  const known = turn.persons.get(id);
  if (known) return known;
  const person = { ...(await loadAggregate<PersonState, PersonEvent>(store, { kind: 'person', id }, newPerson, readPerson)), personId };
  turn.persons.set(id, person);
  return person;
}

function personIdOf(aggregateId: string): PersonId {
  return decodeURIComponent(aggregateId.split('/').at(-1) ?? '');
}

export function nudgeSettings({ quietHours, nudgeTime }: TenantSettings): NudgeSettings {
  return { quietHours, nudgeTime };
}

/** Lets the programme decide and keeps what happened. Throws DomainError. */
export function commandProgramme(programme: WorkingProgramme, order: ProgrammeCommand, now: number): ProgrammeEvent[] {
  const events = decideProgramme(programme.state, order, now);
  programme.state = events.reduce(evolveProgramme, programme.state);
  programme.events.push(...events);
  return events;
}

/** Lets a person's nudges decide and keeps what happened. Throws DomainError. */
export function commandPerson(person: WorkingPerson, order: PersonCommand, now: number): PersonEvent[] {
  const events = decideNudges(person.state, order, now);
  person.state = events.reduce(evolveNudges, person.state);
  person.events.push(...events);
  return events;
}

async function start(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment): Promise<void> {
  const programme = await programmeOf(dependencies, turn, state.id);
  // What is over stays over, also where a newer version is signed.
  if (programme.state.status === 'ended') return;
  const earlier = programme.state.status === 'new' ? undefined : programme.state.content;
  const before = earlier ? peopleOf(earlier) : [];
  const timeZone = isFormer(state.requester) && earlier ? earlier.zone : (await personOf(turn, state.requester)).timeZone;
  const named = contentOf(state, timeZone);
  const kpis = await withKnownKpis(dependencies, turn, earlier?.kpis ?? [], named.kpis);
  const content = { ...named, kpis, ...(await pilotIn(dependencies, turn, state, timeZone)) };
  commandProgramme(programme, { type: 'StartProgramme', id: state.id, content, ...(await deadlineOf(dependencies, turn, state, timeZone)) }, turn.now);
  for (const personId of before.filter((id) => !peopleOf(content).includes(id))) {
    commandPerson(await workingPerson(dependencies, turn, personId), { type: 'EndParticipation', programmeId: state.id, reason: 'no-longer-named' }, turn.now);
  }
  for (const personId of peopleOf(content)) await introduce(dependencies, turn, state, content, personId);
}

async function introduce(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, content: ProgrammeContent, personId: PersonId): Promise<void> {
  const roles: ProgrammeRole[] = [
    ...(content.owner === personId ? (['owner'] as const) : []),
    ...(content.managers.includes(personId) ? (['manager'] as const) : []),
    ...(content.dataHolder === personId ? (['data'] as const) : []),
  ];
  // Whoever asked for the change knows that they lead it.
  if (personId === state.requester && roles.every((role) => role === 'owner')) return;
  const naming = namingAnswer(state, roles.includes('manager') ? 'manager-role' : roles.includes('owner') ? 'owner' : 'data-source', personId);
  const commitment = content.commitments.find((each) => each.personId === personId)?.text;
  const call = callOf(content);
  const person = await workingPerson(dependencies, turn, personId);
  const facts = { programmeId: state.id, roles, namedBy: namerOf(state, naming?.by), zone: (await personOf(turn, personId)).timeZone };
  commandPerson(person, { type: 'IntroducePerson', ...facts, ...(commitment && { commitment }), ...(call && { call }) }, turn.now);
}

/** Whoever said it; where they asked to be forgotten, somebody who leads and can still be told how they answer. */
function namerOf({ requester, partners }: StartedAlignment, by: PersonId = requester): PersonId {
  return [by, requester, ...partners.map(({ personId }) => personId)].find((id) => !isFormer(id)) ?? requester;
}

async function end(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment): Promise<void> {
  const programme = await programmeOf(dependencies, turn, state.id);
  if (programme.state.status === 'running') commandProgramme(programme, { type: 'EndProgramme', reason: 'alignment-closed' }, turn.now);
}

function peopleOf(content: ProgrammeContent): PersonId[] {
  return [...new Set([...(content.owner ? [content.owner] : []), ...content.managers, ...(content.dataHolder ? [content.dataHolder] : [])])];
}

/** What the signed brief gives the programme, in the words in which it was said. */
function contentOf(state: StartedAlignment, zone: string): ProgrammeContent {
  const [owner] = peopleNamed(state, 'owner');
  const managers = peopleNamed(state, 'manager-role');
  const facts = (id: QuestionId) => currentAnswers(state.answers, id).flatMap((answer) => answer.facts ?? []);
  const actions = (state.fitness?.actions ?? []).map(({ id, text, phase, owner: by }) => ({ id, text, phase, ...(by !== undefined && { owner: by }) }));
  const weeklyCall = facts('weekly-call')
    .flatMap((fact) => fact.when ?? [])
    .at(-1);
  return {
    alignmentId: state.id,
    version: state.signedVersion,
    conversation: state.conversation,
    ...(state.understood.topic && { topic: state.understood.topic }),
    ...focusOf(state),
    ...(staysPrivate(state) && { readers: [...new Set([state.requester, ...state.partners.map((partner) => partner.personId)])] }),
    // What drives the need is between those who spoke of it; whoever is named learns what people will do.
    outcome: wordsOf(state, 'contribution'),
    kpis: currentKpis(state.answers).map(({ kpi }) => kpi),
    commitments: [
      ...managers.flatMap((personId) => commitmentOf(state, 'manager-role', personId)),
      ...(owner && !managers.includes(owner) ? commitmentOf(state, 'owner-role', owner) : []),
    ],
    ...(owner && { owner }),
    managers,
    ...dataHolderOf(state),
    requester: state.requester,
    partners: state.partners.map(({ personId }) => personId),
    ...(weeklyCall && callTimeOf(weeklyCall, zone) && { weeklyCall }),
    ...(actions.length > 0 && { actions }),
    zone,
  };
}

/** Where the focus changed the programme is called as its brief is, but for a brief that only those who took part may read. */
function focusOf(state: StartedAlignment): Pick<ProgrammeContent, 'focus'> {
  const last = state.coaching?.decisions.at(-1);
  if (last?.outcome !== 'changed' || staysPrivate(state)) return {};
  const { cause } = last.about;
  return { focus: cause === undefined ? {} : { cause } };
}

/** The first who is known of those whom the answer names. */
function dataHolderOf(state: StartedAlignment): Pick<ProgrammeContent, 'dataHolder'> {
  const named = currentAnswers(state.answers, 'data-source').flatMap(({ facts }) => facts?.people?.flatMap(({ personId }) => personId ?? []) ?? []);
  return named[0] === undefined ? {} : { dataHolder: named[0] };
}

/** Nothing of a private conversation, or of a brief that stays among those who took part, may reach the thread. */
function staysPrivate(state: StartedAlignment): boolean {
  return state.privately || state.audience.kind === 'participants';
}

function wordsOf(state: StartedAlignment, questionId: QuestionId): Quote[] {
  return currentAnswers(state.answers, questionId).flatMap((answer) => answer.text ?? []);
}

function commitmentOf(state: StartedAlignment, questionId: QuestionId, personId: PersonId): { personId: PersonId; text: Quote }[] {
  const naming = questionId === 'manager-role' ? namingAnswer(state, questionId, personId) : currentAnswers(state.answers, questionId).at(-1);
  return naming?.text ? [{ personId, text: naming.text }] : [];
}

function namingAnswer(state: StartedAlignment, questionId: 'owner' | 'manager-role' | 'data-source', personId: PersonId) {
  return currentAnswers(state.answers, questionId).find((answer) => answer.facts?.people?.some((person) => person.personId === personId));
}

/** Programmes and people as they go into the commit, with the full set of their timers. */
export function followChanges(turn: Turn): { aggregates: AggregateChange[]; timers: Commit['timers'][number][] } {
  const programmes = writtenAmong(turn.programmes);
  const people = writtenAmong(turn.persons);
  const aggregates = [
    ...programmes.map((programme) => changeOf(turn, programme, programmeSummary(programme))),
    ...people.map((person) => changeOf(turn, person, personSummary(person))),
  ];
  const timers = [...programmes.flatMap((programme) => digestTimers(turn, programme)), ...people.flatMap((person) => nudgeTimersOf(turn, person))];
  return { aggregates, timers };
}

function programmeSummary({ state }: WorkingProgramme): Summary {
  return { status: state.status, people: state.status === 'new' ? [] : peopleOf(state.content) };
}

function personSummary({ state, personId }: WorkingPerson): Summary {
  return { status: state.nudging.status, people: [personId] };
}

function digestTimers(turn: Turn, { ref, state }: WorkingProgramme): Commit['timers'][number][] {
  if (state.status === 'new') return [];
  const { conversation } = state.content;
  return programmeTimers(state, turn.now, turn.settings.quietHours).map((timer) => ({ aggregate: ref, ...timer, conversation }));
}

function nudgeTimersOf(turn: Turn, { ref, state, personId }: WorkingPerson): Commit['timers'][number][] {
  // A timer needs a conversation to be ordered in; the person's own is enough, whatever the platform calls it.
  const conversation = { channel: turn.channel.name, tenant: turn.tenant, place: `person:${personId}`, thread: '' };
  return nudgeTimers(state, nudgeSettings(turn.settings), turn.now).map((timer) => ({ aggregate: ref, ...timer, conversation }));
}
