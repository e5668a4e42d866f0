import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeSlack, openFakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import { usualScopes, usualTeam } from '../../channels/slack/fake-slack/seed.ts';
import { startPostgres } from '../../store/databases.ts';
import { readHistory } from '../history.ts';
import { randomFrom, untilNextKill } from '../random.ts';
import { settle } from '../settle.ts';
import { openTables } from '../tables.ts';
import type { Outcome } from '../trial.ts';
import { type Talk, talk } from './people.ts';
import { createPlumbs, type Plumbs, type Transport } from './plumbs.ts';
import { verify } from './verify.ts';
import { createWeather, type Weather } from './weather.ts';

export type SlackTrial = {
  kills: number;
  seed: number;
  dataDir: string;
  transport: Transport;
  /** Whether Plumb may read the metadata of its posts, by which it recognises them. */
  metadata: 'readable' | 'unreadable';
  /** More than one work on one PostgreSQL. */
  processes: number;
};

// Slack tries again after 0, 60,000 and 300,000 ms, which is long beside a restart; here Plumb is down about half of the time, so there are more tries.
const retryDelaysMs = [50, 400, 2_000, 5_000, 10_000, 15_000, 15_000, 15_000, 15_000];

/** People talk with Plumb in a local Slack while it is killed `kills` times. Throws when it does not come to rest or does not start. */
export async function trySlack(trial: SlackTrial): Promise<Outcome> {
  const postgres = trial.processes > 1 ? await startPostgres() : undefined;
  const database = await postgres?.database();
  let plumbs: Plumbs | undefined;
  const slack = await openFakeSlack({ requestUrl: () => plumbs?.eventsUrl(), retryDelaysMs, teams: [teamFor(trial)] });
  try {
    const home = { dataDir: trial.dataDir, databaseUrl: database?.location.databaseUrl };
    plumbs = await createPlumbs(slack, trial.transport, home, trial.processes);
    return await run(trial, slack, plumbs, database?.location ?? { sqliteFile: join(trial.dataDir, 'plumb.sqlite') });
  } finally {
    await plumbs?.end();
    await slack.close();
    await database?.drop();
    await postgres?.stop();
  }
}

function teamFor({ metadata }: SlackTrial): typeof usualTeam {
  const scopes = usualScopes.filter((scope) => metadata === 'readable' || scope !== 'metadata.message:read');
  return { ...usualTeam, scopes, channels: (usualTeam.channels ?? []).map((channel) => ({ ...channel, bot: true })) };
}

async function run(trial: SlackTrial, slack: FakeSlack, plumbs: Plumbs, location: Parameters<typeof openTables>[0]): Promise<Outcome> {
  await plumbs.startAll();
  const conversation = talk(slack, randomFrom(trial.seed + 1));
  const weather = createWeather(slack, randomFrom(trial.seed + 2));
  const kills = await killAll(trial, plumbs, conversation, weather);
  await sleep(1_000);
  await conversation.stop();
  slack.clearFaults();
  await slack.settled();
  await settle(plumbs.metricsUrl(), plumbs.output);
  await plumbs.stopAll();
  const tables = await openTables(location);
  const evidence = { slack, talk: conversation, tenant: usualTeam.id, kills, unanswered: weather.unanswered };
  const history = await readHistory(tables);
  // A PostgreSQL goes away with the trial: this stays where the folder is kept.
  await writeFile(join(trial.dataDir, 'history.json'), JSON.stringify({ ...history, texts: [...history.texts] }));
  const verdict = await verify(tables, history, evidence).finally(tables.close);
  const { pressed, started } = conversation;
  return {
    ...verdict,
    // Where they cannot be recognised, those under way at a kill may come twice.
    duplicatePosts: trial.metadata === 'readable' ? verdict.duplicatePosts : verdict.unexplained,
    presses: pressed.length,
    figures: {
      forms: pressed.filter(({ by }) => by === 'form').length,
      commands: started.length,
      never_heard: verdict.neverHeard,
      doubled_under_way: trial.metadata === 'readable' ? 0 : verdict.duplicatePosts.length - verdict.unexplained.length,
      answers_lost: weather.unanswered.size,
      refused_events: slack.deliveries.filter(({ kind, answer }) => kind === 'events_api' && answer.status >= 500).length,
      retried_events: slack.deliveries.filter(({ attempt }) => attempt > 0).length,
      posts: slack.callsTo('chat.postMessage').length,
    },
    failed: false,
  };
}

const QUIET_MS = 5_000;

/** Gives the moments of the kills (epoch milliseconds). */
async function killAll(trial: SlackTrial, plumbs: Plumbs, conversation: Talk, weather: Weather): Promise<number[]> {
  const random = randomFrom(trial.seed);
  const moments: number[] = [];
  for (let kill = 1; kill <= trial.kills; kill += 1) {
    weather.passing();
    // Now and then long enough for a message to be read and answered: Plumb waits a moment for what may follow it.
    await sleep(untilNextKill(random) + (kill % 4 === 0 ? QUIET_MS : 0));
    await weather.beforeKill();
    const index = Math.floor(random() * plumbs.count);
    moments.push(Date.now());
    await plumbs.kill(index);
    await plumbs.start(index);
    if (kill % 10 === 0) console.log(`${kill} kills, ${conversation.said.length} messages written, ${conversation.pressed.length} presses acknowledged`);
  }
  return moments;
}
