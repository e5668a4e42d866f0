import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import { freePort, type Program, startProgram } from '../program.ts';

export type Transport = 'http' | 'socket';
/** What all processes of a trial share: Plumb's data folder, and a PostgreSQL database where several work on one. */
export type Home = { dataDir: string; databaseUrl: string | undefined };

/** Plumb as an admin would run it with nothing but SLACK_* variables, once or several times behind one Slack. */
export type Plumbs = {
  count: number;
  /** The next process in turn, whether it runs or not: where Slack delivers to. */
  eventsUrl(): string;
  startAll(): Promise<void>;
  /** kill -9 of one process. */
  kill(index: number): Promise<void>;
  start(index: number): Promise<void>;
  /** SIGTERM to all, one after another. Throws when one does not end cleanly. */
  stopAll(): Promise<void>;
  /** kill -9 of whatever still runs. */
  end(): Promise<void>;
  /** Where the first process serves /metrics. */
  metricsUrl(): string;
  output(): string;
};

type Place = { port: number; localPort: number; program: Program | undefined };

export async function createPlumbs(slack: FakeSlack, transport: Transport, home: Home, count: number): Promise<Plumbs> {
  const places: Place[] = [];
  for (let index = 0; index < count; index += 1) places.push({ port: await freePort(), localPort: await freePort(), program: undefined });
  const way: Record<string, string> = transport === 'http' ? { SLACK_SIGNING_SECRET: slack.app.signingSecret } : { SLACK_APP_TOKEN: slack.app.appToken };
  const shared = {
    ...way,
    HOST: '127.0.0.1',
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken(),
    ...(home.databaseUrl && { DATABASE_URL: home.databaseUrl }),
  };
  let turn = 0;

  const at = (index: number): Place => {
    const place = places[index % count];
    if (!place) throw new Error('There is no process to run.');
    return place;
  };

  async function start(index: number): Promise<void> {
    const place = at(index);
    place.program = await startProgram({ dataDir: home.dataDir, port: place.port, env: { ...shared, LOCAL_PORT: String(place.localPort) } }, readyUrlOf(place));
  }

  // Over Socket Mode there is no public listener.
  const readyUrlOf = ({ port, localPort }: Place): string => `http://127.0.0.1:${transport === 'http' ? port : localPort}`;

  return {
    count,
    eventsUrl() {
      turn += 1;
      return `http://127.0.0.1:${at(turn).port}/slack/events`;
    },
    async startAll() {
      for (const index of places.keys()) await start(index);
    },
    async kill(index) {
      await at(index).program?.kill();
    },
    start,
    async stopAll() {
      for (const { program } of places) {
        const exitCode = await program?.stop();
        if (exitCode !== 0) throw new Error(`Plumb did not stop cleanly (${exitCode}):\n${program?.output()}`);
      }
    },
    async end() {
      for (const { program } of places) await program?.kill();
    },
    metricsUrl: () => `http://127.0.0.1:${at(0).localPort}`,
    output: () => places.map(({ program }) => program?.output() ?? '').join('\n'),
  };
}
