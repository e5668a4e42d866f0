import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import type { ConversationRef } from '../../domain/conversation.ts';
import { optionally } from '../optional.ts';
import { deliveryOf } from './delivery.ts';
import { conversationOf } from './place.ts';
import type { Workspace } from './workspace.ts';

type Raw = Record<string, unknown>;
type Changed = { kind: 'changed'; what: 'person' | 'members' | 'place'; id: string; event?: InboundEvent };

const id = z.string().min(1).max(100);
const somebody = optionally(z.string());
const memberSchema = z.object({ user: id, channel: id, inviter: somebody });
const leftSchema = z.object({ channel: id, actor_id: somebody });
const placeSchema = z.object({ channel: id, user: somebody, actor_id: somebody });
const renameSchema = z.object({ channel: z.object({ id, name: z.string().min(1) }) });
const personSchema = z.object({ user: z.object({ id }) });

/** An event about who is where, and what people and places are called; undefined for every other. Never throws. */
export function readChange(envelope: Raw, event: Raw, workspace: Workspace): Changed | undefined {
  switch (event['type']) {
    case 'member_joined_channel':
    case 'member_left_channel':
      return readMember(envelope, event, workspace);
    case 'channel_left':
    case 'group_left':
      return readOwnLeaving(envelope, event, workspace);
    case 'channel_archive':
    case 'group_archive':
      return readPlace(envelope, event, workspace, 'archived');
    case 'channel_deleted':
    case 'group_deleted':
      return readPlace(envelope, event, workspace, 'deleted');
    case 'channel_rename':
    case 'group_rename':
      return readRename(envelope, event, workspace);
    case 'channel_unarchive':
    case 'group_unarchive': {
      const parsed = placeSchema.safeParse(event);
      return parsed.success ? { kind: 'changed', what: 'place', id: parsed.data.channel } : undefined;
    }
    case 'user_change':
    case 'team_join': {
      const parsed = personSchema.safeParse(event);
      return parsed.success ? { kind: 'changed', what: 'person', id: parsed.data.user.id } : undefined;
    }
    default:
      return undefined;
  }
}

function readMember(envelope: Raw, event: Raw, workspace: Workspace): Changed | undefined {
  const parsed = memberSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { user, channel, inviter } = parsed.data;
  const change = event['type'] === 'member_joined_channel' ? 'joined' : 'left';
  const origin = originOf(envelope, event, { workspace, place: channel, personId: inviter || user });
  if (!origin) return { kind: 'changed', what: 'members', id: channel };
  const isPlumb = user === workspace.botUserId;
  return { kind: 'changed', what: 'members', id: channel, event: { type: 'MemberChanged', change, subject: user, isPlumb, ...origin } };
}

/** Told to whoever was taken out themselves: here that is Plumb's bot (docs: channel_left). */
function readOwnLeaving(envelope: Raw, event: Raw, workspace: Workspace): Changed | undefined {
  const parsed = leftSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { channel, actor_id } = parsed.data;
  const subject = workspace.botUserId;
  const origin = originOf(envelope, event, { workspace, place: channel, personId: actor_id ?? '' });
  if (!origin) return { kind: 'changed', what: 'members', id: channel };
  return { kind: 'changed', what: 'members', id: channel, event: { type: 'MemberChanged', change: 'left', subject, isPlumb: true, ...origin } };
}

function readPlace(envelope: Raw, event: Raw, workspace: Workspace, change: 'archived' | 'deleted'): Changed | undefined {
  const parsed = placeSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { channel, user, actor_id } = parsed.data;
  const origin = originOf(envelope, event, { workspace, place: channel, personId: user ?? actor_id ?? '' });
  return { kind: 'changed', what: 'place', id: channel, ...(origin && { event: { type: 'PlaceChanged', change, ...origin } }) };
}

function readRename(envelope: Raw, event: Raw, workspace: Workspace): Changed | undefined {
  const parsed = renameSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { id: place, name } = parsed.data.channel;
  const origin = originOf(envelope, event, { workspace, place, personId: '' });
  return { kind: 'changed', what: 'place', id: place, ...(origin && { event: { type: 'PlaceChanged', change: 'renamed', name: `#${name}`, ...origin } }) };
}

type About = { workspace: Workspace; place: string; personId: string };
type Origin = { eventKey: string; conversation: ConversationRef; personId: string; at: number };

function originOf(envelope: Raw, event: Raw, { workspace, place, personId }: About): Origin | undefined {
  const delivery = deliveryOf(envelope, event);
  return delivery && { ...delivery, conversation: conversationOf(workspace, { place, thread: '' }), personId };
}
