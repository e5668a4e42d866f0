import { badArgument, checkActivity } from './activity-check.ts';
import { plainText } from './marks.ts';
import { ConnectorError, isObject, type Json, type Message, type Operation, type Person, type Place, stringIn } from './model.ts';
import { account, addMessage, appIsIn, conversation, conversationId, membersOf, personalPlace, type State, teamOf, type Where } from './state.ts';

export type Asked = { operation: Operation; tenant: string; conversation: string; activityId: string | undefined; body: Json; query: URLSearchParams };
export type Answered = { status: number; body: unknown };

/** The Bot Connector of Teams (Microsoft Learn, "Bot Framework REST API: Connector service"). Throws ConnectorError where it refuses. */
export function perform(state: State, asked: Asked): Answered {
  switch (asked.operation) {
    case 'createConversation':
      return create(state, asked);
    case 'post':
      return post(state, asked, conversation(state, asked.tenant, asked.conversation));
    case 'reply':
      return reply(state, asked);
    case 'update':
      return update(state, asked);
    case 'delete':
      return remove(state, asked);
    case 'members':
      return { status: 200, body: roster(state, asked).map(accountOf) };
    case 'pagedMembers':
      return pagedMembers(state, asked);
    case 'member':
      return member(state, asked);
    case 'channels':
      return channels(state, asked);
    case 'team':
      return details(state, asked);
    default:
      return asked.operation satisfies never;
  }
}

/** Docs: "Send proactive messages" (1:1 chats) and "Create conversation" with `channelData.channel` (a new thread). */
function create(state: State, { tenant, body }: Asked): Answered {
  const channel = stringIn(body, 'channelData', 'channel', 'id');
  if (channel !== undefined) {
    const where = conversation(state, tenant, channel);
    if (where.place.kind !== 'channel' || where.root !== undefined) throw badArgument('channelData.channel.id is no channel.');
    if (body['isGroup'] !== true) throw badArgument('isGroup is true for a channel.');
    mayWrite(state, where.place);
    const said = checkActivity(state, where.place, body['activity']);
    if (said['type'] !== 'message') throw badArgument('A thread begins with a message.');
    const made = keep(state, where, said);
    return { status: 201, body: { id: conversationId({ place: where.place, root: made.id }), activityId: made.id } };
  }
  const members = body['members'];
  if (body['isGroup'] === true || !Array.isArray(members) || members.length !== 1) throw badArgument('A bot begins a chat with exactly one person.');
  const wanted = stringIn(body, 'tenantId') ?? stringIn(body, 'channelData', 'tenant', 'id');
  if (wanted === undefined) throw badArgument('The tenant is missing.');
  if (stringIn(body, 'bot', 'id') !== undefined && stringIn(body, 'bot', 'id') !== state.botId) throw badArgument('The bot is another one.');
  const who = account(state, tenant, stringIn(members[0], 'id') ?? '');
  if (wanted !== tenant || !who) throw new ConnectorError(403, 'ForbiddenOperationException', 'The user is not part of the tenant.');
  const place = personalPlace(state, who);
  if (!place.app && !inTeamWithApp(state, who))
    throw new ConnectorError(403, 'ForbiddenOperationException', "The bot is not installed in the user's personal scope");
  const first =
    body['activity'] === undefined
      ? undefined
      : post(state, { activityId: undefined, body: isObject(body['activity']) ? body['activity'] : {} }, { place, root: undefined });
  return { status: 201, body: { id: place.id, ...(isObject(first?.body) && { activityId: first.body['id'] }) } };
}

function post(state: State, { body }: Pick<Asked, 'body' | 'activityId'>, where: Where): Answered {
  mayWrite(state, where.place);
  const said = checkActivity(state, where.place, body);
  if (said['type'] === 'typing') {
    state.typing.push({ conversation: conversationId(where), at: state.now() });
    state.changed();
    return { status: 202, body: {} };
  }
  return { status: 201, body: { id: keep(state, where, said).id } };
}

/** In a channel a reply stands in the thread of what it answers; a chat has no threads. */
function reply(state: State, asked: Asked): Answered {
  const where = conversation(state, asked.tenant, asked.conversation);
  mayWrite(state, where.place);
  const answered = find(state, where.place, asked.activityId);
  return post(state, asked, where.place.kind === 'channel' ? { place: where.place, root: answered.root ?? answered.id } : where);
}

function update(state: State, asked: Asked): Answered {
  const where = conversation(state, asked.tenant, asked.conversation);
  mayWrite(state, where.place);
  const earlier = own(state, where, asked.activityId);
  const said = checkActivity(state, where.place, asked.body);
  if (said['type'] !== 'message') throw badArgument('A message is updated with a message.');
  Object.assign(earlier, { activity: said, text: plainText(said), edited: true });
  earlier.views.clear();
  state.changed();
  return { status: 200, body: { id: earlier.id } };
}

