import { digestOf, type Standing } from '../domain/digest.ts';
import type { PersonEvent } from '../domain/nudge-event.ts';
import { standingOf } from '../domain/nudge-plan.ts';
import { participationOf } from '../domain/nudge-state.ts';
import { callOf } from '../domain/programme.ts';
import type { ProgrammeEvent } from '../domain/programme-event.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { digestCard, escalationCard } from '../views/digest.ts';
import { commitmentChangedCard, introductionCard } from '../views/introduction.ts';
import { noticeCard } from '../views/notice.ts';
import { aboutOf, partOf, seenByOf } from './about-programme.ts';
import { nudgeSettings, programmeOf, workingPerson } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say, unpromptedTo, type Where } from './say.ts';
import { sayNudge } from './speak-nudge.ts';
import { threadLink } from './thread-link.ts';
import { changedAmong, type Turn, type WorkingPerson, type WorkingProgramme } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** Says what happened to programmes and to people's nudges: introductions and nudges privately, digests in the thread. */
export async function speakFollow(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const programme of changedAmong(turn.programmes)) await speakProgramme(dependencies, turn, programme);
  for (const person of changedAmong(turn.persons)) await speakPerson(dependencies, turn, person);
  for (const { programmeId, owner, choice } of turn.choices) {
    const { state } = await programmeOf(dependencies, turn, programmeId);
    if (state.status === 'new') continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [owner] });
    const card = noticeCard(ctx, { kind: choice === 'help' ? 'owner-helps' : 'owner-replans', person: owner });
    for (const { to } of readersOf(turn, programmeId, state)) say(dependencies, turn, to, card);
  }
}

/** Where a programme is read: its thread, or the chats of those whom its brief stays with. `name` tells their posts apart. */
function readersOf(turn: Turn, id: string, state: StartedProgramme): { to: Where; name: string }[] {
  const { content } = state;
  if (content.readers) return content.readers.map((personId) => ({ to: privatelyTo(turn, personId, partOf(id, state, 'message')), name: `:${personId}` }));
  return [{ to: { to: { kind: 'conversation', conversation: content.conversation }, audience: 'thread' }, name: '' }];
}

async function speakProgramme(dependencies: HandleDependencies, turn: Turn, { ref, state, events }: WorkingProgramme): Promise<void> {
  if (state.status === 'new') return;
  for (const event of events) {
    if (event.type === 'DigestPosted') await sayDigest(dependencies, turn, { id: ref.id, state, week: event.week, callAt: event.callAt, again: false });
    else if (event.type === 'StatusRecorded' && event.late) await sayDigestAgain(dependencies, turn, ref.id, state, event.week);
    else if (event.type !== 'EscalationRaised') continue;
    else if (event.owner !== undefined) await escalate(dependencies, turn, { id: ref.id, state, event: { ...event, owner: event.owner } });
  }
}

/** What a week brought, in the thread; `again` when words that it repeats were erased. */
export async function sayDigest(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, week, callAt, again }: { id: string; state: StartedProgramme; week: string; callAt: number; again: boolean },
): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
  const { lines } = digestOf(state, week, await standings(dependencies, turn, id, state, week));
  const about = aboutOf(id, state);
  const quotes = await messagesQuoted(dependencies, turn, [about, lines]);
  for (const { to, name } of readersOf(turn, id, state)) {
    const post = `${id}:digest:${week}${name}`;
    say(dependencies, turn, to, digestCard(ctx, { about, callAt, lines }), { post, ...(again && { replaces: post }), quotes });
  }
}

/** What somebody says of a week after its digest was posted stands in that digest, too: they were told that the team reads it. */
async function sayDigestAgain(dependencies: HandleDependencies, turn: Turn, id: string, state: StartedProgramme, week: string): Promise<void> {
  const posted = state.digests.find((digest) => digest.week === week);
  if (posted) await sayDigest(dependencies, turn, { id, state, week, callAt: posted.callAt, again: true });
}

type Raised = { id: string; state: StartedProgramme; event: Extract<ProgrammeEvent, { type: 'EscalationRaised' }> & { owner: string } };

async function escalate(dependencies: HandleDependencies, turn: Turn, { id, state, event }: Raised): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
  const { lines } = digestOf(state, event.week, await standings(dependencies, turn, id, state, event.week));
  const about = aboutOf(id, state);
  const stuck = lines.filter((line) => event.managers.includes(line.manager));
  const { to, held } = await unpromptedTo(turn, event.owner, partOf(id, state, 'message'));
  const quotes = await messagesQuoted(dependencies, turn, [about, stuck]);
  const link = await threadLink(turn, state.content.conversation, event.owner);
  const card = escalationCard(ctx, { about, week: event.week, lines: stuck, ...link });
  say(dependencies, turn, to, card, { post: `${id}:escalation:${event.week}`, quotes, ...held });
}

