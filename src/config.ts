import { resolve } from 'node:path';
import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
  secretKey: string | undefined;
  logLevel: (typeof logLevels)[number];
  room: boolean;
  admins: readonly string[];
  metricsToken: string | undefined;
  retentionDays: number | undefined;
  clockOffsetMs: number;
  /** Variables that are set although this version does nothing with them yet. */
  notServedYet: readonly string[];
};

export type ConfigProblem = { variable: string; message: string };

/** The environment cannot be used as it is. `problems` names every bad variable at once; values of secrets are never repeated. */
export class ConfigError extends Error {
  readonly code = 'config_invalid';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, message }) => `  ${variable}: ${message}`);
    super(`These settings need a correction (see .env.example):\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Their platforms and engines come with later versions; saying so beats being silently ignored. */
const notServedYet = [/^SLACK_/, /^TEAMS_/, /^OPENAI_/, /^AZURE_OPENAI_/, /^PLUMB_LLM_/, /^SECRET_KEY$/, /^RETENTION_DAYS$/];

const portHint = 'give a whole number from 0 to 65535 (0 takes any free port)';
const port = z
  .string()
  .regex(/^\d{1,5}$/, portHint)
  .transform(Number)
  .refine((value) => value <= 65_535, portHint);

const unitMs = { '': 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const offset = z
  .string()
  .regex(/^-?\d{1,15}[smhd]?$/, 'give a duration such as 90m, 36h or 5d (a plain number counts milliseconds; a minus goes back)')
  .transform((value) => Number.parseInt(value, 10) * unitMs[unitOf(value)]);

function unitOf(value: string): keyof typeof unitMs {
  const unit = value.at(-1) ?? '';
  return unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? unit : '';
}

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port.default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'give a host name or an IP address, without http:// and without a port')
    .default('0.0.0.0'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'give the full address under which others reach Plumb, such as https://plumb.example.com' }).optional(),
  LOCAL_PORT: port.optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'give a PostgreSQL address, postgres://user:password@host:5432/database, or leave it empty for SQLite' })
    .optional(),
  SECRET_KEY: z.string().min(32, 'give at least 32 characters, for instance the output of: openssl rand -hex 32').optional(),
  LOG_LEVEL: z.enum(logLevels, `choose one of ${logLevels.join(', ')}`).default('info'),
  ROOM: z.enum(['on', 'off'], 'write on or off').default('on'),
  PLUMB_ADMINS: z.string().default('').transform(listOf),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'give at least 16 characters without spaces, for instance the output of: openssl rand -hex 16')
    .optional(),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'give a whole number of days, at least 1')
    .transform(Number)
    .optional(),
  PLUMB_CLOCK_OFFSET: offset.default(0),
});

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Reads the environment; an empty variable counts as not set. Throws ConfigError, which names everything that is wrong. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error));
  const value = parsed.data;
  return {
    production: value.NODE_ENV === 'production',
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    // While no platform is served the local listener is the only one, so it takes the well-known port.
    localPort: value.LOCAL_PORT ?? value.PORT,
    dataDir: resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    secretKey: value.SECRET_KEY,
    logLevel: value.LOG_LEVEL,
    room: value.ROOM === 'on',
    admins: value.PLUMB_ADMINS,
    metricsToken: value.METRICS_TOKEN,
    retentionDays: value.RETENTION_DAYS,
    clockOffsetMs: value.PLUMB_CLOCK_OFFSET,
    notServedYet: Object.keys(set)
      .filter((name) => notServedYet.some((pattern) => pattern.test(name)))
      .sort(),
  };
}

function problemsOf(error: z.ZodError): ConfigProblem[] {
  const byVariable = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...byVariable].map(([variable, message]) => ({ variable, message }));
}
