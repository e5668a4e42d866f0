import type { Activity } from 'botframework-schema';

export type Where = { serviceUrl: string; conversationId: string };
export type ConnectorAccount = { id: string; aadObjectId?: string; name?: string; tenantId?: string; userRole?: string };

/** The calls of a tenant's Bot Connector that Plumb makes. They reject with what the SDK throws (errors.ts reads it). */
export type Connector = {
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
  member(where: Where, accountId: string): Promise<ConnectorAccount | undefined>;
  members(where: Where): Promise<ConnectorAccount[]>;
  channels(options: { serviceUrl: string; team: string }): Promise<{ id: string; name?: string }[]>;
};
