import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { defaultSettings } from '../../src/app/ports.ts';
import { freePort, type Program, startProgram } from '../chaos/program.ts';
import { median } from './median.ts';
import { openSeeded, type Where } from './seeded-store.ts';
import { fire, type Load, signingSecret, someChatter } from './slack-load.ts';

const ROUNDS = 5;
const WARM_SECONDS = 2;
const MEASURED_SECONDS = 4;
// As many threads as a busy workspace has under way; in each, four people write.
const THREADS = 1_000;
const PEOPLE = 4;

type Round = { bolt: Load; chatter: Load; durable: Load };

/** Plumb's answers to signed Slack events against those of a bare Bolt app, in one run: requests per second, and the slowest of a hundred. */
export async function measureSlack(folder: string): Promise<{ chatterRatio: number; durableRatio: number; durableP99Ratio: number; boltPerSecond: number }> {
  const api = await openApi();
  const bolt = await startBolt();
  const seeded = join(folder, 'slack-seeded');
  const rounds: Round[] = [];
  try {
    const threads = await seedThreads(seeded);
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await playRound(await copyOf(seeded, folder), { api, bolt, threads }));
  } finally {
    bolt.child.kill('SIGKILL');
    api.server.close();
    api.server.closeAllConnections();
  }
  for (const { bolt: peer, chatter, durable } of rounds)
    console.log(
      `  bolt ${rate(peer)} | not ours ${rate(chatter)} | durable ${rate(durable)} per second; 99th ${peer.p99Ms}, ${chatter.p99Ms}, ${durable.p99Ms} ms`,
    );
  return {
    boltPerSecond: median(rounds.map((round) => round.bolt.perSecond)),
    chatterRatio: median(rounds.map((round) => round.chatter.perSecond / round.bolt.perSecond)),
    durableRatio: median(rounds.map((round) => round.durable.perSecond / round.bolt.perSecond)),
    durableP99Ratio: median(rounds.map((round) => round.durable.p99Ms / round.bolt.p99Ms)),
  };
}

const rate = ({ perSecond }: Load): number => Math.round(perSecond);

type Thread = { channel: string; ts: string };
type Api = { url: string; server: Server };

async function playRound(dataDir: string, { api, bolt, threads }: { api: Api; bolt: { url: string }; threads: readonly Thread[] }): Promise<Round> {
  const { program, url } = await startPlumb(dataDir, api);
  try {
    const peer = await measure(bolt.url, someChatter);
    const chatter = await measure(url, someChatter);
    const durable = await measure(url, (n) => {
      const thread = threads[n % threads.length];
      return {
        channel: thread?.channel ?? '',
        thread_ts: thread?.ts ?? '',
        user: `U${Math.floor(n / threads.length) % PEOPLE}`,
        text: `Pipeline in the north is what we look at, week ${n}`,
      };
    });
    await expectStored(url, durable.answered);
    return { bolt: peer, chatter, durable };
  } finally {
    await program.kill();
  }
}

async function measure(url: string, messageOf: Parameters<typeof fire>[2]): Promise<Load> {
  const warm = await fire(url, WARM_SECONDS, messageOf);
  const measured = await fire(url, MEASURED_SECONDS, messageOf);
  if (warm.refused + measured.refused > 0)
    throw new Error(`${warm.refused + measured.refused} requests to ${url} were refused; the figures would mean nothing.`);
  return { ...measured, answered: warm.answered + measured.answered };
}

/** What was acknowledged must be in the store: an acknowledgement without it would be fast, too. */
async function expectStored(url: string, answered: number): Promise<void> {
  const metrics = await (await fetch(new URL('/metrics', localOf(url)))).text();
  const stored = Number(/^plumb_stored_total\{[^}]*slack[^}]*\} (\d+)/m.exec(metrics)?.[1]);
  if (!(stored >= answered)) throw new Error(`${answered} messages were acknowledged but ${stored} stored.`);
}

const localPorts = new Map<string, number>();
const localOf = (url: string): string => `http://127.0.0.1:${localPorts.get(new URL(url).port)}`;

async function startPlumb(dataDir: string, api: Api): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const localPort = await freePort();
  const env = {
    LOCAL_PORT: String(localPort),
    HOST: '127.0.0.1',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${api.url}/api/`,
  };
  const program = await startProgram({ dataDir, port, env });
  localPorts.set(String(port), localPort);
  return { program, url: `${program.url}/slack/events` };
}

const inSlack: Where = { channel: 'slack', tenant: 'T1', place: (alignment) => `C${alignment}`, thread: () => '1600000000.000100' };

/** A data folder with threads that Plumb follows, each in a channel of its own. */
async function seedThreads(dataDir: string): Promise<Thread[]> {
  await mkdir(dataDir, { recursive: true });
  const seeded = await openSeeded(dataDir, THREADS, { file: join(dataDir, 'plumb.sqlite'), where: inSlack });
  // As in earnest: without this each message would be handled at once.
  await seeded.store.settings.save(inSlack.tenant, defaultSettings);
  await seeded.close();
  return Array.from({ length: THREADS - 1 }, (_, n) => ({ channel: inSlack.place(`copy${n + 1}`), ts: inSlack.thread('') }));
}

async function copyOf(seeded: string, folder: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'slack-round-'));
  await cp(seeded, copy, { recursive: true });
  return copy;
}

/** What Plumb asks of Slack's Web API on the way. */
async function openApi(): Promise<Api> {
  let posted = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const sent = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const channel = sent['channel'] ?? '';
    posted += 1;
    const answer = { ...known(request.url?.split('/').at(-1) ?? '', sent), ok: true, channel, ts: `${1_600_000_000 + posted}.000100` };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return { url: `http://127.0.0.1:${address.port}`, server };
}

function known(method: string, sent: Readonly<Record<string, string>>): Record<string, unknown> {
  switch (method) {
    case 'auth.test':
      return { url: 'https://acme.slack.com/', team: 'Acme', user: 'plumb', team_id: 'T1', user_id: 'UPLUMB', bot_id: 'BPLUMB' };
    case 'users.info':
      return { user: { id: sent['user'], team_id: 'T1', name: 'someone', real_name: 'Some One', tz: 'Europe/London', profile: { display_name: 'Some One' } } };
    case 'users.list':
      return { members: [] };
    case 'conversations.members':
      return { members: ['U0', 'U1', 'U2', 'U3', 'UPLUMB'] };
    case 'conversations.info':
      return { channel: { id: sent['channel'], name: 'sales', is_member: true, num_members: 5 } };
    default:
      return {};
  }
}

async function startBolt(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const args = [join(import.meta.dirname, 'bare-bolt.ts'), '--port', String(port), '--secret', signingSecret];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { child, url: `http://127.0.0.1:${port}/slack/events` };
}
