import type { Environment } from './environment.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';

export type TeamsConfig = {
  /** The app registration of the bot. Undefined: nobody has to sign in, and Teams is served on this machine alone. */
  app: TeamsApp | undefined;
  /** Tenants whose people are served; empty: all, which only happens on this machine. */
  allowedTenants: readonly string[];
};

export type TeamsApp = {
  id: string;
  tenantId: string;
  /** `file` has the certificate and its private key, both as PEM. */
  secret: { kind: 'password'; password: string } | { kind: 'certificate'; file: string };
};

/** How Microsoft Teams is connected; several mistakes are told at once. */
export function teamsConfig(value: Environment): TeamsConfig | undefined {
  const { TEAMS_APP_ID: id, TEAMS_TENANT_ID: tenantId, TEAMS_ALLOWED_TENANTS: allowed, TEAMS_LOCAL: local } = value;
  const secret = secretOf(value);
  const anything = id !== undefined || tenantId !== undefined || secret !== undefined || allowed.length > 0 || local === 'on';
  if (!anything) return undefined;
  const problems = teamsProblems(value);
  if (problems.length > 0) throw new ConfigError(problems);
  if (id === undefined || tenantId === undefined || secret === undefined) return { app: undefined, allowedTenants: allowed };
  return { app: { id, tenantId, secret }, allowedTenants: allowed.length > 0 ? allowed : [tenantId] };
}

function secretOf({ TEAMS_APP_PASSWORD: password, TEAMS_CERTIFICATE_FILE: file }: Environment): TeamsApp['secret'] | undefined {
  if (password !== undefined) return { kind: 'password', password };
  return file === undefined ? undefined : { kind: 'certificate', file };
}

function teamsProblems(value: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const problem = (variable: string, message: string) => problems.push({ variable, message });
  const { TEAMS_APP_ID: id, TEAMS_APP_PASSWORD: password, TEAMS_CERTIFICATE_FILE: file, TEAMS_TENANT_ID: tenantId, TEAMS_LOCAL: local } = value;
  const secret = password !== undefined || file !== undefined;
  if (local === 'on' && (id !== undefined || secret))
    problem('TEAMS_LOCAL', 'serves a stand-in for Teams without any sign-in: leave it empty where TEAMS_APP_ID or a secret is set');
  if (password !== undefined && file !== undefined) problem('TEAMS_APP_PASSWORD', 'and TEAMS_CERTIFICATE_FILE are both set: keep one of them');
  if (id === undefined && secret) problem('TEAMS_APP_ID', 'is missing: copy the Application (client) ID of the app registration');
  if (id !== undefined && !secret) problem('TEAMS_APP_PASSWORD', 'is missing: make a client secret in the app registration, or set TEAMS_CERTIFICATE_FILE');
  if (id !== undefined && tenantId === undefined) problem('TEAMS_TENANT_ID', 'is missing: copy the Directory (tenant) ID of the app registration');
  if (id === undefined && value.NODE_ENV === 'production')
    problem('TEAMS_APP_ID', 'is missing: without it nobody has to sign in, which is refused when NODE_ENV is production');
  if (id !== undefined && value.PLUMB_CLOCK_OFFSET !== 0)
    problem('PLUMB_CLOCK_OFFSET', 'moves the clock for trials only: leave it empty where Microsoft Teams is connected');
  return problems;
}
