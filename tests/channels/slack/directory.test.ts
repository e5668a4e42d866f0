import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import type { InboundEvent, Logger } from '../../../src/app/ports.ts';
import { createDirectory } from '../../../src/channels/slack/directory.ts';
import type { Workspace } from '../../../src/channels/slack/workspace.ts';

const words = { somebody: 'somebody' };
const quiet: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const minute = 60_000;

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; never?: true };
type Answers = Record<string, (args: URLSearchParams) => Answer | unknown>;
type FakeWeb = { url: string; calls: { method: string; args: URLSearchParams; token: string }[]; answers: Answers };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A Web API that gives the answers of a test, and remembers what it was asked. */
async function openWeb(answers: Answers): Promise<FakeWeb> {
  const web: FakeWeb = { url: '', calls: [], answers };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const method = request.url?.split('/').pop() ?? '';
      const args = new URLSearchParams(body);
      web.calls.push({ method, args, token: String(request.headers.authorization ?? '').replace('Bearer ', '') });
      const given = web.answers[method]?.(args) ?? { body: { ok: false, error: 'unknown_method' } };
      const answer: Answer = isAnswer(given) ? given : { body: { ok: true, ...Object(given) } };
      if (answer.never) return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body ?? { ok: true }));
    });
  });
  web.url = await listen(server);
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return web;
}

