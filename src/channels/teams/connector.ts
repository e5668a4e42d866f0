import type { Activity } from 'botframework-schema';
import { z } from 'zod';
import { type ConnectorCall, createConnectorCall } from './connector-call.ts';
import { statusOf } from './connector-error.ts';

export type Where = { serviceUrl: string; conversationId: string };
export type ConnectorAccount = { id: string; aadObjectId?: string; name?: string; tenantId?: string; userRole?: string };

/** The calls of a tenant's Bot Connector that Plumb makes. They reject with ConnectorError, each within ten seconds, and are never repeated by themselves. */
export type Connector = {
  /** `activityId` is '' for what leaves nothing behind (typing). */
  post(where: Where, activity: Partial<Activity>): Promise<{ activityId: string }>;
  update(where: Where, activityId: string, activity: Partial<Activity>): Promise<void>;
  remove(where: Where, activityId: string): Promise<void>;
  /** The 1:1 chat with somebody, made where there is none. */
  openChat(options: { serviceUrl: string; botId: string; tenant: string; accountId: string }): Promise<{ conversationId: string }>;
  /** A new thread in a channel. */
  openThread(options: {
    serviceUrl: string;
    botId: string;
    tenant: string;
    place: string;
    activity: Partial<Activity>;
  }): Promise<{ conversationId: string; activityId: string }>;
  /** Undefined when they are not there. */
  member(where: Where, accountId: string): Promise<ConnectorAccount | undefined>;
  /** Everybody, or pages until there are `most`. */
  members(where: Where, most?: number): Promise<ConnectorAccount[]>;
  /** Everybody in one answer, as services list them that have no pages. */
  everybody(where: Where): Promise<ConnectorAccount[]>;
  /** The General channel has the team's id and no name. */
  channels(options: { serviceUrl: string; team: string }): Promise<{ id: string; name?: string }[]>;
  /** `groupId`: the Microsoft 365 group that the team belongs to. */
  team(options: { serviceUrl: string; team: string }): Promise<{ name?: string; groupId?: string; memberCount?: number }>;
};

const Resource = z.object({ id: z.string().min(1) });
const MaybeResource = z.object({ id: z.string().optional() }).catch({});
const Thread = z.object({ id: z.string().min(1), activityId: z.string().min(1) });
// A stand-in for Teams may number what it keeps, or say nothing of it.
const anyId = z.union([z.string(), z.number().transform(String)]).catch('');
const AnyResource = z.object({ id: anyId, activityId: anyId }).catch({ id: '', activityId: '' });

/** `standIn`: it is none of Microsoft's, and may not say under what id it keeps something ('' then). */
type Options = Parameters<typeof createConnectorCall>[0] & { standIn?: boolean };

/** The Bot Connector by way of botbuilder, which signs the calls. The outbox tries again, so botbuilder's own repeating is off. */
export function createConnector({ standIn = false, ...options }: Options): Connector {
  const call = createConnectorCall(options);
  return { ...messageCalls(call, standIn), ...rosterCalls(call) };
}

function messageCalls(call: ConnectorCall, standIn: boolean): Pick<Connector, 'post' | 'update' | 'remove' | 'openChat' | 'openThread'> {
  return {
    async post({ serviceUrl, conversationId }, activity) {
      const answer: z.ZodType<{ id?: string | undefined }> = standIn ? AnyResource : activity.type === 'typing' ? MaybeResource : Resource;
      const { id = '' } = await call({ name: 'a post', serviceUrl, answer }, ({ connector }, ending) =>
        connector.conversations.sendToConversation(conversationId, activity, ending),
      );
      return { activityId: id };
    },
    async update({ serviceUrl, conversationId }, activityId, activity) {
      await call({ name: 'an update', serviceUrl, answer: z.unknown() }, ({ connector }, ending) =>
        connector.conversations.updateActivity(conversationId, activityId, { ...activity, id: activityId }, ending),
      );
    },
    async remove({ serviceUrl, conversationId }, activityId) {
      await call({ name: 'a removal', serviceUrl, answer: z.unknown() }, ({ connector }, ending) =>
        connector.conversations.deleteActivity(conversationId, activityId, ending),
      );
    },
    async openChat({ serviceUrl, botId, tenant, accountId }) {
      const people = { bot: { id: botId, name: '' }, members: [{ id: accountId, name: '' }] };
      const chat = { isGroup: false, ...people, tenantId: tenant, channelData: { tenant: { id: tenant } } };
      const { id } = await call({ name: 'the opening of a chat', serviceUrl, answer: standIn ? AnyResource : Resource }, ({ connector }, ending) =>
        connector.conversations.createConversation(chat, ending),
      );
      return { conversationId: id };
    },
    async openThread({ serviceUrl, botId, tenant, place, activity }) {
      const channel = { isGroup: true, bot: { id: botId, name: '' }, tenantId: tenant, channelData: { channel: { id: place }, tenant: { id: tenant } } };
      const { id, activityId } = await call({ name: 'a new thread', serviceUrl, answer: standIn ? AnyResource : Thread }, ({ connector }, ending) =>
        // botbuilder's type wants what only an activity that comes in has.
        connector.conversations.createConversation({ ...channel, activity: activity as Activity }, ending),
      );
      return { conversationId: id, activityId };
    },
  };
}

