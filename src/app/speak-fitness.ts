import type { PersonId } from '../domain/conversation.ts';
import type { Fitness } from '../domain/fitness-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from '../views/card.ts';
import { type FitnessSeenBy, fitnessAskCard, fitnessAskClosedCard, fitnessStateCard, reviewerCard } from '../views/fitness.ts';
import { fitnessResultsCard } from '../views/fitness-results.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { belongingTo, privatelyTo, say, threadOf, unpromptedTo, type Where } from './say.ts';
import type { Telling } from './telling.ts';
import { threadLink } from './thread-link.ts';
import type { Turn } from './turn.ts';
import { contextOf, messagesQuoted } from './view-context.ts';

type Checked = StartedAlignment & { fitness: Fitness };
type Spoken = Pick<Telling, 'dependencies' | 'turn' | 'state' | 'ctx'>;

/** Says what happened to the fitness check: privately to those who were asked, and in the conversation how far it is and what came out. */
export async function speakFitness(telling: Telling): Promise<void> {
  const { before, state, events, has } = telling;
  const { fitness } = state;
  if (!fitness) return;
  const checked = { ...state, fitness };
  const was = before.status === 'new' ? undefined : before.fitness;
  if (has('FitnessOpened')) {
    await ask(telling, checked);
    sayInConversation(telling, `${state.id}:fitness:state:${fitness.openedAt}`, fitnessStateCard(telling.ctx, checked));
  } else if (has('FitnessAnswered', 'FitnessAnswerRemoved', 'FitnessClosed')) await showState(telling, checked);
  if (has('FitnessClosed')) await tellItIsClosed(telling, checked);
  // It ended with the alignment: nobody is asked any more, and what was said is shown to nobody.
  else if (was?.status === 'open' && fitness.status === 'closed') takeBack(telling, checked);
  const shows = has('FitnessClosed', 'ActionNoted', 'ActionRemoved', 'ReviewerChosen') || (has('FitnessAnswerRemoved') && fitness.status === 'closed');
  if (shows) await sayFitnessResults(telling, checked);
  for (const event of events) if (event.type === 'ReviewerChosen') await tellReviewer(telling, event.personId, event.by);
}

/** Each of those asked gets one card; in an anonymous check with a token, and which of them nobody keeps. */
async function ask(telling: Telling, state: Checked): Promise<void> {
  const { dependencies, turn, ctx } = telling;
  const { asked, keys, openedAt, closesAt } = state.fitness;
  const drawn = keys && drawLots(asked, dependencies.newId);
  for (const personId of asked) {
    const key = keys && drawn ? keys[drawn.indexOf(personId)] : undefined;
    const { to, held } = await unpromptedTo(turn, personId, belongingTo(state, 'message'));
    const link = await threadLink(turn, state.conversation, personId);
    const card = fitnessAskCard(ctx, state, { ...(key !== undefined && { key }), seenBy: seenBy(state), ...link });
    say(dependencies, turn, to, card, { post: askPost(state.id, openedAt), expiresAt: closesAt, ...held });
  }
}

/** In an order that nobody can work out again: the tokens are kept sorted, and so are the lots. */
function drawLots(people: readonly PersonId[], newId: () => string): PersonId[] {
  return people
    .map((personId) => ({ personId, lot: newId() }))
    .toSorted((one, other) => (one.lot < other.lot ? -1 : 1))
    .map(({ personId }) => personId);
}

function askPost(alignment: string, openedAt: number): string {
  return `${alignment}:fitness:ask:${openedAt}`;
}

/** Who reads where the results are shown. */
function seenBy({ fitness, conversation }: Checked): FitnessSeenBy {
  return fitness.readers ? { readers: fitness.readers } : { place: conversation.place };
}

/** The conversation; or, where it stays among few, their own chats: never more people than those asked were told. */
function voicesOf({ turn }: Pick<Telling, 'turn'>, state: StartedAlignment): Where[] {
  const leading = [...new Set([state.requester, ...state.partners.map(({ personId }) => personId)])];
  const readers = state.fitness?.readers ?? (state.privately ? leading : undefined);
  if (!readers) return [threadOf(state)];
  return readers.map((personId) => privatelyTo(turn, personId, belongingTo(state, 'conversation')));
}

