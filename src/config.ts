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
  /** The sentence encoder of the local language engine: better reading for up to 250 MB of memory while it is in use. */
  encoder: boolean;
  admins: readonly string[];
  metricsToken: string | undefined;
  retentionDays: number | undefined;
  clockOffsetMs: number;
  /** The external language model; undefined: nothing leaves this process. */
  model: ModelConfig | undefined;
  /** Variables that are set although this version does nothing with them yet. */
  notServedYet: readonly string[];
};

export type ModelConfig = {
  endpoint:
    | { kind: 'openai'; apiKey: string; baseUrl: string | undefined }
    | { kind: 'azure'; apiKey: string; endpoint: string; deployment: string; apiVersion: string }
    | { kind: 'replay'; directory: string };
  name: string;
  /** Per tenant and day (UTC). */
  dailyDollars: number;
  dailyTokens: number;
  /** Absolute path of the folder in which calls and answers are recorded. */
  recordTo: string | undefined;
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
const notServedYet = [/^SLACK_/, /^TEAMS_/, /^SECRET_KEY$/, /^RETENTION_DAYS$/];

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

const url = z.url({ protocol: /^https?$/, error: 'give a full address that begins with https:// or http://' });
const key = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'give the key alone, without spaces')
  .optional();
const folder = z.string().transform((path) => resolve(path));

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
  OPENAI_API_KEY: key,
  OPENAI_MODEL: z
    .string()
    .regex(/^\S{1,100}$/, 'give the name of one model, without spaces')
    .optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_DAILY_BUDGET: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,4})?$/, 'give US dollars for each workspace and day, such as 2 or 0.50')
    .default('2')
    .transform(Number),
  ENCODER: z.enum(['on', 'off'], 'write on or off').default('on'),
  OPENAI_DAILY_TOKENS: z
    .string()
    .regex(/^\d{1,12}$/, 'give a whole number of tokens for each workspace and day')
    .default('5000000')
    .transform(Number),
  AZURE_OPENAI_ENDPOINT: url.optional(),
  AZURE_OPENAI_API_KEY: key,
  AZURE_OPENAI_DEPLOYMENT: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'give the name of the deployment')
    .optional(),
  // The first stable version with structured outputs (Microsoft, Azure OpenAI API version lifecycle).
  AZURE_OPENAI_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(-preview)?$/, 'give a version such as 2024-10-21')
    .default('2024-10-21'),
  PLUMB_LLM_RECORD: folder.optional(),
  PLUMB_LLM_REPLAY: folder.optional(),
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
    encoder: value.ENCODER === 'on',
    admins: value.PLUMB_ADMINS,
    metricsToken: value.METRICS_TOKEN,
    retentionDays: value.RETENTION_DAYS,
    clockOffsetMs: value.PLUMB_CLOCK_OFFSET,
    model: modelConfig(value),
    notServedYet: Object.keys(set)
      .filter((name) => notServedYet.some((pattern) => pattern.test(name)))
      .sort(),
  };
}

/** The model with which a workspace is read when none is named: small, quick, with structured outputs. */
const usualModel = 'gpt-5.4-mini';

/** Which model is asked and how; several mistakes are told at once. */
function modelConfig(value: z.output<typeof environment>): ModelConfig | undefined {
  const problems = modelProblems(value);
  if (problems.length > 0) throw new ConfigError(problems);
  const endpoint = endpointOf(value);
  if (!endpoint) return undefined;
  return {
    endpoint,
    name: value.OPENAI_MODEL ?? value.AZURE_OPENAI_DEPLOYMENT ?? usualModel,
    dailyDollars: value.OPENAI_DAILY_BUDGET,
    dailyTokens: value.OPENAI_DAILY_TOKENS,
    recordTo: value.PLUMB_LLM_RECORD,
  };
}

function endpointOf(value: z.output<typeof environment>): ModelConfig['endpoint'] | undefined {
  if (value.PLUMB_LLM_REPLAY !== undefined) return { kind: 'replay', directory: value.PLUMB_LLM_REPLAY };
  const { AZURE_OPENAI_API_KEY: azureKey, AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENT: deployment } = value;
  if (azureKey !== undefined && endpoint !== undefined && deployment !== undefined) {
    return { kind: 'azure', apiKey: azureKey, endpoint, deployment, apiVersion: value.AZURE_OPENAI_API_VERSION };
  }
  const baseUrl = value.OPENAI_BASE_URL?.replace(/\/+$/, '');
  // A model on one's own machine often wants no key, but the client always sends one.
  const apiKey = value.OPENAI_API_KEY ?? (baseUrl === undefined ? undefined : 'none');
  return apiKey === undefined ? undefined : { kind: 'openai', apiKey, baseUrl };
}

function modelProblems(value: z.output<typeof environment>): ConfigProblem[] {
  const azure = ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_DEPLOYMENT'] as const;
  const anyAzure = azure.some((name) => value[name] !== undefined);
  const openAi = value.OPENAI_API_KEY !== undefined || value.OPENAI_BASE_URL !== undefined;
  const problems: ConfigProblem[] = [];
  const problem = (variable: string, message: string) => problems.push({ variable, message });
  for (const name of azure) if (anyAzure && value[name] === undefined) problem(name, `is missing: Azure OpenAI needs ${azure.join(', ')}`);
  if (anyAzure && openAi) problem('OPENAI_API_KEY', 'and AZURE_OPENAI_... are both set: keep the one that is to be asked');
  const recording = value.PLUMB_LLM_RECORD !== undefined;
  const replaying = value.PLUMB_LLM_REPLAY !== undefined;
  const production = value.NODE_ENV === 'production';
  const onDisk = 'writes what people said to disk, so it is refused when NODE_ENV is production: leave it empty';
  if (recording && production) problem('PLUMB_LLM_RECORD', onDisk);
  if (replaying && production) problem('PLUMB_LLM_REPLAY', 'answers from files, so it is refused when NODE_ENV is production: leave it empty');
  if (recording && replaying) problem('PLUMB_LLM_RECORD', 'and PLUMB_LLM_REPLAY are both set: keep one of them');
  if (recording && !anyAzure && !openAi) problem('PLUMB_LLM_RECORD', 'needs a model to record: set OPENAI_API_KEY, OPENAI_BASE_URL or AZURE_OPENAI_...');
  return problems;
}

function problemsOf(error: z.ZodError): ConfigProblem[] {
  const byVariable = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...byVariable].map(([variable, message]) => ({ variable, message }));
}
