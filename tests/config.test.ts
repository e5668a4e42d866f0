import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../src/config/problem.ts';
import { loadConfig } from '../src/config.ts';

function problemsOf(env: Record<string, string>): Record<string, string> {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
    throw error;
  }
  return {};
}

describe('loadConfig', () => {
  it('starts without any setting', () => {
    expect(loadConfig({})).toEqual({
      production: false,
      port: 3978,
      host: '0.0.0.0',
      publicUrl: undefined,
      localPort: 3978,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      secretKeys: [],
      logLevel: 'info',
      room: true,
      admins: [],
      metricsToken: undefined,
      retentionDays: undefined,
      clockOffsetMs: 0,
      encoder: true,
      slack: undefined,
      teams: undefined,
      publicListener: false,
      model: undefined,
    });
  });

  it('reads every setting', () => {
    const config = loadConfig({
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '::1',
      PUBLIC_URL: 'https://plumb.example.com/',
      LOCAL_PORT: '0',
      DATA_DIR: '/var/lib/plumb',
      DATABASE_URL: 'postgresql://plumb:secret@db.example.com:5432/plumb',
      SECRET_KEY: 'k'.repeat(32),
      SECRET_KEY_PREVIOUS: `${'o'.repeat(32)}, ${'p'.repeat(32)}`,
      LOG_LEVEL: 'debug',
      ROOM: 'off',
      PLUMB_ADMINS: ' U1, U2 ,,',
      METRICS_TOKEN: 't'.repeat(16),
      RETENTION_DAYS: '90',
      PLUMB_CLOCK_OFFSET: '36h',
      ENCODER: 'off',
    });
    expect(config).toEqual({
      production: true,
      port: 8080,
      host: '::1',
      publicUrl: 'https://plumb.example.com',
      localPort: 0,
      dataDir: '/var/lib/plumb',
      databaseUrl: 'postgresql://plumb:secret@db.example.com:5432/plumb',
      secretKeys: ['k'.repeat(32), 'o'.repeat(32), 'p'.repeat(32)],
      logLevel: 'debug',
      room: false,
      admins: ['U1', 'U2'],
      metricsToken: 't'.repeat(16),
      retentionDays: 90,
      clockOffsetMs: 36 * 3_600_000,
      encoder: false,
      slack: undefined,
      publicListener: false,
      model: undefined,
    });
  });

  it('takes an empty variable as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', SLACK_BOT_TOKEN: '', ROOM: '' })).toEqual(loadConfig({}));
  });

  it('lets the local listener follow PORT while it is the only one', () => {
    expect(loadConfig({ PORT: '4000' }).localPort).toBe(4000);
    expect(loadConfig({ PORT: '4000', LOCAL_PORT: '4001' }).localPort).toBe(4001);
  });

  it.each([
    ['90', 90],
    ['5s', 5_000],
    ['-90m', -5_400_000],
    ['2d', 172_800_000],
  ])('reads a clock offset of %s', (text, ms) => {
    expect(loadConfig({ PLUMB_CLOCK_OFFSET: text }).clockOffsetMs).toBe(ms);
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['LOCAL_PORT', '3978 '],
    ['HOST', 'http://example.com'],
    ['PUBLIC_URL', 'plumb.example.com'],
    ['PUBLIC_URL', 'ftp://plumb.example.com'],
    ['DATABASE_URL', 'mysql://localhost/plumb'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY_PREVIOUS', 'short'],
    ['SLACK_BOT_TOKEN', 'xoxb 1'],
    ['SLACK_API_URL', 'slack.com'],
    ['SLACK_STATE_SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['ROOM', 'yes'],
    ['METRICS_TOKEN', 'has a space in the middle'],
    ['RETENTION_DAYS', '0'],
    ['PLUMB_CLOCK_OFFSET', 'tomorrow'],
    ['OPENAI_API_KEY', 'sk 1'],
    ['OPENAI_MODEL', 'my model'],
    ['OPENAI_BASE_URL', 'localhost:11434'],
    ['OPENAI_DAILY_BUDGET', 'two dollars'],
    ['OPENAI_DAILY_BUDGET', '-1'],
    ['OPENAI_DAILY_TOKENS', '1.5'],
    ['AZURE_OPENAI_API_VERSION', 'latest'],
  ])('refuses %s=%s and says what to do', (variable, value) => {
    const problems = problemsOf({ [variable]: value });
    expect(Object.keys(problems)).toEqual([variable]);
    expect(problems[variable]).toMatch(/^(give|choose|write) /);
  });

  it('names all bad variables at once', () => {
    expect(Object.keys(problemsOf({ PORT: 'x', ROOM: 'maybe', RETENTION_DAYS: 'long' })).sort()).toEqual(['PORT', 'RETENTION_DAYS', 'ROOM']);
    expect(() => loadConfig({ PORT: 'x', ROOM: 'maybe' })).toThrow(/PORT: .*\n.*ROOM: /);
  });

  it('never repeats a secret in its message', () => {
    const secrets = { SECRET_KEY: 'hunter2', METRICS_TOKEN: 'hunter2', DATABASE_URL: 'mysql://me:hunter2@db/plumb' };
    expect(Object.keys(problemsOf(secrets))).toHaveLength(3);
    expect(() => loadConfig(secrets)).not.toThrow(/hunter2/);
  });
});

