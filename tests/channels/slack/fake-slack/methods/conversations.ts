import { historyScope, plainMessage } from '../announce.ts';
import { paged } from '../arguments.ts';
import { type Json, type Message, type Place, SlackError } from '../model.ts';
import { covers, groupPlace, messagesIn, teamsOf } from '../state.ts';
import { openDirect } from './chat.ts';
import { type ApiCall, joinedPlace, knownPlace, knowsPerson, type Method, needScope, teamOfCall } from './method.ts';

const readScope = { channel: 'channels:read', group: 'groups:read', mpim: 'mpim:read', im: 'im:read' } as const;
const kindOf: Readonly<Record<string, Place['kind']>> = { public_channel: 'channel', private_channel: 'group', mpim: 'mpim', im: 'im' };

export const conversations: Readonly<Record<string, Method>> = {
  'conversations.info': { scopes: [], run: info },
  'conversations.members': { scopes: [], run: members },
  'conversations.open': { scopes: [], run: open },
  'conversations.list': { scopes: [], run: (call) => list(call, false) },
  'users.conversations': { scopes: [], run: (call) => list(call, true) },
  'conversations.history': { scopes: [], run: history },
  'conversations.replies': { scopes: [], run: replies },
};

function info(call: ApiCall): Json {
  const where = knownPlace(call, call.args.required('channel'));
  needScope(call, readScope[where.kind]);
  return { channel: { ...plainPlace(call, where), ...(call.args.flag('include_num_members') ? { num_members: where.members.size } : {}) } };
}

function plainPlace(call: ApiCall, where: Place): Json {
  const shared = where.sharedWith.length > 0;
  const bot = call.install.botUserId;
  const common = { id: where.id, created: where.created, is_archived: where.archived, is_im: where.kind === 'im', is_mpim: where.kind === 'mpim' };
  if (where.kind === 'im') return { ...common, user: [...where.members].find((id) => id !== bot) ?? '', is_org_shared: false, context_team_id: where.teamId };
  return {
    ...common,
    name: where.name,
    name_normalized: where.name,
    is_channel: where.kind === 'channel',
    is_group: where.kind === 'group',
    is_private: where.kind !== 'channel',
    is_member: where.members.has(bot),
    is_general: where.name === 'general',
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    creator: where.creator,
    context_team_id: where.teamId,
    shared_team_ids: teamsOf(where),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

function members(call: ApiCall): Json {
  const where = knownPlace(call, call.args.required('channel'));
  needScope(call, readScope[where.kind]);
  const { page, next } = paged([...where.members], call.args);
  return { members: page, response_metadata: { next_cursor: next } };
}

function open(call: ApiCall): Json {
  const { state, args, install } = call;
  const given = args.text('channel');
  if (given !== undefined) return { channel: { id: knownPlace(call, given).id } };
  const people = (args.text('users') ?? '').split(',').filter((id) => id !== '');
  const [first] = people;
  if (first === undefined) throw new SlackError('users_list_not_supplied');
  needScope(call, people.length === 1 ? 'im:write' : 'mpim:write');
  if (people.length > 8) throw new SlackError('too_many_users');
  if (people.some((id) => !knowsPerson(call, id))) throw new SlackError('user_not_found');
  const where = people.length === 1 ? openDirect(call, first) : groupPlace(state, [install.botUserId, ...people], state.people.get(first)?.teamId ?? '');
  state.changed();
  return { channel: args.flag('return_im') ? plainPlace(call, where) : { id: where.id } };
}

function list(call: ApiCall, onlyMine: boolean): Json {
  const { state, args } = call;
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const kinds = types.map((type) => kindOf[type]);
  for (const kind of kinds) {
    if (kind === undefined) throw new SlackError('invalid_types');
    needScope(call, readScope[kind]);
  }
  const whose = onlyMine ? (args.text('user') ?? call.install.botUserId) : call.install.botUserId;
  const teamId = onlyMine && args.text('team_id') === undefined ? undefined : teamOfCall(call);
  const all = [...state.places.values()].filter((where) => {
    const near = teamsOf(where).some((team) => (teamId === undefined ? covers(state, call.install, team) : team === teamId));
    const seen = where.members.has(whose) || (!onlyMine && where.kind === 'channel');
    return near && seen && !where.deleted && kinds.includes(where.kind) && !(args.flag('exclude_archived') && where.archived);
  });
  const { page, next } = paged(all, args);
  const channels = page.map((where) => ({ ...plainPlace(call, where), ...(onlyMine ? {} : { num_members: where.members.size }) }));
  return { channels, response_metadata: { next_cursor: next } };
}

function history(call: ApiCall): Json {
  const where = readablePlace(call);
  const all = messagesIn(call.state, where.id)
    .filter((one) => one.threadTs === undefined || one.threadTs === one.ts || one.subtype === 'thread_broadcast')
    .filter(between(call))
    .toReversed();
  const { page, next } = paged(all, call.args, 999);
  return { messages: shown(call, where, page), has_more: next !== '', pin_count: 0, response_metadata: { next_cursor: next } };
}

function replies(call: ApiCall): Json {
  const where = readablePlace(call);
  const ts = call.args.required('ts');
  const every = messagesIn(call.state, where.id);
  const root = every.find((one) => one.ts === ts)?.threadTs ?? ts;
  const thread = every.filter((one) => one.ts === root || one.threadTs === root);
  if (thread.length === 0) throw new SlackError('thread_not_found');
  const parent = thread.filter((one) => one.ts === root);
  const { page, next } = paged(thread.filter((one) => one.ts !== root).filter(between(call)), call.args, 1_000);
  return { messages: shown(call, where, [...parent, ...page]), has_more: next !== '', response_metadata: { next_cursor: next } };
}

function readablePlace(call: ApiCall): Place {
  const where = joinedPlace(call, call.args.required('channel'));
  needScope(call, historyScope[where.kind]);
  return where;
}

function between({ args }: ApiCall): (message: Message) => boolean {
  const oldest = args.text('oldest');
  const latest = args.text('latest');
  const inclusive = args.flag('inclusive');
  return ({ ts }) =>
    (oldest === undefined || ts > oldest || (inclusive && ts === oldest)) && (latest === undefined || ts < latest || (inclusive && ts === latest));
}

function shown(call: ApiCall, where: Place, list: readonly Message[]): Json[] {
  // docs.slack.dev/reference/scopes/metadata.message.read: without it there is no metadata to see.
  const metadata = call.args.flag('include_all_metadata') && call.install.scopes.includes('metadata.message:read');
  return list.map((one) => plainMessage(call.state, one, where, metadata));
}
