import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createHandle } from './app/handle.ts';
import type { Channel, Clock, Logger } from './app/ports.ts';
import { createRuntime } from './app/runtime.ts';
import { SnapshotError } from './app/snapshots.ts';
import type { Store } from './app/store.ts';
import { ConfigError } from './config/problem.ts';
import { type Config, loadConfig } from './config.ts';
import { nextAllowed, type QuietHours } from './domain/calendar.ts';
import type { ChannelName } from './domain/conversation.ts';
import { createEncoder, type Encoder } from './language/local/encoder/encoder.ts';
import { createLocalLanguage } from './language/local/local-language.ts';
import { CallError } from './language/openai/transport.ts';
import { openLanguage } from './open-language.ts';
import { loadPrompts, PromptsError } from './prompts.ts';
import { createServer, ListenError } from './server.ts';
import { StoreError } from './store/errors.ts';
import { openStore } from './store/open-store.ts';
import { createLogger, createMetrics } from './telemetry.ts';

const minute = 60_000;
// What is served here is one organisation's own. Where many install this Plumb (Slack's OAuth), it is 'many'.
const workspaces = 'one';
const promptsDirectory = join(import.meta.dirname, '..', 'prompts');

/** Puts Plumb together and starts it; returns how to stop it. Throws ConfigError, PromptsError, StoreError or ListenError. */
async function start(config: Config, logger: Logger): Promise<() => Promise<void>> {
  const prompts = loadPrompts(promptsDirectory);
  const time = createClock(config.clockOffsetMs);
  if (config.databaseUrl === undefined) await mkdir(config.dataDir, { recursive: true });
  const location = config.databaseUrl === undefined ? { sqliteFile: join(config.dataDir, 'plumb.sqlite') } : { databaseUrl: config.databaseUrl };
  const store = await openStore(location, { clock: time.clock, logger });
  const metrics = createMetrics({ depth: () => store.depth() });
  const encoder = config.encoder ? openEncoder(logger) : undefined;
  const engine = await openLanguage({
    model: config.model,
    local: createLocalLanguage({ ...(encoder && { encoder }) }),
    promptsDirectory,
    usage: store.usage,
    clock: time.clock,
    logger,
    metrics: metrics.model,
  });
  const { language } = engine;
  const channels = new Map<ChannelName, Channel>();
  const handle = createHandle({
    store,
    language,
    prompts,
    model: config.model ? 'configured' : 'none',
    workspaces,
    channels,
    clock: time.clock,
    newId: randomUUID,
    logger,
  });
  const runtime = createRuntime({ store, handle, language, workspaces, channels, clock: time.clock, logger, metrics });
  const room = config.room ? await openRoom({ store, time, logger, admins: config.admins, poke: runtime.poke }) : undefined;
  if (room) {
    channels.set('room', room.channel);
    room.setIntake(runtime.intake);
  }
  // Without a platform this process must leave the work of a shared database to those that serve one.
  const serves = channels.size > 0;
  const server = createServer({
    local: { port: config.localPort, ...(room && { mount: room.mount }) },
    metrics,
    metricsToken: config.metricsToken,
    checks: { store: async () => store.ping().then(() => true), workers: async () => !serves || runtime.running() },
    logger,
  });
  if (serves) runtime.start();
  else logger.warn({}, 'Nothing is served: ROOM is off, and no other platform comes with this version.');
  const housekeeping = setInterval(() => housekeep(store, time.clock, logger), minute);
  const stop = async () => {
    clearInterval(housekeeping);
    room?.close();
    await server.close();
    await runtime.stop();
    engine.close();
    await encoder?.close();
    await store.close();
  };
  try {
    const { local } = await server.listen();
    logger.info({ url: local, version: process.version }, room ? 'Plumb is ready. Open the room in a browser.' : 'Plumb is ready.');
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
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

/** The room's code is loaded only when the room is on. */
async function openRoom({ store, time, logger, admins, poke }: { store: Store; time: Time; logger: Logger; admins: readonly string[]; poke: () => void }) {
  const { createRoom } = await import('./channels/room/room.ts');
  const { mountRoom } = await import('./channels/room/mount-room.ts');
  const { roomPeople, roomSettings, roomTenant } = await import('./channels/room/people.ts');
  // What an admin chose in the room stays chosen.
  const { silencedPlaces, vocabulary, externalModel } = await store.settings.load(roomTenant);
  const chosen = { silencedPlaces, vocabulary, ...(externalModel && { externalModel }) };
  await store.settings.save(roomTenant, { ...roomSettings, ...chosen, admins: [...new Set([...roomSettings.admins, ...admins])] });
  await startInWorkingHours(store, roomPeople[0]?.timeZone ?? 'UTC', roomSettings.quietHours);
  time.setOffset(await store.clock.offset());
  const room = await createRoom({
    store,
    clock: time.clock,
    logger,
    nextTimerAt: () => nextMoment(store, time.clock),
    onClockMoved: async () => {
      time.setOffset(await store.clock.offset());
      poke();
    },
  });
  return { channel: room.channel, setIntake: room.setIntake, mount: (server: Parameters<typeof mountRoom>[0]) => mountRoom(server, room), close: room.close };
}

/** A new room opens in working hours: introductions and nudges wait for them, and nobody wants to see nothing happen at night. */
async function startInWorkingHours(store: Store, zone: string, quietHours: QuietHours): Promise<void> {
  if ((await store.clock.offset()) !== 0) return;
  const now = Date.now();
  await store.clock.setOffset(nextAllowed(now, zone, quietHours) - now);
}

/** When Plumb does something by itself next: a timer, or a message held back for somebody's working hours. */
async function nextMoment(store: Store, clock: Clock): Promise<number | undefined> {
  const moments = [await store.timers.nextDueAt(), await store.outbox.nextDueAt()].flatMap((at) => (at !== undefined && at > clock.now() ? [at] : []));
  return moments.length === 0 ? undefined : Math.min(...moments);
}

async function housekeep(store: Store, clock: Clock, logger: Logger): Promise<void> {
  try {
    await store.housekeep(clock.now());
  } catch (error) {
    logger.warn({ error }, 'Housekeeping failed; it is tried again in a minute.');
  }
}

/** Mistakes that somebody can mend are told in their own words, without a stack. */
function explain(error: unknown): string {
  const ours = error instanceof ConfigError || error instanceof PromptsError || error instanceof StoreError || error instanceof ListenError;
  return ours ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig();
  const logger = await createLogger(config, { ourErrors: [StoreError, PromptsError, ListenError, SnapshotError, CallError] });
  if (config.notServedYet.length > 0) logger.warn({ variables: config.notServedYet }, 'These variables are set, but this version does nothing with them yet.');
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
