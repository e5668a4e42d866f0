import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger, SaidMessage } from '../../../src/app/ports.ts';
import { createGraph } from '../../../src/channels/teams/graph.ts';
import { createMessagesInGraph } from '../../../src/channels/teams/messages-in-graph.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { type ConversationRef, wholeChat } from '../../../src/domain/conversation.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import { usualTenant } from './fake-teams/seed.ts';
import { type GraphDouble, noConsent, openGraphDouble, refusal } from './graph-double.ts';
import { audienceOfGraph, type OpenIdServer, openOpenIdServer } from './open-id-server.ts';

const hour = 3_600_000;
let now = Date.UTC(2027, 0, 11, 15);
let openId: OpenIdServer;
let teams: FakeTeams;
let graph: GraphDouble;
let log: ReturnType<typeof openLog>;
let [dana, priya, tomas, noor] = ['', '', '', ''];
let channel = '';
let chat = '';

beforeEach(async () => {
  openId = await openOpenIdServer({ tenantId: usualTenant.id });
  teams = await openFakeTeams({ app: { id: openId.appId }, now: () => now++ });
  graph = await openGraphDouble({ state: teams.state, authorized: (authorization) => openId.accepts(authorization, audienceOfGraph) });
  log = openLog();
  [dana = '', priya = '', tomas = '', noor = ''] = teams.people('dana', 'priya', 'tomas', 'noor');
  channel = teams.channel('sales-leaders');
  chat = teams.chat('Negotiation');
});

afterEach(async () => {
  await graph.close();
  await teams.close();
  await openId.close();
});

