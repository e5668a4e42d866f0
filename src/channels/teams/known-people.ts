import type { Clock } from '../../app/ports.ts';
import { isTimeZone } from '../../domain/calendar.ts';
import type { Person, PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { tidyName } from '../tidy-name.ts';
import type { ConnectorAccount } from './connector.ts';
import { isApp, isExternal } from './envelope.ts';

/** Somebody as Teams tells of them. `names`: all the ways in which their name is written, none where Teams tells no name. */
export type KnownPerson = { person: Person; names: readonly string[]; isPerson: true; isActive: true; accountId: string };

// Names change rarely, and nobody tells of a change.
const keepPeopleMs = 15 * 60_000;
// About three megabytes.
const mostPeople = 10_000;

/** People of Teams, in memory only, each tenant's for itself. Ids are Entra object ids or ids of accounts. */
export type KnownPeople = {
  /** Keeps what a roster tells of somebody. Undefined for apps. */
  take(tenant: string, account: ConnectorAccount): KnownPerson | undefined;
  /** While it counts. */
  fresh(tenant: string, id: PersonId): KnownPerson | undefined;
  /** Without asking; may be out of date. */
  last(tenant: string, id: PersonId): KnownPerson | undefined;
  /** Who has this account, as far as that is known. */
  personOf(tenant: string, accountId: string): PersonId | undefined;
  outdate(tenant: string, id: PersonId): void;
};

type Options = { clock: Clock; admins: Iterable<PersonId>; somebody: string };

export function createKnownPeople({ clock, admins, somebody }: Options): KnownPeople {
  const people = createAnswerCache<KnownPerson>({ clock, keepMs: keepPeopleMs, most: mostPeople });
  // An account never changes hands.
  const accounts = createAnswerCache<PersonId>({ clock, keepMs: Number.POSITIVE_INFINITY, most: mostPeople });
  const adminIds = new Set([...admins].map((id) => id.toLowerCase()));
  const keyIn = (tenant: string, id: string): string => keyOf(tenant, accounts.last(keyOf(tenant, id)) ?? id);
  return {
    take(tenant, account) {
      if (isApp(account.id)) return undefined;
      const known = knownFrom(account, tenant, { adminIds, somebody });
      people.put(keyOf(tenant, known.person.id), known);
      accounts.put(keyOf(tenant, account.id), known.person.id);
      return known;
    },
    fresh: (tenant, id) => people.fresh(keyIn(tenant, id)),
    last: (tenant, id) => people.last(keyIn(tenant, id)),
    personOf: (tenant, accountId) => accounts.last(keyOf(tenant, accountId)),
    outdate: (tenant, id) => people.outdate(keyIn(tenant, id)),
  };
}

/** The same person in that time zone, if it is one. */
export function inTimeZone(person: Person, timeZone: string | undefined): Person {
  return timeZone !== undefined && isTimeZone(timeZone) ? { ...person, timeZone } : person;
}

function knownFrom(account: ConnectorAccount, tenant: string, { adminIds, somebody }: { adminIds: ReadonlySet<string>; somebody: string }): KnownPerson {
  const { id, aadObjectId: personId = id } = account;
  const written = tidyName(account.name ?? '');
  const external = isExternal(account, tenant);
  const isAdmin = adminIds.has(personId.toLowerCase());
  return {
    person: { channel: 'teams', tenant, id: personId, name: written || somebody, timeZone: 'UTC', external, ...(isAdmin && { admin: true }) },
    names: waysToWrite(written),
    isPerson: true,
    isActive: true,
    accountId: id,
  };
}

/** Directories write "Moss, Dana (Sales)" where people write "Dana Moss". */
function waysToWrite(name: string): string[] {
  const bare = tidyName(name.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  const [last, first, ...more] = bare.split(',').map(tidyName);
  const turned = last && first && more.length === 0 ? `${first} ${last}` : '';
  return [...new Set([name, bare, turned])].filter((way) => way !== '');
}
