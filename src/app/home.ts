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
import { strategyOnFile } from './strategy-on-file.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';
import { viewerOf } from './viewer.ts';

/** Home as this person may see it: what they take part in, and what happened in places they are members of. Nothing is changed by looking. */
export async function homeOf(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<Card> {
  const viewer = viewerOf(turn, personId);
  const unclaimed = await unclaimedFor(dependencies, turn, viewer);
  const free = new Set(unclaimed.map((one) => one.alignment));
  const requests = (await requestsOf(dependencies, turn, viewer)).filter((one) => !free.has(one.alignment));
  const admin = await homeAdministration(dependencies, turn, viewer);
  const prompts = await promptsFor(dependencies, turn, personId);
  const strategy = await strategyOnFile(dependencies, turn, personId);
  const input: HomeInput = {
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
  return homeCard(await contextOfHome(dependencies, turn, input), input);
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
