import type { Announce } from '../announce.ts';
import type { Arguments } from '../arguments.ts';
import { type Install, type Json, type Place, SlackError, type Token } from '../model.ts';
import { covers, type State, teamsOf } from '../state.ts';

export type ApiCall = { state: State; announce: Announce; install: Install; token: Token; args: Arguments };
/** `scopes`: all of them are needed. Scopes that depend on the place are asked for inside (needScope). */
export type Method = { scopes: readonly string[]; run(call: ApiCall): Json | Promise<Json> };

export function needScope(call: ApiCall, scope: string): void {
  if (!call.install.scopes.includes(scope)) throw new SlackError('missing_scope', { needed: scope, provided: call.install.scopes.join(',') });
}

/** A place that this installation can know of: its own teams' public channels, and what its bot is in. */
export function knownPlace(call: ApiCall, id: string): Place {
  const where = call.state.places.get(id);
  if (!where || where.deleted || !teamsOf(where).some((team) => covers(call.state, call.install, team))) throw new SlackError('channel_not_found');
  if (where.kind !== 'channel' && !where.members.has(call.install.botUserId)) throw new SlackError('channel_not_found');
  return where;
}

/** A place that the bot is in. */
export function joinedPlace(call: ApiCall, id: string): Place {
  const where = knownPlace(call, id);
  if (!where.members.has(call.install.botUserId)) throw new SlackError('not_in_channel');
  return where;
}

/** The team of an organisation-wide call, which has to name it; the installation's own otherwise. */
export function teamOfCall(call: ApiCall): string {
  if (call.install.teamId !== undefined) return call.install.teamId;
  const named = call.args.text('team_id');
  if (named === undefined) throw new SlackError('missing_argument', { detail: 'team_id' });
  if (!covers(call.state, call.install, named)) throw new SlackError('team_access_not_granted');
  return named;
}

/** Whether people of this team are known to the installation: its own, and those it shares a place with. */
export function knowsPerson(call: ApiCall, personId: string): boolean {
  const person = call.state.people.get(personId);
  if (!person) return false;
  if (covers(call.state, call.install, person.teamId)) return true;
  return [...call.state.places.values()].some((where) => where.members.has(personId) && teamsOf(where).some((team) => covers(call.state, call.install, team)));
}
