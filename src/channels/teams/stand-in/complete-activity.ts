import { inThread, type PlaceKind } from '../place.ts';
import { completeMentions } from './complete-mentions.ts';
import { completeValue } from './complete-value.ts';
import type { Memory } from './memory.ts';
import { ThinActivity } from './thin-activity.ts';
import { placeIn, tellsWords } from './thin-place.ts';
import { type Whole, wholeIn } from './whole-activity.ts';

type Activity = Record<string, unknown>;
type Account = NonNullable<ThinActivity['from']>;

export type CompleteOptions = {
  memory: Memory;
  /** The tenant of whatever names none. */
  tenant: string;
  newId: () => string;
};

const types = ['message', 'messageUpdate', 'messageDelete', 'invoke', 'conversationUpdate', 'installationUpdate'];

/**
 * Puts into an activity what Teams would have told in it, as far as it can be known from the rest and from what came before. For stand-ins on this machine
 * only: what Microsoft sends is taken as it is.
 */
export function createComplete({ memory, tenant: usualTenant, newId }: CompleteOptions): (activity: Activity) => Activity {
  let lastBot = 'plumb';

  return function complete(activity) {
    const whole = wholeIn(activity);
    if (whole) {
      note(memory, whole);
      return activity;
    }
    const parsed = ThinActivity.safeParse(activity);
    const given = parsed.data;
    if (!given?.conversation) return activity;
    const type = types.find((known) => known.toLowerCase() === given.type.toLowerCase()) ?? given.type;
    const bot = given.recipient?.id ?? lastBot;
    lastBot = bot;
    const from = completeFrom(given, bot);
    const where = placeIn(memory, given, type);
    const tenant = tenantOf(given, where.place);
    const id = given.id ?? (type === 'message' ? newId() : undefined);
    const channelData = channelDataOf(given, where, tenant);
    const team = where.kind === 'channel' ? channelData.team?.id : undefined;
    memory.sawPlace(where.place, { kind: where.kind, tenant, marksThreads: where.marksThreads });
    if (from?.id !== undefined && from.id !== bot) {
      const { id: accountId, aadObjectId, name } = from;
      memory.sawPerson([where.place, ...(team === undefined ? [] : [team])], { id: accountId, ...(aadObjectId && { aadObjectId }), ...(name && { name }) });
    }
    const root = where.root ?? id;
    if (tellsWords(type) && where.kind === 'channel' && id !== undefined && root !== undefined) memory.sawMessage(where.place, id, root);
    const named = { ...given.conversation, ...(where.kind !== 'personal' && { conversationType: where.kind }), tenantId: tenant };
    return {
      ...given,
      ...completeMentions({ ...given, type }, bot),
      ...completeValue({ ...given, type }, where.place, memory),
      type,
      id,
      from,
      recipient: { ...given.recipient, id: bot },
      conversation: { ...named, id: where.kind === 'channel' && where.root !== undefined ? `${where.place}${inThread}${where.root}` : where.place },
      channelData,
      membersAdded: given.membersAdded?.map(withId),
      membersRemoved: given.membersRemoved?.map(withId),
    };
  };

  /** Somebody is known by their account, however little is said of them this time. */
  function completeFrom({ type, from: actor, membersAdded = [] }: ThinActivity, bot: string): Account | undefined {
    const from = type.toLowerCase() === 'conversationupdate' ? [actor, ...membersAdded].find((one) => one && withId(one).id !== bot) : actor;
    const id = from && withId(from).id;
    if (!from || id === undefined) return undefined;
    const known = memory.account(id);
    return { ...from, id, aadObjectId: from.aadObjectId ?? known?.aadObjectId, name: from.name ?? known?.name };
  }

  function tenantOf({ conversation, channelData, from, recipient }: ThinActivity, place: string): string {
    const told = conversation && 'tenantId' in conversation ? conversation.tenantId : undefined;
    return told ?? channelData?.tenant?.id ?? from?.tenantId ?? recipient?.tenantId ?? memory.place(place)?.tenant ?? usualTenant;
  }
}

/** A channel of which no team is told stands for one: so does General in Teams. */
function channelDataOf({ channelData }: ThinActivity, { kind, place }: { kind: PlaceKind; place: string }, tenant: string) {
  const { team: _team, channel: _channel, ...rest } = channelData ?? {};
  const told = { ...rest, tenant: { ...channelData?.tenant, id: channelData?.tenant?.id ?? tenant } };
  if (kind !== 'channel') return { ...told, team: channelData?.team ?? undefined, channel: channelData?.channel ?? undefined };
  const channel = channelData?.channel ?? { id: channelData?.teamsChannelId ?? place };
  return { ...told, channel, team: channelData?.team ?? { id: channelData?.teamsTeamId ?? place } };
}

function withId(account: Account): Account {
  return { ...account, id: account.id ?? account.aadObjectId ?? account.name };
}

function note(memory: Memory, { type, id, place, root, kind, tenant, team, from }: Whole): void {
  memory.sawPlace(place, { kind, tenant, marksThreads: root !== undefined });
  memory.sawPerson(team === undefined ? [place] : [place, team], from);
  if (tellsWords(type) && root !== undefined) memory.sawMessage(place, id, root);
}
