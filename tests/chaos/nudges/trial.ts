import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { twice } from '../history.ts';
import { askedAtWrongTime, askedTwice, missingWeeks, nudgeFigures, readNudges } from '../nudge-history.ts';
import { outagesFrom, untilBegin } from '../outages.ts';
import { freePort, type Program, startProgram } from '../program.ts';
import { randomFrom } from '../random.ts';
import { nextDue, untilRest } from '../rest.ts';
import { openTables, type Tables } from '../tables.ts';
import type { Outcome } from '../trial.ts';
import { openSlackWorld } from './slack.ts';
import { openTeamsWorld } from './teams.ts';
import { type Given, type NudgeWorld, type Programme, taps } from './world.ts';

type NudgeTrial = { kills: number; seed: number; dataDir: string };
type Clock = { now(): number; offset(): number; moveTo(at: number): void };

const programmes: readonly Programme[] = [
  {
    request: 'my 40 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop?',
    weeklyCall: 'Mondays at 10:00 New York time, with Keiko and Tomas.',
  },
  {
    request: 'my 40 account managers need a two-day negotiation training, they give away margin.',
    weeklyCall: 'Mondays at 12:00 New York time, with Keiko and Tomas.',
  },
  // Its questions come on another day than those of the others, so that some are joined and some are not.
  { request: 'my 12 team leads need a course in coaching their people.', weeklyCall: 'Wednesdays at 11:00 New York time, with Keiko and Tomas.' },
];
/** Two managers, and whoever has the figures. */
const introductions = programmes.length * 3;
const WEDNESDAY = 3;
// About as long as a start takes, so that what is due becomes so before, during and after it.
const LEAD_MS = 3_000;

/**
 * Three programmes run in a local Slack or Teams while the program is killed right around the moments at which nudges and digests are due, and now and then
 * stays away for some hours, once for three days. Throws when it does not come to rest or does not start.
 */
export async function tryNudges(platform: 'slack' | 'teams', trial: NudgeTrial): Promise<Outcome> {
  const ports = { public: await freePort(), local: await freePort() };
  const clock = createClock(untilBegin(Date.now()));
  const shared = { now: clock.now, seed: trial.seed };
  const world =
    platform === 'slack'
      ? await openSlackWorld({ ...shared, requestUrl: () => `http://127.0.0.1:${ports.public}/slack/events` })
      : await openTeamsWorld({ ...shared, messagesUrl: () => `http://127.0.0.1:${ports.local}/api/messages` });
  const plumb = createPlumb({ world, clock, ports, dataDir: trial.dataDir });
  try {
    await plumb.start();
    await begin(plumb, world, clock);
    const given = await killAll(trial, plumb, world, clock);
    await world.settled();
    await plumb.rest();
    await plumb.stop();
    return await judge(plumb, world, given);
  } finally {
    await plumb.kill();
    await world.close();
  }
}

function createClock(offsetMs: number): Clock {
  let offset = Math.round(offsetMs);
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    moveTo(at) {
      offset = Math.round(at - Date.now());
    },
  };
}

type Plumb = ReturnType<typeof createPlumb>;
type Running = { world: NudgeWorld; clock: Clock; ports: { public: number; local: number }; dataDir: string };

function createPlumb({ world, clock, ports, dataDir }: Running) {
  const database = join(dataDir, 'plumb.sqlite');
  const kills: number[] = [];
  let program: Program | undefined;

  async function start(): Promise<void> {
    const env = { HOST: '127.0.0.1', ENCODER: 'off', ...world.env, LOCAL_PORT: String(ports.local), PLUMB_CLOCK_OFFSET: String(clock.offset()) };
    program = await startProgram({ dataDir, port: ports.public, env }, `http://127.0.0.1:${ports[world.readyAt]}`);
  }
  return {
    database,
    kills,
    start,
    /** kill -9 and a new start. `meanwhile`: what time it is then. */
    async killAndStart(meanwhile?: number): Promise<void> {
      kills.push(clock.now());
      await program?.kill();
      if (meanwhile !== undefined) clock.moveTo(meanwhile);
      await start();
    },
    async kill(): Promise<void> {
      await program?.kill();
    },
    rest: () => untilRest(database, clock.now, () => program?.output() ?? ''),
    async stop(): Promise<void> {
      const exitCode = await program?.stop();
      if (exitCode !== 0) throw new Error(`Plumb did not stop cleanly (${exitCode}):\n${program?.output()}`);
    },
    output: () => program?.output() ?? '',
  };
}

