import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { deliveryOf } from './delivery.ts';
import { isRecord } from './is-record.ts';
import { isOwnPost, markedId } from './own-post.ts';
import { conversationOf, homeOf, isDirect } from './place.ts';
import { readChange } from './read-change.ts';
import { readMention, readMessage } from './read-message.ts';
import type { NameOf } from './read-text.ts';
import { timestampSchema } from './timestamp.ts';
import type { PayloadSource, Workspace } from './workspace.ts';

/** What an event of Slack's comes to. `seen`: one of Plumb's own posts stands in Slack. `changed`: what is known of somebody or some place is out of date. */
export type SlackEvent =
  | { kind: 'event'; event: InboundEvent }
  | { kind: 'home'; event: InboundEvent }
  | { kind: 'seen'; outboxId: string; platformId: string }
  | { kind: 'changed'; what: 'person' | 'members' | 'place'; id: string; event?: InboundEvent }
  | { kind: 'removed' }
  | { kind: 'ignored' };

const ignored: SlackEvent = { kind: 'ignored' };
const id = z.string().min(1).max(100);

/**
 * Reads one event of the Events API (HTTP or Socket Mode) that was sent to `workspace`. Never throws: what is malformed or of no use is ignored.
 * `nameOf` tells names that are known at once; without it a mention shows an id until the message is completed.
 */
export function readEvent(envelope: unknown, workspace: Workspace, nameOf: NameOf = (personId) => personId): SlackEvent {
  // What holds an event is one, also where it does not say so itself.
  if (!isRecord(envelope) || (envelope['type'] ?? 'event_callback') !== 'event_callback') return ignored;
  const { event } = envelope;
  if (!isRecord(event)) return ignored;
  switch (event['type']) {
    case 'message':
      return asEvent(readMessage(event, { workspace, nameOf }));
    case 'app_mention':
      return asEvent(readMention(event, { workspace, nameOf }));
    case 'app_home_opened':
      return readHome(envelope, event, workspace);
    case 'message_metadata_posted':
      return readOwnPost(event, workspace);
    case 'app_uninstalled':
      return { kind: 'removed' };
    case 'tokens_revoked':
      return areOursRevoked(event, workspace) ? { kind: 'removed' } : ignored;
    default:
      return readChange(envelope, event, workspace) ?? ignored;
  }
}

const authorizationSchema = z.object({ enterprise_id: z.string().nullish(), team_id: z.string().nullish(), is_enterprise_install: optionally(z.boolean()) });

/**
 * Which installation an event was sent to; undefined when it does not say. Slack names one installation that may see the event (docs: Events API,
 * authorizations); `team_id` may be another organisation's in a shared channel, so it counts only where nothing better is there.
 */
export function sourceOf(envelope: unknown): PayloadSource | undefined {
  if (!isRecord(envelope)) return undefined;
  const authorizations = envelope['authorizations'];
  const parsed = authorizationSchema.safeParse(Array.isArray(authorizations) ? authorizations[0] : undefined);
  if (parsed.success && (parsed.data.team_id || parsed.data.enterprise_id)) {
    const { team_id, enterprise_id, is_enterprise_install } = parsed.data;
    return sourceFrom(team_id ?? undefined, enterprise_id ?? undefined, is_enterprise_install ?? false);
  }
  const teamId = textOf(envelope['context_team_id']) ?? textOf(envelope['team_id']);
  const enterpriseId = textOf(envelope['context_enterprise_id']) ?? textOf(envelope['enterprise_id']);
  return teamId === undefined && enterpriseId === undefined ? undefined : sourceFrom(teamId, enterpriseId, envelope['is_enterprise_install'] === true);
}

function sourceFrom(teamId: string | undefined, enterpriseId: string | undefined, isEnterpriseInstall: boolean): PayloadSource {
  // An organisation-wide installation that ends may name the organisation where otherwise the team stands.
  if (teamId?.startsWith('E')) return { enterpriseId: enterpriseId ?? teamId, teamId: undefined, isEnterpriseInstall: true };
  return { enterpriseId, teamId, isEnterpriseInstall: isEnterpriseInstall || teamId === undefined };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asEvent(event: InboundEvent | undefined): SlackEvent {
  return event ? { kind: 'event', event } : ignored;
}

const homeSchema = z.object({ user: id, tab: z.literal('home').nullish(), event_ts: optionally(timestampSchema) });

/** The messages tab is the private chat: opening it asks for nothing. */
function readHome(envelope: Record<string, unknown>, event: Record<string, unknown>, workspace: Workspace): SlackEvent {
  const parsed = homeSchema.safeParse(event);
  const delivery = deliveryOf(envelope, event);
  if (!parsed.success || !delivery) return ignored;
  const { user } = parsed.data;
  return { kind: 'home', event: { type: 'HomeOpened', ...delivery, conversation: conversationOf(workspace, homeOf(user)), personId: user } };
}

const ownPostSchema = z.object({
  channel_id: id,
  message_ts: timestampSchema,
  bot_id: optionally(z.string()),
  user_id: optionally(z.string()),
  metadata: z.unknown(),
});

function readOwnPost(event: Record<string, unknown>, workspace: Workspace): SlackEvent {
  const parsed = ownPostSchema.safeParse(event);
  if (!parsed.success) return ignored;
  const { channel_id, message_ts, bot_id, user_id, metadata } = parsed.data;
  const outboxId = markedId(metadata);
  if (outboxId === undefined || !isOwnPost({ user: user_id, botId: bot_id }, workspace)) return ignored;
  // A post in somebody's 1:1 chat is named with its place (the destination knows only the person).
  const platformId = isDirect(channel_id) ? `${channel_id}:${message_ts}` : message_ts;
  return { kind: 'seen', outboxId, platformId };
}

const revokedSchema = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) });

/** Somebody's own token may be revoked while Plumb stays installed (docs: tokens_revoked). */
function areOursRevoked(event: Record<string, unknown>, { botUserId }: Workspace): boolean {
  const parsed = revokedSchema.safeParse(event);
  return parsed.success && (parsed.data.tokens.bot ?? []).includes(botUserId);
}
