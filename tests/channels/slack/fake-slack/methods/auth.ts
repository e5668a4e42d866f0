import type { Json } from '../model.ts';
import { team } from '../state.ts';
import type { ApiCall, Method } from './method.ts';

export const auth: Readonly<Record<string, Method>> = {
  'auth.test': { scopes: [], run: test },
  'auth.revoke': { scopes: [], run: revoke },
};

/** docs.slack.dev/reference/methods/auth.test; an organisation-wide token answers with the enterprise in the team's place. */
function test({ state, install, token }: ApiCall): Json {
  const bot = state.people.get(install.botUserId);
  const expires = token.expiresAt === undefined ? {} : { expires_in: Math.max(0, Math.round((token.expiresAt - Date.now()) / 1_000)) };
  const enterprise = install.enterpriseId === undefined ? undefined : state.enterprises.get(install.enterpriseId);
  const common = { user: bot?.name ?? '', user_id: install.botUserId, bot_id: install.botId, is_enterprise_install: install.teamId === undefined, ...expires };
  if (install.teamId === undefined) {
    return {
      ...common,
      url: `https://${(enterprise?.name ?? 'org').toLowerCase()}.enterprise.slack.com/`,
      team: enterprise?.name ?? '',
      team_id: enterprise?.id ?? '',
      enterprise_id: enterprise?.id,
    };
  }
  const home = team(state, install.teamId);
  return { ...common, url: `https://${home.domain}.slack.com/`, team: home.name, team_id: home.id, ...(enterprise ? { enterprise_id: enterprise.id } : {}) };
}

async function revoke(call: ApiCall): Promise<Json> {
  if (call.args.flag('test')) return { revoked: false };
  call.token.revoked = true;
  void call.announce.tell(call.install, { type: 'tokens_revoked', tokens: { oauth: [], bot: [call.install.botUserId] }, event_ts: call.state.nextTs() });
  return { revoked: true };
}