/** Signs the briefs, and moves on from morning to morning until everybody was introduced and said yes. */
async function begin(plumb: Plumb, world: NudgeWorld, clock: Clock): Promise<void> {
  for (const programme of programmes) await world.agree(programme);
  await plumb.rest();
  for (let moves = 0; (await world.acceptIntroductions()) < introductions; moves += 1) {
    if (moves > 20) throw new Error(`Not everybody was introduced:\n${plumb.output()}`);
    await world.settled();
    await plumb.rest();
    await moveOn(plumb, clock, 0);
    await plumb.rest();
  }
  await world.settled();
  await plumb.rest();
}

/** Kills Plumb and starts it again shortly before what it does next by itself. */
async function moveOn(plumb: Plumb, clock: Clock, leadMs: number): Promise<void> {
  const due = await nextDue(plumb.database, clock.now());
  if (due === undefined) throw new Error('Nothing is due any more.');
  await plumb.killAndStart(Math.max(clock.now(), due - leadMs));
}

async function killAll({ kills, seed }: NudgeTrial, plumb: Plumb, world: NudgeWorld, clock: Clock): Promise<Given[]> {
  const random = randomFrom(seed);
  const outages = outagesFrom(random, WEDNESDAY);
  const given: Given[] = [];
  let written = 0;
  const answerAll = async () => {
    given.push(...(await world.answerAll(taps[Math.floor(random() * taps.length)] ?? taps[0], () => ++written)));
  };
  const first = plumb.kills.length;
  while (plumb.kills.length - first < kills) {
    await moveOn(plumb, clock, LEAD_MS * random());
    world.weather.passing();
    await sleep(LEAD_MS * random());
    if (random() < 0.7) {
      await world.weather.beforeKill();
      const awayMs = outages.next(clock.now());
      await plumb.killAndStart(awayMs === 0 ? undefined : clock.now() + awayMs);
    }
    if (random() < 0.3) {
      await sleep(400 * random());
      await plumb.killAndStart();
    }
    await world.weather.clear();
    await plumb.rest();
    if (random() < 0.7) {
      const answering = answerAll();
      if (random() < 0.3) {
        await sleep(500 * random());
        await plumb.killAndStart();
      }
      await answering;
      await world.settled();
      await plumb.rest();
    }
    console.log(`${plumb.kills.length - first} kills, ${given.length} answers acknowledged, ${new Date(clock.now()).toISOString()}`);
  }
  return given;
}

async function judge({ database, kills }: Plumb, world: NudgeWorld, given: readonly Given[]): Promise<Outcome> {
  const tables = await openTables({ sqliteFile: database });
  try {
    const history = await readNudges(tables);
    const { missing, doubled, explained, complaints, questions } = await world.standing(tables, kills);
    const asked = (who: string) => history.nudges.filter(({ person }) => person === who).length;
    const more = Object.entries(questions).map(([who, count]) => ({ who, count, wanted: asked(who) }));
    const extra = more.reduce((sum, { count, wanted }) => sum + Math.max(0, count - wanted), 0);
    const { weeks } = history;
    for (const complaint of complaints.slice(0, 20)) console.log(`complaint: ${complaint}`);
    return {
      acknowledged: 0,
      presses: given.length,
      lost: [...missingWeeks(history, world.zones), ...given.filter(({ words }) => !history.texts.has(words)).map(({ words }) => `"${words}" is gone`)],
      missingPosts: [
        ...missing,
        ...more.filter(({ count, wanted }) => count < wanted).map(({ who, count, wanted }) => `${who} has ${count} of ${wanted} questions`),
      ],
      duplicatePosts: [
        ...doubled,
        ...askedTwice(history, world.zones),
        ...(extra > explained ? [`${extra} questions too many, of which a kill explains at most ${explained}`] : []),
        ...twice(await digestPosts(tables)),
      ],
      doneTwice: askedAtWrongTime(history, world.zones),
      figures: { ...nudgeFigures(history), explained_doubles: explained, complaints: complaints.length },
      failed: weeks.size < 2 || complaints.length > 0,
    };
  } finally {
    await tables.close();
  }
}

const PostRow = z.object({ destination: z.string(), post: z.string() });

/** Where a digest was to be posted anew, and as what; changes of one do not count. */
async function digestPosts(tables: Tables): Promise<string[]> {
  const rows = await tables.rows(PostRow, "SELECT destination, post FROM outbox WHERE post LIKE '%:digest:%' AND replaces IS NULL");
  return rows.map(({ destination, post }) => `${post} to ${destination}`);
}
