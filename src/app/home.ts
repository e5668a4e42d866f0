import type { PersonId } from '../domain/conversation.ts';
import type { Card } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import { type HomeInput, homeCard } from '../views/home.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { homeAdministration } from './home-administration.ts';
import { viewsAskedOf } from './home-fitness.ts';
import { followThroughOf } from './home-follow.ts';
import { pointsFor } from './home-points.ts';
import { promisesFor } from './home-promises.ts';
import { promptsFor } from './home-prompts.ts';
import { requestsOf, unclaimedFor } from './home-requests.ts';
import { privatelyTo, say } from './say.ts';
import { strategyOnFile } from './strategy-on-file.ts';
import type { Turn } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';
import { viewerOf } from './viewer.ts';

/** Home as this person may see it: what they take part in, and what happened in places they are members of. Nothing is changed by looking. */
export async function homeOf(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<Card> {
  const input = await homeInput(dependencies, turn, personId);
  return homeCard(await contextOfHome(dependencies, turn, input), input);
}

/** The same where it has its place, in that of an earlier one; as a post it is taken back like others where words or names on it are erased. */
export async function sayHome(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<void> {
  const input = await homeInput(dependencies, turn, personId);
  const card = homeCard(await contextOfHome(dependencies, turn, input), input);
  const kept = turn.channel.homeIsPost ? { quotes: await messagesQuoted(dependencies, turn, input) } : {};
  say(dependencies, turn, { ...privatelyTo(turn, personId), audience: 'home' }, card, { post: 'home', replaces: 'home', ...kept });
}

async function homeInput(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<HomeInput> {
  const viewer = viewerOf(turn, personId);
  const unclaimed = await unclaimedFor(dependencies, turn, viewer);
  const free = new Set(unclaimed.map((one) => one.alignment));
  const requests = (await requestsOf(dependencies, turn, viewer)).filter((one) => !free.has(one.alignment));
  const admin = await homeAdministration(dependencies, turn, viewer);
  const prompts = await promptsFor(dependencies, turn, personId);
  const strategy = await strategyOnFile(dependencies, turn, personId);
  return {
    requests,
    unclaimed,
    prompts,
    views: viewsAskedOf(turn, personId),
    promises: await promisesFor(turn, personId),
    points: pointsFor(turn, personId),
    ...(await followThroughOf(dependencies, turn, viewer, requests)),
    ...(strategy && { strategy }),
    ...(admin && { admin }),
  };
}

function contextOfHome(dependencies: HandleDependencies, turn: Turn, input: HomeInput): Promise<ViewContext> {
  const { requests, unclaimed = [], views = [], points = [], introductions = [], programmes, strategy, admin } = input;
  const people = [
    ...[...requests, ...unclaimed].flatMap(({ waitsFor }) => (waitsFor === 'you' ? [] : waitsFor)),
    ...views.map(({ asker }) => asker),
    ...points.map(({ given }) => given.by),
    ...introductions.map(({ namer }) => namer),
    ...(admin?.learned.lessons ?? []).map(({ by }) => by),
    ...(strategy?.confirmedBy === undefined ? [] : [strategy.confirmedBy]),
    ...(admin?.partners ?? []).map(({ personId }) => personId),
    ...programmes.flatMap(({ statuses }) => statuses.map(({ manager }) => manager)),
  ];
  return contextFor(dependencies, turn, {
    refersTo: input,
    people,
    places: admin ? [...admin.places.map(({ place }) => place), ...admin.partners.flatMap(({ places = [] }) => places)] : [],
  });
}
