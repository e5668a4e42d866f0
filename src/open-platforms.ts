import { mountAboutPage } from './about-page.ts';
import type { Channel, Clock, Intake, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import type { Config } from './config.ts';
import { openRoom } from './open-room.ts';
import { openSlack } from './open-slack.ts';
import { openTeams } from './open-teams.ts';
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

/** The platforms that the configuration names: the room, Slack and Teams, in any combination. */
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
  const shared = { admins, store, clock, logger };
  // A clock that is moved in the room moves for everybody.
  const moveClock = (config.slack && !config.slack.local) || config.teams?.app ? undefined : options.setOffset;
  const room = config.room ? await openRoom({ ...shared, moveClock, poke }) : undefined;
  const slack = config.slack ? await openSlack({ ...shared, config: config.slack, prompts }) : undefined;
  const teams = config.teams ? await openTeams({ ...shared, config: config.teams, prompts }) : undefined;
  const open = [room, slack, teams].filter((platform) => platform !== undefined);
  return {
    channels: open.map(({ channel }) => channel),
    setIntake(intake) {
      for (const platform of open) platform.setIntake(intake);
    },
    listeners: {
      local: {
        port: config.localPort,
        mount(server) {
          room?.mount(server);
          // Where nobody has to sign in, nobody but this machine may call.
          if (!config.teams?.app) teams?.mount(server);
        },
      },
      ...(config.publicListener && {
        public: {
          host: config.host,
          port: config.port,
          mount(server) {
            mountAboutPage(server, prompts.words);
            slack?.mount(server);
            if (config.teams?.app) teams?.mount(server);
          },
        },
      }),
    },
    checks: slack ? { slack: async () => slack.ready() } : {},
    async start() {
      await slack?.start();
      await teams?.start();
    },
    async stopTaking() {
      room?.close();
      await slack?.stopTaking();
    },
    async close() {
      await slack?.close();
      await teams?.close();
    },
  };
}
