import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultSettings } from '../../src/app/ports.ts';
import { freePort, type Program, startProgram } from '../chaos/program.ts';
import { median } from './median.ts';
import { openSeeded, type Where } from './seeded-store.ts';
import { openConnector, type TeamsConnector } from './teams-connector.ts';
import { fire, type Load, type Said, turns } from './teams-load.ts';

const ROUNDS = 5;
const WARM_SECONDS = 2;
const MEASURED_SECONDS = 4;
// As many threads as a busy tenant has under way; in each, four people write.
const THREADS = 1_000;
const PEOPLE = 4;
const TURNS = 1_000;
// Plumb keeps Teams' limits (8 posts in two seconds to a channel, 50 requests a second to a tenant), so the turns are spread over many of both.
const TENANTS = 100;
const CHANNELS = TURNS;

type Peer = { child: ChildProcess; url: string };
type Round = { idle: Load; durable: Load; echoPerSecond: number; turnsPerSecond: number };

/** Plumb against botbuilder in one run: activities of tracked threads made durable against a bot that does nothing, and whole turns against Microsoft's EchoBot. */
export async function measureTeams(folder: string): Promise<{ durableRatio: number; durableP99Ratio: number; turnRatio: number; peerPerSecond: number }> {
  const connector = await openConnector();
  const idle = await startPeer([]);
  const echo = await startPeer(['--echo']);
  const seeded = join(folder, 'teams-seeded');
  const rounds: Round[] = [];
  try {
    await seedThreads(seeded);
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await playRound(await copyOf(seeded, folder), { connector, idle, echo }));
  } finally {
    for (const { child } of [idle, echo]) child.kill('SIGKILL');
    connector.close();
  }
  for (const { idle: peer, durable, echoPerSecond, turnsPerSecond } of rounds)
    console.log(
      `  botbuilder ${Math.round(peer.perSecond)} | durable ${Math.round(durable.perSecond)} per second; 99th ${peer.p99Ms}, ${durable.p99Ms} ms; ` +
        `EchoBot ${Math.round(echoPerSecond)} | turns ${Math.round(turnsPerSecond)} per second`,
    );
  return {
    peerPerSecond: median(rounds.map((round) => round.idle.perSecond)),
    durableRatio: median(rounds.map((round) => round.durable.perSecond / round.idle.perSecond)),
    durableP99Ratio: median(rounds.map((round) => round.durable.p99Ms / round.idle.p99Ms)),
    turnRatio: median(rounds.map((round) => round.turnsPerSecond / round.echoPerSecond)),
  };
}

async function playRound(dataDir: string, { connector, idle, echo }: { connector: TeamsConnector; idle: Peer; echo: Peer }): Promise<Round> {
  // Neither asks for a sign-in, which Plumb refuses to go without in production.
  const program: Program = await startProgram({ dataDir, port: await freePort(), env: { TEAMS_LOCAL: 'on', NODE_ENV: '' } });
  const url = `${program.url}/api/messages`;
  try {
    const peer = await measure(idle.url, connector, inTrackedThread);
    const echoPerSecond = await wholeTurns(echo.url, connector);
    const turnsPerSecond = await wholeTurns(url, connector);
    const durable = await measure(url, connector, inTrackedThread);
    await expectStored(program.url, durable.answered);
    return { idle: peer, durable, echoPerSecond, turnsPerSecond };
  } finally {
    await program.kill();
  }
}

async function measure(url: string, connector: TeamsConnector, saidOf: (n: number) => Said): Promise<Load> {
  const warm = await fire(url, connector, { seconds: WARM_SECONDS }, saidOf);
  const measured = await fire(url, connector, { seconds: MEASURED_SECONDS }, saidOf);
  return { ...measured, answered: warm.answered + measured.answered };
}

async function wholeTurns(url: string, connector: TeamsConnector): Promise<number> {
  // Once to warm up, so that every channel is known.
  await turns(url, connector, TURNS, newRequest);
  return turns(url, connector, TURNS, newRequest);
}

/** What was acknowledged must be in the store: an acknowledgement without it would be fast, too. */
async function expectStored(url: string, answered: number): Promise<void> {
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  const stored = Number(/^plumb_stored_total\{[^}]*teams[^}]*\} (\d+)/m.exec(metrics)?.[1]);
  if (!(stored >= answered)) throw new Error(`${answered} messages were acknowledged but ${stored} stored.`);
}

const inTeams: Where = { channel: 'teams', tenant: 'tenant-0', place: (alignment) => `19:${alignment}@thread.tacv2`, thread: () => '1600000000000' };

function inTrackedThread(n: number): Said {
  const channel = inTeams.place(`copy${(n % (THREADS - 1)) + 1}`);
  const text = `Pipeline in the north is what we look at, week ${n}`;
  return { tenant: inTeams.tenant, channel, thread: inTeams.thread(''), user: Math.floor(n / THREADS) % PEOPLE, text };
}

/** A request that is sent to Plumb by name: it is read, decided on and answered with a card. */
function newRequest(n: number): Said {
  const text = `we need a negotiation workshop for the ${n} account managers in the north before March`;
  return { tenant: `tenant-${n % TENANTS}`, channel: `19:turns${n % CHANNELS}@thread.tacv2`, thread: '', user: n % 50, text, mention: true };
}

/** A data folder with threads that Plumb follows, each in a channel of its own. */
async function seedThreads(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const seeded = await openSeeded(dataDir, THREADS, { file: join(dataDir, 'plumb.sqlite'), where: inTeams });
  // As in earnest: without this each message would be handled at once.
  await seeded.store.settings.save(inTeams.tenant, defaultSettings);
  await seeded.close();
}

async function copyOf(seeded: string, folder: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'teams-round-'));
  await cp(seeded, copy, { recursive: true });
  return copy;
}

async function startPeer(mode: readonly string[]): Promise<Peer> {
  const port = await freePort();
  const args = [join(import.meta.dirname, 'bot-framework-peer.ts'), '--port', String(port), ...mode];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { child, url: `http://127.0.0.1:${port}/api/messages` };
}
