import { resolve } from 'node:path';
import type { z } from 'zod';
import { environment, type logLevels } from './config/environment.ts';
import { type ModelConfig, modelConfig } from './config/model.ts';
import { ConfigError, type ConfigProblem } from './config/problem.ts';
import { type SlackConfig, slackConfig } from './config/slack.ts';
import { type TeamsConfig, teamsConfig } from './config/teams.ts';
import { type TeamsPackageSettings, teamsPackageSettings } from './config/teams-package.ts';

/** Everything that can be set from outside; .env.example explains each variable. */
export type Config = {
  production: boolean;
  /** 0 lets the system choose a free port. */
  port: number;
  /** Address of the public listener; the local listener is always 127.0.0.1. */
  host: string;
  publicUrl: string | undefined;
  /** Port of the local listener. */
  localPort: number;
  /** Absolute path. */
  dataDir: string;
  /** A PostgreSQL address; undefined means SQLite in `dataDir`. */
  databaseUrl: string | undefined;
  /** Keys that encrypt tokens at rest: the first encrypts, all of them decrypt. */
  secretKeys: readonly string[];
  logLevel: (typeof logLevels)[number];
  room: boolean;
  /** The sentence encoder of the local language engine: better reading for up to 250 MB of memory while it is in use. */
  encoder: boolean;
  admins: readonly string[];
  metricsToken: string | undefined;
  /** The longest that any organisation keeps what is over; undefined: as each of them chooses. */
  retentionDays: number | undefined;
  clockOffsetMs: number;
  /** Slack; undefined: not served. */
  slack: SlackConfig | undefined;
  /** Microsoft Teams; undefined: not served. */
  teams: TeamsConfig | undefined;
  /** Whether chat platforms call Plumb over HTTP, for which there is a listener beside the local one. */
  publicListener: boolean;
  /** The external language model; undefined: nothing leaves this process. */
  model: ModelConfig | undefined;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment; an empty variable counts as not set. Throws ConfigError, which names everything that is wrong. */
export function loadConfig(env: Variables = process.env): Config {
  const set = withoutEmpty(env);
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error));
  const value = parsed.data;
  const slack = slackConfig(value);
  const teams = teamsConfig(value);
  // Socket Mode needs no address of one's own, and where nobody has to sign in only this machine may call.
  const slackCalls = slack !== undefined && (slack.signingSecret !== undefined || slack.install.kind === 'many');
  const publicListener = slackCalls || teams?.app !== undefined;
  return {
    production: value.NODE_ENV === 'production',
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    // While no platform calls, the local listener is the only one, so it takes the well-known port.
    localPort: value.LOCAL_PORT ?? (publicListener ? portBeside(value.PORT) : value.PORT),
    dataDir: resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    secretKeys: value.SECRET_KEY === undefined ? [] : [value.SECRET_KEY, ...value.SECRET_KEY_PREVIOUS],
    logLevel: value.LOG_LEVEL,
    // With a real platform the room opens only when it is asked for.
    room: value.ROOM === undefined ? slack === undefined && teams === undefined : value.ROOM === 'on',
    encoder: value.ENCODER === 'on',
    admins: value.PLUMB_ADMINS,
    metricsToken: value.METRICS_TOKEN,
    retentionDays: value.RETENTION_DAYS,
    clockOffsetMs: value.PLUMB_CLOCK_OFFSET,
    slack,
    teams,
    publicListener,
    model: modelConfig(value),
  };
}

/** The few variables that `npm run manifest` needs. Throws ConfigError. */
export function loadTeamsPackageSettings(env: Variables = process.env): TeamsPackageSettings {
  return teamsPackageSettings(withoutEmpty(env));
}

function withoutEmpty(env: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value]])));
}

function portBeside(port: number): number {
  return port === 0 ? 0 : port === 65_535 ? port - 1 : port + 1;
}

function problemsOf(error: z.ZodError): ConfigProblem[] {
  const byVariable = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...byVariable].map(([variable, message]) => ({ variable, message }));
}