/** Every line with all that its errors hold. */
function openLog(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => void lines.push(`${level} ${message} ${inspect(fields, { depth: 9 })}`);
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** As teams.ts puts it together; `group`: what Teams tells of the channel's team. */
function kept({ url = graph.url, group = teams.state.teams.get(teams.team('Sales Leaders'))?.groupId }: { url?: string; group?: string | undefined } = {}) {
  const { appId: id, tenantId, password, endpoints } = openId;
  const { tokenFor } = createSignIn({ app: { id, tenantId, secret: { kind: 'password', password } }, endpoints, logger: log });
  if (!tokenFor) throw new Error('An app signs in.');
  const made = createGraph({ url, token: () => tokenFor(audienceOfGraph) });
  return createMessagesInGraph({ graph: made, tenant: tenantId, botId: teams.botId, groupOf: async () => group, logger: log });
}

const at = (place: string, thread: string): ConversationRef => ({ channel: 'teams', tenant: usualTenant.id, place, thread });
const under = (said: Said): ConversationRef => at(said.place, said.root);
const words = (said: readonly SaidMessage[]) => said.map(({ personId, text }) => [personId, text]);

/** A thread of three people, and the call that ends it. */
async function thread(): Promise<{ root: Said; call: Said }> {
  const root = await teams.do.say(dana, channel, 'can we get a negotiation course for 60 account managers?');
  await teams.do.reply(tomas, root, 'I own this on the business side');
  await teams.do.reply(noor, root, 'Berlin would come along');
  return { root, call: await teams.do.reply(priya, root, '@Plumb can you take this up?') };
}

describe('what was said in a thread of a channel before Plumb was called', () => {
  it('is read from its root to the call, oldest first, with its authors, guests too', async () => {
    const { root, call } = await thread();
    await teams.do.reply(tomas, root, 'this came after the call');
    const said = await kept().earlier(under(call), call.id);
    expect(words(said)).toEqual([
      [dana, 'can we get a negotiation course for 60 account managers?'],
      [tomas, 'I own this on the business side'],
      [noor, 'Berlin would come along'],
    ]);
    expect(said[0]).toMatchObject({ messageId: root.id, at: Number(root.id) });
    expect(log.lines).toEqual([]);
  });

  it('keeps the ids of authors from elsewhere as Graph gives them', async () => {
    const { root, call } = await thread();
    const user = { id: 'f0000000-0000-4000-8000-0000000000e1', displayName: 'Ext Ernal', userIdentityType: 'federatedUser', tenantId: 'another' };
    graph.change(root.id, { from: { application: null, device: null, user } });
    expect((await kept().earlier(under(call), call.id))[0]?.personId).toBe(user.id);
  });

  it('names people behind mentions, and Plumb by its own name', async () => {
    const root = await teams.do.say(dana, channel, '@Tomas Vidal and @Plumb were asked, with A&B <soon>');
    const call = await teams.do.reply(priya, root, '@Plumb');
    const [said] = await kept().earlier(under(call), call.id);
    expect(said?.text).toBe('@Tomas Vidal and @Plumb were asked, with A&B <soon>');
    expect(said?.mentions.map(({ start, end, personId }) => [said.text.slice(start, end), personId])).toEqual([
      ['@Tomas Vidal', tomas],
      ['@Plumb', teams.botId],
    ]);
  });

  it('leaves out what apps said, what was deleted, what a rule hides and what Teams says itself', async () => {
    const { root, call } = await thread();
    const [, own, berlin] = teams.state.messages;
    graph.change(own?.id ?? '', { deletedDateTime: new Date(now).toISOString() });
    const app = { application: { applicationIdentityType: 'bot', id: 'other', displayName: 'Other' }, device: null, user: null };
    graph.change(berlin?.id ?? '', { from: app });
    const hidden = await teams.do.say(dana, channel, 'a card number');
    graph.change(hidden.id, { policyViolation: { dlpAction: 'notifySender, blockAccess' } });
    expect(words(await kept().earlier(under(call), call.id))).toEqual([[dana, 'can we get a negotiation course for 60 account managers?']]);
    graph.change(root.id, { messageType: 'unknownFutureValue', from: null, body: { contentType: 'html', content: '<systemEventMessage/>' } });
    expect(await kept().earlier(under(call), call.id)).toEqual([]);
    const later = await teams.do.reply(priya, hidden, '@Plumb');
    expect(await kept().earlier(under(later), later.id)).toEqual([]);
  });

  it('is the newest 50 of a long thread, its root among them', async () => {
    const root = await teams.do.say(dana, channel, 'root');
    for (let count = 1; count <= 60; count += 1) await teams.do.reply(tomas, root, `reply ${count}`);
    const call = await teams.do.reply(priya, root, '@Plumb');
    const said = await kept().earlier(under(call), call.id);
    expect(said).toHaveLength(50);
    expect([said[0]?.text, said[1]?.text, said.at(-1)?.text]).toEqual(['root', 'reply 12', 'reply 60']);
  });

  it('is read on where a page is short, and not for ever', async () => {
    const root = await teams.do.say(dana, channel, 'root');
    for (let count = 1; count <= 5; count += 1) await teams.do.reply(tomas, root, `reply ${count}`);
    const call = await teams.do.reply(priya, root, '@Plumb');
    graph.pageSize(2);
    expect((await kept().earlier(under(call), call.id)).map(({ text }) => text)).toEqual(['root', 'reply 3', 'reply 4', 'reply 5']);
    expect(graph.calls).toHaveLength(3);
  });

  it('is asked for in one try, with one token for all of it', async () => {
    const { call } = await thread();
    const reading = kept();
    await reading.earlier(under(call), call.id);
    await reading.earlier(under(call), call.id);
    const path = `/v1.0/teams/${teams.state.teams.get(teams.team('Sales Leaders'))?.groupId}/channels/${channel}/messages/${call.root}`;
    expect(graph.calls.slice(0, 2).toSorted((one, other) => one.path.length - other.path.length)).toMatchObject([
      { path, query: '' },
      { path: `${path}/replies`, query: '?$top=50' },
    ]);
    expect(openId.requests.tokens.map((form) => form.get('scope')?.split(' ')[0])).toEqual(['https://graph.microsoft.com/.default']);
  });

  it.each([
    ['the first message of a thread', (root: Said) => [under(root), root.id]],
    ['another tenant', (root: Said, call: Said) => [{ ...under(root), tenant: 'another' }, call.id]],
    ['a 1:1 chat', (_: Said, call: Said) => [at('a:1dana', ''), call.id]],
    ['ids that are none of Teams', (root: Said) => [under(root), '../members']],
    ['a thread that is none of Teams', (_: Said, call: Said) => [at(channel, '../../members'), call.id]],
  ] as const)('is not asked for with %s', async (_, ask) => {
    const { root, call } = await thread();
    const [conversation, messageId] = ask(root, call) as [ConversationRef, string];
    expect(await kept().earlier(conversation, messageId)).toEqual([]);
    expect([graph.calls, log.lines]).toEqual([[], []]);
  });
});

describe('what was said in a group chat before Plumb was called', () => {
  it('is that of the last two days', async () => {
    await teams.do.say(dana, chat, 'something from last week');
    now += 49 * hour;
    await teams.do.say(dana, chat, 'can we get a negotiation course?');
    const call = await teams.do.say(priya, chat, '@Plumb have a look');
    await teams.do.say(tomas, chat, 'after the call');
    expect(words(await kept().earlier(at(chat, wholeChat), call.id))).toEqual([[dana, 'can we get a negotiation course?']]);
    expect(graph.calls).toMatchObject([{ path: `/v1.0/chats/${chat}/messages`, query: '?$top=50&$orderby=createdDateTime desc' }]);
  });
});

describe('when Microsoft Graph does not tell', () => {
  it.each([
    ['no consent', noConsent],
    ['too many requests', { ...refusal(429, 'TooManyRequests', 'Please retry again later.'), headers: { 'retry-after': '1' } }],
    ['a token that it refuses', refusal(401, 'InvalidAuthenticationToken', 'Access token validation failure.')],
    ['its own failure', refusal(503, 'ServiceUnavailable', '')],
    ['an answer that is none', { status: 200, body: '<html>can we get a secret course' }],
    ['another answer', { status: 200, body: { value: 'can we get a secret course' } }],
    ['a broken connection', 'break' as const],
    ['no answer at all', 'hang' as const],
  ])('for %s, nothing was said, and one line without words says so', async (_, fault) => {
    const { call } = await thread();
    graph.fault(fault);
    expect(await kept().earlier(under(call), call.id)).toEqual([]);
    expect(await kept().said(under(call), call.id)).toBe('not told');
    expect(log.lines).toHaveLength(2);
    for (const line of log.lines) {
      expect(line).toMatch(/^debug /);
      expect(line).not.toMatch(/course|own this|Berlin|secret/);
    }
  });

  it('nor which team it is, or who Plumb is, it is the same', async () => {
    const { call } = await thread();
    const reading = createMessagesInGraph({
      graph: createGraph({ url: graph.url, token: async () => 'none' }),
      tenant: usualTenant.id,
      botId: teams.botId,
      groupOf: async () => undefined,
      logger: log,
    });
    expect(await reading.earlier(under(call), call.id)).toEqual([]);
    openId.behave('fail');
    expect(await kept().earlier(under(call), call.id)).toEqual([]);
    expect([log.lines.length, graph.calls]).toEqual([2, []]);
  });

  it('nothing is asked for at another address, wherever Graph points', async () => {
    const seen: string[] = [];
    const foreign = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('{"value":[]}');
    });
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
    const { call } = await thread();
    graph.pageSize(1);
    graph.linkAs((link) => link.replace(graph.url, elsewhere));
    const linked = await kept().earlier(under(call), call.id);
    graph.fault({ status: 302, body: '', headers: { location: `${elsewhere}/v1.0/chats` } });
    const led = await kept().earlier(under(call), call.id);
    foreign.close();
    foreign.closeAllConnections();
    expect([linked.length, led, seen]).toEqual([1, [], []]);
  });
});

