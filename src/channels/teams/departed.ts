import { z } from 'zod';
import type { Clock, Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache } from '../answer-cache.ts';
import { type Graph, GraphError } from './graph.ts';

// It is asked for somebody whom nobody found, and nobody waits for long because of that.
const longestMs = 1_500;
// Accounts come and go rarely, and a permission is not given within the hour.
const keepMs = 60 * 60_000;
const most = 2_000;

// Ids of accounts (29:…) mean nothing in Microsoft Graph.
const objectId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Microsoft Learn: "Get a user" and "Microsoft Graph error responses and resource types". */
const noSuchUser = 'Request_ResourceNotFound';

export type Departed = (tenant: string, personId: PersonId) => Promise<boolean>;

type Dependencies = {
  graph: Graph;
  /** The app's own tenant, of which its tokens are. */
  tenant: string;
  clock: Clock;
  logger: Logger;
};

/**
 * Whether somebody's account was deleted. A roster cannot tell: whoever is in none may only have left a team. Only where an admin let the app read users
 * (`User.Read.All`) is there an answer; without one nobody has left. Never rejects.
 */
export function createDeparted({ graph, tenant: own, clock, logger }: Dependencies): Departed {
  const answers = createAnswerCache<boolean>({ clock, keepMs, most });

  async function ask(personId: PersonId): Promise<boolean> {
    try {
      const user = await graph.get(['users', personId], AbortSignal.timeout(longestMs), '$select=id');
      z.object({ id: z.string() }).parse(user);
      return false;
    } catch (error) {
      if (error instanceof GraphError && error.status === 404) return error.code === noSuchUser;
      logger.debug({ channel: 'teams', tenant: own, error }, 'Microsoft Graph did not tell whether somebody has left.');
      return false;
    }
  }

  return async (tenant, personId) => tenant === own && objectId.test(personId) && answers.get(personId, () => ask(personId));
}
