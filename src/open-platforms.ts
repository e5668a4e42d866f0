import { mountAboutPage } from './about-page.ts';
import type { Channel, Clock, Intake, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import type { Config } from './config.ts';
import type { ChannelName } from './domain/conversation.ts';
import type { Picture } from './domain/picture.ts';
import { createFileLinks, type FileLinks } from './files.ts';
import { openRoom } from './open-room.ts';
import { openSlack } from './open-slack.ts';
import { openTeams } from './open-teams.ts';
import { createPictures } from './pictures.ts';
import type { Prompts } from './prompts.ts';
import type { ServerOptions } from './server.ts';
import { showPictures, showPicturesInAnswers } from './show-pictures.ts';

export type Platforms = {
  /** All that are configured. */
  channels: readonly Channel[];
  setIntake(intake: Intake): void;
  /** What the web server serves for them. */
  listeners: Pick<ServerOptions, 'local' | 'public'>;
  checks: ServerOptions['checks'];
  /** Begins to take what the platforms deliver by themselves, once the web server listens there. */
  start(listening: Listening): Promise<void>;
  /** Takes no more over connections of its own, and ends those that would hold up the web server's close. */
  stopTaking(): Promise<void>;
  /** After the last message went out. */
  close(): Promise<void>;
};

/** Addresses of the listeners, with the ports that they really have. */
type Listening = { local: string; public?: string | undefined };

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
  const secret = secretOf(config);
  // Whoever is on this machine can read the room anyway: its links need no secret.
  const pictures = createPictures(secret ?? 'this machine alone');
  let taking: Intake | undefined;
  const files = createFileLinks(secret ?? 'this machine alone', { intake: () => taking, words: prompts.words });
  let listening: Listening | undefined;
  const addressOn = (name: ChannelName) => addressFor(name, config, { hasSecret: secret !== undefined, listening });
  const linkOn = (name: ChannelName) => (picture: Picture) => {
    const base = addressOn(name);
    return base === undefined ? undefined : pictures.linkTo(base, picture);
  };
  return {
    channels: open.map(({ channel }) => showPictures(channel, linkOn(channel.name))),
    setIntake(intake) {
      taking = intake;
      for (const { channel, setIntake } of open)
        setIntake(linkFiles(showPicturesInAnswers(intake, linkOn(channel.name)), files, () => addressOn(channel.name)));
    },
    listeners: {
      local: {
        port: config.localPort,
        mount(server) {
          pictures.mount(server);
          files.mount(server);
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
            if (secret !== undefined) {
              pictures.mount(server);
              files.mount(server);
            }
            slack?.mount(server);
            if (config.teams?.app) teams?.mount(server);
          },
        },
      }),
    },
    checks: slack ? { slack: async () => slack.ready() } : {},
    async start(addresses) {
      listening = addresses;
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

/** Files that are given in responses have a link beside them; the room gives them to the browser itself. */
function linkFiles(intake: Intake, links: FileLinks, address: () => string | undefined): Intake {
  return {
    ...intake,
    async interact(event, onStored) {
      const response = await intake.interact(event, onStored);
      const base = address();
      return base ? links.withLink(base, event, response) : response;
    },
  };
}

/** Where the people of a platform reach Plumb; undefined where its pictures and files cannot be fetched and their words stand for them. */
function addressFor(
  name: ChannelName,
  { publicUrl, localPort, port, slack, teams }: Config,
  { hasSecret, listening }: { hasSecret: boolean; listening: Listening | undefined },
): string | undefined {
  switch (name) {
    case 'room':
      return '';
    case 'slack':
      return hasSecret ? (publicUrl ?? (slack?.local ? onThisMachine(listening?.public, port) : undefined)) : undefined;
    case 'teams':
      if (!teams?.app) return onThisMachine(listening?.local, localPort);
      return hasSecret ? publicUrl : undefined;
    default:
      return name satisfies never;
  }
}

/** The listener's real port counts: the configured one may be 0, for any that is free. */
function onThisMachine(address: string | undefined, configured: number): string {
  return `http://127.0.0.1:${address === undefined ? configured : new URL(address).port}`;
}

/** What only this installation knows; a certificate's file is none, so beside that SECRET_KEY is needed. */
function secretOf({ secretKeys, slack, teams }: Config): string | undefined {
  const secret = teams?.app?.secret;
  return secretKeys[0] ?? slack?.signingSecret ?? (secret?.kind === 'password' ? secret.password : undefined);
}
