import type { Channel, Clock, Intake, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import type { Config } from './config.ts';
import { openRoom } from './open-room.ts';
import { openSlack } from './open-slack.ts';
import type { Prompts } from './prompts.ts';
import type { ServerOptions } from './server.ts';

export type Platforms = {
  /** All that are configured. */
  channels: readonly Channel[];
  setIntake(intake: Intake): void;
  /** What the web server serves for them. */
  listeners: Pick<ServerOptions, 'local' | 'public'>;
  checks: ServerOptions['checks'];
  /** Begins to take what the platforms deliver by themselves. */
  start(): Promise<void>;
  /** Takes no more over connections of its own, and ends those that would hold up the web server's close. */
  stopTaking(): Promise<void>;
  /** After the last message went out. */
  close(): Promise<void>;
};

/** The platforms that the configuration names: the room, Slack, or both. */
export async function openPlatforms(options: {
  config: Config;
  store: Store;
  prompts: Prompts;
  clock: Clock;
  setOffset(ms: number): void;
  logger: Logger;
  poke: () => void;
}): Promise<Platforms> {
  const { config, store, prompts, clock, logger, poke } = options;
  const { admins } = config;
  // A clock that is moved in the room moves for everybody.
  const moveClock = config.slack && !config.slack.local ? undefined : options.setOffset;
  const room = config.room ? await openRoom({ store, clock, moveClock, logger, admins, poke }) : undefined;
  const slack = config.slack ? await openSlack({ config: config.slack, admins, store, prompts, clock, logger }) : undefined;
  const open = [room, slack].filter((platform) => platform !== undefined);
  return {
    channels: open.map(({ channel }) => channel),
    setIntake(intake) {
      for (const platform of open) platform.setIntake(intake);
    },
    listeners: {
      local: { port: config.localPort, ...(room && { mount: room.mount }) },
      ...(slack && config.publicListener && { public: { host: config.host, port: config.port, mount: slack.mount } }),
    },
    checks: slack ? { slack: async () => slack.ready() } : {},
    start: async () => slack?.start(),
    async stopTaking() {
      room?.close();
      await slack?.stopTaking();
    },
    close: async () => slack?.close(),
  };
}
