import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type PostgresServer, startPostgres, type TestDatabase } from '../../store/databases.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import type { SeenMessage } from './fake-teams/seen.ts';

// Two whole programs and a PostgreSQL start for this on a machine that may be busy.
jest.setTimeout(180_000);

const hour = 3_600_000;
const patienceMs = 30_000;
const request = '@Plumb my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
const answers = [
  'We have to bring margin back from 27 to 31 percent by September.',
  'What managers will do: Tomas Vidal coaches one deal with each rep every week.',
  'No, training alone is not enough: the bonus still rewards any deal, and that has to change too.',
  'What they will do differently: trade instead of giving discounts.',
];

let server: PostgresServer;
let database: TestDatabase & { location: { databaseUrl: string } };
let teams: FakeTeams;
let processes: Running[] = [];
let turn = 0;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

beforeEach(async () => {
  database = await server.database();
  const offset = toWorkingHours();
  // Each delivery goes to the next process in turn.
  const messagesUrl = () => {
    turn += 1;
    const next = processes[turn % processes.length];
    return next && `${next.url}/api/messages`;
  };
  teams = await openFakeTeams({ messagesUrl, now: () => Date.now() + offset });
  const [priya = ''] = teams.people('priya');
  const env = { DATABASE_URL: database.location.databaseUrl, TEAMS_LOCAL: 'on', PLUMB_ADMINS: priya, ENCODER: 'off', PLUMB_CLOCK_OFFSET: String(offset) };
  processes = [await startPlumb({ env }), await startPlumb({ env })];
});

afterEach(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await teams.close();
  await database.drop();
});

describe('two processes on one PostgreSQL', () => {
  it('lead conversations at once, whichever of them hears a message, and say everything once', async () => {
    const [dana = '', tomas = ''] = teams.people('dana', 'tomas');
    const [first, second] = await Promise.all([talkThrough(dana), talkThrough(tomas)]);
    const heardBy = teams.sent('message').map(({ answer }) => answer.status);
    expect(heardBy).toEqual(heardBy.map(() => 200));
    for (const said of [first, second]) {
      const shown = teams.thread(dana, said).flatMap((one) => (one.fromApp ? [one.shown] : []));
      expect(new Set(shown).size).toBe(shown.length);
    }
    const alignments = await rows("select id from aggregates where kind = 'alignment'");
    expect(alignments).toHaveLength(2);
    expect(teams.calls.filter(({ status }) => status >= 400).map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([]);
    expect(logs()).not.toMatch(/"level":"(?:error|fatal)"/);
  });

  it('take what is delivered to both of them at once a single time', async () => {
    const [dana = ''] = teams.people('dana');
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), request);
    const [delivery] = teams.sent('message');
    if (delivery) await Promise.all([teams.sendAgain(delivery), teams.sendAgain(delivery), teams.sendAgain(delivery)]);
    await teams.until(() => teams.thread(dana, said).some(({ fromApp }) => fromApp), patienceMs);
    await teams.do.reply(dana, said, answers[0] ?? '');
    const card = await teams.until(() => withButton(teams.thread(dana, said), 'skip'), patienceMs);
    await Promise.all([teams.act.press(dana, card, 'skip'), teams.act.press(dana, card, 'skip')]);
    await settled();
    const shown = teams.thread(dana, said).flatMap((one) => (one.fromApp ? [one.shown] : []));
    expect(new Set(shown).size).toBe(shown.length);
    expect(await rows("select id from aggregates where kind = 'alignment'")).toHaveLength(1);
    const skipped = (await rows("select body from events where type = 'QuestionAnswered'")).filter(({ body }) => String(body).includes('"skipped"'));
    expect(skipped).toHaveLength(1);
  });

  it('write to somebody whose chat only the other one has heard of', async () => {
    const [dana = '', priya = ''] = teams.people('dana', 'priya');
    const [one, other] = processes;
    if (!one || !other) throw new Error('Two processes run.');
    processes = [one];
    await listPartner(priya);
    processes = [other];
    await one.stop();
    await teams.do.say(dana, teams.channel('sales-leaders'), request);
    await teams.until(() => teams.chatWithBot(priya).find(({ shown }) => shown.includes('A training request came up')), patienceMs);
    expect(teams.callsTo('createConversation')).toEqual([]);
  });
});

/** Asks for a course and answers until every answer has got a reaction. */
async function talkThrough(who: string): Promise<Said> {
  const said = await teams.do.say(who, teams.channel('sales-leaders'), request);
  let posts = 0;
  for (const text of ['', ...answers]) {
    if (text !== '') await teams.do.reply(who, said, text);
    const before = posts;
    posts = await teams.until(() => {
      const now = teams.thread(who, said).filter(({ fromApp }) => fromApp).length;
      return now > before && now;
    }, patienceMs);
  }
  await settled();
  return said;
}

async function listPartner(who: string): Promise<void> {
  const button = 'Add an L&D partner';
  await teams.do.sayToBot(who, 'settings');
  await teams.act.press(who, await teams.until(() => withButton(teams.chatWithBot(who), button), patienceMs), button);
  await teams.act.submitForm(who, { person: who });
}

/** Nothing is on its way, and nothing waits. */
async function settled(): Promise<void> {
  await teams.settled();
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const waiting = await rows("select 1 from inbox where status = 'waiting' union all select 1 from outbox where status = 'waiting'");
    quiet = waiting.length === 0 ? quiet + 1 : 0;
  }
}

/** By its title or its verb. */
function withButton(messages: readonly SeenMessage[], label: string): SeenMessage | undefined {
  return messages.findLast(({ buttons }) => buttons.some(({ title, action }) => title === label || action['verb'] === label));
}

async function rows(query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.location.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.end();
  }
}

function logs(): string {
  return processes.flatMap(({ log }) => log).join('');
}

/** Milliseconds to a Wednesday at 14:00 UTC, so that nothing waits for a better hour. */
function toWorkingHours(): number {
  const now = Date.now();
  const date = new Date(now);
  date.setUTCHours(14, 0, 0, 0);
  return date.getTime() + ((3 - date.getUTCDay() + 7) % 7 || 7) * 24 * hour - now;
}
