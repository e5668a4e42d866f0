import { digestOf, type Standing } from '../domain/digest.ts';
import type { PersonEvent } from '../domain/nudge-event.ts';
import { standingOf } from '../domain/nudge-plan.ts';
import { type Participation, participationOf } from '../domain/nudge-state.ts';
import { callOf } from '../domain/programme.ts';
import type { ProgrammeEvent } from '../domain/programme-event.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import type { ViewContext } from '../views/context.ts';
import { digestCard, escalationCard } from '../views/digest.ts';
import { commitmentChangedCard, introductionCard } from '../views/introduction.ts';
import { noticeCard } from '../views/notice.ts';
import { type NudgeProgramme, nudgeCard } from '../views/nudge.ts';
import type { ProgrammeAbout, SeenBy } from '../views/programme.ts';
import { nudgeSettings, programmeOf, type WorkingPerson, type WorkingProgramme, workingPerson } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say, unpromptedTo } from './say.ts';
import { changed, type Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** Says what happened to programmes and to people's nudges: introductions and nudges privately, digests in the thread. */
export async function speakFollow(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const programme of changed(turn, 'programme') as WorkingProgramme[]) await speakProgramme(dependencies, turn, programme);
  for (const person of changed(turn, 'person') as WorkingPerson[]) await speakPerson(dependencies, turn, person);
  for (const { programmeId, owner, choice } of turn.choices) {
    const { state } = await programmeOf(dependencies, turn, programmeId);
    if (state.status === 'new') continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [owner] });
    say(dependencies, turn, inThread(state), noticeCard(ctx, { kind: choice === 'help' ? 'owner-helps' : 'owner-replans', person: owner }));
  }
}

function inThread({ content }: StartedProgramme) {
  return { to: { kind: 'conversation', conversation: content.conversation }, audience: 'thread' } as const;
}

async function speakProgramme(dependencies: HandleDependencies, turn: Turn, { ref, state, events }: WorkingProgramme): Promise<void> {
  if (state.status === 'new') return;
  for (const event of events) {
    if (event.type !== 'DigestPosted' && event.type !== 'EscalationRaised') continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
    const { lines } = digestOf(state, event.week, await standings(dependencies, turn, ref.id, state, event.week));
    if (event.type === 'DigestPosted') {
      say(dependencies, turn, inThread(state), digestCard(ctx, { about: aboutOf(ref.id, state), callAt: event.callAt, lines }), {
        post: `${ref.id}:digest:${event.week}`,
      });
    } else if (event.owner !== undefined) {
      await escalate(dependencies, turn, ctx, { id: ref.id, state, event: { ...event, owner: event.owner }, lines });
    }
  }
}

type Raised = {
  id: string;
  state: StartedProgramme;
  event: Extract<ProgrammeEvent, { type: 'EscalationRaised' }> & { owner: string };
  lines: ReturnType<typeof digestOf>['lines'];
};

async function escalate(dependencies: HandleDependencies, turn: Turn, ctx: ViewContext, { id, state, event, lines }: Raised): Promise<void> {
  const stuck = lines.filter((line) => event.managers.includes(line.manager));
  const { to, held } = await unpromptedTo(turn, event.owner);
  say(dependencies, turn, to, escalationCard(ctx, { about: aboutOf(id, state), week: event.week, lines: stuck }), {
    post: `${id}:escalation:${event.week}`,
    ...held,
  });
}

function peopleOf({ content }: StartedProgramme): string[] {
  return [...content.managers, ...(content.owner ? [content.owner] : [])];
}

function aboutOf(programme: string, { content }: StartedProgramme): ProgrammeAbout {
  return { programme, ...(content.topic && { topic: content.topic }), outcome: content.outcome, kpis: content.kpis };
}

async function standings(dependencies: HandleDependencies, turn: Turn, id: string, state: StartedProgramme, week: string): Promise<Record<string, Standing>> {
  const call = callOf(state.content);
  const posted = state.digests.find((digest) => digest.week === week);
  const entries: [string, Standing][] = [];
  for (const manager of state.content.managers) {
    const person = await workingPerson(dependencies, turn, manager);
    const callAt = posted?.callAt ?? turn.now;
    const known = person.version > 0 || person.events.length > 0 ? person.state : undefined;
    entries.push([manager, call ? standingOf(known, id, { week, callAt }, nudgeSettings(turn.settings), turn.now) : 'not-accepted-yet']);
  }
  return Object.fromEntries(entries);
}

async function speakPerson(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson): Promise<void> {
  for (const event of person.events) {
    switch (event.type) {
      case 'PersonIntroduced':
        await introduce(dependencies, turn, person, event);
        break;
      case 'IntroductionAccepted':
      case 'IntroductionDeclined':
      case 'IntroductionCorrected':
        await tellIntroduction(dependencies, turn, person, event);
        break;
      case 'CommitmentChanged':
        await tellChange(dependencies, turn, person, event);
        break;
      case 'NudgeSent':
        await nudge(dependencies, turn, person, event.at, false);
        break;
      case 'StatusGiven':
        await nudge(dependencies, turn, person, participationOf(person.state, event.programmeId)?.asked?.at ?? 0, true);
        break;
      default:
        // Settings and ends are answered in the response, or say nothing.
        break;
    }
  }
}

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;

