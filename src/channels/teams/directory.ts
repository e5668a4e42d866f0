import type { Clock, Directory, Logger, WrittenMessage } from '../../app/ports.ts';
import type { ConversationRef, Person, PersonId } from '../../domain/conversation.ts';
import { matchName } from '../match-name.ts';
import { type AskTeams, createAskTeams, orElse } from './ask-teams.ts';
import { createChats } from './chats.ts';
import { createCompleteMentions } from './complete-mentions.ts';
import type { Connector } from './connector.ts';
import type { Departed } from './departed.ts';
import { createFindPerson, type FindPerson } from './find-person.ts';
import { inGroups } from './in-groups.ts';
import { createKnownPeople, inTimeZone, type KnownPeople, type KnownPerson } from './known-people.ts';
import { createKnownPlaces, type KnownPlace, type KnownPlaces } from './known-places.ts';
import { createKnownTeams, type KnownTeams, type TeamDetails } from './known-teams.ts';
import { permalinkOf } from './permalink.ts';
import { nameChannel, nameChat } from './place-names.ts';
import { createPrivateChats, type PrivateChats } from './private-chats.ts';
import type { References } from './references.ts';
import { createRosters, type Roster, type Rosters, type Standing } from './rosters.ts';
import { createUsualTimeZone } from './usual-time-zone.ts';
import type { TeamsWords } from './words.ts';

// Everybody in so many teams is looked through for a name that fits nobody in the place.
const mostTeamsSearched = 5;
const mostTeamsListed = 100;
const atATime = 5;

type Dependencies = {
  references: References;
  connector: Pick<Connector, 'member' | 'members' | 'channels' | 'team' | 'openChat'>;
  words: Pick<TeamsWords, 'somebody' | 'chatOf'>;
  clock: Clock;
  logger: Logger;
  /** Entra object ids of people who administer Plumb in every tenant (PLUMB_ADMINS). */
  admins: Iterable<PersonId>;
  /** Whether somebody whom nobody found has left the organisation, where that can be told. */
  departed?: Departed | undefined;
};

export type TeamsDirectory = Directory & {
  /** Puts people's own ids in the place of their accounts' in mentions; undefined when nobody is mentioned. Never throws. */
  complete(event: WrittenMessage): Promise<WrittenMessage> | undefined;
  /** Whose account that is, as far as it is known at once. */
  personOf(tenant: string, accountId: string): PersonId | undefined;
  nameOf(tenant: string, personId: PersonId): string | undefined;
  /** What is known of somebody, of who is in a place, or of a place or team is out of date. */
  forget(tenant: string, what: 'person' | 'members' | 'place', id: string): void;
  looksAfter(tenant: string, place: string, personId: PersonId): Promise<boolean>;
  hearsAll(tenant: string, place: string): Promise<boolean>;
  /** The Entra group behind the team that a channel belongs to; undefined for every other place, and where Teams does not tell. */
  groupOf(tenant: string, place: string): Promise<string | undefined>;
};

/**
 * Names and places of Teams over the Bot Connector, kept in memory for a while. No question rejects: where Teams does not answer, names become `somebody`,
 * lists what was known last, and nobody is a member. In teams of more than 2,000 people `members` are some of them, and `memberCount` all.
 */
export function createDirectory({ references, connector, words, clock, logger, admins, departed = async () => false }: Dependencies): TeamsDirectory {
  const ask = createAskTeams({ clock, logger });
  const people = createKnownPeople({ clock, admins, somebody: words.somebody });
  const teams = createKnownTeams({ ask, references, connector, clock });
  const places = createKnownPlaces({ ask, references, teams, clock });
  const rosters = createRosters({ ask, references, connector, people, places, clock, logger });
  const finder = createFindPerson({ ask, references, connector, people, clock });
  const accountOf = (tenant: string, personId: PersonId) =>
    orElse(finder.find(tenant, personId), () => people.last(tenant, personId)).then((known) => known?.accountId);
  const chats = createPrivateChats({ ask, chats: createChats({ connector, references, accountOf }), clock });
  const usualZone = createUsualTimeZone({ references, clock });
  const known: Known = { ask, references, people, teams, places, rosters, find: finder.find, departed, usualZone, chats, words };
  const complete = createCompleteMentions({ ask, places, connector, people });
  return {
    admins: [...admins],
    person: (tenant, personId) => findPerson(known, tenant, personId),
    resolve: (tenant, name, place) => resolveName(known, tenant, name, place),
    members: (tenant, place) => membersOf(known, tenant, place),
    isMember: async (tenant, place, personId) => (await standingOf(known, tenant, place, personId)) !== 'nobody',
    memberCount: (tenant, place) => countMembers(known, tenant, place),
    placeName: (tenant, place) => namePlace(known, tenant, place),
    places: (tenant) => channelsOf(known, tenant),
    privateConversation: (tenant, personId) => privateChat(known, tenant, personId),
    permalink: (conversation, messageId) => linkTo(known, conversation, messageId),
    looksAfter: (tenant, place, personId) => looksAfter(known, tenant, place, personId),
    hearsAll: (tenant, place) => hearsAll(known, tenant, place),
    async groupOf(tenant, place) {
      const found = await placeOf(known, tenant, place);
      return found?.kind === 'channel' ? groupOfTeam(known, tenant, found.team) : undefined;
    },
    complete: (event) => (event.mentions.length === 0 ? undefined : complete(event)),
    personOf: people.personOf,
    nameOf: (tenant, personId) => nameOf(people.last(tenant, personId)),
    forget(tenant, what, id) {
      if (what === 'person') {
        people.outdate(tenant, id);
        chats.outdate(tenant, id);
        finder.outdate(tenant, id);
        return;
      }
      rosters.outdate(tenant, what, id);
      teams.outdate(tenant, id);
    },
  };
}

