import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { twice } from '../history.ts';
import { askedAtWrongTime, askedTwice, missingWeeks, type NudgeHistory, nudgeFigures, readNudges } from '../nudge-history.ts';
import { outagesFrom, untilBegin } from '../outages.ts';
import { createPlumbs, type Plumbs } from '../plumbs.ts';
import { randomFrom } from '../random.ts';
import { nextDue, untilRest } from '../rest.ts';
import { withDatabase } from '../run-trial.ts';
import type { Transport } from '../slack/trial.ts';
import { type Location, openTables, type Tables } from '../tables.ts';
import type { Outcome } from '../trial.ts';
import { openSlackWorld } from './slack.ts';
import { openTeamsWorld } from './teams.ts';
import { type Given, type NudgeWorld, type Programme, taps } from './world.ts';

/** `transport`: of Slack. `processes`: more than one work on one PostgreSQL. */
export type NudgeTrial = { kills: number; seed: number; dataDir: string; processes: number; platform: 'slack' | 'teams' | 'both'; transport: Transport };
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
 * Three programmes run in a local Slack, in a local Teams, or three in each, while the program is killed right around the moments at which nudges and digests
 * are due, and now and then stays away for some hours, once for three days. Throws when it does not come to rest or does not start.
 */
export function tryNudges(trial: NudgeTrial): Promise<Outcome> {
  return withDatabase(trial, async (home, location) => {
    let plumbs: Plumbs | undefined;
    const clock = createClock(untilBegin(Date.now()));
    const worlds = await openWorlds(trial, clock, () => plumbs);
    try {
      const env = () => Object.assign({ ENCODER: 'off' }, ...worlds.map((world) => world.env), { PLUMB_CLOCK_OFFSET: String(clock.offset()) });
      const readyAt = worlds.some((world) => world.readyAt === 'public') ? 'public' : 'local';
      plumbs = await createPlumbs(home, trial.processes, { env, readyAt });
      const plumb = killable(plumbs, clock, location);
      await plumbs.startAll();
      await begin(plumb, worlds, clock);
      const given = await killAll(trial, plumb, worlds, clock);
      await settled(worlds);
      await plumb.rest();
      await plumbs.stopAll();
      return await judge(plumb, worlds, given);
    } finally {
      await plumbs?.end();
      for (const world of worlds) await world.close();
    }
  });
}

async function openWorlds({ platform, transport, seed }: NudgeTrial, { now }: Clock, plumbs: () => Plumbs | undefined): Promise<NudgeWorld[]> {
  const at = (path: string, url: 'publicUrl' | 'localUrl') => () => {
    const running = plumbs();
    return running && `${running[url]()}${path}`;
  };
  return [
    ...(platform === 'teams' ? [] : [await openSlackWorld({ now, seed, transport, requestUrl: at('/slack/events', 'publicUrl') })]),
    ...(platform === 'slack' ? [] : [await openTeamsWorld({ now, seed, messagesUrl: at('/api/messages', 'localUrl') })]),
  ];
}

