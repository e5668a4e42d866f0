import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { Running } from '../../e2e/start-plumb.ts';
import { type PostgresServer, startPostgres, type TestDatabase } from '../../store/databases.ts';
import { ids, install, type ManySlacks, type Organisation, openManySlacks } from './many-slacks.ts';

jest.setTimeout(120_000);

const { dana, priya, sales } = ids;
const [oldKey, newKey] = ['an-old-key-of-more-than-32-characters-for-tests', 'a-new-key-of-more-than-32-characters-for-tests'];
let server: PostgresServer;
let database: TestDatabase & { location: { databaseUrl: string } };
let many: ManySlacks;
let processes: Running[] = [];

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

afterEach(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await many.close();
  await database.drop();
});

async function open(keys: string, rotating?: number): Promise<void> {
  database = await server.database();
  many = await openManySlacks(rotating === undefined ? {} : { rotating });
  processes = [await start(keys), await start(keys)];
  target();
}

async function start(keys: string): Promise<Running> {
  const [key = '', ...previous] = keys.split(',');
  const plumb = await many.start({ env: { DATABASE_URL: database.location.databaseUrl, SECRET_KEY: key, SECRET_KEY_PREVIOUS: previous.join(',') } });
  while (!/slack\/events/.test(plumb.log.join(''))) await pause(20);
  return plumb;
}

function target(): void {
  const [first, ...others] = processes;
  if (first) many.target(first, ...others);
}

/** Restarts one process with other keys. */
async function restart(at: number, keys: string): Promise<void> {
  const old = processes[at];
  processes = processes.filter((one) => one !== old);
  target();
  await many.organisations.north.slack.settled();
  await old?.stop();
  processes.splice(at, 0, await start(keys));
  target();
}

it('two processes renew a token once, whoever needs it first, and the conversation goes on', async () => {
  // Always below two hours: each look at the token finds it due.
  await open(oldKey, 90);
  const { north } = many.organisations;
  await installed(north);
  for (let round = 0; round < 6; round += 1) {
    await Promise.all([asks(north, `north ${round}`), asks(north, `south ${round}`)]);
    await pause(500);
  }
  const refreshes = north.slack.callsTo('oauth.v2.access').filter(({ body }) => body['grant_type'] === 'refresh_token');
  expect(refreshes.length).toBeGreaterThan(1);
  expect(refreshes.map(({ answer }) => answer)).toEqual(refreshes.map(() => 'ok'));
  expect(new Set(refreshes.map(({ body }) => body['refresh_token'])).size).toBe(refreshes.length);
  expect(north.slack.calls.filter(({ answer }) => /token|auth/.test(answer))).toEqual([]);
  expect(logs()).not.toMatch(/xoxe|"level":"error"/);
});

it('the key changes while two processes serve, and no event or press fails on the way', async () => {
  await open(oldKey);
  const { north } = many.organisations;
  await installed(north);
  // In the order of .env.example: every process can read the new key before one writes with it.
  for (const keys of [`${oldKey},${newKey}`, `${newKey},${oldKey}`, newKey]) {
    for (const at of [0, 1]) {
      await restart(at, keys);
      await asks(north, `a course ${at} of ${keys.length}`);
      await north.slack.act.command(dana, sales, '/plumb list');
      await north.slack.act.command(dana, sales, '/plumb list');
    }
  }
  expect(north.slack.deliveries.flatMap(({ answer, kind, attempt }) => (answer.status === 200 ? [] : [[kind, attempt, answer.status]]))).toEqual([]);
  expect(logs()).not.toMatch(/secret_unreadable|cannot be decrypted/);
  expect(await secretOf(north)).not.toContain('xox');
});

async function installed(one: Organisation): Promise<void> {
  const [first] = processes;
  if (first) expect((await install(first, one)).status).toBe(200);
  await one.slack.do.inviteBot(priya, sales);
}

async function asks({ slack }: Organisation, about: string): Promise<void> {
  const said = await slack.do.say(dana, sales, `<@${slack.state.installs[0]?.botUserId}> we need a negotiation course about ${about}`, { raw: true });
  await slack.until(() => slack.thread(dana, said).some(({ fromApp }) => fromApp), 20_000);
}

async function secretOf({ tenant }: Organisation): Promise<string> {
  const client = new pg.Client({ connectionString: database.location.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select secret from installations where tenant = $1', [tenant]);
  await client.end();
  return String(rows[0]?.secret);
}

function logs(): string {
  return processes.flatMap(({ log }) => log).join('');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