describe('the language model', () => {
  it('is asked at OpenAI when there is a key', () => {
    expect(loadConfig({ OPENAI_API_KEY: 'sk-1' }).model).toEqual({
      endpoint: { kind: 'openai', apiKey: 'sk-1', baseUrl: undefined },
      name: 'gpt-5.4-mini',
      dailyDollars: 2,
      dailyTokens: 5_000_000,
      recordTo: undefined,
    });
  });

  it('may be another one at another address, with its own budget', () => {
    const env = {
      OPENAI_API_KEY: 'sk-1',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/',
      OPENAI_MODEL: 'llama',
      OPENAI_DAILY_BUDGET: '0.5',
      OPENAI_DAILY_TOKENS: '9',
    };
    expect(loadConfig(env).model).toMatchObject({
      endpoint: { kind: 'openai', apiKey: 'sk-1', baseUrl: 'http://127.0.0.1:11434/v1' },
      name: 'llama',
      dailyDollars: 0.5,
      dailyTokens: 9,
    });
  });

  it('of one’s own machine needs no key', () => {
    expect(loadConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }).model?.endpoint).toEqual({
      kind: 'openai',
      apiKey: 'none',
      baseUrl: 'http://127.0.0.1:11434/v1',
    });
  });

  const azure = { AZURE_OPENAI_ENDPOINT: 'https://example.openai.azure.com', AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'ours' };
  it('may be a deployment at Azure', () => {
    expect(loadConfig(azure).model).toMatchObject({
      endpoint: { kind: 'azure', apiKey: 'k', endpoint: 'https://example.openai.azure.com', deployment: 'ours', apiVersion: '2024-10-21' },
      name: 'ours',
    });
    expect(loadConfig({ ...azure, OPENAI_MODEL: 'gpt-4.1' }).model?.name).toBe('gpt-4.1');
  });

  it('at Azure needs all three of its variables', () => {
    expect(Object.keys(problemsOf({ AZURE_OPENAI_DEPLOYMENT: 'ours' })).sort()).toEqual(['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT']);
  });

  it('is one of the two, not both', () => {
    expect(problemsOf({ ...azure, OPENAI_API_KEY: 'sk-1' })).toEqual({ OPENAI_API_KEY: expect.stringContaining('keep the one') });
  });

  it('answers from files without a key, or is recorded with one', () => {
    expect(loadConfig({ PLUMB_LLM_REPLAY: 'answers' }).model?.endpoint).toEqual({ kind: 'replay', directory: resolve('answers') });
    expect(loadConfig({ PLUMB_LLM_RECORD: 'answers', OPENAI_API_KEY: 'sk-1' }).model?.recordTo).toBe(resolve('answers'));
    expect(problemsOf({ PLUMB_LLM_RECORD: 'answers' })).toEqual({ PLUMB_LLM_RECORD: expect.stringContaining('OPENAI_API_KEY') });
    expect(problemsOf({ PLUMB_LLM_RECORD: 'a', PLUMB_LLM_REPLAY: 'b', OPENAI_API_KEY: 'sk-1' })).toEqual({
      PLUMB_LLM_RECORD: expect.stringContaining('keep one'),
    });
  });

  it('is neither recorded nor replayed in production', () => {
    const production = { NODE_ENV: 'production', OPENAI_API_KEY: 'sk-1' };
    expect(problemsOf({ ...production, PLUMB_LLM_RECORD: 'answers' })).toEqual({ PLUMB_LLM_RECORD: expect.stringContaining('production') });
    expect(problemsOf({ ...production, PLUMB_LLM_REPLAY: 'answers' })).toEqual({ PLUMB_LLM_REPLAY: expect.stringContaining('production') });
  });

  it('never has its key repeated', () => {
    expect(() => loadConfig({ ...azure, AZURE_OPENAI_API_KEY: 'hunter 2', OPENAI_API_KEY: 'hunter2' })).not.toThrow(/hunter/);
  });
});