async function settled(worlds: readonly NudgeWorld[]): Promise<void> {
  for (const world of worlds) await world.settled();
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

type Plumb = ReturnType<typeof killable>;

function killable(plumbs: Plumbs, clock: Clock, location: Location) {
  const kills: number[] = [];
  return {
    location,
    kills,
    /** kill -9 of one process after the other in turn, and a new start. */
    async killAndStart(): Promise<void> {
      kills.push(clock.now());
      await plumbs.kill(kills.length);
      await plumbs.start(kills.length);
    },
    /** kill -9 of all, and a new start at another moment: what goes by one clock has to move on together. */
    async killAndMove(to: number): Promise<void> {
      kills.push(clock.now());
      await plumbs.end();
      clock.moveTo(to);
      await plumbs.startAll();
    },
    rest: () => untilRest(location, clock.now, plumbs.output),
    output: plumbs.output,
  };
}

/** Signs the briefs, and moves on from morning to morning until everybody was introduced and said yes. */
async function begin(plumb: Plumb, worlds: readonly NudgeWorld[], clock: Clock): Promise<void> {
  for (const world of worlds) for (const programme of programmes) await world.agree(programme);
  await plumb.rest();
  for (let moves = 0; (await acceptAll(worlds)) < introductions * worlds.length; moves += 1) {
    if (moves > 20 * worlds.length) throw new Error(`Not everybody was introduced:\n${plumb.output()}`);
    await settled(worlds);
    await plumb.rest();
    await moveOn(plumb, clock, 0);
    await plumb.rest();
  }
  await settled(worlds);
  await plumb.rest();
}

async function acceptAll(worlds: readonly NudgeWorld[]): Promise<number> {
  let accepted = 0;
  for (const world of worlds) accepted += await world.acceptIntroductions();
  return accepted;
}

/** Kills Plumb and starts it again shortly before what it does next by itself. */
async function moveOn(plumb: Plumb, clock: Clock, leadMs: number): Promise<void> {
  const due = await nextDue(plumb.location, clock.now());
  if (due === undefined) throw new Error('Nothing is due any more.');
  await plumb.killAndMove(Math.max(clock.now(), due - leadMs));
}

async function killAll({ kills, seed }: NudgeTrial, plumb: Plumb, worlds: readonly NudgeWorld[], clock: Clock): Promise<Given[]> {
  const random = randomFrom(seed);
  const outages = outagesFrom(random, WEDNESDAY);
  const given: Given[] = [];
  let written = 0;
  const answerAll = async () => {
    const tap = taps[Math.floor(random() * taps.length)] ?? taps[0];
    for (const world of worlds) given.push(...(await world.answerAll(tap, () => ++written)));
  };
  const first = plumb.kills.length;
  while (plumb.kills.length - first < kills) {
    await moveOn(plumb, clock, LEAD_MS * random());
    for (const { weather } of worlds) weather.passing();
    await sleep(LEAD_MS * random());
    if (random() < 0.7) {
      await worlds[plumb.kills.length % worlds.length]?.weather.beforeKill();
      const awayMs = outages.next(clock.now());
      await (awayMs === 0 ? plumb.killAndStart() : plumb.killAndMove(clock.now() + awayMs));
    }
    if (random() < 0.3) {
      await sleep(400 * random());
      await plumb.killAndStart();
    }
    for (const { weather } of worlds) await weather.clear();
    await plumb.rest();
    if (random() < 0.7) {
      const answering = answerAll();
      if (random() < 0.3) {
        await sleep(500 * random());
        await plumb.killAndStart();
      }
      await answering;
      await settled(worlds);
      await plumb.rest();
    }
    console.log(`${plumb.kills.length - first} kills, ${given.length} answers acknowledged, ${new Date(clock.now()).toISOString()}`);
  }
  return given;
}

async function judge({ location, kills }: Plumb, worlds: readonly NudgeWorld[], given: readonly Given[]): Promise<Outcome> {
  const tables = await openTables(location);
  try {
    const history = await readNudges(tables);
    const sides: Awaited<ReturnType<typeof judgeWorld>>[] = [];
    for (const world of worlds) sides.push(await judgeWorld(tables, world, kills, history));
    const all = (what: 'missingWeeks' | 'missing' | 'doubled' | 'complaints' | 'atWrongTime') => sides.flatMap((side) => side[what]);
    const complaints = all('complaints');
    for (const complaint of complaints.slice(0, 20)) console.log(`complaint: ${complaint}`);
    const explained = sides.reduce((sum, side) => sum + side.explained, 0);
    return {
      acknowledged: 0,
      presses: given.length,
      lost: [...all('missingWeeks'), ...given.filter(({ words }) => !history.texts.has(words)).map(({ words }) => `"${words}" is gone`)],
      missingPosts: all('missing'),
      duplicatePosts: [...all('doubled'), ...twice(history.digests), ...twice(await digestPosts(tables))],
      doneTwice: all('atWrongTime'),
      figures: { ...nudgeFigures(history), explained_doubles: explained, complaints: complaints.length },
      failed: history.weeks.size < 2 || complaints.length > 0,
    };
  } finally {
    await tables.close();
  }
}

async function judgeWorld(tables: Tables, { zones, standing }: NudgeWorld, kills: readonly number[], { nudges }: NudgeHistory) {
  const own = nudges.filter(({ person }) => person in zones);
  const { missing, doubled, explained, complaints, questions } = await standing(tables, kills);
  const counts = Object.entries(questions).map(([who, count]) => ({ who, count, wanted: own.filter(({ person }) => person === who).length }));
  const extra = counts.reduce((sum, { count, wanted }) => sum + Math.max(0, count - wanted), 0);
  return {
    explained,
    complaints,
    missingWeeks: missingWeeks(own, zones),
    missing: [
      ...missing,
      ...counts.filter(({ count, wanted }) => count < wanted).map(({ who, count, wanted }) => `${who} has ${count} of ${wanted} questions`),
    ],
    doubled: [
      ...doubled,
      ...askedTwice(own, zones),
      ...(extra > explained ? [`${extra} questions too many, of which a kill explains at most ${explained}`] : []),
    ],
    atWrongTime: askedAtWrongTime(own, zones),
  };
}

const PostRow = z.object({ destination: z.string(), post: z.string() });

/** Where a digest was to be posted anew, and as what; changes of one do not count. */
async function digestPosts(tables: Tables): Promise<string[]> {
  const rows = await tables.rows(PostRow, "SELECT destination, post FROM outbox WHERE post LIKE '%:digest:%' AND replaces IS NULL");
  return rows.map(({ destination, post }) => `${post} to ${destination}`);
}