// What Teams gives at most in one page, and pages enough for its largest team of 25,000 (Microsoft Learn: "Get Teams specific context for your bot",
// "Limits and specifications for Microsoft Teams").
const pageSize = 500;
const maxPages = 50;

const text = z
  .string()
  .min(1)
  .nullish()
  .transform((value) => value ?? undefined);
const Member = z.object({ id: z.string().min(1), aadObjectId: text, objectId: text, name: text, tenantId: text, userRole: text });
const Members = z.object({ members: z.array(Member).default([]), continuationToken: text });
const Team = z.object({ name: text, aadGroupId: text, memberCount: z.number().int().nonnegative().optional().catch(undefined) });
const Channels = z.object({ conversations: z.array(z.object({ id: z.string().min(1), name: text })).default([]) });

/** Ids that a card was made to bring are asked about too; as part of an address these lead elsewhere. */
function isStep(id: string): boolean {
  return id === '.' || id === '..';
}

function rosterCalls(call: ConnectorCall): Pick<Connector, 'member' | 'members' | 'everybody' | 'channels' | 'team'> {
  return {
    async member({ serviceUrl, conversationId }, accountId) {
      if ([conversationId, accountId].some(isStep)) return undefined;
      try {
        const found = await call({ name: 'a look at a member', serviceUrl, answer: Member }, ({ connector }, ending) =>
          connector.conversations.getConversationMember(conversationId, accountId, ending),
        );
        return accountOf(found);
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async members({ serviceUrl, conversationId }, most = Number.POSITIVE_INFINITY) {
      const found: ConnectorAccount[] = [];
      let next: string | undefined;
      for (let page = 0; page < maxPages; page += 1) {
        // There is no token before the first page; botbuilder's type wants one.
        const from = { pageSize, continuationToken: next as string };
        const answer = await call({ name: 'a look at the members', serviceUrl, answer: Members }, ({ connector }, ending) =>
          connector.conversations.getConversationPagedMembers(conversationId, { ...from, ...ending }),
        );
        found.push(...answer.members.map(accountOf));
        next = answer.continuationToken;
        if (next === undefined || found.length >= most) break;
      }
      return found;
    },
    async everybody({ serviceUrl, conversationId }) {
      const answer = await call({ name: 'a look at the members', serviceUrl, answer: z.array(Member) }, ({ connector }, ending) =>
        connector.conversations.getConversationMembers(conversationId, ending),
      );
      return answer.map(accountOf);
    },
    async channels({ serviceUrl, team }) {
      const { conversations } = await call({ name: 'a look at the channels', serviceUrl, answer: Channels }, ({ teams }, ending) =>
        teams.teams.fetchChannelList(team, ending),
      );
      return conversations.map(({ id, name }) => ({ id, ...(name !== undefined && { name }) }));
    },
    async team({ serviceUrl, team }) {
      const details = await call({ name: 'a look at a team', serviceUrl, answer: Team }, ({ teams }, ending) => teams.teams.fetchTeamDetails(team, ending));
      const { name, aadGroupId: groupId, memberCount } = details;
      return { ...(name !== undefined && { name }), ...(groupId !== undefined && { groupId }), ...(memberCount !== undefined && { memberCount }) };
    },
  };
}

/** The roster calls the Entra object id `objectId`, activities call it `aadObjectId`. */
function accountOf({ id, aadObjectId, objectId, name, tenantId, userRole }: z.infer<typeof Member>): ConnectorAccount {
  const entraId = aadObjectId ?? objectId;
  return {
    id,
    ...(entraId !== undefined && { aadObjectId: entraId }),
    ...(name !== undefined && { name }),
    ...(tenantId !== undefined && { tenantId }),
    ...(userRole !== undefined && { userRole }),
  };
}
