import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { Person, PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { optionally } from '../optional.ts';
import { tidyName } from '../tidy-name.ts';
import { AskError, type AskSlack } from './ask-slack.ts';

/** Somebody as Slack knows them: a person, or an app's bot. `names`: all the ways in which their name is written. */
export type KnownPerson = { person: Person; names: readonly string[]; isPerson: boolean; isActive: boolean };

// Names and time zones change rarely, and a change is told by an event; a quarter of an hour covers an event that never came.
const keepPeopleMs = 15 * 60_000;
// About three megabytes.
const mostPeople = 10_000;
const mostLists = 20;
// Beyond this a list costs more calls than it is worth (users.list: 20 a minute, docs: rate limits).
const mostListed = 5_000;
const pageSize = 1_000;
// From here on one call for the whole workspace is cheaper than one for each.
const manyUnknown = 10;
const mostAskedOneByOne = 100;
const atATime = 5;

const userSchema = z.object({
  id: z.string().min(1),
  // These decide whether somebody is a colleague: what they say must be readable.
  team_id: z.string().nullish(),
  is_stranger: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  enterprise_user: z.object({ enterprise_id: z.string().nullish(), teams: z.array(z.string()).nullish() }).nullish(),
  name: optionally(z.string()),
  real_name: optionally(z.string()),
  tz: optionally(z.string()),
  deleted: optionally(z.boolean()),
  is_bot: optionally(z.boolean()),
  is_admin: optionally(z.boolean()),
  is_owner: optionally(z.boolean()),
  is_primary_owner: optionally(z.boolean()),
  profile: optionally(z.object({ display_name: optionally(z.string()), real_name: optionally(z.string()) })),
});
type User = z.infer<typeof userSchema>;
const infoSchema = z.object({ user: userSchema });
const listSchema = z.object({ members: z.array(z.unknown()), response_metadata: optionally(z.object({ next_cursor: optionally(z.string()) })) });

export type KnownPeople = {
  /** Undefined when the tenant knows nobody of this id. Rejects with AskError when Slack does not tell. */
  find(tenant: string, personId: PersonId): Promise<KnownPerson | undefined>;
  /** Without asking; may be out of date. */
  last(tenant: string, personId: PersonId): KnownPerson | undefined;
  /** Those of whom Slack tells, in the order of the ids. Never rejects. */
  many(tenant: string, personIds: readonly PersonId[]): Promise<KnownPerson[]>;
  /** Everybody of a workspace; undefined where there are too many, or Slack does not tell. Never rejects. */
  everybody(tenant: string): Promise<readonly KnownPerson[] | undefined>;
  outdate(tenant: string, personId: PersonId): void;
};

type Dependencies = { ask: AskSlack; clock: Clock; admins: ReadonlySet<PersonId> };

/** People of Slack, asked for when needed and remembered for a while, each tenant's for itself. */
export function createKnownPeople({ ask, clock, admins }: Dependencies): KnownPeople {
  // Wrapped, because that there is nobody of an id is worth remembering too.
  const people = createAnswerCache<{ known: KnownPerson | undefined }>({ clock, keepMs: keepPeopleMs, most: mostPeople });
  const lists = createAnswerCache<{ people: readonly KnownPerson[] | undefined }>({ clock, keepMs: keepPeopleMs, most: mostLists });
  return {
    find,
    last: (tenant, personId) => people.last(keyOf(tenant, personId))?.known,
    async many(tenant, personIds) {
      const unknown = (): PersonId[] => personIds.filter((personId) => people.fresh(keyOf(tenant, personId)) === undefined);
      if (unknown().length > manyUnknown) await everybody(tenant);
      await each(unknown().slice(0, mostAskedOneByOne), (personId) => tryToFind(tenant, personId));
      return personIds.flatMap((personId) => people.last(keyOf(tenant, personId))?.known ?? []);
    },
    everybody,
    outdate: (tenant, personId) => people.outdate(keyOf(tenant, personId)),
  };

  async function find(tenant: string, personId: PersonId): Promise<KnownPerson | undefined> {
    if (personId === '') return undefined;
    const { known } = await people.get(keyOf(tenant, personId), async () => ({ known: await askFor(tenant, personId) }));
    return known;
  }

  async function askFor(tenant: string, personId: PersonId): Promise<KnownPerson | undefined> {
    try {
      const { user } = await ask(tenant, 'users.info', { user: personId }, infoSchema);
      return knownFrom(user, tenant, admins);
    } catch (error) {
      if (error instanceof AskError && (error.code === 'user_not_found' || error.code === 'user_not_visible')) return undefined;
      throw error;
    }
  }

  async function tryToFind(tenant: string, personId: PersonId): Promise<void> {
    try {
      await find(tenant, personId);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
    }
  }

  async function everybody(tenant: string): Promise<readonly KnownPerson[] | undefined> {
    try {
      return (await lists.get(tenant, () => list(tenant))).people;
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      return lists.last(tenant)?.people;
    }
  }

  async function list(tenant: string): Promise<{ people: readonly KnownPerson[] | undefined }> {
    const listed: KnownPerson[] = [];
    let cursor = '';
    do {
      const page = await ask(tenant, 'users.list', { limit: pageSize, ...(cursor && { cursor }) }, listSchema);
      for (const member of page.members) {
        const user = userSchema.safeParse(member);
        if (!user.success) continue;
        const known = knownFrom(user.data, tenant, admins);
        people.put(keyOf(tenant, user.data.id), { known });
        listed.push(known);
      }
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '' && listed.length < mostListed);
    return { people: cursor === '' ? listed : undefined };
  }
}

function knownFrom(user: User, tenant: string, admins: ReadonlySet<PersonId>): KnownPerson {
  const written = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name]
    .map((name) => tidyName(name ?? ''))
    .filter((name) => name !== '');
  const [name = user.id] = written;
  const isGuest = user.is_stranger || user.is_restricted || user.is_ultra_restricted;
  // In an organisation `team_id` is one of the workspaces that somebody is in (docs: user object, enterprise_user).
  const { enterprise_id: organisation, teams } = user.enterprise_user ?? {};
  const isFromElsewhere = user.team_id ? ![user.team_id, organisation, ...(teams ?? [])].includes(tenant) : false;
  const external = Boolean(isGuest) || isFromElsewhere;
  // Who administers another organisation has no say in this one, whatever Slack tells of them in a shared channel.
  const isAdmin = admins.has(user.id) || (!external && (user.is_admin || user.is_owner || user.is_primary_owner));
  const timeZone = user.tz && IANAZone.isValidZone(user.tz) ? user.tz : 'UTC';
  return {
    person: { channel: 'slack', tenant, id: user.id, name, timeZone, external, ...(isAdmin && { admin: true }), ...(user.deleted && { left: true as const }) },
    names: [...new Set(written)],
    isPerson: !user.is_bot && user.id !== 'USLACKBOT',
    isActive: !user.deleted,
  };
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
}
