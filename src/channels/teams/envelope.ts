import type { PersonId } from '../../domain/conversation.ts';
import type { Place } from './place.ts';

/** Somebody in one tenant. `accountId` is the connector's id of them (29:…), which differs for each bot; `personId` is their Entra object id where there is one. */
export type Account = { personId: PersonId; accountId: string; name?: string; timeZone?: string; external: boolean };

/** Where an activity came from: the same for all types. */
export type Envelope = Place & {
  tenant: string;
  /** Undefined where nobody acted, or Plumb itself. */
  by: Account | undefined;
  /** The connector of this tenant. Only of authenticated activities. */
  serviceUrl: string;
  /** How Plumb is called there (28:…). */
  botId: string;
  team: { id: string; name?: string; groupId?: string } | undefined;
  activityId: string;
  /** When it arrived, in Plumb's time (epoch milliseconds). */
  at: number;
};