describe('.env.example', () => {
  it('shows the defaults: what it sets changes nothing', async () => {
    const text = await readFile(resolve(import.meta.dirname, '../.env.example'), 'utf8');
    const shown = [...text.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? ''] as const);
    expect(loadConfig(Object.fromEntries(shown))).toEqual(loadConfig({}));
  });

  it('explains every variable that is read', async () => {
    const [text, source] = await Promise.all(
      ['../.env.example', '../src/config/environment.ts'].map((file) => readFile(resolve(import.meta.dirname, file), 'utf8')),
    );
    const read = [...(source ?? '').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(read).toContain('PLUMB_CLOCK_OFFSET');
    for (const name of read) expect(text).toMatch(new RegExp(`^#?${name}=`, 'm'));
  });
});

describe('Slack', () => {
  const one = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh' };
  const many = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 's'.repeat(16), SLACK_SIGNING_SECRET: 'shh' };
  const address = { PUBLIC_URL: 'https://plumb.example.com/', SECRET_KEY: 'k'.repeat(32) };

  it('is served over HTTP with a bot token and a signing secret, and the room then stays closed', () => {
    expect(loadConfig(one)).toMatchObject({
      slack: { signingSecret: 'shh', apiUrl: 'https://slack.com/api/', local: false, install: { kind: 'one', botToken: 'xoxb-1' } },
      publicListener: true,
      port: 3978,
      localPort: 3979,
      room: false,
    });
    expect(loadConfig({ ...one, ROOM: 'on' }).room).toBe(true);
  });

  it('needs no public listener in Socket Mode', () => {
    expect(loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({
      publicListener: false,
      localPort: 3978,
      slack: { appToken: 'xapp-1' },
    });
  });

  it('may be installed by many workspaces', () => {
    expect(loadConfig({ ...many, ...address }).slack?.install).toEqual({
      kind: 'many',
      clientId: '1.2',
      clientSecret: 'c',
      stateSecret: 's'.repeat(16),
      publicUrl: 'https://plumb.example.com',
    });
  });

  it.each([
    ['the transport', { SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
    ['the token', { SLACK_SIGNING_SECRET: 'shh' }, ['SLACK_BOT_TOKEN']],
    ['where to send people back and how to keep tokens', many, ['SECRET_KEY', 'PUBLIC_URL']],
    [
      'the rest of what many installations need',
      { SLACK_CLIENT_ID: '1', SLACK_SIGNING_SECRET: 'shh', ...address },
      ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'],
    ],
  ])('names what is missing: %s', (_what, set, variables) => {
    expect(Object.keys(problemsOf(set))).toEqual(variables);
  });

  it('refuses a token of another kind and two ways of installing at once', () => {
    expect(problemsOf({ ...one, SLACK_BOT_TOKEN: 'xoxp-1' })['SLACK_BOT_TOKEN']).toContain('xoxb-');
    expect(problemsOf({ ...one, SLACK_APP_TOKEN: 'xoxb-2' })['SLACK_APP_TOKEN']).toContain('xapp-');
    expect(problemsOf({ ...one, ...many, ...address })['SLACK_BOT_TOKEN']).toContain('both set');
  });

  it('takes any token and a moved clock where Slack is a stand-in on this machine', () => {
    const local = { ...one, SLACK_BOT_TOKEN: 'test', SLACK_API_URL: 'http://127.0.0.1:4003/api', PLUMB_CLOCK_OFFSET: '1d' };
    expect(loadConfig(local)).toMatchObject({ slack: { apiUrl: 'http://127.0.0.1:4003/api/', local: true }, clockOffsetMs: 86_400_000 });
    expect(Object.keys(problemsOf({ ...one, PLUMB_CLOCK_OFFSET: '1d' }))).toEqual(['PLUMB_CLOCK_OFFSET']);
  });
});