type Known = {
  ask: AskTeams;
  references: References;
  people: KnownPeople;
  teams: KnownTeams;
  places: KnownPlaces;
  rosters: Rosters;
  find: FindPerson['find'];
  departed: Departed;
  usualZone: (tenant: string) => Promise<string | undefined>;
  chats: PrivateChats;
  words: Pick<TeamsWords, 'somebody' | 'chatOf'>;
};

function nameOf(known: KnownPerson | undefined): string | undefined {
  return known && known.names.length > 0 ? known.person.name : undefined;
}

/** What the store keeps, or that in its place when it cannot be read. */
function kept<T>({ ask }: Known, tenant: string, load: () => Promise<T>, instead: T): Promise<T> {
  return orElse(ask({ tenant, question: 'a place', about: '' }, load), () => instead);
}

/** Of somebody whom Teams does not tell about, or who has left all that Plumb sees, there is only the id. */
async function findPerson(known: Known, tenant: string, personId: PersonId): Promise<Person | undefined> {
  if (personId === '') return undefined;
  const { people, references, words } = known;
  const nameless: Person = {
    channel: 'teams',
    tenant,
    id: people.personOf(tenant, personId) ?? personId,
    name: words.somebody,
    timeZone: 'UTC',
    external: true,
  };
  const last = (): Person | undefined => people.last(tenant, personId)?.person;
  const found = await orElse(
    known.find(tenant, personId).then((somebody) => somebody?.person ?? lastOfNobody(known, last(), nameless)),
    () => last() ?? nameless,
  );
  const reference = await kept(known, tenant, () => references.person(tenant, found?.id ?? nameless.id), undefined);
  const person = found ?? (reference && nameless);
  if (!person || reference?.timeZone !== undefined) return person && inTimeZone(person, reference?.timeZone);
  return inTimeZone(person, await kept(known, tenant, () => known.usualZone(tenant), undefined));
}

/** Nobody of that id is anywhere that Plumb is: perhaps out of its sight, perhaps out of the organisation. */
async function lastOfNobody({ departed }: Known, last: Person | undefined, nameless: Person): Promise<Person | undefined> {
  return (await departed(nameless.tenant, nameless.id)) ? { ...(last ?? nameless), left: true } : last;
}

/** Whoever is there and fits is meant; only where nobody there fits are the tenant's other teams searched. */
async function resolveName(known: Known, tenant: string, name: string, place: string): Promise<Person[]> {
  const there = matchName(name, await peopleIn(known, tenant, place));
  if (there.length > 0) return there.map(({ person }) => person);
  const teams = await kept(known, tenant, () => known.references.teams(tenant), []);
  const elsewhere = await inGroups(teams.slice(0, mostTeamsSearched), atATime, ({ id }) => peopleIn(known, tenant, id));
  const found = matchName(name, elsewhere.flat());
  return [...new Map(found.map(({ person }) => [person.id, person])).values()];
}

async function membersOf(known: Known, tenant: string, place: string): Promise<Person[]> {
  return (await peopleIn(known, tenant, place)).map(({ person }) => person);
}

async function peopleIn(known: Known, tenant: string, place: string): Promise<KnownPerson[]> {
  const { ids } = await rosterOf(known, tenant, place);
  return ids.flatMap((id) => known.people.last(tenant, id) ?? []);
}

function rosterOf({ rosters }: Known, tenant: string, place: string): Promise<Roster> {
  return orElse(rosters.roster(tenant, place), () => rosters.lastRoster(tenant, place) ?? { ids: [], owners: [], complete: false });
}

/** Fails closed: where Teams does not answer nobody may read anything. */
function standingOf({ rosters }: Known, tenant: string, place: string, personId: PersonId): Promise<Standing> {
  return orElse<Standing>(rosters.standing(tenant, place, personId), () => 'nobody');
}

