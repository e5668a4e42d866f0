import { request } from 'node:http';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type FakeSlack, openFakeSlack } from '../slack/fake-slack/open-fake-slack.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';

jest.setTimeout(90_000);

let slack: FakeSlack;
let teams: FakeTeams;
let plumb: Running;
const addressOf = (path: string): URL | undefined => {
  const found = new RegExp(`"url":"(http[^"]+${path})"`).exec(plumb?.log.join('') ?? '')?.[1];
  return found === undefined ? undefined : new URL(found);
};

beforeAll(async () => {
  slack = await openFakeSlack();
  teams = await openFakeTeams({ messagesUrl: () => addressOf('/api/messages')?.href });
  const env = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken(),
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    HOST: '127.0.0.1',
    LOCAL_PORT: '0',
  };
  plumb = await startPlumb({ env: { ...env, TEAMS_LOCAL: 'on', LOG_LEVEL: 'trace', ENCODER: 'off' } });
  await teams.until(() => addressOf('/slack/events') && addressOf('/api/messages'), 20_000);
});
afterAll(async () => {
  await plumb?.stop();
  await teams?.close();
  await slack?.close();
});

/** `host`: by what name Plumb is called. */
function post(to: URL | undefined, headers: Record<string, string> = {}): Promise<number | undefined> {
  const body = JSON.stringify({ type: 'typing', serviceUrl: teams.serviceUrl() });
  const options = {
    hostname: to?.hostname,
    port: to?.port,
    path: '/api/messages',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  };
  return new Promise((resolve, reject) => {
    const asking = request(options, (response) => resolve(response.resume().statusCode));
    asking.on('error', reject).end(body);
  });
}

it('without sign-in Teams is on the listener of this machine, and not on the one for platforms', async () => {
  expect(addressOf('/api/messages')?.hostname).toBe('127.0.0.1');
  expect(await post(addressOf('/api/messages'))).toBe(200);
  expect(addressOf('/slack/events')?.port).not.toBe(addressOf('/api/messages')?.port);
  expect(await post(addressOf('/slack/events'))).toBe(404);
});

it.each<[string, Record<string, string>, number]>([
  ['a page whose name was pointed at this machine', { host: 'evil.example' }, 421],
  ['such a page, with the port', { host: 'evil.example:3978' }, 421],
  ['a page elsewhere', { origin: 'https://evil.example' }, 403],
  ['a page that cannot say what it sends', { 'content-type': 'text/plain' }, 415],
])('%s is turned away', async (_, headers, status) => {
  expect(await post(addressOf('/api/messages'), headers)).toBe(status);
});

it('a conversation leaves no word, name or id of a person in the log, however much is logged', async () => {
  const [dana = '', priya = ''] = teams.people('dana', 'priya');
  const said = await teams.do.say(
    dana,
    teams.channel('sales-leaders'),
    '@Plumb my 60 account managers give zither margin away, can we get a negotiation course?',
  );
  await teams.until(() => teams.thread(dana, said).some(({ fromApp }) => fromApp), 20_000);
  teams.fault('*', { kind: 'answer', status: 400, body: { error: { code: 'zither of Dana', message: 'zither of Dana Whitfield' } } }, { times: 4 });
  await teams.do.reply(dana, said, 'zither margin fell from 31 to 27 percent since june');
  await teams.do.sayToBot(priya, 'list');
  await teams.until(() => plumb.log.join('').includes('Teams did not take a message as it was built'), 20_000);
  const log = plumb.log.join('\n');
  expect(log).not.toMatch(/zither|margin|Dana|Whitfield|29:1/);
});
