import { z } from 'zod';
import type { Clock, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Account, Envelope } from './envelope.ts';
import { createKeptReferences, type KeptReferences } from './kept-references.ts';
import type { PlaceKind } from './place.ts';
import type { Change } from './read-activity.ts';

type Reached = { serviceUrl: string; botId: string };
export type TenantReference = Reached;
/** `hears`: Plumb was given a message there that did not mention it, so its owner consented to all messages; a team's counts for its channels. */
type Heard = { hears?: true };
export type TeamReference = Reached & Heard & { name?: string; groupId?: string; installedBy?: PersonId };
export type PlaceReference = Reached & Heard & { kind: Exclude<PlaceKind, 'personal'>; team?: string; name?: string };
/** `chat` is the id of the 1:1 chat, once it is known; `added` is false once the person has taken Plumb away or blocked it. */
export type PersonReference = Reached & { accountId: string; chat?: string; timeZone?: string; added?: boolean };

/** How Plumb reaches people, teams and channels by itself. Learned from authenticated activities alone, and kept in the store. All reject as the store does. */
export type References = {
  /**
   * Keeps what an activity tells of its tenant, team, place and (in a 1:1 chat) person; writes only what has changed. `changes` are what the activity was
   * read into: they are applied too, and what is gone is not learned from the activity that says so. `overheard`: it is a message that does not mention Plumb.
   */
  learn(envelope: Envelope, changes?: readonly Change[], overheard?: boolean): Promise<void>;
  /** Keeps how to reach whoever wrote it: only for what is kept itself. */
  learnPerson(envelope: Envelope): Promise<void>;
  tenant(tenant: string): Promise<TenantReference | undefined>;
  team(tenant: string, team: string): Promise<TeamReference | undefined>;
  place(tenant: string, place: string): Promise<PlaceReference | undefined>;
  person(tenant: string, personId: PersonId): Promise<PersonReference | undefined>;
  people(tenant: string): Promise<(PersonReference & { id: string })[]>;
  teams(tenant: string): Promise<(TeamReference & { id: string })[]>;
  places(tenant: string): Promise<(PlaceReference & { id: string })[]>;
  savePerson(tenant: string, personId: PersonId, reference: PersonReference): Promise<void>;
  saveTeam(tenant: string, team: string, reference: TeamReference): Promise<void>;
  savePlace(tenant: string, place: string, reference: PlaceReference): Promise<void>;
  removePlace(tenant: string, place: string): Promise<void>;
  /** With all its channels. */
  removeTeam(tenant: string, team: string): Promise<void>;
  /** Plumb was taken away from every team, chat and person of the tenant that it knew. */
  isEmpty(tenant: string): Promise<boolean>;
};

const heard = { hears: z.literal(true).exactOptional() };
const reached = { serviceUrl: z.string().min(1), botId: z.string().min(1) };
const tenantSchema = z.object(reached);
const teamSchema = z.object({
  ...reached,
  ...heard,
  name: z.string().exactOptional(),
  groupId: z.string().exactOptional(),
  installedBy: z.string().exactOptional(),
});
const placeSchema = z.object({
  ...reached,
  ...heard,
  kind: z.enum(['channel', 'groupChat']),
  team: z.string().exactOptional(),
  name: z.string().exactOptional(),
});
const personSchema = z.object({
  ...reached,
  accountId: z.string().min(1),
  chat: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  added: z.boolean().exactOptional(),
});

type Dependencies = { store: Pick<Store, 'references' | 'installations'>; clock: Clock; logger: Logger };
type Kept = {
  tenants: KeptReferences<TenantReference>;
  teams: KeptReferences<TeamReference>;
  places: KeptReferences<PlaceReference>;
  people: KeptReferences<PersonReference>;
};

/** References of Teams in the store. Learning of a team, chat or person that was not known calls off the erasure of their tenant: Plumb is there again. */
export function createReferences({ store, clock, logger }: Dependencies): References {
  // Before it is kept, so that a process that dies in between does not leave a tenant that is served and erased all the same.
  const callOff = (tenant: string): Promise<void> => store.installations.callOffErasure('teams', tenant);
  const ifNew = async (tenant: string, before: object | undefined): Promise<void> => {
    if (!before) await callOff(tenant);
  };
  const ifBack = async (tenant: string, before: PersonReference | undefined, after: PersonReference): Promise<void> => {
    if (hasChat(after) && !(before && hasChat(before))) await callOff(tenant);
  };
  const of = { store, clock, logger };
  const kept: Kept = {
    tenants: createKeptReferences({ ...of, kind: 'tenant', schema: tenantSchema, isWhole: () => true }),
    teams: createKeptReferences({ ...of, kind: 'team', schema: teamSchema, isWhole: () => true, beforeSave: ifNew }),
    places: createKeptReferences({ ...of, kind: 'place', schema: placeSchema, isWhole: () => true, beforeSave: ifNew }),
    people: createKeptReferences({ ...of, kind: 'person', schema: personSchema, isWhole: hasChat, beforeSave: ifBack }),
  };
  return {
    learn: (envelope, changes = [], overheard = false) => learnAll(kept, envelope, changes, overheard ? { hears: true } : {}),
    async learnPerson(envelope) {
      const { tenant, by } = envelope;
      if (by) await kept.people.change(tenant, by.personId, (before) => ({ ...before, ...reachedBy(envelope, by) }));
    },
    tenant: (tenant) => kept.tenants.get(tenant, tenant),
    team: (tenant, team) => kept.teams.get(tenant, team),
    place: (tenant, place) => kept.places.get(tenant, place),
    person: (tenant, personId) => kept.people.get(tenant, personId),
    people: (tenant) => kept.people.list(tenant),
    teams: (tenant) => kept.teams.list(tenant),
    places: (tenant) => kept.places.list(tenant),
    savePerson: (tenant, personId, reference) => kept.people.change(tenant, personId, () => reference),
    saveTeam: (tenant, team, reference) => kept.teams.change(tenant, team, () => reference),
    savePlace: (tenant, place, reference) => kept.places.change(tenant, place, () => reference),
    removePlace: (tenant, place) => kept.places.remove(tenant, place),
    removeTeam: (tenant, team) => removeTeam(kept, tenant, team),
    isEmpty: (tenant) => isEmpty(kept, tenant),
  };
}

