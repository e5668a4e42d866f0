import { isObject, type Json, type Message, type Person, type Place } from './model.ts';
import { conversationId, type State, serviceUrl, teamOf, type Where } from './state.ts';

/** What every activity has, as Teams sends it (Microsoft Learn, "Conversation messages" and "Conversation events"). */
export function baseActivity(state: State, who: Person, where: Where, id: string): Json {
  const { place } = where;
  const now = new Date(state.now());
  return {
    id,
    timestamp: now.toISOString(),
    localTimestamp: now.toISOString(),
    localTimezone: who.timeZone,
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl: serviceUrl(state, place.tenant),
    from: { id: who.accountId, name: who.name, aadObjectId: who.id },
    conversation: conversationOf(place, conversationId(where)),
    recipient: { id: state.botId, name: state.app.name },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Windows', timezone: who.timeZone }],
    channelData: { ...channelOf(state, place), tenant: { id: place.tenant } },
  };
}

function conversationOf(place: Place, id: string): Json {
  const common = { conversationType: place.kind, tenantId: place.tenant, id };
  return place.kind === 'personal' ? common : { isGroup: true, ...common };
}

function channelOf(state: State, place: Place): Json {
  if (place.kind !== 'channel') return {};
  const team = teamOf(state, place);
  return { teamsChannelId: place.id, teamsTeamId: team.id, channel: { id: place.id }, team: { id: team.id } };
}

export function messageActivity(state: State, who: Person, where: Where, said: Message): Json {
  const base = baseActivity(state, who, where, said.id);
  return { ...base, type: 'message', textFormat: 'plain', ...said.activity, entities: [...listIn(said.activity, 'entities'), ...listIn(base, 'entities')] };
}

/** Docs: "Conversation messages": edits and undeletions bring the words again, a deletion does not. */
export function changedActivity(state: State, who: Person, where: Where, said: Message, change: 'editMessage' | 'undeleteMessage' | 'softDeleteMessage'): Json {
  const whole = messageActivity(state, who, where, said);
  const { channelData } = whole;
  const data = { ...(isObject(channelData) && channelData), eventType: change };
  if (change !== 'softDeleteMessage') return { ...whole, type: 'messageUpdate', channelData: data };
  return { ...baseActivity(state, who, where, said.id), type: 'messageDelete', channelData: data };
}

/** Docs: "Conversation events". The conversation is the team's, that is its General channel, unless it is about one channel. */
export function conversationUpdate(state: State, who: Person, where: Where, change: Json, eventType?: string): Json {
  const base = baseActivity(state, who, where, `f:${state.uuid()}`);
  return { ...base, type: 'conversationUpdate', ...change, channelData: { ...eventData(state, where.place), ...(eventType !== undefined && { eventType }) } };
}

export function installationUpdate(state: State, who: Person, where: Where, action: 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade'): Json {
  const base = baseActivity(state, who, where, `f:${state.uuid()}`);
  const selected = where.place.kind === 'channel' && action === 'add' ? { settings: { selectedChannel: { id: where.place.id } } } : {};
  return { ...base, type: 'installationUpdate', action, channelData: { ...eventData(state, where.place), ...selected, source: { name: 'message' } } };
}

/** Unlike messages, events name the team and its group. */
function eventData(state: State, place: Place): Json {
  const tenant = { tenant: { id: place.tenant } };
  if (place.kind !== 'channel') return tenant;
  const { id, name, groupId } = teamOf(state, place);
  return { team: { id, name, aadGroupId: groupId }, ...tenant };
}

export function invokeActivity(state: State, who: Person, where: Where, name: string, value: Json, replyToId?: string): Json {
  const base = baseActivity(state, who, where, `f:${state.uuid()}`);
  const { channelData } = base;
  return {
    ...base,
    type: 'invoke',
    name,
    value,
    ...(replyToId !== undefined && { replyToId }),
    channelData: { ...(isObject(channelData) && channelData), source: { name: name.startsWith('composeExtension') ? 'compose' : 'message' } },
  };
}

function listIn(value: Json, key: string): unknown[] {
  const list = value[key];
  return Array.isArray(list) ? list : [];
}