function remove(state: State, asked: Asked): Answered {
  const where = conversation(state, asked.tenant, asked.conversation);
  mayWrite(state, where.place);
  own(state, where, asked.activityId).deleted = true;
  state.changed();
  return { status: 200, body: undefined };
}

function keep(state: State, { place, root }: Where, activity: Json): Message {
  return addMessage(state, { place: place.id, root, by: undefined, activity });
}

function find(state: State, place: Place, id: string | undefined): Message {
  const found = state.messages.find((one) => one.place === place.id && one.id === id);
  if (!found) throw new ConnectorError(404, 'ActivityNotFoundInConversation', 'Conversation not found.');
  return found;
}

function own(state: State, where: Where, id: string | undefined): Message {
  const found = find(state, where.place, id);
  if (found.by !== undefined) throw new ConnectorError(403, 'NotEnoughPermissions', 'The message is not by the bot.');
  const elsewhere = where.root !== undefined && (found.root ?? found.id) !== where.root;
  if (found.deleted || elsewhere) throw new ConnectorError(404, 'ActivityNotFoundInConversation', 'Conversation not found.');
  return found;
}

/** Docs: "Send proactive messages": a chat that was blocked, or whose person took the app away, takes no messages. */
function mayWrite(state: State, place: Place): void {
  if (place.kind !== 'personal') {
    if (!appIsIn(state, place)) throw new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    return;
  }
  const [who] = membersOf(state, place);
  if (place.blocked || !who || (!place.app && !inTeamWithApp(state, who)))
    throw new ConnectorError(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
}

/** Docs: "Send proactive messages": a member of a team that has the app can be written to without adding it. */
function inTeamWithApp(state: State, who: Person): boolean {
  return [...state.teams.values()].some((team) => team.app && team.state !== 'deleted' && team.members.has(who.id));
}

function roster(state: State, asked: Asked): Person[] {
  const { place } = conversation(state, asked.tenant, asked.conversation);
  const [who] = membersOf(state, place);
  const inside = appIsIn(state, place) || (place.kind === 'personal' && who !== undefined && inTeamWithApp(state, who));
  if (!inside) throw new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return membersOf(state, place);
}

/** Docs: "Get Teams context": 200 a page unless asked for, never fewer than 50 nor more than 500. */
function pagedMembers(state: State, asked: Asked): Answered {
  const all = roster(state, asked);
  const size = Math.min(Math.max(Number(asked.query.get('pageSize') ?? 200) || 200, 50), 500);
  const token = asked.query.get('continuationToken');
  const from = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(from)) throw badArgument('The continuation token is not ours.');
  const next = from + size < all.length ? Buffer.from(String(from + size)).toString('base64url') : undefined;
  return { status: 200, body: { ...(next !== undefined && { continuationToken: next }), members: all.slice(from, from + size).map(accountOf) } };
}

function member(state: State, asked: Asked): Answered {
  const found = roster(state, asked).find((one) => one.id === asked.activityId || one.accountId === asked.activityId);
  if (!found) throw new ConnectorError(404, 'MemberNotFoundInConversation', 'The member is not part of the conversation.');
  return { status: 200, body: accountOf(found) };
}

function channels(state: State, asked: Asked): Answered {
  const team = teamOf(state, teamPlace(state, asked));
  const all = [...state.places.values()].filter((one) => one.team === team.id && !one.deleted);
  return { status: 200, body: { conversations: all.map(({ id, name }) => ({ id, name: name === '' ? null : name, type: 'standard' })) } };
}

function details(state: State, asked: Asked): Answered {
  const team = teamOf(state, teamPlace(state, asked));
  const channelCount = [...state.places.values()].filter((one) => one.team === team.id && !one.deleted).length;
  return { status: 200, body: { id: team.id, name: team.name, aadGroupId: team.groupId, channelCount, memberCount: team.members.size } };
}

function teamPlace(state: State, asked: Asked): Place {
  const { place } = conversation(state, asked.tenant, asked.conversation);
  if (!state.teams.has(place.id)) throw new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
  if (!appIsIn(state, place)) throw new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return place;
}

/** Docs: "Get Teams context", the members of a roster. */
function accountOf(who: Person): Json {
  const [givenName = '', ...rest] = who.name.split(' ');
  return {
    id: who.accountId,
    name: who.name,
    objectId: who.id,
    aadObjectId: who.id,
    givenName,
    surname: rest.join(' '),
    email: who.email,
    userPrincipalName: who.guest ? `${who.handle}_partner.example#EXT#@northwind.example` : who.email,
    tenantId: who.tenant,
    userRole: who.guest ? 'guest' : 'user',
  };
}