function sayInConversation(
  telling: Spoken,
  post: string,
  card: Card,
  { again = false, quotes = [] }: { again?: boolean; quotes?: readonly string[] } = {},
): void {
  const { dependencies, turn, state } = telling;
  for (const to of voicesOf(telling, state))
    say(dependencies, turn, to, card, { post, ...(again && { replaces: post }), ...(quotes.length > 0 && { quotes }) });
}

async function showState(telling: Telling, state: Checked): Promise<void> {
  const post = `${state.id}:fitness:state:${state.fitness.openedAt}`;
  sayInConversation(telling, post, fitnessStateCard(telling.ctx, state), { again: true });
}

/** Everybody whose card stands, whether or not they answered; from then on no card carries a token. */
async function tellItIsClosed({ dependencies, turn, ctx }: Telling, state: Checked): Promise<void> {
  const post = askPost(state.id, state.fitness.openedAt);
  for (const personId of state.fitness.asked) {
    const to = privatelyTo(turn, personId, belongingTo(state, 'message'));
    // Who was not reached, or took their leave, is not told of something that is over.
    if ((await dependencies.store.posts.platformIdAt(to.to, post)) === undefined) {
      say(dependencies, turn, to, 'removed', { replaces: post });
      continue;
    }
    const link = await threadLink(turn, state.conversation, personId);
    say(dependencies, turn, to, fitnessAskClosedCard(ctx, state, link), { post, replaces: post });
  }
}

function takeBack(telling: Telling, state: Checked): void {
  const { dependencies, turn } = telling;
  const post = askPost(state.id, state.fitness.openedAt);
  for (const personId of state.fitness.asked) say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: post });
  for (const to of voicesOf(telling, state)) say(dependencies, turn, to, 'removed', { replaces: `${state.id}:fitness:state:${state.fitness.openedAt}` });
}

/** What came out and what is to be done, one post for each check, edited in place. */
async function sayFitnessResults(telling: Spoken, state: Checked): Promise<void> {
  const { dependencies, turn, ctx } = telling;
  const post = resultsPost(state.id, state.fitness);
  const quotes = await messagesQuoted(dependencies, turn, [state.fitness.answers, state.fitness.actions]);
  const [voice] = voicesOf(telling, state);
  const again = voice !== undefined && (await dependencies.store.posts.named(voice.to, post)).length > 0;
  sayInConversation(telling, post, fitnessResultsCard(ctx, state), { again, quotes });
}

async function tellReviewer({ dependencies, turn, state, ctx }: Telling, personId: PersonId, chosenBy: PersonId): Promise<void> {
  if (personId === chosenBy) return;
  const { to, held } = await unpromptedTo(turn, personId, belongingTo(state, 'message'));
  const link = await threadLink(turn, state.conversation, personId);
  say(dependencies, turn, to, reviewerCard(ctx, state, { chosenBy, ...link }), { post: `${state.id}:fitness:reviewer:${personId}`, ...held });
}

/** Where words of a note or an action are erased, the results are written anew without them: the rest of them stays. */
export async function speakFitnessAgain(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  if (turn.eraseTexts.size === 0) return;
  const quoting = new Set<string>();
  for (const ref of turn.eraseTexts) for (const { post } of await dependencies.store.posts.quoting(ref)) quoting.add(post);
  for (const { state } of turn.alignments.values()) {
    if (state.status === 'new' || !state.fitness) continue;
    const post = resultsPost(state.id, state.fitness);
    if (!quoting.has(post) || turn.outbox.some((message) => message.replaces === post)) continue;
    const ctx = await contextOf(dependencies, turn, state);
    await sayFitnessResults({ dependencies, turn, state, ctx }, { ...state, fitness: state.fitness });
  }
}

function resultsPost(alignment: string, { openedAt }: Fitness): string {
  return `${alignment}:fitness:results:${openedAt}`;
}
