import { freePort, type Program, startProgram } from './program.ts';

/** What all processes of a trial share: Plumb's data folder, and a PostgreSQL database where several work on one. */
export type Home = { dataDir: string; databaseUrl: string | undefined };

/** Plumb as an admin would run it, once or several times behind one platform. */
export type Plumbs = {
  count: number;
  /** The public address of the next process in turn, whether it runs or not: where a platform delivers to. */
  publicUrl(): string;
  /** The same for the address on this machine alone. */
  localUrl(): string;
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

/** `env`, read at each start, names the platforms; `readyAt`: the listener that all of them need to be served at. */
export async function createPlumbs(home: Home, count: number, options: { env: () => Record<string, string>; readyAt: 'public' | 'local' }): Promise<Plumbs> {
  const places: Place[] = [];
  for (let index = 0; index < count; index += 1) places.push({ port: await freePort(), localPort: await freePort(), program: undefined });
  let turn = 0;

  const at = (index: number): Place => {
    const place = places[index % count];
    if (!place) throw new Error('There is no process to run.');
    return place;
  };
  const next = (): Place => {
    turn += 1;
    return at(turn);
  };
  const addressOf = (port: number): string => `http://127.0.0.1:${port}`;

  async function start(index: number): Promise<void> {
    const place = at(index);
    const { port, localPort } = place;
    const env = { HOST: '127.0.0.1', ...options.env(), ...(home.databaseUrl && { DATABASE_URL: home.databaseUrl }), LOCAL_PORT: String(localPort) };
    place.program = await startProgram({ dataDir: home.dataDir, port, env }, addressOf(options.readyAt === 'public' ? port : localPort));
  }

  return {
    count,
    publicUrl: () => addressOf(next().port),
    localUrl: () => addressOf(next().localPort),
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
    metricsUrl: () => addressOf(at(0).localPort),
    output: () => places.map(({ program }) => program?.output() ?? '').join('\n'),
  };
}
