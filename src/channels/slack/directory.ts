import type { Clock, Directory, Logger } from '../../app/ports.ts';
import type { Person, PersonId } from '../../domain/conversation.ts';
import { matchName } from '../match-name.ts';
import { AskError, createAskSlack } from './ask-slack.ts';
import { type Completion, createCompletion } from './complete.ts';
import { createKnownPeople, type KnownPeople } from './known-people.ts';
import { createKnownPlaces, type KnownPlace, type KnownPlaces } from './known-places.ts';
import { permalinkOf } from './permalink.ts';
import type { NameOf } from './read-text.ts';
import type { SlackWords } from './words.ts';
import type { Workspaces } from './workspace.ts';

type Dependencies = {
  workspaces: Workspaces;
  words: Pick<SlackWords, 'somebody'>;
  clock: Clock;
  logger: Logger;
  /** Ids of further administrators (PLUMB_ADMINS). */
  admins: Iterable<PersonId>;
};

export type SlackDirectory = Directory &
  Completion & {
    /** Names that are known at once, for `readEvent`. */
    namesOf(tenant: string): NameOf;
    /** What is known of somebody, of who is in a place, or of a place is out of date. */
    forget(tenant: string, what: 'person' | 'members' | 'place', id: string): void;
  };

/**
 * Names and places of Slack over the Web API, kept in memory for a while. No question rejects: where Slack does not answer, names become `somebody`,
 * lists what was known last, and nobody is a member.
 */
export function createDirectory({ workspaces, words, clock, logger, admins }: Dependencies): SlackDirectory {
  const ask = createAskSlack({ workspaces, clock, logger });
  const people = createKnownPeople({ ask, clock, admins: new Set(admins) });
  const places = createKnownPlaces({ ask, clock });
  const known = { people, places, words };
  return {
    admins: [...admins],
    ...createCompletion({ ask, people, workspaces, words, logger }),
    namesOf: (tenant) => (personId) => people.last(tenant, personId)?.person.name ?? words.somebody,
    forget(tenant, what, id) {
      if (what === 'person') people.outdate(tenant, id);
      else places.outdate(tenant, what, id);
    },
    person: (tenant, personId) => findPerson(known, tenant, personId),
    resolve: (tenant, name, place) => resolveName(known, tenant, name, place),
    members: (tenant, place) => membersOf(known, tenant, place),
    isMember: (tenant, place, personId) => isMemberOf(places, tenant, place, personId),
    memberCount: (tenant, place) => countMembers(known, tenant, place),
    placeName: (tenant, place) => namePlace(known, tenant, place),
    places: async (tenant) => [...(await orKnown(places.ours(tenant), () => places.lastOurs(tenant)))],
    async privateConversation(tenant, personId) {
      if (personId === '') return undefined;
      const place = await orKnown<string | undefined>(places.direct(tenant, personId), () => undefined);
      return place === undefined ? undefined : { channel: 'slack', tenant, place, thread: '' };
    },
    async permalink(conversation, messageId) {
      try {
        return permalinkOf((await workspaces.of(conversation.tenant))?.url, conversation, messageId);
      } catch (error) {
        logger.warn({ tenant: conversation.tenant, error }, 'An installation could not be read; a link is left out.');
        return undefined;
      }
    },
  };
}

type Known = { people: KnownPeople; places: KnownPlaces; words: Pick<SlackWords, 'somebody'> };

/** The answer, or something in its place where Slack gives none. */
async function orKnown<T>(answer: Promise<T>, instead: (error: AskError) => T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    // Anything else is a mistake of ours.
    if (!(error instanceof AskError)) throw error;
    return instead(error);
  }
}

/** An app is nobody; of somebody whom Slack does not tell about there is only the id. */
async function findPerson({ people, words }: Known, tenant: string, personId: PersonId): Promise<Person | undefined> {
  if (personId === '') return undefined;
  try {
    const found = await people.find(tenant, personId);
    return found?.isPerson ? found.person : undefined;
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const last = people.last(tenant, personId);
    if (last) return last.isPerson ? last.person : undefined;
    if (error.code === 'not_installed') return undefined;
    return { channel: 'slack', tenant, id: personId, name: words.somebody, timeZone: 'UTC', external: true };
  }
}

/** Whoever is there and fits is meant; only where nobody there fits is the whole workspace searched. */
async function resolveName({ people, places }: Known, tenant: string, name: string, place: string): Promise<Person[]> {
  const { ids } = await idsOf(places, tenant, place);
  const there = matchName(name, await people.many(tenant, ids));
  if (there.length > 0) return there.map(({ person }) => person);
  const anywhere = matchName(name, (await people.everybody(tenant)) ?? []);
  // Somebody may have left or changed their name since the list was made.
  const now = await people.many(
    tenant,
    anywhere.map(({ person }) => person.id),
  );
  return matchName(name, now).map(({ person }) => person);
}

async function membersOf({ people, places }: Known, tenant: string, place: string): Promise<Person[]> {
  const { ids } = await idsOf(places, tenant, place);
  const members = await people.many(tenant, ids);
  return members.filter(({ isPerson, isActive }) => isPerson && isActive).map(({ person }) => person);
}

function idsOf(places: KnownPlaces, tenant: string, place: string) {
  return orKnown(places.memberIds(tenant, place), () => places.lastMemberIds(tenant, place) ?? { ids: [], complete: false });
}

/** Fails closed: where Slack does not answer nobody may read anything. */
function isMemberOf(places: KnownPlaces, tenant: string, place: string, personId: PersonId): Promise<boolean> {
  const answer = places.memberIds(tenant, place).then(({ ids, complete }) => {
    if (ids.includes(personId)) return true;
    return complete ? false : places.isAmong(tenant, place, personId);
  });
  return orKnown(answer, () => false);
}

/** People only, as far as Slack tells: Plumb itself is one of the members that it counts. */
async function countMembers(known: Known, tenant: string, place: string): Promise<number> {
  const info = await infoOf(known.places, tenant, place);
  if (info?.members !== undefined) return Math.max(0, info.members - (info.isIn ? 1 : 0));
  return (await membersOf(known, tenant, place)).length;
}

function infoOf(places: KnownPlaces, tenant: string, place: string): Promise<KnownPlace | undefined> {
  return orKnown<KnownPlace | undefined>(places.info(tenant, place), () => places.lastInfo(tenant, place));
}

/** Chats are called by who is in them; what Slack does not name keeps its id. */
async function namePlace(known: Known, tenant: string, place: string): Promise<string> {
  const info = await infoOf(known.places, tenant, place);
  if (!info) return place;
  switch (info.kind) {
    case 'channel':
      return info.name === undefined ? place : `#${info.name}`;
    case 'direct':
      return (info.user === undefined ? undefined : await findPerson(known, tenant, info.user))?.name ?? place;
    case 'group': {
      const members = await membersOf(known, tenant, place);
      return members.map(({ name }) => name).join(', ') || place;
    }
    default:
      return info.kind satisfies never;
  }
}
