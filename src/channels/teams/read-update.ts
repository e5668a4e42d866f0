import type { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { ConversationUpdate, InstallationUpdate, Member } from './activities.ts';
import { accountOf, type Envelope, isBot } from './envelope.ts';
import { momentOf } from './moment.ts';
import type { Change, Known, Read } from './read-activity.ts';

type Update = z.infer<typeof ConversationUpdate>;
type Found = { events: readonly InboundEvent[]; changes: readonly Change[] };

const nothing: Found = { events: [], changes: [] };

/** Who and what came, went or is called something else. Never throws. */
export function readUpdate(type: 'conversationUpdate' | 'installationUpdate', activity: unknown, envelope: Envelope, known: Known): Read {
  const found = type === 'installationUpdate' ? readInstallation(activity, envelope) : readConversation(activity, envelope, known);
  return found.events.length + found.changes.length === 0 ? { kind: 'ignored' } : { kind: 'events', ...found };
}

function readInstallation(activity: unknown, envelope: Envelope): Found {
  const parsed = InstallationUpdate.safeParse(activity);
  if (!parsed.success) return nothing;
  const update = parsed.data;
  const at = momentOf(update.timestamp) ?? envelope.at;
  switch (update.action.toLowerCase()) {
    case 'add':
      return plumbCame(update, envelope, at);
    case 'add-upgrade':
      // A new version of the app where it was before: nobody is welcomed anew.
      return { events: [], changes: plumbCame(update, envelope, at).changes };
    case 'remove':
    case 'remove-upgrade':
      return plumbLeft(update, envelope, at);
    default:
      return nothing;
  }
}

function readConversation(activity: unknown, envelope: Envelope, known: Known): Found {
  const parsed = ConversationUpdate.safeParse(activity);
  if (!parsed.success) return nothing;
  const update = parsed.data;
  const at = momentOf(update.timestamp) ?? envelope.at;
  return both(both(readMembers(update, 'joined', envelope, at, known), readMembers(update, 'left', envelope, at, known)), readPlace(update, envelope, at));
}

function both(one: Found, other: Found): Found {
  return { events: [...one.events, ...other.events], changes: [...one.changes, ...other.changes] };
}

// Private and shared channels have members of their own (Microsoft Learn: "Apps for shared and private channels").
const ofChannel: readonly unknown[] = ['channelMemberAdded', 'channelMemberRemoved'];

function readMembers(update: Update, change: 'joined' | 'left', envelope: Envelope, at: number, known: Known): Found {
  const members = ((change === 'joined' ? update.membersAdded : update.membersRemoved) ?? []).flatMap((member) => Member.safeParse(member).data ?? []);
  const channel = ofChannel.includes(update.channelData?.eventType) ? (update.channelData?.channel?.id ?? envelope.place) : undefined;
  const isPlumb = members.some(({ id }) => id === envelope.botId);
  const own = !isPlumb
    ? nothing
    : channel
      ? inChannel(update, envelope, channel, change, at)
      : change === 'joined'
        ? plumbCame(update, envelope, at)
        : plumbLeft(update, envelope, at);
  // In a 1:1 chat the other one is told of too, but was always there.
  if (envelope.kind === 'personal') return own;
  const place = channel ?? homeOf(envelope);
  const others = members.filter((member) => !isBot(member, envelope.botId));
  const events = others.map((member): InboundEvent => {
    const { accountId, personId } = accountOf(member, envelope.tenant);
    const subject = personId === accountId ? (known.personOf(accountId) ?? personId) : personId;
    const eventKey = keyOf(envelope, update, `member-${change}:${accountId}`, at);
    return { type: 'MemberChanged', change, subject, isPlumb: false, ...originOf(envelope, place, at), eventKey };
  });
  return both(own, { events, changes: others.length > 0 ? [{ what: 'members', place }] : [] });
}

type Told = Pick<Update, 'id' | 'conversation' | 'channelData'>;

/** Plumb was added to, or taken out of, one private or shared channel. */
function inChannel(told: Told, envelope: Envelope, place: string, change: 'joined' | 'left', at: number): Found {
  const name = told.channelData?.channel?.name ?? told.conversation.name ?? undefined;
  const gone: Change = { what: 'place-gone', place };
  return { events: [ownChange(told, envelope, place, change, at)], changes: [change === 'left' ? gone : placeChange(place, name)] };
}

function plumbCame(told: Told, envelope: Envelope, at: number): Found {
  // Nobody is there who could be welcomed.
  if (envelope.kind === 'personal' && !envelope.by) return nothing;
  // Whoever adds Plumb to a team chooses the channel that it shall introduce itself in; the conversation is that one too (Microsoft Learn: "Conversation
  // events in your Teams bot", installation update event).
  const chosen = (envelope.kind === 'channel' && told.channelData?.settings?.selectedChannel?.id) || envelope.place;
  const events = [ownChange(told, envelope, chosen, 'joined', at)];
  switch (envelope.kind) {
    case 'personal':
      return { events, changes: [{ what: 'person-added' }] };
    case 'groupChat':
      return { events, changes: [placeChange(chosen, told.conversation.name ?? undefined)] };
    case 'channel':
      return { events, changes: [{ what: 'team-added', team: homeOf(envelope), ...(chosen !== envelope.place && { channel: chosen }) }] };
    default:
      return envelope.kind satisfies never;
  }
}

function plumbLeft(told: Told, envelope: Envelope, at: number): Found {
  const place = homeOf(envelope);
  const events = [ownChange(told, envelope, place, 'left', at)];
  switch (envelope.kind) {
    case 'personal':
      return { events, changes: [{ what: 'person-gone' }] };
    case 'groupChat':
      return { events, changes: [{ what: 'place-gone', place }] };
    case 'channel':
      return { events, changes: [{ what: 'team-gone', team: place }] };
    default:
      return envelope.kind satisfies never;
  }
}

function readPlace(update: Update, envelope: Envelope, at: number): Found {
  const { channelData, topicName } = update;
  const channel = channelData?.channel ?? undefined;
  const team = channelData?.team?.id ?? envelope.place;
  const name = channel?.name ?? undefined;
  switch (channelData?.eventType?.toLowerCase()) {
    case 'channelcreated':
    case 'channelrestored':
      return channel ? { events: [], changes: [placeChange(channel.id, name)] } : nothing;
    case 'channelrenamed':
      return channel ? { events: [placeEvent(update, envelope, channel.id, at, 'renamed', name)], changes: [placeChange(channel.id, name)] } : nothing;
    case 'channeldeleted':
      return channel ? { events: [placeEvent(update, envelope, channel.id, at, 'deleted')], changes: [{ what: 'place-gone', place: channel.id }] } : nothing;
    case 'channelshared':
    case 'channelunshared':
      return channel ? { events: [], changes: [{ what: 'members', place: channel.id }] } : nothing;
    case 'teamrenamed':
    case 'teamunarchived':
      return { events: [], changes: teamChange(team, channelData?.team?.name) };
    case 'teamarchived':
      return { events: [placeEvent(update, envelope, team, at, 'archived')], changes: [] };
    case 'teamdeleted':
    case 'teamharddeleted':
      return { events: [placeEvent(update, envelope, team, at, 'deleted')], changes: [{ what: 'team-gone', team }] };
    case 'teamrestored':
      return { events: [], changes: [{ what: 'team-added', team }] };
    default: {
      if (!topicName || envelope.kind !== 'groupChat') return nothing;
      const { place } = envelope;
      return { events: [placeEvent(update, envelope, place, at, 'renamed', topicName)], changes: [placeChange(place, topicName)] };
    }
  }
}

/** What stands for the whole: a team's General channel has the id of the team (Microsoft Learn: "Conversation events in your Teams bot", installation update event). */
function homeOf({ kind, place, team }: Envelope): string {
  return kind === 'channel' ? (team?.id ?? place) : place;
}

function placeChange(place: string, name: string | undefined): Change {
  return { what: 'place', place, ...(name && { name }) };
}

function teamChange(team: string, name: string | null | undefined): Change[] {
  return name ? [{ what: 'team', team, name }] : [];
}

/**
 * Teams tells of one installation twice, as conversationUpdate and as installationUpdate. Which two belong together cannot be told from what they say, and
 * somebody may add, remove and add Plumb within seconds: so each is its own event, and the second changes nothing.
 */
function ownChange(told: Told, envelope: Envelope, place: string, change: 'joined' | 'left', at: number): InboundEvent {
  const eventKey = keyOf(envelope, told, `plumb-${change}:${place}`, at);
  return { type: 'MemberChanged', change, subject: envelope.botId, isPlumb: true, ...originOf(envelope, place, at), eventKey };
}

function placeEvent(
  update: Update,
  envelope: Envelope,
  place: string,
  at: number,
  change: 'renamed' | 'archived' | 'deleted',
  name?: string | undefined,
): InboundEvent {
  const eventKey = keyOf(envelope, update, `${change}:${place}`, at);
  return { type: 'PlaceChanged', change, ...(name && { name }), ...originOf(envelope, place, at), eventKey };
}

/** Teams gives each event an id; without one its moment stands in. */
function keyOf({ tenant }: Envelope, { id }: Pick<Update, 'id'>, what: string, at: number): string {
  return `${tenant}:${id ?? at}:${what}`;
}

function originOf({ tenant, by }: Envelope, place: string, at: number) {
  return { conversation: { channel: 'teams' as const, tenant, place, thread: '' }, personId: by?.personId ?? '', at };
}
