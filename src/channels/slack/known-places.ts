import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { optionally } from '../optional.ts';
import { AskError, type AskSlack } from './ask-slack.ts';
import { isHome } from './place.ts';

/** What Slack tells of a conversation. `user`: with whom, in a 1:1 chat. `members`: how many, apps included. */
export type KnownPlace = {
  name: string | undefined;
  kind: 'channel' | 'group' | 'direct';
  user: PersonId | undefined;
  members: number | undefined;
  isIn: boolean;
};
/** Who is in a place, apps included; not `complete` where there are more than is asked for. */
export type MemberIds = { ids: readonly PersonId[]; complete: boolean };

// Who may read something must not be judged by an old answer; events tell of changes sooner.
const keepPlacesMs = 60_000;
const mostPlaces = 2_000;
// The id of a 1:1 chat never changes.
const keepDirectMs = 24 * 60 * 60_000;
const mostDirect = 20_000;
// "Under 1000" (docs: conversations.members, users.conversations).
const pageSize = 999;
const mostMemberPages = 5;
const mostPlacePages = 3;

const cursorField = { response_metadata: optionally(z.object({ next_cursor: optionally(z.string()) })) };
const placeSchema = z.object({
  id: z.string().min(1),
  name: optionally(z.string()),
  user: optionally(z.string()),
  num_members: optionally(z.number().int().nonnegative()),
  is_im: optionally(z.boolean()),
  is_mpim: optionally(z.boolean()),
  is_member: optionally(z.boolean()),
  is_archived: optionally(z.boolean()),
});
const infoSchema = z.object({ channel: placeSchema });
const membersSchema = z.object({ members: z.array(z.string()), ...cursorField });
const placesSchema = z.object({ channels: z.array(placeSchema), ...cursorField });
const openedSchema = z.object({ channel: z.object({ id: z.string().min(1) }) });

/** Each rejects with AskError when Slack does not tell; `last…` are answers that may be out of date. */
export type KnownPlaces = {
  info(tenant: string, place: string): Promise<KnownPlace>;
  lastInfo(tenant: string, place: string): KnownPlace | undefined;
  memberIds(tenant: string, place: string): Promise<MemberIds>;
  lastMemberIds(tenant: string, place: string): MemberIds | undefined;
  /** Whether somebody is in a place that is too big to list. */
  isAmong(tenant: string, place: string, personId: PersonId): Promise<boolean>;
  /** Channels that Plumb is in. */
  ours(tenant: string): Promise<readonly { place: string; name: string }[]>;
  lastOurs(tenant: string): readonly { place: string; name: string }[];
  /** The id of the 1:1 chat with somebody, opened if need be. */
  direct(tenant: string, personId: PersonId): Promise<string>;
  outdate(tenant: string, what: 'members' | 'place', place: string): void;
};

/** Places of Slack, remembered for a minute, each tenant's for themselves. */
export function createKnownPlaces({ ask, clock }: { ask: AskSlack; clock: Clock }): KnownPlaces {
  const infos = createAnswerCache<KnownPlace>({ clock, keepMs: keepPlacesMs, most: mostPlaces });
  const members = createAnswerCache<MemberIds>({ clock, keepMs: keepPlacesMs, most: mostPlaces });
  const ofPeople = createAnswerCache<ReadonlySet<string>>({ clock, keepMs: keepPlacesMs, most: mostPlaces });
  const ours = createAnswerCache<readonly { place: string; name: string }[]>({ clock, keepMs: keepPlacesMs, most: mostPlaces });
  const directs = createAnswerCache<string>({ clock, keepMs: keepDirectMs, most: mostDirect });
  return {
    async info(tenant, place) {
      const owner = ownerOfHome(place);
      if (owner !== undefined) return { name: undefined, kind: 'direct', user: owner, members: 1, isIn: false };
      return infos.get(keyOf(tenant, place), () => askInfo(ask, tenant, place));
    },
    lastInfo: (tenant, place) => infos.last(keyOf(tenant, place)),
    async memberIds(tenant, place) {
      const owner = ownerOfHome(place);
      if (owner !== undefined) return { ids: [owner], complete: true };
      return members.get(keyOf(tenant, place), () => askMembers(ask, tenant, place));
    },
    lastMemberIds: (tenant, place) => members.last(keyOf(tenant, place)),
    async isAmong(tenant, place, personId) {
      const theirs = await ofPeople.get(keyOf(tenant, personId), async () => {
        const listed = await askPlaces(ask, tenant, 'users.conversations', { user: personId });
        return new Set(listed.map(({ id }) => id));
      });
      return theirs.has(place);
    },
    ours: (tenant) => ours.get(keyOf(tenant), () => askOurs(ask, tenant)),
    lastOurs: (tenant) => ours.last(keyOf(tenant)) ?? [],
    direct: (tenant, personId) =>
      directs.get(keyOf(tenant, personId), async () => (await ask(tenant, 'conversations.open', { users: personId }, openedSchema)).channel.id),
    outdate(tenant, what, place) {
      const key = keyOf(tenant, place);
      infos.outdate(key);
      ours.outdate(keyOf(tenant));
      if (what !== 'members') return;
      members.outdate(key);
      ofPeople.outdateAll(`${keyOf(tenant)}/`);
    },
  };
}

/** Slack knows no place of that name: somebody's Home is theirs alone. */
function ownerOfHome(place: string): PersonId | undefined {
  return isHome({ place, thread: '' }) ? place.slice(place.indexOf(':') + 1) : undefined;
}

async function askInfo(ask: AskSlack, tenant: string, place: string): Promise<KnownPlace> {
  const { channel } = await ask(tenant, 'conversations.info', { channel: place, include_num_members: true }, infoSchema);
  const kind = channel.is_im ? 'direct' : channel.is_mpim ? 'group' : 'channel';
  return { name: channel.name || undefined, kind, user: channel.user || undefined, members: channel.num_members ?? undefined, isIn: channel.is_member ?? true };
}

async function askMembers(ask: AskSlack, tenant: string, place: string): Promise<MemberIds> {
  const ids: PersonId[] = [];
  let cursor = '';
  for (let page = 0; page < mostMemberPages; page += 1) {
    const answer = await ask(tenant, 'conversations.members', { channel: place, limit: pageSize, ...(cursor && { cursor }) }, membersSchema);
    ids.push(...answer.members);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return { ids, complete: true };
  }
  return { ids, complete: false };
}

/** A server that knows no `users.conversations` may tell of each channel whether Plumb is in it. */
async function askOurs(ask: AskSlack, tenant: string): Promise<{ place: string; name: string }[]> {
  const listed = await askPlaces(ask, tenant, 'users.conversations', {}).catch(async (error: unknown) => {
    if (!(error instanceof AskError) || error.code !== 'unknown_method') throw error;
    return (await askPlaces(ask, tenant, 'conversations.list', {})).filter((place) => place.is_member);
  });
  return listed.filter((place) => !place.is_archived).map(({ id, name }) => ({ place: id, name: `#${name || id}` }));
}

type Listing = 'users.conversations' | 'conversations.list';

async function askPlaces(ask: AskSlack, tenant: string, method: Listing, about: { user?: PersonId }): Promise<z.infer<typeof placeSchema>[]> {
  const listed: z.infer<typeof placeSchema>[] = [];
  let cursor = '';
  for (let page = 0; page < mostPlacePages; page += 1) {
    const args = { ...about, types: 'public_channel,private_channel', exclude_archived: true, limit: pageSize, ...(cursor && { cursor }) };
    const answer = await ask(tenant, method, args, placesSchema);
    listed.push(...answer.channels);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return listed;
}
