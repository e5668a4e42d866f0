import type { z } from 'zod';
import { isTimeZone } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { AnyActivity, ClientInfo, type Member, ofKind } from './activities.ts';
import { type Place, placeOf } from './place.ts';

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

type Activity = z.infer<typeof AnyActivity>;

/**
 * Reads where an activity came from and who acted; undefined when it does not say so. `now`: epoch milliseconds. Never throws. It says nothing of whether
 * the activity is genuine: nothing of it may be used before that is known.
 */
export function readEnvelope(activity: unknown, now: number): Envelope | undefined {
  const parsed = AnyActivity.safeParse(activity);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const { conversation, channelData, recipient, serviceUrl, id } = data;
  // In a channel that is shared with another organisation the conversation names the one that hosts it, the rest may name the sender's.
  const tenant = conversation.tenantId ?? channelData?.tenant?.id;
  if (tenant === undefined) return undefined;
  const botId = recipient.id;
  const { team } = channelData ?? {};
  return {
    ...placeOf({ id: conversation.id, conversationType: kindOf(data) }, isMessage(data) ? (data.replyToId ?? id ?? '') : ''),
    tenant,
    by: actorOf(data, tenant),
    serviceUrl,
    botId,
    team: team ? { id: team.id, ...(team.name && { name: team.name }), ...(team.aadGroupId && { groupId: team.aadGroupId }) } : undefined,
    activityId: id ?? '',
    at: now,
  };
}

/** A bot's account: Teams gives them other ids than people (Microsoft Learn: "Conversation events in your Teams bot"). */
export function isBot({ id, role }: { id: string; role?: string | null | undefined }, botId: string): boolean {
  return id === botId || isApp(id) || role === 'bot' || role === 'skill';
}

/** Whether an account is an app's, by its id. */
export function isApp(accountId: string): boolean {
  return accountId.startsWith('28:');
}

// Only something that is said opens a thread of its own; everything else in a channel is about the channel.
const messages: readonly string[] = ['message', 'messageUpdate', 'messageDelete'];

function isMessage({ type }: Activity): boolean {
  return messages.includes(type);
}

/**
 * What kind of place it is, where Teams does not say so (a message action in a meeting's chat), or says it of a chat that is not Plumb's: message actions
 * can be used in the 1:1 chat of two people, which has an id as groups have (Microsoft Learn: "Create and send dialogs").
 */
function kindOf({ type, conversation, channelData, recipient }: Activity): string {
  const { id, conversationType, isGroup } = conversation;
  const given = conversationType?.toLowerCase();
  if (given === 'channel') return 'channel';
  if (given === 'groupchat') return 'groupChat';
  const isShared = id.startsWith('19:') && !(type === 'invoke' ? id.includes(recipient.id.replace(/^28:/, '')) : given === 'personal');
  if (!isShared && isGroup !== true) return 'personal';
  return channelData?.channel || channelData?.team ? 'channel' : 'groupChat';
}

function actorOf(activity: Activity, tenant: string): Account | undefined {
  const { from, recipient } = activity;
  if (!from || isBot(from, recipient.id)) return undefined;
  const timeZone = timeZoneOf(activity);
  return { ...accountOf(from, tenant), ...(timeZone && { timeZone }), external: isExternal(from, tenant) || isOfAnotherTenant(activity, tenant) };
}

/** The ids and the name of somebody. */
export function accountOf(account: z.infer<typeof Member>, tenant: string): Account {
  const { id, aadObjectId, name } = account;
  return { personId: aadObjectId ?? id, accountId: id, ...(name && { name }), external: isExternal(account, tenant) };
}

/** Guests, people without an account, and those of another organisation (Microsoft Learn: "Apps for shared and private channels", Identify members). */
export function isExternal({ userRole, tenantId }: Pick<z.infer<typeof Member>, 'userRole' | 'tenantId'>, tenant: string): boolean {
  return userRole === 'guest' || userRole === 'anonymous' || (typeof tenantId === 'string' && tenantId !== tenant);
}

function isOfAnotherTenant({ channelData }: Activity, tenant: string): boolean {
  const of = channelData?.tenant?.id;
  return of !== undefined && of !== tenant;
}

function timeZoneOf({ entities, localTimezone }: Activity): string | undefined {
  const told = ofKind(ClientInfo, 'type', 'clientInfo', entities);
  return [...told.map(({ timezone }) => timezone), localTimezone].find((zone) => typeof zone === 'string' && isTimeZone(zone)) ?? undefined;
}
