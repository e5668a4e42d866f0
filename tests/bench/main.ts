import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCoach } from './coach.ts';
import { measureDueTimers } from './due-timers.ts';
import { measureEncoderMemory } from './encoder-memory.ts';
import { measureLanguage } from './language.ts';
import { measureNotOurs } from './not-ours.ts';
import { measureSlack } from './slack.ts';
import { measureStartAndIdle } from './start-and-idle.ts';
import { measureTeams } from './teams.ts';
import { measureTurnCost } from './turn-cost.ts';

type Figure = { key: string; value: number; says: string; budget?: string };

function show({ value, says, budget }: Figure): void {
  console.log(`${says}: ${value}${budget === undefined ? '' : ` (budget ${budget})`}`);
}

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

async function startAndIdle(folder: string): Promise<Figure[]> {
  const { startMs, idleRssMb } = await measureStartAndIdle(folder);
  return [
    { key: 'start_ms', value: round(startMs), says: 'start to ready, ms (median of 5, empty folder)', budget: '<= 2000' },
    { key: 'idle_rss_mb', value: round(idleRssMb), says: 'memory when idle, MB', budget: '<= 200' },
  ];
}

async function turnCost(folder: string): Promise<Figure[]> {
  const { ratio, smallMs, largeMs } = await measureTurnCost(folder, 100_000);
  return [
    { key: 'turn_ms_1k', value: round(smallMs, 2), says: 'one turn among 1,000 open alignments, ms (median)' },
    { key: 'turn_ms_100k', value: round(largeMs, 2), says: 'one turn among 100,000 open alignments, ms (median)' },
    { key: 'turn_cost_ratio_100k', value: round(ratio, 3), says: 'turn cost, 100,000 against 1,000 open alignments', budget: '<= 1.2' },
  ];
}

async function dueTimers(folder: string): Promise<Figure[]> {
  const ms = await measureDueTimers(folder, 1_000_000);
  return [{ key: 'timers_100_of_1m_ms', value: round(ms, 2), says: '100 due timers among 1,000,000 into the inbox, ms (median)', budget: '<= 10' }];
}

async function notOurs(folder: string): Promise<Figure[]> {
  const { perSecond, filesChanged, answers } = await measureNotOurs(folder);
  const kept = Object.entries(answers).reduce((sum, [answer, count]) => (answer === 'not ours' ? sum : sum + count), 0);
  return [
    { key: 'not_ours_per_s', value: round(perSecond), says: 'messages that are not ours, per second through receive' },
    { key: 'not_ours_kept', value: kept, says: 'of 50,000 such messages, stored', budget: '0' },
    { key: 'not_ours_files_changed', value: filesChanged, says: 'database files that differ after them', budget: '0' },
  ];
}

async function language(_folder: string, chat: string | undefined): Promise<Figure[]> {
  const { mayMatterPerSecond, spotRequestP99Us, readReplyP99Ms, texts } = await measureLanguage(chat);
  return [
    {
      key: 'may_matter_per_s',
      value: round(mayMatterPerSecond),
      says: `mayMatter, messages per second on one core (${texts} of ${chat ?? 'tests/eval'})`,
      budget: '>= 200000 on real chat',
    },
    {
      key: 'spot_request_p99_us',
      value: round(spotRequestP99Us),
      says: 'spotRequest (local), 99th of 100 of the same, microseconds',
      budget: '< 1000 without the encoder',
    },
    { key: 'read_reply_p99_ms', value: round(readReplyP99Ms, 2), says: 'readReply (local), 99th of 100 messages, ms', budget: '< 60' },
  ];
}

async function coach(): Promise<Figure[]> {
  const { cuesP99Us, cuesShare, signalsMs, cues } = await measureCoach();
  return [
    { key: 'cues_p99_us', value: round(cuesP99Us), says: 'cues of a reply (local), 99th of 100 messages, microseconds' },
    { key: 'cues_share', value: round(cuesShare, 2), says: 'cues, part of the time in which a reply is read', budget: '<= 0.5' },
    {
      key: 'signals_long_ms',
      value: round(signalsMs, 2),
      says: `every occasion in a conversation of 60 messages with ${cues} cues, 200 objectives on file, ms (median)`,
      budget: '<= 5',
    },
  ];
}

async function encoder(): Promise<Figure[]> {
  return [{ key: 'encoder_mb', value: round(await measureEncoderMemory()), says: 'memory that the sentence encoder takes in use, MB', budget: '<= 250' }];
}

async function slack(folder: string): Promise<Figure[]> {
  const { chatterRatio, durableRatio, durableP99Ratio, boltPerSecond } = await measureSlack(folder);
  return [
    { key: 'slack_bolt_per_s', value: round(boltPerSecond), says: 'bare Bolt that only acks, requests per second (the peer)' },
    {
      key: 'slack_chatter_ratio',
      value: round(chatterRatio, 2),
      says: 'Slack messages that are not ours, requests per second against bare Bolt',
      budget: '>= 2',
    },
    { key: 'slack_durable_ratio', value: round(durableRatio, 2), says: 'Slack messages of tracked threads, stored durably, against bare Bolt', budget: '>= 1' },
    { key: 'slack_durable_p99_ratio', value: round(durableP99Ratio, 2), says: 'the same, 99th of 100 answers, time against bare Bolt', budget: '<= 2' },
  ];
}

async function teams(folder: string): Promise<Figure[]> {
  const { durableRatio, durableP99Ratio, turnRatio, peerPerSecond } = await measureTeams(folder);
  return [
    { key: 'teams_botbuilder_per_s', value: round(peerPerSecond), says: 'a botbuilder ActivityHandler that does nothing, activities per second (the peer)' },
    { key: 'teams_durable_ratio', value: round(durableRatio, 2), says: 'Teams activities of tracked threads, stored durably, against that', budget: '>= 1' },
    { key: 'teams_durable_p99_ratio', value: round(durableP99Ratio, 2), says: 'the same, 99th of 100 answers, time against that' },
    { key: 'teams_turn_ratio', value: round(turnRatio, 2), says: 'whole turns with a card at a local connector, against EchoBot', budget: '>= 0.5' },
  ];
}

// The encoder comes first: memory that another part took and left would hide some of its own.
const parts = { encoder, start: startAndIdle, 'not-ours': notOurs, timers: dueTimers, turn: turnCost, language, coach, slack, teams };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' }, chat: { type: 'string' } } });
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  const figures: Figure[] = [];
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (values.only !== undefined && values.only !== name) continue;
      const measured = await part(folder, values.chat);
      measured.forEach(show);
      figures.push(...measured);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (values.json) console.log(JSON.stringify(Object.fromEntries(figures.map(({ key, value }) => [key, value]))));
}

await main();
