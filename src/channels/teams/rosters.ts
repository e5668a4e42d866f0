import type { Clock, Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import type { AskTeams } from './ask-teams.ts';
import type { Connector, Where } from './connector.ts';
import type { KnownPeople } from './known-people.ts';
import type { KnownPlace, KnownPlaces } from './known-places.ts';
import type { References } from './references.ts';

/** Who is in a place; not `complete` where there are more than is asked for. */
export type Roster = { ids: readonly PersonId[]; owners: readonly PersonId[]; complete: boolean };
export type Standing = 'owner' | 'member' | 'nobody';

// Who may read something must not be judged by an old answer; events tell of changes sooner.
const keepRostersMs = 60_000;
const mostRosters = 2_000;
const mostStandings = 20_000;
// Names are looked for among so many, four pages; a team may have 25,000 (Microsoft Learn: "Limits and specifications for Microsoft Teams").
const mostMembers = 2_000;

/** Each rejects with AskError when Teams does not tell; `lastRoster` may be out of date. */
export type Rosters = {
  roster(tenant: string, place: string): Promise<Roster>;
  lastRoster(tenant: string, place: string): Roster | undefined;
  /** What somebody is there. Nobody else is asked for where their account is known. */
  standing(tenant: string, place: string, personId: PersonId): Promise<Standing>;
  /** Who is there, or what the place is, is out of date. */
  outdate(tenant: string, what: 'members' | 'place', place: string): void;
};

type Dependencies = {
  ask: AskTeams;
  references: References;
  connector: Pick<Connector, 'member' | 'members'>;
  people: KnownPeople;
  places: KnownPlaces;
  clock: Clock;
  logger: Logger;
};

/** Who is in places of Teams, remembered for a minute, each tenant's for themselves. */
export function createRosters({ ask, references, connector, people, places, clock, logger }: Dependencies): Rosters {
  const rosters = createAnswerCache<Roster>({ clock, keepMs: keepRostersMs, most: mostRosters });
  const standings = createAnswerCache<Standing>({ clock, keepMs: keepRostersMs, most: mostStandings });
  const personIdOf = (tenant: string, id: string): PersonId => people.personOf(tenant, id) ?? id;

  const known: Rosters = {
    async roster(tenant, place) {
      const found = await places.of(tenant, place);
      const about = found.roster.conversationId;
      return rosters.get(keyOf(tenant, about), () => ask({ tenant, question: 'members', about }, () => askRoster(tenant, found)));
    },
    lastRoster: (tenant, place) => rosters.last(keyOf(tenant, rosterOf(tenant, place))),
    async standing(tenant, place, personId) {
      const { kind, roster } = await places.of(tenant, place);
      if (kind === 'personal') return (await referenceOf(tenant, personId))?.chat === place ? 'member' : 'nobody';
      const listed = rosters.fresh(keyOf(tenant, roster.conversationId));
      const told = listed && standingIn(listed, personIdOf(tenant, personId));
      return told ?? standings.get(keyOf(tenant, roster.conversationId, personId), () => askStanding(tenant, place, roster, personId));
    },
    outdate(tenant, what, place) {
      const about = rosterOf(tenant, place);
      places.outdate(tenant, place);
      if (what !== 'members') return;
      rosters.outdate(keyOf(tenant, about));
      standings.outdateAll(`${keyOf(tenant, about)}/`);
    },
  };
  return known;

  function rosterOf(tenant: string, place: string): string {
    return places.last(tenant, place)?.roster.conversationId ?? place;
  }

  async function askRoster(tenant: string, { kind, roster }: KnownPlace): Promise<Roster> {
    const accounts = await connector.members(roster, mostMembers);
    const complete = accounts.length < mostMembers;
    if (!complete) logger.info({ tenant, looked: accounts.length }, 'A team is so large that names are only looked for among some of its members.');
    const members = accounts.flatMap((account) => {
      const known = people.take(tenant, account);
      return known ? [{ id: known.person.id, isOwner: account.userRole === 'owner' }] : [];
    });
    const ids = members.map(({ id }) => id);
    const there = kind === 'personal' ? await whoseChat(tenant, ids.slice(0, 1), roster.conversationId) : ids;
    return { ids: there, owners: members.filter(({ isOwner }) => isOwner).map(({ id }) => id), complete };
  }

  /** An id that somebody made up is not believed to be a chat of this tenant: it must be the one in which that person writes. */
  async function whoseChat(tenant: string, ids: readonly PersonId[], place: string): Promise<PersonId[]> {
    const theirs = await Promise.all(ids.map(async (id) => ((await references.person(tenant, id))?.chat === place ? [id] : [])));
    return theirs.flat();
  }

  async function askStanding(tenant: string, place: string, where: Where, personId: PersonId): Promise<Standing> {
    const accountId = people.last(tenant, personId)?.accountId ?? (await referenceOf(tenant, personId))?.accountId;
    if (accountId === undefined) {
      const told = standingIn(await known.roster(tenant, place), personIdOf(tenant, personId));
      if (told) return told;
    }
    // Somebody is found by their Entra object id as well (Microsoft Learn: "Get Teams specific context for your bot").
    const about = `${where.conversationId}/${personId}`;
    const account = await ask({ tenant, question: 'a member', about }, () => connector.member(where, accountId ?? personId));
    if (!account || people.take(tenant, account)?.person.id !== personIdOf(tenant, personId)) return 'nobody';
    return account.userRole === 'owner' ? 'owner' : 'member';
  }

  function referenceOf(tenant: string, personId: PersonId) {
    return ask({ tenant, question: 'a chat', about: personId }, () => references.person(tenant, personIdOf(tenant, personId)));
  }
}

/** Undefined where the list does not say. */
function standingIn({ ids, owners, complete }: Roster, personId: PersonId): Standing | undefined {
  if (owners.includes(personId)) return 'owner';
  if (ids.includes(personId)) return 'member';
  return complete ? 'nobody' : undefined;
}