function peopleOf({ content }: StartedProgramme): string[] {
  return [...content.managers, ...(content.owner ? [content.owner] : [])];
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
        await sayNudge(dependencies, turn, person, event.at, false);
        break;
      case 'StatusGiven':
        await sayNudge(dependencies, turn, person, participationOf(person.state, event.programmeId)?.asked?.at ?? 0, true);
        break;
      default:
        // Settings and ends are answered in the response, or say nothing.
        break;
    }
  }
}

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;

async function introduce(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, event: EventOf<'PersonIntroduced'>): Promise<void> {
  await sayIntroduction(dependencies, turn, person, { ...event, again: false });
}

/** Who named somebody, for what, and what was said they would do; `again` when words that it repeats were erased. */
export async function sayIntroduction(
  dependencies: HandleDependencies,
  turn: Turn,
  { ref, personId }: WorkingPerson,
  told: Pick<EventOf<'PersonIntroduced'>, 'programmeId' | 'roles' | 'namedBy' | 'commitment'> & { again: boolean; accepted?: boolean },
): Promise<void> {
  const { programmeId, roles, namedBy, commitment, again, accepted = false } = told;
  const { state } = await programmeOf(dependencies, turn, programmeId);
  if (state.status === 'new') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [state, commitment], people: [personId, namedBy], places: [state.content.conversation.place] });
  const about = aboutOf(programmeId, state);
  const card = introductionCard(ctx, {
    person: personId,
    namer: namedBy,
    about,
    roles,
    ...(commitment && { commitment }),
    accepted,
    seenBy: await seenByOf(turn, state),
    ...(await threadLink(turn, state.content.conversation, personId)),
  });
  const { to, held } = await unpromptedTo(turn, personId, partOf(programmeId, state, 'introduction'));
  const post = `${ref.id}:introduction:${programmeId}`;
  const quotes = await messagesQuoted(dependencies, turn, [about, commitment]);
  say(dependencies, turn, to, card, { post, quotes, ...(again ? { replaces: post } : held) });
}

/** The card of the person changes to what they chose; whoever named them is told how they answered. */
async function tellIntroduction(
  dependencies: HandleDependencies,
  turn: Turn,
  person: WorkingPerson,
  event: EventOf<'IntroductionAccepted' | 'IntroductionDeclined' | 'IntroductionCorrected'>,
): Promise<void> {
  const { ref, personId, state } = person;
  const participation = participationOf(state, event.programmeId);
  const namer = participation?.namedBy ?? personId;
  const ctx = await contextFor(dependencies, turn, { refersTo: event, people: [personId, namer] });
  const post = `${ref.id}:introduction:${event.programmeId}`;
  const own = { to: privatelyTo(turn, personId), said: { post, replaces: post } };
  const { state: programme } = await programmeOf(dependencies, turn, event.programmeId);
  const { to: told, held } = await unpromptedTo(turn, namer, programme.status === 'new' ? undefined : partOf(event.programmeId, programme, 'message'));
  switch (event.type) {
    case 'IntroductionAccepted':
      if (participation) await sayIntroduction(dependencies, turn, person, { ...participation, programmeId: event.programmeId, again: true, accepted: true });
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

async function tellChange(dependencies: HandleDependencies, turn: Turn, { ref, personId }: WorkingPerson, event: EventOf<'CommitmentChanged'>): Promise<void> {
  const { state } = await programmeOf(dependencies, turn, event.programmeId);
  if (state.status === 'new') return;
  const ctx = await contextFor(dependencies, turn, { refersTo: [state, event], people: [personId] });
  const change = event.commitment ? ({ kind: 'changed', commitment: event.commitment } as const) : ({ kind: 'gone' } as const);
  const { to, held } = await unpromptedTo(turn, personId, partOf(event.programmeId, state, 'message'));
  const about = aboutOf(event.programmeId, state);
  const quotes = await messagesQuoted(dependencies, turn, [about, change]);
  say(dependencies, turn, to, commitmentChangedCard(ctx, { about, change }), { post: `${ref.id}:changed:${event.programmeId}:${event.at}`, quotes, ...held });
}
