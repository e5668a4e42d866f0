import type { IncomingMessage } from 'node:http';
import type { Announce } from './announce.ts';
import type { Arguments } from './arguments.ts';
import { type Install, type Json, SlackError, type Token } from './model.ts';
import { person, type State } from './state.ts';

type Asked = { state: State; announce: Announce; tokenLifetimeSeconds: number; name: string; args: Arguments; request: IncomingMessage };

/** oauth.v2.access and apps.uninstall, which name the app instead of (only) a token. Undefined for any other method. */
export async function answerOauth(asked: Asked): Promise<Json | undefined> {
  if (asked.name === 'oauth.v2.access') {
    checkApp(asked);
    return asked.args.text('grant_type') === 'refresh_token' ? refresh(asked) : exchange(asked);
  }
  if (asked.name !== 'apps.uninstall') return undefined;
  checkApp(asked);
  const bearer = /^Bearer\s+(\S+)$/i.exec(asked.request.headers.authorization ?? '')?.[1];
  const token = asked.state.tokens.get(bearer ?? '');
  if (!token || token.revoked) throw new SlackError('invalid_auth');
  await uninstall(asked.state, asked.announce, token.install);
  return {};
}

function checkApp({ state, args, request }: Asked): void {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id, secret] = basic === undefined ? [args.text('client_id'), args.text('client_secret')] : Buffer.from(basic, 'base64').toString('utf8').split(':');
  if (id !== state.app.clientId) throw new SlackError('invalid_client_id');
  if (secret !== state.app.clientSecret) throw new SlackError('bad_client_secret');
}

function exchange({ state, args, tokenLifetimeSeconds }: Asked): Json {
  const code = args.text('code');
  const found = state.codes.get(code ?? '');
  if (!found || code === undefined) throw new SlackError('invalid_code');
  if (found.redirectUri !== undefined && args.text('redirect_uri') !== undefined && args.text('redirect_uri') !== found.redirectUri)
    throw new SlackError('bad_redirect_uri');
  state.codes.delete(code);
  const { install } = found;
  install.active = true;
  if (!state.installs.includes(install)) state.installs.push(install);
  for (const where of state.places.values()) if (where.kind === 'im' && where.members.has(install.botUserId)) where.archived = false;
  return { ...tokenAnswer(state, install, tokenLifetimeSeconds), authed_user: { id: install.installer } };
}

/** docs.slack.dev/authentication/using-token-rotation: a refresh token works once. */
function refresh({ state, args, tokenLifetimeSeconds }: Asked): Json {
  const given = args.text('refresh_token') ?? '';
  const install = state.refreshTokens.get(given);
  if (!install?.active) throw new SlackError('invalid_refresh_token');
  state.refreshTokens.delete(given);
  return tokenAnswer(state, install, tokenLifetimeSeconds);
}

function tokenAnswer(state: State, install: Install, lifetimeSeconds: number): Json {
  const token = issueToken(state, install, lifetimeSeconds);
  const team = install.teamId === undefined ? undefined : state.teams.get(install.teamId);
  const enterprise = install.enterpriseId === undefined ? undefined : state.enterprises.get(install.enterpriseId);
  const refreshToken = install.rotating ? `xoxe-1-${state.secret()}` : undefined;
  if (refreshToken !== undefined) state.refreshTokens.set(refreshToken, install);
  return {
    app_id: state.app.id,
    access_token: token.value,
    token_type: 'bot',
    scope: install.scopes.join(','),
    bot_user_id: install.botUserId,
    team: team ? { id: team.id, name: team.name } : null,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: install.teamId === undefined,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: lifetimeSeconds }),
  };
}

export function issueToken(state: State, install: Install, lifetimeSeconds: number): Token {
  const expiresAt = install.rotating ? Date.now() + lifetimeSeconds * 1_000 : undefined;
  const token: Token = { value: `${install.rotating ? 'xoxe.xoxb-1-' : 'xoxb-'}${state.secret(20)}`, install, expiresAt, revoked: false };
  state.tokens.set(token.value, token);
  return token;
}

/** A person agrees to install: to one team, or to the whole organisation. Returns the code that goes back to the app. */
export function approve(
  state: State,
  asked: { installer: string; scopes: string[]; redirectUri: string | undefined; rotating: boolean; whole: 'team' | 'organisation' },
): string {
  const who = person(state, asked.installer);
  const enterpriseId = state.teams.get(who.teamId)?.enterpriseId;
  if (asked.whole === 'organisation' && enterpriseId === undefined) throw new SlackError('not_an_enterprise');
  const install = ensureInstall(state, {
    teamId: asked.whole === 'team' ? who.teamId : undefined,
    enterpriseId,
    installer: who.id,
    scopes: asked.scopes,
    rotating: asked.rotating,
  });
  const code = `${state.secret(6)}.${state.secret(12)}`;
  state.codes.set(code, { install, redirectUri: asked.redirectUri });
  return code;
}

/** The installation of one team or organisation, with its bot; scopes only grow, as in Slack. */
export function ensureInstall(
  state: State,
  given: Pick<Install, 'teamId' | 'enterpriseId' | 'installer' | 'scopes' | 'rotating'> & { botName?: string },
): Install {
  const found = state.installs.find((one) => one.teamId === given.teamId && one.enterpriseId === given.enterpriseId);
  if (found) {
    const scopes = found.active ? [...new Set([...found.scopes, ...given.scopes])] : given.scopes;
    return Object.assign(found, { installer: given.installer, scopes, rotating: given.rotating });
  }
  const teamId = given.teamId ?? [...state.teams.values()].find((one) => one.enterpriseId === given.enterpriseId)?.id ?? '';
  const { botName, ...rest } = given;
  const bot = { id: state.id('U'), teamId, name: (botName ?? 'Plumb').toLowerCase(), realName: botName ?? 'Plumb', tz: 'America/Los_Angeles' };
  state.people.set(bot.id, { ...bot, isAdmin: false, isOwner: false, isBot: true, deleted: false });
  const made: Install = { ...rest, botUserId: bot.id, botId: state.id('B'), active: false };
  state.installs.push(made);
  return made;
}

/** Takes the app away: its tokens stop working, it leaves every place, and it is told both ways Slack tells it. */
export async function uninstall(state: State, announce: Announce, install: Install): Promise<void> {
  install.active = false;
  for (const token of state.tokens.values()) if (token.install === install) token.revoked = true;
  for (const [value, one] of state.refreshTokens) if (one === install) state.refreshTokens.delete(value);
  const told = [
    announce.tell(install, { type: 'tokens_revoked', tokens: { oauth: [], bot: [install.botUserId] }, event_ts: state.nextTs() }),
    announce.tell(install, { type: 'app_uninstalled', event_ts: state.nextTs() }),
  ];
  for (const where of state.places.values()) if (where.kind !== 'im') where.members.delete(install.botUserId);
  state.changed();
  await Promise.all(told);
}
