import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../store/databases.ts';
import { type History, readHistory } from './history.ts';
import type { Home, Plumbs } from './plumbs.ts';
import { randomFrom, untilNextKill } from './random.ts';
import { settle } from './settle.ts';
import { type Location, openTables, type Tables } from './tables.ts';
import type { Outcome } from './trial.ts';

export type Trial = {
  kills: number;
  seed: number;
  dataDir: string;
  /** More than one work on one PostgreSQL. */
  processes: number;
};

/** One platform with the people who talk with Plumb there, and what goes wrong in it. */
export type Side = {
  channel: 'slack' | 'teams';
  talk: {
    said: readonly unknown[];
    pressed: readonly unknown[];
    /** Lets everybody finish the message in hand and resolves when nobody talks any more. */
    stop(): Promise<void>;
  };
  weather: {
    /** Often: a call hangs in the platform, done or not; resolves as soon as one does, so that the kill that follows hits it. Otherwise resolves at once. */
    beforeKill(): Promise<void>;
    /** Now and then something that Plumb survives. */
    passing(): void;
    /** Nothing goes wrong any more. */
    clear(): Promise<void>;
  };
  /** Resolves when nothing is on its way to Plumb. */
  settled(): Promise<void>;
  /** Holds what the platform was told and shows against the database of a program that has stopped. `kills`: the moments of the kills, epoch milliseconds. */
  judge(tables: Tables, history: History, kills: readonly number[]): Promise<Outcome>;
};

/** Gives a trial its database, one PostgreSQL where several processes share it, and takes it away again. */
export async function withDatabase<T>(
  { dataDir, processes }: Pick<Trial, 'dataDir' | 'processes'>,
  use: (home: Home, location: Location) => Promise<T>,
): Promise<T> {
  if (processes <= 1) return use({ dataDir, databaseUrl: undefined }, { sqliteFile: join(dataDir, 'plumb.sqlite') });
  const postgres = await startPostgres();
  const database = await postgres.database();
  try {
    return await use({ dataDir, databaseUrl: database.location.databaseUrl }, database.location);
  } finally {
    await database.drop();
    await postgres.stop();
  }
}

/** Lets people talk on all sides while Plumb is killed `kills` times. Throws when it does not come to rest or does not start. */
export async function runTrial(
  trial: Trial,
  plumbs: Plumbs,
  location: Location,
  begin: () => Promise<readonly Side[]>,
  now: () => number = Date.now,
): Promise<Outcome[]> {
  await plumbs.startAll();
  const sides = await begin();
  const kills = await killAll(trial, plumbs, sides, now);
  await sleep(1_000);
  await Promise.all(sides.map(({ talk }) => talk.stop()));
  for (const { weather } of sides) await weather.clear();
  for (const { settled } of sides) await settled();
  await settle(plumbs.metricsUrl(), plumbs.output);
  await plumbs.stopAll();
  const tables = await openTables(location);
  try {
    const outcomes: Outcome[] = [];
    for (const side of sides) {
      const history = await readHistory(tables, sides.length > 1 ? side.channel : undefined);
      // A PostgreSQL goes away with the trial: this stays where the folder is kept.
      await writeFile(join(trial.dataDir, `history-${side.channel}.json`), JSON.stringify({ ...history, texts: [...history.texts] }));
      outcomes.push(await side.judge(tables, history, kills));
    }
    return outcomes;
  } finally {
    await tables.close();
  }
}

const QUIET_MS = 5_000;

/** Gives the moments of the kills. */
async function killAll({ kills, seed }: Trial, plumbs: Plumbs, sides: readonly Side[], now: () => number): Promise<number[]> {
  const random = randomFrom(seed);
  const moments: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    for (const { weather } of sides) weather.passing();
    // Now and then long enough for a message to be read and answered: Plumb waits a moment for what may follow it.
    await sleep(untilNextKill(random) + (kill % 4 === 0 ? QUIET_MS : 0));
    await sides[kill % sides.length]?.weather.beforeKill();
    const index = Math.floor(random() * plumbs.count);
    moments.push(now());
    await plumbs.kill(index);
    await plumbs.start(index);
    if (kill % 10 === 0) console.log(`${kill} kills, ${count(sides, 'said')} messages written, ${count(sides, 'pressed')} presses acknowledged`);
  }
  return moments;
}

function count(sides: readonly Side[], what: 'said' | 'pressed'): number {
  return sides.reduce((sum, { talk }) => sum + talk[what].length, 0);
}