describe('a message that somebody pointed at', () => {
  it('is told as Teams keeps it, with the thread that it stands in', async () => {
    const { root } = await thread();
    const [, own] = teams.state.messages;
    const said = await kept().said(under(root), own?.id ?? '');
    expect(said).toMatchObject({ said: { personId: tomas, text: 'I own this on the business side' }, thread: root.id });
    expect(await kept().said(under(root), root.id)).toMatchObject({ said: { personId: dana }, thread: root.id });
    const inChat = await teams.do.say(tomas, chat, 'and a course on top');
    expect(await kept().said(at(chat, wholeChat), inChat.id)).toMatchObject({ said: { personId: tomas, text: 'and a course on top' }, thread: wholeChat });
  });

  it("is nobody's where there is none, it was deleted, or its id is none of Teams", async () => {
    const { root } = await thread();
    expect(await kept().said(under(root), '1700000000001')).toBe('nobody');
    expect(await kept().said(under(root), '../../..')).toBe('nobody');
    await teams.do.remove(root);
    expect(await kept().said(under(root), root.id)).toBe('nobody');
  });

  it('is not told without consent', async () => {
    const { root } = await thread();
    Object.assign(teams.state.teams.get(teams.team('Sales Leaders')) ?? {}, { hears: false });
    expect(await kept().said(under(root), root.id)).toBe('not told');
  });
});
