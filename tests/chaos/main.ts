import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryBoth } from './both/trial.ts';
import { tryNudges } from './nudges/trial.ts';
import { tryRoomNudges } from './room/nudges.ts';
import { tryRoom } from './room/trial.ts';
import { trySlack } from './slack/trial.ts';
import { tryTeams } from './teams/trial.ts';
import type { Outcome } from './trial.ts';

/*
 * npm run chaos [-- options]: kills Plumb again and again while people talk with it.
 *   --platform room|slack|teams|both  room unless said otherwise; both: Slack and Teams in one process
 *   --what people|nudges  people who talk, or programmes that run, killed around the moments at which a nudge is due
 *   --transport http|socket  of Slack
 *   --metadata readable|unreadable  whether Plumb may read its own posts' metadata in Slack
 *   --processes n            of Slack and Teams: more than one work on one PostgreSQL
 *   --kills n  --seed n  --keep  --json
 */
const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: 'room' },
    what: { type: 'string', default: 'people' },
    transport: { type: 'string', default: 'http' },
    metadata: { type: 'string', default: 'readable' },
    processes: { type: 'string', default: '1' },
    json: { type: 'boolean' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string' },
    keep: { type: 'boolean' },
  },
});

function oneOf<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === given);
  if (chosen === undefined) throw new Error(`--${option} is one of: ${choices.join(', ')}.`);
  return chosen;
}

async function tryPlatform(shared: { kills: number; seed: number; dataDir: string }): Promise<Outcome[]> {
  const platform = oneOf('platform', values.platform, ['room', 'slack', 'teams', 'both']);
  const trial = { ...shared, processes: Number(values.processes) };
  const transport = oneOf('transport', values.transport, ['http', 'socket']);
  if (oneOf('what', values.what, ['people', 'nudges']) === 'nudges')
    return [await (platform === 'room' ? tryRoomNudges(shared) : tryNudges({ ...trial, platform, transport }))];
  switch (platform) {
    case 'room':
      return [await tryRoom(shared)];
    case 'slack':
      return trySlack({
        ...trial,
        transport,
        metadata: oneOf('metadata', values.metadata, ['readable', 'unreadable']),
      });
    case 'teams':
      return tryTeams(trial);
    case 'both':
      return tryBoth(trial);
    default:
      return platform satisfies never;
  }
}

function tell({ acknowledged, presses, lost, missingPosts, duplicatePosts, doneTwice, figures, failed }: Outcome, kills: number, seed: number): boolean {
  for (const [what, items] of Object.entries({ lost, 'missing posts': missingPosts, 'duplicate posts': duplicatePosts, 'done twice': doneTwice })) {
    console.log(`${what}: ${items.length}`);
    for (const item of items.slice(0, 10)) console.log(`  ${item}`);
  }
  const result = {
    kills,
    acknowledged,
    presses,
    lost: lost.length,
    missing_posts: missingPosts.length,
    duplicate_posts: duplicatePosts.length,
    done_twice: doneTwice.length,
    ...figures,
    seed,
  };
  console.log(values.json ? JSON.stringify(result) : result);
  return !failed && lost.length + missingPosts.length + duplicatePosts.length + doneTwice.length === 0;
}

async function main(): Promise<void> {
  const kills = Number(values.kills);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'plumb-chaos-'));
  console.log(`${kills} kills at random moments, seed ${seed} (repeat with --seed ${seed})`);
  const outcomes = await tryPlatform({ kills, seed, dataDir });
  if (values.keep) console.log(`the data stays in ${dataDir}`);
  else await rm(dataDir, { recursive: true, force: true });
  const fine = outcomes.map((outcome) => tell(outcome, kills, seed));
  if (fine.every(Boolean)) return;
  // Something that the fake platforms load says 0 when the process ends.
  process.once('exit', () => {
    process.exitCode = 1;
  });
}

await main();
