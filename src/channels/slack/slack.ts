import type { Server } from 'restify';
import type { Channel, Clock, Intake, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import { createSlackApp } from './app.ts';
import { createClients } from './clients.ts';
import { createDirectChats } from './direct-chats.ts';
import { createDirectory } from './directory.ts';
import { createEvents } from './events.ts';
import { createHome } from './home.ts';
import type { InstallWords } from './install-page.ts';
import { openInstallations } from './installations.ts';
import { createModals } from './modals.ts';
import { createReceiver } from './receiver.ts';
import { createSend } from './send.ts';
import { openSingleWorkspace } from './single-workspace.ts';
import { createTell } from './tell.ts';
import { createThreadsOfPosts } from './threads-of-posts.ts';
import type { SlackWords } from './words.ts';
import { createWorkingSign } from './working-sign.ts';
import type { Workspaces } from './workspace.ts';

export type SlackPlatform = {
  channel: Channel;
  setIntake(intake: Intake): void;
  /** Adds what Slack calls to the public listener. */
  mount(server: Server): void;
  /** Begins to take events over Socket Mode, where it is on. Throws SlackError when Slack refuses the app token. */
  start(): Promise<void>;
  /** Takes no more events over Socket Mode; the web server ends what comes over HTTP. */
  stopTaking(): Promise<void>;
  /** After the last send: takes signs of work away, and resolves when no token is being renewed, because its new one would be lost. */
  close(): Promise<void>;
  /** False until it is known whose bot token it is. */
  ready(): boolean;
};

export type SlackOptions = {
  config: {
    signingSecret: string | undefined;
    appToken: string | undefined;
    apiUrl: string;
    install: { kind: 'one'; botToken: string } | { kind: 'many'; clientId: string; clientSecret: string; stateSecret: string; publicUrl: string };
  };
  /** People who administer Plumb beside the workspace's own admins. */
  admins: readonly string[];
  store: Pick<Store, 'installations'>;
  words: SlackWords;
  installWords: InstallWords;
  clock: Clock;
  logger: Logger;
};

/** Slack, put together: who installed Plumb, the way in (receiver.ts) and the way out (send.ts). Throws SlackError when Slack refuses the bot token. */
export async function createSlack(options: SlackOptions): Promise<SlackPlatform> {
  const { config, admins, words, clock, logger } = options;
  let intake: Intake | undefined;
  const currentIntake = (): Intake | undefined => intake;
  const workspaces = await openWorkspaces(options, currentIntake);
  const directory = createDirectory({ workspaces, words, clock, logger, admins });
  const home = createHome({ intake: currentIntake, words, clock, logger });
  const modals = createModals(logger);
  const chats = createDirectChats();
  const threads = createThreadsOfPosts();
  const tell = createTell({ modals, words, logger, chats });
  const receiver = createReceiver({
    signingSecret: config.signingSecret,
    appToken: config.appToken,
    slackApiUrl: config.apiUrl,
    onEvents: createEvents({ workspaces, intake: currentIntake, directory, home, chats, clock, logger }),
    logger,
  });
  createSlackApp({ receiver, workspaces, slackApiUrl: config.apiUrl, intake: currentIntake, directory, home, threads, modals, tell, words, clock, logger });
  const sign = createWorkingSign({ workspaces, logger });
  return {
    channel: {
      name: 'slack',
      directory,
      send: createSend({ workspaces, words, clock, logger, answered: sign.answered, chats, threads }),
      showWorking: sign.showWorking,
      complete: (event) => (event.mentions.length === 0 ? undefined : directory.complete(event)),
      earlier: directory.earlier,
    },
    setIntake(given) {
      intake = given;
    },
    mount(server) {
      receiver.mount(server);
      workspaces.mount(server);
    },
    async start() {
      await receiver.start();
    },
    async stopTaking() {
      await receiver.stop();
    },
    async close() {
      await sign.close();
      await workspaces.close();
    },
    ready: () => workspaces.ready() && receiver.listening(),
  };
}

type OpenWorkspaces = Workspaces & { ready(): boolean; close(): Promise<void> | void; mount(server: Server): void };

async function openWorkspaces({ config, store, installWords, logger }: SlackOptions, intake: () => Intake | undefined): Promise<OpenWorkspaces> {
  const clients = createClients({ slackApiUrl: config.apiUrl, logger });
  const { install } = config;
  if (install.kind === 'many') {
    const many = openInstallations({
      ...install,
      installations: store.installations,
      clients,
      slackApiUrl: config.apiUrl,
      words: installWords,
      intake,
      logger,
    });
    return { ...many, ready: () => true };
  }
  const one = await openSingleWorkspace({ token: install.botToken, clients, installations: store.installations, logger });
  return { ...one, mount: () => undefined };
}
