import type { Server } from 'restify';
import type { Channel, Clock, Intake, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import type { SlackWords } from './words.ts';

export type SlackPlatform = {
  channel: Channel;
  setIntake(intake: Intake): void;
  /** Adds what Slack calls to the public listener. */
  mount(server: Server): void;
  /** Begins to take events over Socket Mode, where it is on. */
  start(): Promise<void>;
  /** Takes no more events; what is being answered is answered. */
  close(): Promise<void>;
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
  clock: Clock;
  logger: Logger;
};

/** Slack, put together. */
export async function createSlack(_options: SlackOptions): Promise<SlackPlatform> {
  throw new Error('Slack is not put together yet.');
}
