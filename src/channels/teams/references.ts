import type { PersonId } from '../../domain/conversation.ts';
import type { Envelope } from './envelope.ts';
import type { PlaceKind } from './place.ts';

type Reached = { serviceUrl: string; botId: string };
export type TenantReference = Reached;
export type TeamReference = Reached & { name?: string; groupId?: string; installedBy?: PersonId };
export type PlaceReference = Reached & { kind: Exclude<PlaceKind, 'personal'>; team?: string; name?: string };
/** `chat` is the id of the 1:1 chat, once it is known; `added` is false once the person has taken Plumb away or blocked it. */
export type PersonReference = Reached & { accountId: string; chat?: string; timeZone?: string; added?: boolean };

/** How Plumb reaches people, teams and channels by itself. Learned from authenticated activities alone, and kept in the store. */
export type References = {
  /** Keeps what an activity tells of its tenant, team, place and (in a 1:1 chat) person; writes only what has changed. */
  learn(envelope: Envelope): Promise<void>;
  /** Keeps how to reach whoever wrote it: only for what is kept itself. */
  learnPerson(envelope: Envelope): Promise<void>;
  tenant(tenant: string): Promise<TenantReference | undefined>;
  team(tenant: string, team: string): Promise<TeamReference | undefined>;
  place(tenant: string, place: string): Promise<PlaceReference | undefined>;
  person(tenant: string, personId: PersonId): Promise<PersonReference | undefined>;
  teams(tenant: string): Promise<(TeamReference & { id: string })[]>;
  places(tenant: string): Promise<(PlaceReference & { id: string })[]>;
  savePerson(tenant: string, personId: PersonId, reference: PersonReference): Promise<void>;
  saveTeam(tenant: string, team: string, reference: TeamReference): Promise<void>;
  savePlace(tenant: string, place: string, reference: PlaceReference): Promise<void>;
  removePlace(tenant: string, place: string): Promise<void>;
  /** With all its channels. */
  removeTeam(tenant: string, team: string): Promise<void>;
};
