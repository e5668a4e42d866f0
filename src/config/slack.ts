import type { Environment } from './environment.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';

export type SlackConfig = {
  /** Events over HTTP, signed with this secret. */
  signingSecret: string | undefined;
  /** Events over Socket Mode. */
  appToken: string | undefined;
  /** Base of the Web API, with a slash at its end. */
  apiUrl: string;
  /** True when that is on this machine: only then may the clock be moved. */
  local: boolean;
  install: { kind: 'one'; botToken: string } | { kind: 'many'; clientId: string; clientSecret: string; stateSecret: string; publicUrl: string };
};

/** How Slack is connected; several mistakes are told at once. */
export function slackConfig(value: Environment): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = value;
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, PUBLIC_URL: publicUrl } = value;
  const anything = [botToken, clientId, clientSecret, stateSecret, signingSecret, appToken].some((each) => each !== undefined);
  if (!anything) return undefined;
  const problems = slackProblems(value);
  if (problems.length > 0) throw new ConfigError(problems);
  const apiUrl = `${value.SLACK_API_URL.replace(/\/+$/, '')}/`;
  const common = { signingSecret, appToken, apiUrl, local: isLoopback(apiUrl) };
  if (botToken !== undefined) return { ...common, install: { kind: 'one', botToken } };
  if (clientId === undefined || clientSecret === undefined || stateSecret === undefined || publicUrl === undefined) return undefined;
  return { ...common, install: { kind: 'many', clientId, clientSecret, stateSecret, publicUrl: publicUrl.replace(/\/+$/, '') } };
}

function slackProblems(value: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const problem = (variable: string, message: string) => problems.push({ variable, message });
  const many = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
  const anyOfMany = many.some((name) => value[name] !== undefined);
  const one = value.SLACK_BOT_TOKEN !== undefined;
  const transport = value.SLACK_SIGNING_SECRET !== undefined || value.SLACK_APP_TOKEN !== undefined;
  if (one && anyOfMany)
    problem('SLACK_BOT_TOKEN', `and ${many.join(', ')} are both set: keep the token for one workspace, or the others where many may install Plumb`);
  if (!one && !anyOfMany) problem('SLACK_BOT_TOKEN', 'is missing: copy the Bot User OAuth Token from the app page, "OAuth & Permissions"');
  if (!transport) problem('SLACK_SIGNING_SECRET', 'is missing: copy it from the app page, "Basic Information"; or set SLACK_APP_TOKEN for Socket Mode');
  if (anyOfMany && !one) {
    for (const name of many) if (value[name] === undefined) problem(name, `is missing: where many workspaces install Plumb, ${many.join(', ')} are needed`);
    if (value.SECRET_KEY === undefined) problem('SECRET_KEY', 'is missing: it encrypts the tokens of the workspaces; take the output of: openssl rand -hex 32');
    if (value.PUBLIC_URL === undefined) problem('PUBLIC_URL', 'is missing: Slack sends people back to this address after they installed Plumb');
  }
  const local = isLoopback(value.SLACK_API_URL);
  if (value.PLUMB_CLOCK_OFFSET !== 0 && !local) problem('PLUMB_CLOCK_OFFSET', 'moves the clock for trials only: leave it empty where Slack is connected');
  // A local stand-in for Slack may give out tokens as it likes.
  if (!local && one && !/^(xoxe\.)?xoxb-/.test(value.SLACK_BOT_TOKEN ?? '')) problem('SLACK_BOT_TOKEN', 'is no bot token: it begins with xoxb-');
  if (!local && value.SLACK_APP_TOKEN !== undefined && !value.SLACK_APP_TOKEN.startsWith('xapp-'))
    problem('SLACK_APP_TOKEN', 'is no app-level token: it begins with xapp-');
  return problems;
}

function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
}