async function countMembers(known: Known, tenant: string, place: string): Promise<number> {
  const found = await placeOf(known, tenant, place);
  const told = found?.kind === 'channel' ? await detailsOf(known, tenant, found.team) : {};
  return told.memberCount ?? (await rosterOf(known, tenant, place)).ids.length;
}

function placeOf({ places }: Known, tenant: string, place: string): Promise<KnownPlace | undefined> {
  return orElse<KnownPlace | undefined>(places.of(tenant, place), () => places.last(tenant, place));
}

function detailsOf({ teams }: Known, tenant: string, team: string): Promise<TeamDetails> {
  return orElse<TeamDetails>(teams.details(tenant, team), () => ({}));
}

/** What Teams does not name keeps its id. */
async function namePlace(known: Known, tenant: string, place: string): Promise<string> {
  const found = await placeOf(known, tenant, place);
  const reference = await kept(known, tenant, () => known.references.place(tenant, place), undefined);
  if (found?.kind !== 'channel') {
    const people = nameChat(await membersOf(known, tenant, place));
    return reference?.name || (people !== '' && found?.kind === 'groupChat' ? `${known.words.chatOf} ${people}` : people) || place;
  }
  const channels = await known.teams.channelsOrLast(tenant, found.team);
  const name = channels.find(({ id }) => id === place)?.name ?? reference?.name;
  // Without a name of its own it would be called as the General channel is.
  if (name === undefined && place !== found.team) return place;
  return nameChannel(await teamName(known, tenant, found.team), name) || place;
}

async function teamName(known: Known, tenant: string, team: string): Promise<string | undefined> {
  const reference = await kept(known, tenant, () => known.references.team(tenant, team), undefined);
  return reference?.name ?? (await detailsOf(known, tenant, team)).name;
}

/** The channels of the teams that have Plumb. */
async function channelsOf(known: Known, tenant: string): Promise<{ place: string; name: string }[]> {
  const teams = await kept(known, tenant, () => known.references.teams(tenant), []);
  const lists = await inGroups(teams.slice(0, mostTeamsListed), atATime, async ({ id: team }) => {
    const channels = await known.teams.channelsOrLast(tenant, team);
    const name = channels.length > 0 ? await teamName(known, tenant, team) : undefined;
    return channels.map((channel) => ({ place: channel.id, name: nameChannel(name, channel.name) || channel.id }));
  });
  return lists.flat();
}

async function privateChat(known: Known, tenant: string, personId: PersonId): Promise<ConversationRef | undefined> {
  if (personId === '') return undefined;
  const place = await orElse<string | undefined>(known.chats.of(tenant, known.people.personOf(tenant, personId) ?? personId), () => undefined);
  return place === undefined ? undefined : { channel: 'teams', tenant, place, thread: '' };
}

async function linkTo(known: Known, conversation: ConversationRef, messageId: string): Promise<string | undefined> {
  const { tenant, place } = conversation;
  const found = await placeOf(known, tenant, place);
  if (found?.kind === 'groupChat') return permalinkOf(conversation, messageId, { kind: 'groupChat' });
  if (found?.kind !== 'channel') return undefined;
  return permalinkOf(conversation, messageId, { kind: 'channel', groupId: await groupOfTeam(known, tenant, found.team) });
}

async function groupOfTeam(known: Known, tenant: string, team: string): Promise<string | undefined> {
  const reference = await kept(known, tenant, () => known.references.team(tenant, team), undefined);
  return reference?.groupId ?? (await detailsOf(known, tenant, team)).groupId;
}

/** False until Plumb was given a message of that team or chat that did not mention it; nothing else tells what its owner consented to. */
async function hearsAll(known: Known, tenant: string, place: string): Promise<boolean> {
  const { references } = known;
  const reference = await kept(known, tenant, () => references.place(tenant, place), undefined);
  if (!reference || reference.hears) return true;
  const { team } = reference;
  return team !== undefined && (await kept(known, tenant, () => references.team(tenant, team), undefined))?.hears === true;
}

/** Owners of the team, where Teams tells who they are, and whoever added Plumb to it, as long as they are in it; a group chat is everybody's in it. */
async function looksAfter(known: Known, tenant: string, place: string, personId: PersonId): Promise<boolean> {
  const found = await placeOf(known, tenant, place);
  const standing = await standingOf(known, tenant, place, personId);
  if (found?.kind !== 'channel') return found?.kind === 'groupChat' && standing !== 'nobody';
  if (standing !== 'member') return standing === 'owner';
  const reference = await kept(known, tenant, () => known.references.team(tenant, found.team), undefined);
  return reference?.installedBy === personId;
}