/** A chat that can be written to. */
function hasChat({ chat, added }: PersonReference): boolean {
  return chat !== undefined && added !== false;
}

function reachedAt({ serviceUrl, botId }: Envelope): Reached {
  return { serviceUrl, botId };
}

function reachedBy(envelope: Envelope, { accountId, timeZone }: Account): Omit<PersonReference, 'chat' | 'added'> {
  return { ...reachedAt(envelope), accountId, ...(timeZone !== undefined && { timeZone }) };
}

async function learnAll(kept: Kept, envelope: Envelope, changes: readonly Change[], heard: Heard): Promise<void> {
  const { tenant } = envelope;
  await kept.tenants.change(tenant, tenant, () => reachedAt(envelope));
  await learnTeam(kept, envelope, changes, heard);
  await learnPlace(kept, envelope, changes, heard);
  await learnChosen(kept, envelope, changes);
  await learnChat(kept, envelope, changes);
  for (const change of changes) {
    if (change.what === 'team-gone') await removeTeam(kept, tenant, change.team);
    if (change.what === 'place-gone') await kept.places.remove(tenant, change.place);
  }
}

async function learnTeam({ teams }: Kept, envelope: Envelope, changes: readonly Change[], heard: Heard): Promise<void> {
  const { tenant, team, by } = envelope;
  if (!team || changes.some((change) => change.what === 'team-gone' && change.team === team.id)) return;
  const isAdded = changes.some((change) => change.what === 'team-added' && change.team === team.id);
  const renamed = changes.find((change) => change.what === 'team');
  const name = renamed?.team === team.id ? renamed.name : team.name;
  await teams.change(tenant, team.id, (known) => ({
    ...known,
    ...reachedAt(envelope),
    ...heard,
    ...(name !== undefined && { name }),
    ...(team.groupId !== undefined && { groupId: team.groupId }),
    ...(isAdded && by && { installedBy: by.personId }),
  }));
}

async function learnPlace({ places }: Kept, envelope: Envelope, changes: readonly Change[], heard: Heard): Promise<void> {
  const { tenant, kind, place, team } = envelope;
  const isGone = changes.some((change) => change.what === 'team-gone' || (change.what === 'place-gone' && change.place === place));
  if (kind === 'personal' || isGone) return;
  const named = changes.find((change) => change.what === 'place');
  const name = named?.place === place ? named.name : undefined;
  await places.change(tenant, place, (known) => ({
    ...known,
    ...reachedAt(envelope),
    ...heard,
    kind,
    ...(team && { team: team.id }),
    ...(name !== undefined && { name }),
  }));
}

async function learnChosen({ places }: Kept, envelope: Envelope, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.what !== 'team-added' || change.channel === undefined) continue;
    const { team, channel } = change;
    await places.change(envelope.tenant, channel, (known) => ({ ...known, ...reachedAt(envelope), kind: 'channel', team }));
  }
}

/** Whoever writes in their 1:1 chat has Plumb, whatever was known before. */
async function learnChat({ people }: Kept, envelope: Envelope, changes: readonly Change[]): Promise<void> {
  const { tenant, kind, place, by } = envelope;
  if (kind !== 'personal' || !by) return;
  const added = !changes.some((change) => change.what === 'person-gone');
  await people.change(tenant, by.personId, (known) => ({ ...known, ...reachedBy(envelope, by), chat: place, added }));
}

async function removeTeam({ teams, places }: Kept, tenant: string, team: string): Promise<void> {
  const channels = (await places.list(tenant)).filter((place) => place.team === team);
  for (const channel of channels) await places.remove(tenant, channel.id);
  await teams.remove(tenant, team);
}

async function isEmpty({ teams, places, people }: Kept, tenant: string): Promise<boolean> {
  if ((await teams.list(tenant)).length > 0 || (await places.list(tenant)).length > 0) return false;
  return !(await people.list(tenant)).some(hasChat);
}
