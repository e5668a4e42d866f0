import { DateTime } from 'luxon';
import { paged } from '../arguments.ts';
import { type Json, type Person, SlackError } from '../model.ts';
import { covers, message } from '../state.ts';
import { type ApiCall, joinedPlace, knowsPerson, type Method, teamOfCall } from './method.ts';

export const users: Readonly<Record<string, Method>> = {
  'users.info': { scopes: ['users:read'], run: info },
  'users.list': { scopes: ['users:read'], run: list },
  'reactions.add': { scopes: ['reactions:write'], run: addReaction },
  'reactions.remove': { scopes: ['reactions:write'], run: removeReaction },
};

function info(call: ApiCall): Json {
  const id = call.args.required('user');
  const found = call.state.people.get(id);
  if (!found || !knowsPerson(call, id)) throw new SlackError('user_not_found');
  return { user: plainPerson(call, found) };
}

function list(call: ApiCall): Json {
  const teamId = teamOfCall(call);
  const all = [...call.state.people.values()].filter((one) => one.teamId === teamId);
  const { page, next } = paged(all, call.args);
  return { members: page.map((one) => plainPerson(call, one)), cache_ts: Math.floor(call.state.now() / 1_000), response_metadata: { next_cursor: next } };
}

/** docs.slack.dev/reference/objects/user-object: a person of another organisation comes as a stranger, without roles. */
export function plainPerson(call: Pick<ApiCall, 'state' | 'install'>, one: Person): Json {
  const stranger = !covers(call.state, call.install, one.teamId);
  const zone = DateTime.fromMillis(call.state.now(), { zone: one.tz });
  return {
    id: one.id,
    team_id: one.teamId,
    name: one.name,
    deleted: one.deleted,
    real_name: one.realName,
    profile: {
      real_name: one.realName,
      real_name_normalized: one.realName,
      display_name: one.realName.split(' ')[0],
      display_name_normalized: one.realName.split(' ')[0],
      team: one.teamId,
    },
    is_bot: one.isBot,
    is_app_user: false,
    updated: 0,
    ...(one.deleted ? {} : { tz: one.tz, tz_label: zone.offsetNameLong ?? one.tz, tz_offset: zone.offset * 60 }),
    ...(stranger
      ? { is_stranger: true }
      : { is_admin: one.isAdmin || one.isOwner, is_owner: one.isOwner, is_primary_owner: one.isOwner, is_restricted: false, is_ultra_restricted: false }),
  };
}

function addReaction(call: ApiCall): Json {
  const { where, found, name, me } = reactionOf(call);
  const entry = found.reactions.find((one) => one.name === name);
  if (entry?.users.includes(me)) throw new SlackError('already_reacted');
  if (entry) entry.users.push(me);
  else found.reactions.push({ name, users: [me] });
  call.state.changed();
  void call.announce.reaction(where, found, 'reaction_added', me, name);
  return {};
}

function removeReaction(call: ApiCall): Json {
  const { where, found, name, me } = reactionOf(call);
  const entry = found.reactions.find((one) => one.name === name);
  if (!entry?.users.includes(me)) throw new SlackError('no_reaction');
  entry.users = entry.users.filter((id) => id !== me);
  found.reactions = found.reactions.filter((one) => one.users.length > 0);
  call.state.changed();
  void call.announce.reaction(where, found, 'reaction_removed', me, name);
  return {};
}

function reactionOf(call: ApiCall) {
  const { args, state, install } = call;
  const name = args.required('name');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  const where = joinedPlace(call, args.required('channel'));
  return { where, name, me: install.botUserId, found: message(state, where.id, args.required('timestamp')) };
}