function isAnswer(given: unknown): given is Answer {
  return typeof given === 'object' && given !== null && ('status' in given || 'never' in given || 'body' in given);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}/api/`;
}

function refused(error: string): Answer {
  return { body: { ok: false, error } };
}

function clientAt(url: string, token = 'xoxb-1'): WebClient {
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    setLevel: () => undefined,
    setName: () => undefined,
  };
  return new WebClient(token, {
    slackApiUrl: url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: { ...silent, getLevel: () => 'error' as never },
  });
}

function workspaceOf(tenant: string, client: WebClient): Workspace {
  return { tenant, botUserId: 'UPLUMB', botId: 'BPLUMB', url: 'https://acme.slack.com/', client };
}

/** A directory for one or more tenants, with a clock that a test moves. */
function directoryFor(workspaces: Record<string, Workspace>, admins: string[] = []) {
  const clock = { time: 1_700_000_000_000, now: () => clock.time };
  const of = async (tenant: string): Promise<Workspace | undefined> => workspaces[tenant];
  const directory = createDirectory({ workspaces: { of, find: async () => undefined }, words, clock, logger: quiet, admins });
  return { directory, clock };
}

async function withWeb(answers: Answers, admins: string[] = []) {
  const web = await openWeb(answers);
  return { web, ...directoryFor({ T1: workspaceOf('T1', clientAt(web.url)) }, admins) };
}

function user(id: string, name: string, more: Record<string, unknown> = {}) {
  return { id, team_id: 'T1', name: id.toLowerCase(), real_name: name, tz: 'Europe/London', profile: { display_name: '', real_name: name }, ...more };
}

const acme = [
  user('U1', 'Dana Whitfield', { tz: 'America/New_York', is_admin: true }),
  user('U2', 'Tomás Herrera', { profile: { display_name: 'Tomás', real_name: 'Tomás Herrera' }, tz: 'Europe/Madrid' }),
  user('U3', 'Dana Moss'),
  user('U4', 'Gone Person', { deleted: true }),
  user('U5', 'Gabriel Guest', { is_restricted: true }),
  user('UPLUMB', 'Plumb', { is_bot: true }),
];

/** A workspace that answers what is asked of it. */
function answersOf(people = acme, members: Record<string, string[]> = { C1: ['U1', 'U2', 'UPLUMB'] }): Answers {
  return {
    'users.info': (args) => {
      const found = people.find(({ id }) => id === args.get('user'));
      return found ? { user: found } : refused('user_not_found');
    },
    'users.list': () => ({ members: people }),
    'conversations.members': (args) => {
      const ids = members[args.get('channel') ?? ''];
      return ids ? { members: ids } : refused('channel_not_found');
    },
    'conversations.info': (args) =>
      args.get('channel') === 'C1' ? { channel: { id: 'C1', name: 'sales', is_member: true, num_members: 3 } } : refused('channel_not_found'),
  };
}

const asked = (web: FakeWeb, method: string): number => web.calls.filter((call) => call.method === method).length;

describe('people', () => {
  it.each([
    ['U1', { name: 'Dana Whitfield', timeZone: 'America/New_York', external: false, admin: true }],
    ['U2', { name: 'Tomás', timeZone: 'Europe/Madrid', external: false }],
    ['U5', { name: 'Gabriel Guest', external: true }],
  ])('tells who %s is', async (id, expected) => {
    const { directory } = await withWeb(answersOf());
    expect(await directory.person('T1', id)).toMatchObject({ channel: 'slack', tenant: 'T1', id, ...expected });
  });

  it('knows neither people of other tenants nor apps', async () => {
    const { directory } = await withWeb(answersOf());
    expect(await directory.person('T1', 'UOTHER')).toBeUndefined();
    expect(await directory.person('T1', 'UPLUMB')).toBeUndefined();
    expect(await directory.person('T1', '')).toBeUndefined();
    expect(await directory.person('T2', 'U1')).toBeUndefined();
  });

  it.each([
    ['strangers', { is_stranger: true }],
    ['people of another team', { team_id: 'T9' }],
  ])('marks %s as external', async (_who, more) => {
    const { directory } = await withWeb(answersOf([user('U1', 'Ines', more)]));
    expect(await directory.person('T1', 'U1')).toMatchObject({ external: true });
  });

  it('takes colleagues of the same organisation for its own', async () => {
    const web = await openWeb(answersOf([user('W1', 'Dana', { enterprise_user: { enterprise_id: 'E1' } })]));
    const { directory } = directoryFor({ E1: workspaceOf('E1', clientAt(web.url)) });
    expect(await directory.person('E1', 'W1')).toMatchObject({ external: false });
  });

  it('counts owners and those whom the installation lists as admins', async () => {
    const { directory } = await withWeb(answersOf([user('U1', 'A', { is_primary_owner: true }), user('U2', 'B'), user('U3', 'C')]), ['U2']);
    const admins = await Promise.all(['U1', 'U2', 'U3'].map(async (id) => (await directory.person('T1', id))?.admin ?? false));
    expect(admins).toEqual([true, true, false]);
  });

  it('takes no admin of another organisation for one of its own', async () => {
    const elsewhere = [user('U1', 'A', { team_id: 'T9', is_admin: true }), user('U2', 'B', { is_stranger: true, is_owner: true })];
    const { directory } = await withWeb(answersOf([...elsewhere, user('U3', 'C', { team_id: 'T9' })]), ['U3']);
    const admins = await Promise.all(['U1', 'U2', 'U3'].map(async (id) => (await directory.person('T1', id))?.admin ?? false));
    expect(admins).toEqual([false, false, true]);
  });

  it('knows a colleague of the same organisation by the teams that they are in', async () => {
    const colleague = { team_id: 'T2', is_admin: true, enterprise_user: { enterprise_id: 'E1', teams: ['T2', 'T1'] } };
    const { directory } = await withWeb(answersOf([user('W1', 'Dana', colleague)]));
    expect(await directory.person('T1', 'W1')).toMatchObject({ external: false, admin: true });
  });

  it('replaces a time zone that is none, and tidies names', async () => {
    const { directory } = await withWeb(answersOf([user('U1', ` Dana\n\t Whitfield${'x'.repeat(200)}`, { tz: 'Mars/Olympus' })]));
    const person = await directory.person('T1', 'U1');
    expect(person?.timeZone).toBe('UTC');
    expect(person?.name).toMatch(/^Dana Whitfieldx+$/);
    expect(person?.name).toHaveLength(80);
  });

  it('asks once for the same person, again after a quarter of an hour, and at once when told of a change', async () => {
    const { web, directory, clock } = await withWeb(answersOf());
    await Promise.all([directory.person('T1', 'U1'), directory.person('T1', 'U1')]);
    await directory.person('T1', 'U1');
    expect(asked(web, 'users.info')).toBe(1);
    directory.forget('T1', 'person', 'U2');
    await directory.person('T1', 'U1');
    expect(asked(web, 'users.info')).toBe(1);
    clock.time += 15 * minute;
    await directory.person('T1', 'U1');
    expect(asked(web, 'users.info')).toBe(2);
    directory.forget('T1', 'person', 'U1');
    await directory.person('T1', 'U1');
    expect(asked(web, 'users.info')).toBe(3);
  });

  it('never mixes two workspaces', async () => {
    const one = await openWeb(answersOf([user('U1', 'Dana')]));
    const two = await openWeb(answersOf([user('U1', 'Somebody Else', { team_id: 'T2' })]));
    const { directory } = directoryFor({ T1: workspaceOf('T1', clientAt(one.url, 'xoxb-1')), T2: workspaceOf('T2', clientAt(two.url, 'xoxb-2')) });
    expect([(await directory.person('T1', 'U1'))?.name, (await directory.person('T2', 'U1'))?.name]).toEqual(['Dana', 'Somebody Else']);
    expect([...one.calls, ...two.calls].map(({ token }) => token)).toEqual(['xoxb-1', 'xoxb-2']);
  });
});

describe('names that people write', () => {
  it.each([
    ['Dana', ['U1']],
    ['@dana whitfield', ['U1']],
    ['tomas', ['U2']],
    ['Tomas Herrera', ['U2']],
    ['Herrera', ['U2']],
    ['Moss', ['U3']],
    ['Dana Moss', ['U3']],
    ['gabriel', ['U5']],
    ['Gone', []],
    ['Plumb', []],
    ['Nobody', []],
    [' ', []],
  ])('%s means %j, whoever is there first', async (name, ids) => {
    const { directory } = await withWeb(answersOf());
    expect((await directory.resolve('T1', name, 'C1')).map(({ id }) => id)).toEqual(ids);
  });

  it('means several people where nobody who fits is there', async () => {
    const { directory } = await withWeb(answersOf());
    expect((await directory.resolve('T1', 'Dana', 'D1')).map(({ id }) => id)).toEqual(['U1', 'U3']);
  });

  it('means nobody who has left since the list was made', async () => {
    const people = structuredClone(acme);
    const { directory } = await withWeb(answersOf(people));
    expect(await directory.resolve('T1', 'Moss', 'C1')).toHaveLength(1);
    Object.assign(people[2] ?? {}, { deleted: true });
    directory.forget('T1', 'person', 'U3');
    expect(await directory.resolve('T1', 'Moss', 'C1')).toEqual([]);
  });

  it('searches only the place where a workspace is too big', async () => {
    const crowd = Array.from({ length: 1_000 }, (_, n) => user(`UX${n}`, `Person Number${n}`));
    const answers = answersOf();
    let page = 0;
    answers['users.list'] = () => ({ members: crowd.map((each) => ({ ...each, id: `${each.id}P${page}` })), response_metadata: { next_cursor: `p${++page}` } });
    const { web, directory } = await withWeb(answers);
    expect(await directory.resolve('T1', 'Number7', 'C1')).toEqual([]);
    expect((await directory.resolve('T1', 'Tomas', 'C1')).map(({ id }) => id)).toEqual(['U2']);
    expect(asked(web, 'users.list')).toBe(5);
  });
});

describe('places', () => {
  it('tells who is in a place, and only members are', async () => {
    const { directory } = await withWeb(answersOf());
    expect((await directory.members('T1', 'C1')).map(({ id }) => id)).toEqual(['U1', 'U2']);
    expect([await directory.isMember('T1', 'C1', 'U1'), await directory.isMember('T1', 'C1', 'U3'), await directory.isMember('T1', 'C9', 'U1')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('follows all pages of members', async () => {
    const answers = answersOf();
    answers['conversations.members'] = (args) =>
      args.get('cursor') === 'next' ? { members: ['U2'] } : { members: ['U1'], response_metadata: { next_cursor: 'next' } };
    const { directory } = await withWeb(answers);
    expect((await directory.members('T1', 'C1')).map(({ id }) => id)).toEqual(['U1', 'U2']);
  });

  it('asks by person whether they are in a place that is too big to list', async () => {
    const answers = answersOf();
    answers['conversations.members'] = () => ({ members: ['U1'], response_metadata: { next_cursor: 'more' } });
    answers['users.conversations'] = (args) => ({ channels: args.get('user') === 'U3' ? [{ id: 'C1', name: 'sales' }] : [] });
    const { web, directory } = await withWeb(answers);
    expect([await directory.isMember('T1', 'C1', 'U3'), await directory.isMember('T1', 'C1', 'U5')]).toEqual([true, false]);
    expect(asked(web, 'conversations.members')).toBe(5);
  });

  it('hears of a change of members, and otherwise asks again after a minute', async () => {
    const members = { C1: ['U1', 'UPLUMB'] };
    const { web, directory, clock } = await withWeb(answersOf(acme, members));
    expect(await directory.isMember('T1', 'C1', 'U2')).toBe(false);
    members.C1.push('U2');
    expect(await directory.isMember('T1', 'C1', 'U2')).toBe(false);
    directory.forget('T1', 'members', 'C1');
    expect(await directory.isMember('T1', 'C1', 'U2')).toBe(true);
    expect(asked(web, 'conversations.members')).toBe(2);
    clock.time += minute;
    await directory.isMember('T1', 'C1', 'U2');
    expect(asked(web, 'conversations.members')).toBe(3);
  });

  it('does not keep an answer that was given before a change', async () => {
    const members = { C1: ['U1', 'U2'] };
    const { directory } = await withWeb(answersOf(acme, members));
    const before = directory.isMember('T1', 'C1', 'U2');
    directory.forget('T1', 'members', 'C1');
    await before;
    members.C1 = ['U1'];
    expect(await directory.isMember('T1', 'C1', 'U2')).toBe(false);
  });

  it('counts people, without Plumb itself', async () => {
    const { directory } = await withWeb(answersOf());
    expect(await directory.memberCount('T1', 'C1')).toBe(2);
  });

  it('counts members where Slack tells no number', async () => {
    const answers = answersOf();
    answers['conversations.info'] = () => ({ channel: { id: 'C1', name: 'sales' } });
    const { directory } = await withWeb(answers);
    expect(await directory.memberCount('T1', 'C1')).toBe(2);
  });

  it.each([
    ['a channel', { id: 'C1', name: 'sales' }, '#sales'],
    ['a 1:1 chat', { id: 'C1', is_im: true, user: 'U1' }, 'Dana Whitfield'],
    ['a group chat', { id: 'C1', is_mpim: true, name: 'mpdm-dana--tomas-1' }, 'Dana Whitfield, Tomás'],
  ])('names %s', async (_what, place, expected) => {
    const answers = answersOf();
    answers['conversations.info'] = () => ({ channel: place });
    const { directory } = await withWeb(answers);
    expect(await directory.placeName('T1', 'C1')).toBe(expected);
  });

  it("knows whose somebody's Home is without asking", async () => {
    const { web, directory } = await withWeb(answersOf());
    expect([await directory.isMember('T1', 'home:U1', 'U1'), await directory.isMember('T1', 'home:U1', 'U2')]).toEqual([true, false]);
    expect(await directory.memberCount('T1', 'home:U1')).toBe(1);
    expect(web.calls).toEqual([]);
    expect(await directory.placeName('T1', 'home:U1')).toBe('Dana Whitfield');
  });

  it('hears of a new name', async () => {
    let name = 'sales';
    const answers = answersOf();
    answers['conversations.info'] = () => ({ channel: { id: 'C1', name } });
    const { directory } = await withWeb(answers);
    expect(await directory.placeName('T1', 'C1')).toBe('#sales');
    name = 'sales-leaders';
    directory.forget('T1', 'place', 'C1');
    expect(await directory.placeName('T1', 'C1')).toBe('#sales-leaders');
  });

  it('lists the channels that Plumb is in', async () => {
    const answers = answersOf();
    answers['users.conversations'] = (args) =>
      args.get('cursor')
        ? { channels: [{ id: 'C2', name: 'deal-desk' }] }
        : {
            channels: [
              { id: 'C1', name: 'sales' },
              { id: 'C0', name: 'old', is_archived: true },
            ],
            response_metadata: { next_cursor: 'x' },
          };
    const { web, directory } = await withWeb(answers);
    expect(await directory.places('T1')).toEqual([
      { place: 'C1', name: '#sales' },
      { place: 'C2', name: '#deal-desk' },
    ]);
    expect(web.calls[0]?.args.get('types')).toBe('public_channel,private_channel');
  });

  it('opens a 1:1 chat once', async () => {
    const answers = answersOf();
    answers['conversations.open'] = (args) => (args.get('users') === 'U1' ? { channel: { id: 'D1' } } : refused('user_disabled'));
    const { web, directory } = await withWeb(answers);
    expect(await directory.privateConversation('T1', 'U1')).toEqual({ channel: 'slack', tenant: 'T1', place: 'D1', thread: '' });
    await directory.privateConversation('T1', 'U1');
    expect(asked(web, 'conversations.open')).toBe(1);
    expect(await directory.privateConversation('T1', 'U4')).toBeUndefined();
    expect(await directory.privateConversation('T1', '')).toBeUndefined();
  });
});

describe('links', () => {
  const thread = '1700000000.000100';
  const place = { channel: 'slack' as const, tenant: 'T1', place: 'C1' };
  const linked = async (url: string | undefined, where: { thread: string }, messageId: string) =>
    directoryFor({ T1: { ...workspaceOf('T1', new WebClient()), url } }).directory.permalink({ ...place, ...where }, messageId);

  it('leads to the first message and to replies without asking', async () => {
    expect(await linked('https://acme.slack.com/', { thread }, thread)).toBe('https://acme.slack.com/archives/C1/p1700000000000100');
    expect(await linked('https://acme.slack.com/', { thread }, '1700000060.000200')).toBe(
      'https://acme.slack.com/archives/C1/p1700000060000200?thread_ts=1700000000.000100&cid=C1',
    );
    expect(await linked('https://acme.slack.com/', { thread: '' }, thread)).toBe('https://acme.slack.com/archives/C1/p1700000000000100');
  });

  it('is left out where there is none', async () => {
    expect(await linked(undefined, { thread }, thread)).toBeUndefined();
    expect(await linked('acme', { thread }, thread)).toBeUndefined();
    expect(await linked('https://acme.slack.com/', { thread: '' }, '')).toBeUndefined();
    expect(await directoryFor({}).directory.permalink({ ...place, thread }, thread)).toBeUndefined();
  });
});

function heard(text: string, mentions: { start: number; end: number; personId: string }[]): Extract<InboundEvent, { type: 'MessagePosted' }> {
  const conversation = { channel: 'slack' as const, tenant: 'T1', place: 'C1', thread: '1700000000.000100' };
  return {
    type: 'MessagePosted',
    eventKey: 'k',
    conversation,
    personId: 'U1',
    at: 1,
    messageId: '1700000000.000100',
    text,
    mentions,
    addressed: false,
    topLevel: true,
  };
}

describe('names behind mentions', () => {
  const twice = heard('@somebody and @somebody own it with @Plumb', [
    { start: 0, end: 9, personId: 'U1' },
    { start: 14, end: 23, personId: 'U2' },
    { start: 36, end: 42, personId: 'UPLUMB' },
  ]);

  it('are filled in, and all spans move along', async () => {
    const { directory } = await withWeb(answersOf());
    const { text, mentions, ...rest } = await directory.complete(twice);
    expect(text).toBe('@Dana Whitfield and @Tomás own it with @Plumb');
    expect(mentions.map(({ start, end, personId }) => [text.slice(start, end), personId])).toEqual([
      ['@Dana Whitfield', 'U1'],
      ['@Tomás', 'U2'],
      ['@Plumb', 'UPLUMB'],
    ]);
    const { text: _text, mentions: _mentions, ...before } = twice;
    expect(rest).toEqual(before);
  });

  it('are known at once when somebody was asked about before', async () => {
    const { directory } = await withWeb(answersOf());
    expect(directory.namesOf('T1')('U1')).toBe('somebody');
    await directory.person('T1', 'U1');
    expect(directory.namesOf('T1')('U1')).toBe('Dana Whitfield');
    expect(directory.namesOf('T2')('U1')).toBe('somebody');
  });

  it('ask nothing of a message without mentions', async () => {
    const { web, directory } = await withWeb(answersOf());
    const plain = heard('nobody', []);
    expect(await directory.complete(plain)).toBe(plain);
    expect(web.calls).toEqual([]);
  });

  it('stay somebody when Slack does not answer within a second', async () => {
    const answers = answersOf();
    answers['users.info'] = () => ({ never: true });
    const { directory } = await withWeb(answers);
    expect((await directory.complete(heard('@U9 owns it', [{ start: 0, end: 3, personId: 'U9' }]))).text).toBe('@somebody owns it');
  });

  it('stay as they are where Plumb is not installed', async () => {
    expect((await directoryFor({}).directory.complete(heard('@U9 owns it', [{ start: 0, end: 3, personId: 'U9' }]))).text).toBe('@somebody owns it');
  });
});

describe('what was said before', () => {
  const thread = { channel: 'slack' as const, tenant: 'T1', place: 'C1', thread: '1700000000.000100' };

  it('is what people wrote in the thread, with names', async () => {
    const answers = answersOf();
    answers['conversations.replies'] = () => ({
      messages: [
        { type: 'message', user: 'U1', ts: '1700000000.000100', text: 'We need a course &amp; soon' },
        { type: 'message', user: 'UPLUMB', bot_id: 'BPLUMB', ts: '1700000001.000100', text: 'What drives it?' },
        { type: 'message', subtype: 'bot_message', bot_id: 'BX', ts: '1700000002.000100', text: 'Build passed' },
        { type: 'message', user: 'U2', ts: '1700000003.000100', text: '<@U1> margin', thread_ts: '1700000000.000100' },
        { type: 'message', user: 'U2', ts: '1700000004.000100', text: '', thread_ts: '1700000000.000100' },
        { broken: true },
        { type: 'message', user: 'U1', ts: '1700000009.000100', text: '<@UPLUMB> what do you think?', thread_ts: '1700000000.000100' },
      ],
    });
    const { web, directory } = await withWeb(answers);
    expect(await directory.earlier(thread, '1700000009.000100')).toEqual([
      { messageId: '1700000000.000100', personId: 'U1', text: 'We need a course & soon', mentions: [], at: 1_700_000_000_000 },
      {
        messageId: '1700000003.000100',
        personId: 'U2',
        text: '@Dana Whitfield margin',
        mentions: [{ start: 0, end: 15, personId: 'U1' }],
        at: 1_700_000_003_000,
      },
    ]);
    expect(asked(web, 'conversations.replies')).toBe(1);
    expect(web.calls[0]?.args.get('limit')).toBe('15');
  });

  it.each([
    ['refuses', refused('missing_scope')],
    ['asks for patience', { status: 429, headers: { 'retry-after': '30' } }],
    ['answers something else', { messages: 'none' }],
  ])('is nothing where Slack %s', async (_what, answer) => {
    const { directory } = await withWeb({ 'conversations.replies': () => answer });
    expect(await directory.earlier(thread, '1700000009.000100')).toEqual([]);
  });

  it('is not asked for in a 1:1 chat, nor before the first message', async () => {
    const { web, directory } = await withWeb(answersOf());
    expect(await directory.earlier({ ...thread, place: 'D1', thread: '' }, '1700000009.000100')).toEqual([]);
    expect(await directory.earlier(thread, thread.thread)).toEqual([]);
    expect(web.calls).toEqual([]);
  });
});

describe('when Slack does not answer', () => {
  it.each([
    ['refuses', refused('missing_scope')],
    ['knows no such method', refused('unknown_method')],
    ['fails', { status: 500, body: {} }],
    ['is not there', { status: 404, body: {} }],
    ['asks for patience', { status: 429, headers: { 'retry-after': '30' } }],
    ['answers something else', { user: 7, members: 7, channel: 7, channels: 7 }],
  ])('goes on with less where it %s', async (_what, answer) => {
    const always = (): unknown => answer;
    const { directory } = await withWeb({
      'users.info': always,
      'users.list': always,
      'conversations.members': always,
      'conversations.info': always,
      'users.conversations': always,
      'conversations.list': always,
      'conversations.open': always,
    });
    expect(await directory.person('T1', 'U1')).toEqual({ channel: 'slack', tenant: 'T1', id: 'U1', name: 'somebody', timeZone: 'UTC', external: true });
    expect(await directory.resolve('T1', 'Dana', 'C1')).toEqual([]);
    expect(await directory.members('T1', 'C1')).toEqual([]);
    expect(await directory.isMember('T1', 'C1', 'U1')).toBe(false);
    expect(await directory.memberCount('T1', 'C1')).toBe(0);
    expect(await directory.placeName('T1', 'C1')).toBe('C1');
    expect(await directory.places('T1')).toEqual([]);
    expect(await directory.privateConversation('T1', 'U1')).toBeUndefined();
  });

  it('goes on with what it knew last, but lets nobody in', async () => {
    const answers = answersOf();
    answers['users.conversations'] = () => ({ channels: [{ id: 'C1', name: 'sales' }] });
    const { web, directory, clock } = await withWeb(answers);
    const everything = async () => ({
      person: await directory.person('T1', 'U1'),
      resolved: await directory.resolve('T1', 'Tomas', 'C1'),
      members: await directory.members('T1', 'C1'),
      count: await directory.memberCount('T1', 'C1'),
      name: await directory.placeName('T1', 'C1'),
      places: await directory.places('T1'),
    });
    const before = await everything();
    expect(await directory.isMember('T1', 'C1', 'U1')).toBe(true);
    for (const method of Object.keys(web.answers)) web.answers[method] = () => ({ status: 503, body: {} });
    clock.time += 60 * minute;
    expect(await everything()).toEqual(before);
    expect(await directory.isMember('T1', 'C1', 'U1')).toBe(false);
  });

  it('waits as long as it was asked to, each method for itself', async () => {
    const answers = answersOf();
    let busy = true;
    const info = answers['users.info'];
    answers['users.info'] = (args) => (busy ? { status: 429, headers: { 'retry-after': '30' } } : info?.(args));
    const { web, directory, clock } = await withWeb(answers);
    expect(await directory.person('T1', 'U1')).toMatchObject({ name: 'somebody' });
    busy = false;
    clock.time += 29_000;
    expect(await directory.person('T1', 'U1')).toMatchObject({ name: 'somebody' });
    expect(await directory.placeName('T1', 'C1')).toBe('#sales');
    expect(asked(web, 'users.info')).toBe(1);
    clock.time += 1_000;
    expect(await directory.person('T1', 'U1')).toMatchObject({ name: 'Dana Whitfield' });
  });

  it('does not ask again and again for what it may not know', async () => {
    const { web, directory, clock } = await withWeb({ 'users.info': () => refused('missing_scope') });
    await directory.person('T1', 'U1');
    await directory.person('T1', 'U2');
    expect(asked(web, 'users.info')).toBe(1);
    clock.time += 10 * minute;
    await directory.person('T1', 'U1');
    expect(asked(web, 'users.info')).toBe(2);
  });

  it('survives an installation that cannot be read', async () => {
    const of = async (): Promise<Workspace | undefined> => {
      throw new Error('the store is down');
    };
    const directory = createDirectory({ workspaces: { of, find: of }, words, clock: { now: () => 1 }, logger: quiet, admins: [] });
    const event = heard('@U9 owns it', [{ start: 0, end: 3, personId: 'U9' }]);
    expect((await directory.complete(event)).text).toBe('@somebody owns it');
    expect(await directory.permalink(event.conversation, event.messageId)).toBeUndefined();
    expect(await directory.earlier(event.conversation, '1700000009.000100')).toEqual([]);
    expect(await directory.isMember('T1', 'C1', 'U1')).toBe(false);
  });
});

describe('an independent Slack', () => {
  let slack: Emulator;
  let client: WebClient;
  let ids: Record<string, string>;
  let place: string;
  let tenant: string;

  beforeAll(async () => {
    slack = await createEmulator({
      service: 'slack',
      port: 0,
      seed: {
        slack: {
          team: { name: 'Acme', domain: 'acme' },
          users: [
            { name: 'dana', real_name: 'Dana Whitfield', profile: { display_name: 'Dana Whitfield' }, is_admin: true },
            { name: 'tomas', real_name: 'Tomás Herrera', profile: { display_name: 'Tomás Herrera' } },
          ],
          channels: [{ name: 'sales' }],
          tokens: [{ token: 'xoxb-local-test', user: 'dana' }],
        },
      },
    });
    client = clientAt(`${slack.url}/api/`, 'xoxb-local-test');
    const { members = [] } = await client.users.list({});
    ids = Object.fromEntries(members.map((member) => [member.name ?? '', member.id ?? '']));
    const { channels = [] } = await client.conversations.list({});
    place = channels.find((each) => each.name === 'sales')?.id ?? '';
    tenant = members.find((member) => member.name === 'dana')?.team_id ?? '';
  });

  afterAll(() => slack.close());

  it('is read the same way', async () => {
    const { directory } = directoryFor({ [tenant]: workspaceOf(tenant, client) });
    const [dana = '', tomas = ''] = [ids['dana'], ids['tomas']];
    expect(await directory.person(tenant, dana)).toMatchObject({ name: 'Dana Whitfield', admin: true, external: false });
    expect((await directory.resolve(tenant, 'tomas', place)).map(({ id }) => id)).toEqual([tomas]);
    expect(await directory.isMember(tenant, place, tomas)).toBe(true);
    expect(await directory.isMember(tenant, place, 'UNOBODY')).toBe(false);
    expect((await directory.members(tenant, place)).map(({ id }) => id)).toContain(dana);
    expect(await directory.placeName(tenant, place)).toBe('#sales');
    expect(await directory.memberCount(tenant, place)).toBeGreaterThan(0);
    // It knows no users.conversations.
    expect(await directory.places(tenant)).toContainEqual({ place, name: '#sales' });
    expect(await directory.privateConversation(tenant, tomas)).toMatchObject({ tenant, thread: '', place: expect.stringMatching(/^D/) });

    const root = await client.chat.postMessage({ channel: place, text: 'We need a course' });
    await client.chat.postMessage({ channel: place, text: `<@${tomas}> owns it`, thread_ts: root.ts ?? '' });
    const said = await directory.earlier({ channel: 'slack', tenant, place, thread: root.ts ?? '' }, '9999999999.000100');
    expect(said.map(({ text }) => text)).toEqual(['We need a course', '@Tomás Herrera owns it']);
  });
});
