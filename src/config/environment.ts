import { resolve } from 'node:path';
import { z } from 'zod';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
const guid = z
  .string()
  .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'give an id such as 1f2e3d4c-5b6a-4789-8abc-1234567890ab')
  .transform((id) => id.toLowerCase())
  .optional();
const keyHint = 'give at least 32 characters, for instance the output of: openssl rand -hex 32';
const folder = z.string().transform((path) => resolve(path));

/** The variables as they may be written; .env.example explains each. */
export const environment = z.object({
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
  SECRET_KEY: z.string().min(32, keyHint).optional(),
  SECRET_KEY_PREVIOUS: z
    .string()
    .transform(listOf)
    .refine((keys) => keys.every((each) => each.length >= 32), 'give keys of at least 32 characters, separated by commas')
    .default([]),
  LOG_LEVEL: z.enum(logLevels, `choose one of ${logLevels.join(', ')}`).default('info'),
  ROOM: z.enum(['on', 'off'], 'write on or off').optional(),
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
  SLACK_BOT_TOKEN: key,
  SLACK_SIGNING_SECRET: key,
  SLACK_APP_TOKEN: key,
  SLACK_CLIENT_ID: key,
  SLACK_CLIENT_SECRET: key,
  SLACK_STATE_SECRET: z.string().min(16, 'give at least 16 characters, for instance the output of: openssl rand -hex 16').optional(),
  SLACK_API_URL: url.default('https://slack.com/api/'),
  TEAMS_APP_ID: guid,
  TEAMS_APP_PASSWORD: key,
  TEAMS_CERTIFICATE_FILE: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  TEAMS_TENANT_ID: guid,
  TEAMS_ALLOWED_TENANTS: z.string().transform(listOf).default([]),
  TEAMS_LOCAL: z.enum(['on', 'off'], 'write on or off').optional(),
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

export type Environment = z.output<typeof environment>;

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