async function seenByOf(turn: Turn, { content }: StartedProgramme): Promise<SeenBy> {
  const { place } = content.conversation;
  return { place, count: (await turn.channel.directory.members(turn.tenant, place)).length };
}

async function introduce(dependencies: HandleDependencies, turn: Turn, { ref, personId }: WorkingPerson, event: EventOf<'PersonIntroduced'>): Promise<void> {
  const { state } = await programmeOf(dependencies, turn, event.programmeId);
  if (state.status === 'new') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [state, event], people: [personId, event.namedBy], places: [state.content.conversation.place] });
  const card = introductionCard(ctx, {
    person: personId,
    namer: event.namedBy,
    about: aboutOf(event.programmeId, state),
    roles: event.roles,
    ...(event.commitment && { commitment: event.commitment }),
    seenBy: await seenByOf(turn, state),
  });
  const { to, held } = await unpromptedTo(turn, personId);
  say(dependencies, turn, to, card, { post: `${ref.id}:introduction:${event.programmeId}`, ...held });
}

/** The card of the person changes to what they chose; whoever named them is told how they answered. */
async function tellIntroduction(
  dependencies: HandleDependencies,
  turn: Turn,
  { ref, personId, state }: WorkingPerson,
  event: EventOf<'IntroductionAccepted' | 'IntroductionDeclined' | 'IntroductionCorrected'>,
): Promise<void> {
  const namer = participationOf(state, event.programmeId)?.namedBy ?? personId;
  const ctx = await contextFor(dependencies, turn, { refersTo: event, people: [personId, namer] });
  const post = `${ref.id}:introduction:${event.programmeId}`;
  const own = { to: privatelyTo(turn, personId), said: { post, replaces: post } };
  const { to: told, held } = await unpromptedTo(turn, namer);
  switch (event.type) {
    case 'IntroductionAccepted':
      say(dependencies, turn, own.to, noticeCard(ctx, { kind: 'introduction-accepted' }), own.said);
      if (namer !== personId) say(dependencies, turn, told, noticeCard(ctx, { kind: 'told-accepted', person: personId }), held);
      return;
    case 'IntroductionDeclined':
      say(dependencies, turn, own.to, noticeCard(ctx, { kind: 'introduction-declined', person: namer }), own.said);
      if (namer !== personId) say(dependencies, turn, told, noticeCard(ctx, { kind: 'told-declined', person: personId }), held);
      return;
    case 'IntroductionCorrected':
      say(dependencies, turn, own.to, noticeCard(ctx, { kind: 'introduction-corrected', person: namer }), own.said);
      if (namer !== personId) say(dependencies, turn, told, noticeCard(ctx, { kind: 'told-corrected', person: personId, words: event.correction }), held);
      return;
    default:
      return event satisfies never;
  }
}

async function tellChange(dependencies: HandleDependencies, turn: Turn, { personId }: WorkingPerson, event: EventOf<'CommitmentChanged'>): Promise<void> {
  const { state } = await programmeOf(dependencies, turn, event.programmeId);
  if (state.status === 'new') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [state, event], people: [personId] });
  const change = event.commitment ? ({ kind: 'changed', commitment: event.commitment } as const) : ({ kind: 'gone' } as const);
  const { to, held } = await unpromptedTo(turn, personId);
  say(dependencies, turn, to, commitmentChangedCard(ctx, { about: aboutOf(event.programmeId, state), change }), held);
}

/** The weekly question, with every programme that was asked about at that moment; after a tap the same card shows what was given. */
async function nudge(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, askedAt: number, given: boolean): Promise<void> {
  const asked = Object.entries(person.state.programmes).filter(([, participation]) => participation.asked?.at === askedAt);
  const programmes: NudgeProgramme[] = [];
  for (const [id, participation] of asked) {
    const programme = await nudgeProgramme(dependencies, turn, id, participation);
    if (programme) programmes.push(programme);
  }
  const [first] = programmes;
  if (!first) return;
  const refersTo = [programmes, person.state];
  const ctx = await contextFor(dependencies, turn, { refersTo, people: [person.personId], places: programmes.map((programme) => programme.seenBy.place) });
  const post = `${person.ref.id}:nudge:${askedAt}`;
  // After the last of its calls a nudge is of no use any more.
  const expiresAt = Math.max(...programmes.map((programme) => programme.callAt));
  say(dependencies, turn, privatelyTo(turn, person.personId), nudgeCard(ctx, programmes), { post, ...(given ? { replaces: post } : { expiresAt }) });
}

async function nudgeProgramme(dependencies: HandleDependencies, turn: Turn, id: string, participation: Participation): Promise<NudgeProgramme | undefined> {
  const { state } = await programmeOf(dependencies, turn, id);
  const { asked, commitment, reported } = participation;
  if (state.status === 'new' || !asked) return undefined;
  return {
    about: aboutOf(id, state),
    week: asked.week,
    callAt: asked.callAt,
    ...(commitment && { commitment }),
    seenBy: await seenByOf(turn, state),
    ...(reported?.week === asked.week && { given: reported.report.status }),
  };
}
