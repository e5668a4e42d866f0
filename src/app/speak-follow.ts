import type { PersonId } from '../domain/conversation.ts';
import type { PersonEvent } from '../domain/nudge-event.ts';
import { participationOf } from '../domain/nudge-state.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { commitmentChangedCard, introductionAnswerCard, introductionCard } from '../views/introduction.ts';
import { noticeCard } from '../views/notice.ts';
import { aboutOf, partOf, seenByOf } from './about-programme.ts';
import { programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say, unpromptedTo } from './say.ts';
import { closeNudges, sayNudge, tellLeft } from './speak-nudge.ts';
import { speakProgramme } from './speak-programme.ts';
import { sayEndTo } from './speak-to-leads.ts';
import { tellCalendars } from './tell-calendar.ts';
import { threadLink } from './thread-link.ts';
import { changedAmong, type Turn, type WorkingPerson } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** Says what happened to programmes and to people's nudges: introductions and nudges privately, digests in the thread. */
export async function speakFollow(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const programme of changedAmong(turn.programmes)) await speakProgramme(dependencies, turn, programme);
  await tellCalendars(dependencies, turn);
  for (const person of changedAmong(turn.persons)) await speakPerson(dependencies, turn, person);
}

async function speakPerson(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson): Promise<void> {
  await closeNudges(dependencies, turn, person);
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
      case 'ReadingGiven': {
        // A tap with figures is both; the card changes once.
        const latest = person.events.findLast(
          (other) => (other.type === 'StatusGiven' || other.type === 'ReadingGiven') && other.programmeId === event.programmeId,
        );
        if (latest !== event) break;
        await sayNudge(dependencies, turn, person, participationOf(person.state, event.programmeId)?.asked?.at ?? 0, true);
        break;
      }
      case 'ParticipationEnded':
        if (event.reason === 'programme-ended') await endIntroduction(dependencies, turn, person, event.programmeId);
        break;
      case 'PersonLeft':
        await tellLeft(dependencies, turn, person);
        break;
      default:
        // Settings and ends are answered in the response, or say nothing.
        break;
    }
  }
}

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;

async function introduce(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, event: EventOf<'PersonIntroduced'>): Promise<void> {
  if (person.state.leftAt === undefined) await sayIntroduction(dependencies, turn, person, { ...event, again: false });
}

/** Who named somebody, for what, and what was said they would do; `again` when words that it repeats were erased. */
export async function sayIntroduction(
  dependencies: HandleDependencies,
  turn: Turn,
  { ref, personId }: WorkingPerson,
  told: Pick<EventOf<'PersonIntroduced'>, 'programmeId' | 'roles' | 'namedBy' | 'commitment'> & { again: boolean; accepted?: boolean; over?: boolean },
): Promise<void> {
  const { programmeId, roles, namedBy, commitment, again, accepted = false, over = false } = told;
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
    over,
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
  if (namer !== personId && programme.status !== 'new') await tellNamer(dependencies, turn, { person: personId, namer, event, programme });
  switch (event.type) {
    case 'IntroductionAccepted':
      if (participation) await sayIntroduction(dependencies, turn, person, { ...participation, programmeId: event.programmeId, again: true, accepted: true });
      if (programme.status === 'running' && programme.content.owner === personId)
        await sayEndTo(dependencies, turn, personId, { id: event.programmeId, state: programme });
      return;
    case 'IntroductionDeclined':
      return say(dependencies, turn, own.to, noticeCard(ctx, { kind: 'introduction-declined', person: namer }), own.said);
    case 'IntroductionCorrected':
      return say(dependencies, turn, own.to, noticeCard(ctx, { kind: 'introduction-corrected', person: namer }), own.said);
    default:
      return event satisfies never;
  }
}

/** Nothing is left to say yes or no to; whom it did not reach yet need not hear of it. */
async function endIntroduction(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, programmeId: string): Promise<void> {
  const participation = participationOf(person.state, programmeId);
  const status = participation?.introduction.status;
  if (!participation || (status !== 'pending' && status !== 'accepted')) return;
  const post = `${person.ref.id}:introduction:${programmeId}`;
  const { to } = privatelyTo(turn, person.personId);
  if ((await dependencies.store.posts.platformIdAt(to, post)) === undefined)
    return say(dependencies, turn, privatelyTo(turn, person.personId), 'removed', { replaces: post });
  await sayIntroduction(dependencies, turn, person, { ...participation, programmeId, again: true, accepted: status === 'accepted', over: true });
}

type Answered = {
  person: PersonId;
  namer: PersonId;
  event: EventOf<'IntroductionAccepted' | 'IntroductionDeclined' | 'IntroductionCorrected'>;
  programme: StartedProgramme;
};

async function tellNamer(dependencies: HandleDependencies, turn: Turn, { person, namer, event, programme }: Answered): Promise<void> {
  const { programmeId } = event;
  const about = aboutOf(programmeId, programme);
  const ctx = await contextFor(dependencies, turn, { refersTo: [about, event], people: [person, namer] });
  const answer =
    event.type === 'IntroductionCorrected' ? { correction: event.correction } : event.type === 'IntroductionAccepted' ? ('accepted' as const) : 'declined';
  const link = await threadLink(turn, programme.content.conversation, namer);
  const { to, held } = await unpromptedTo(turn, namer, partOf(programmeId, programme, 'message'));
  const quotes = await messagesQuoted(dependencies, turn, about);
  say(dependencies, turn, to, introductionAnswerCard(ctx, { about, person, answer, ...link }), { quotes, ...held });
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
