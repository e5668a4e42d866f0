import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asksForFile } from './app/asks-for-file.ts';
import { createHandle } from './app/handle.ts';
import type { Channel, Clock, Logger } from './app/ports.ts';
import { createRuntime } from './app/runtime.ts';
import { SnapshotError } from './app/snapshots.ts';
import type { Store } from './app/store.ts';
import type { Workspaces } from './app/tenant-language.ts';
import { SlackError } from './channels/slack/slack-error.ts';
import { TeamsError } from './channels/teams/teams-error.ts';
import { ConfigError } from './config/problem.ts';
import { type Config, loadConfig } from './config.ts';
import type { ChannelName } from './domain/conversation.ts';
import type { Knowledge } from './domain/knowledge.ts';
import { createEncoder, type Encoder } from './language/local/encoder/encoder.ts';
import { createLocalLanguage } from './language/local/local-language.ts';
import { CallError } from './language/openai/transport.ts';
import { openLanguage } from './open-language.ts';
import { openPlatforms } from './open-platforms.ts';
import { PromptsError } from './prompts/source.ts';
import { loadPrompts } from './prompts.ts';
import { createServer, ListenError } from './server.ts';
import { StoreError } from './store/errors.ts';
import { openStore } from './store/open-store.ts';
import { createLogger, createMetrics } from './telemetry.ts';

const minute = 60_000;
const promptsDirectory = join(import.meta.dirname, '..', 'prompts');

/**
 * Puts Plumb together and starts it; returns how to stop it. A start that fails closes what it had opened. Throws ConfigError, PromptsError, StoreError,
 * ListenError, SlackError or TeamsError.
 */
async function start(config: Config, logger: Logger): Promise<() => Promise<void>> {
  const opened: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    await open(config, logger, (close) => opened.push(close));
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `onStop` is given how to close each part once it is there: what was opened last is closed first. */
async function open(config: Config, logger: Logger, onStop: (close: () => Promise<void> | void) => void): Promise<void> {
  const prompts = loadPrompts(promptsDirectory);
  const { clock, setOffset } = createClock(config.clockOffsetMs);
  const store = await openStoreOf(config, clock, logger);
  onStop(store.close);
  const metrics = createMetrics({ depth: () => store.depth() });
  const { language, close: closeEngine } = await openEngine({
    config,
    knowledge: prompts.knowledge,
    usage: store.usage,
    clock,
    logger,
    metrics: metrics.model,
  });
  onStop(closeEngine);
  const channels = new Map<ChannelName, Channel>();
  // What one organisation runs for itself may use the model that it configured; where many install this Plumb, each of them decides.
  const shared = { store, language, workspaces: workspacesOf(config), channels, clock, logger } as const;
  const handle = createHandle({
    ...shared,
    prompts,
    model: config.model ? 'configured' : 'none',
    newId: randomUUID,
    ...(config.retentionDays !== undefined && { retentionDays: config.retentionDays }),
  });
  const files = { asksForFile, coming: prompts.words.plain('file.coming'), failed: prompts.words.plain('file.failed') };
  const runtime = createRuntime({ ...shared, handle, metrics, files });
  const platforms = await openPlatforms({ config, store, prompts, clock, setOffset, logger, poke: runtime.poke });
  onStop(platforms.close);
  for (const channel of platforms.channels) channels.set(channel.name, channel);
  platforms.setIntake(runtime.intake);
  // Without a platform this process must leave the work of a shared database to those that serve one.
  const serves = channels.size > 0;
  onStop(runtime.stop);
  if (serves) runtime.start();
  else logger.warn({}, 'Nothing is served: ROOM is off, and neither Slack nor Teams is configured (see .env.example).');
  const server = createServer({
    ...platforms.listeners,
    metrics,
    metricsToken: config.metricsToken,
    checks: {
      store: async () => store.ping().then(() => true),
      workers: async () => !serves || runtime.running(),
      ...platforms.checks,
    },
    logger,
  });
  onStop(() => server.close());
  onStop(platforms.stopTaking);
  const { local, public: address } = await server.listen();
  await platforms.start({ local, public: address });
  const housekeeping = setInterval(() => housekeep(store, clock, logger, config.retentionDays), minute);
  onStop(() => clearInterval(housekeeping));
  logger.info({ url: local, version: process.version }, config.room ? 'Plumb is ready. Open the room in a browser.' : 'Plumb is ready.');
  if (address !== undefined && config.slack) logger.info({ url: `${address}/slack/events` }, 'Slack is answered here.');
  if (config.teams) logger.info({ url: `${config.teams.app ? address : local}/api/messages` }, 'Microsoft Teams is answered here.');
}

function workspacesOf({ slack, teams }: Config): Workspaces {
  return slack?.install.kind === 'many' || (teams !== undefined && teams.allowedTenants.length > 1) ? 'many' : 'one';
}

async function openStoreOf({ databaseUrl, dataDir, secretKeys }: Config, clock: Clock, logger: Logger): Promise<Store> {
  if (databaseUrl === undefined) await mkdir(dataDir, { recursive: true });
  return openStore(databaseUrl === undefined ? { sqliteFile: join(dataDir, 'plumb.sqlite') } : { databaseUrl }, { clock, logger, secretKeys });
}

/** What reads messages: the local engine, with a model in front of it where one is configured. */
async function openEngine({
  config,
  knowledge,
  ...rest
}: { config: Config; knowledge: Knowledge } & Pick<Parameters<typeof openLanguage>[0], 'usage' | 'clock' | 'logger' | 'metrics'>) {
  const encoder = config.encoder ? openEncoder(rest.logger) : undefined;
  const local = createLocalLanguage({ knowledge, ...(encoder && { encoder }) });
  const engine = await openLanguage({ model: config.model, local, promptsDirectory, ...rest });
  return {
    language: engine.language,
    async close() {
      engine.close();
      await encoder?.close();
    },
  };
}

type Time = { clock: Clock; setOffset(ms: number): void };

/** Real time plus an offset, which only the room and `PLUMB_CLOCK_OFFSET` move. */
function createClock(configured: number): Time {
  let offset = configured;
  return {
    clock: { now: () => Date.now() + offset },
    setOffset(ms) {
      offset = configured + ms;
    },
  };
}

function openEncoder(logger: Logger): Encoder {
  return createEncoder({
    onUnavailable: (reason) => logger.warn({ reason }, 'The sentence encoder cannot run; messages are read by rules alone. ENCODER=off silences this.'),
  });
}

async function housekeep(store: Store, clock: Clock, logger: Logger, retentionDays: number | undefined): Promise<void> {
  try {
    await store.housekeep(clock.now(), retentionDays);
  } catch (error) {
    logger.warn({ error }, 'Housekeeping failed; it is tried again in a minute.');
  }
}

/** Mistakes that somebody can mend are told in their own words, without a stack. */
function explain(error: unknown): string {
  const ours =
    error instanceof ConfigError ||
    error instanceof PromptsError ||
    error instanceof StoreError ||
    error instanceof ListenError ||
    error instanceof SlackError ||
    error instanceof TeamsError;
  return ours ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig();
  const logger = await createLogger(config, { ourErrors: [StoreError, PromptsError, ListenError, SnapshotError, CallError, SlackError, TeamsError] });
  const stop = await start(config, logger);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal does not wait: somebody wants it to end now.
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => logger.info({}, 'Plumb has stopped; nothing was lost.'),
        (error: unknown) => logger.error({ error }, 'Plumb could not stop cleanly; what was in hand is done after the next start.'),
      );
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
