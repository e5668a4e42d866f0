import { afterEach, describe, expect, it } from '@jest/globals';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import { type FakeTeams, type FakeTeamsOptions, openFakeTeams } from './open-fake-teams.ts';
import { secondTenant, usualTenant } from './seed.ts';

const open: FakeTeams[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function given(options: FakeTeamsOptions = {}) {
  const teams = await openFakeTeams(options);
  open.push(teams);
  const client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: teams.serviceUrl(), noRetryPolicy: true });
  return { teams, client: client.conversations, channel: teams.channel('sales-leaders') };
}

// The types of the client end at a callback of an older kind.
const page = (client: ConnectorClient['conversations'], id: string, options: object): Promise<{ members: unknown[]; continuationToken?: string }> =>
  client.getConversationPagedMembers(id, options as never) as never;
const refusal = (error: unknown) => {
  const { statusCode, response } = error as { statusCode: number; response: { bodyAsText: string } };
  const body = JSON.parse(response.bodyAsText || '{}') as { error?: { code: string }; errorCode?: number };
  return `${statusCode} ${body.error?.code ?? body.errorCode ?? ''}`;
};
const refused = (call: Promise<unknown>) => call.then(() => 'taken', refusal);
const message = (text: string) => ({ type: 'message', text }) as never;
const card = (content: object) =>
  ({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5', ...content } }],
  }) as never;

describe('the local connector', () => {
  it('begins a thread, takes replies in it, updates and deletes them', async () => {
    const { teams, client, channel } = await given();
    const thread = await client.createConversation({ isGroup: true, channelData: { channel: { id: channel } }, activity: message('Hello') } as never);
    expect(thread.id).toBe(`${channel};messageid=${thread.activityId}`);
    const reply = await client.sendToConversation(thread.id, message('first'));
    const second = await client.replyToActivity(channel, thread.activityId, message('second'));
    await client.updateActivity(thread.id, reply.id, message('first, changed'));
    await client.deleteActivity(thread.id, second.id);
    expect(teams.state.messages.map(({ root, text, edited, deleted }) => ({ inThread: root === thread.activityId, text, edited, deleted }))).toEqual([
      { inThread: false, text: 'Hello', edited: false, deleted: false },
      { inThread: true, text: 'first, changed', edited: true, deleted: false },
      { inThread: true, text: 'second', edited: false, deleted: true },
    ]);
    expect(await refused(client.updateActivity(thread.id, second.id, message('again')))).toBe('404 ActivityNotFoundInConversation');
  });

  it('opens a 1:1 chat with members of a team that has the app, and with nobody else who did not add it', async () => {
    const { teams, client } = await given();
    const chat = (who: string, tenantId: string | undefined = teams.tenant()) =>
      refused(client.createConversation({ isGroup: false, bot: { id: teams.botId }, members: [{ id: who }], tenantId } as never));
    expect(await chat(teams.person('tomas').accountId)).toBe('taken');
    expect(await chat(teams.person('sam').id)).toBe('taken');
    teams.state.teams.get(teams.team('Sales Leaders'))?.members.delete(teams.person('tomas').id);
    expect(await chat(teams.person('tomas').accountId)).toBe('403 ForbiddenOperationException');
    const withoutTenant = client.createConversation({ isGroup: false, members: [{ id: teams.person('sam').id }] } as never);
    expect(await refused(withoutTenant)).toBe('400 Bad Argument');
    teams.place(teams.personal('sam')).blocked = true;
    expect(await refused(client.sendToConversation(teams.personal('sam'), message('Hello')))).toBe('403 209');
  });

  it('refuses where the app is not, what is not there, and what belongs to another tenant', async () => {
    const { teams, client, channel } = await given({ tenants: [usualTenant, secondTenant] });
    expect(await refused(client.sendToConversation(teams.channel('deals'), message('Hello')))).toBe('404 ConversationNotFound');
    expect(await refused(client.sendToConversation(`${channel};messageid=1`, message('Hello')))).toBe('404 ConversationNotFound');
    const team = teams.state.teams.get(teams.team('Sales Leaders'));
    Object.assign(team ?? {}, { app: false });
    expect(await refused(client.sendToConversation(channel, message('Hello')))).toBe('403 BotNotInConversationRoster');
    expect(await refused(client.getConversationMember(channel, teams.person('dana').id))).toBe('403 BotNotInConversationRoster');
  });

  it('refuses what is malformed or too large', async () => {
    const { client, channel } = await given();
    const post = (activity: never) => refused(client.sendToConversation(channel, activity));
    expect(await post({ type: 'message' } as never)).toBe('400 Bad Argument');
    expect(await post(message('a'.repeat(60_000)))).toBe('413 MessageSizeTooBig');
    expect(await post(message('a'.repeat(40_000)))).toBe('taken');
    expect(await post(message('<at>Nobody</at> hello'))).toBe('400 Bad Argument');
    expect(await post(card({ body: [{ type: 'TextBlock', text: 'Fine' }] }))).toBe('taken');
    expect(await post(card({ body: [{ type: 'Textblock', text: 'Wrong' }] }))).toBe('400 Bad Argument');
    expect(await post(card({ body: [{ type: 'TextBlock', text: '<at>Dana</at>' }] }))).toBe('400 Bad Argument');
    expect(await post(card({ body: [{ type: 'TextBlock', text: 'x'.repeat(29_000) }] }))).toBe('413 MessageSizeTooBig');
    const actions = Array.from({ length: 7 }, (_, index) => ({ type: 'Action.Execute', title: `Button ${index}`, verb: 'go' }));
    expect(await post(card({ body: [], actions }))).toBe('400 Bad Argument');
  });

  it('tells the roster in pages, single members by either id, and channels', async () => {
    const people = Array.from({ length: 120 }, (_, index) => ({ handle: `p${index}`, name: `Person ${index}` }));
    const { teams, client } = await given({
      tenants: [
        {
          ...usualTenant,
          people,
          teams: [{ id: '19:big@thread.tacv2', name: 'Big', app: true, channels: [{ id: '19:c@thread.tacv2', name: 'sales-leaders' }] }],
          chats: [],
          added: [],
        },
      ],
    });
    const first = await page(client, '19:big@thread.tacv2', { pageSize: 10 });
    expect(first.members).toHaveLength(50);
    const second = await page(client, '19:big@thread.tacv2', { pageSize: 100, continuationToken: first.continuationToken });
    expect(second.members).toHaveLength(70);
    expect(second).not.toHaveProperty('continuationToken');
    const one = await client.getConversationMember('19:c@thread.tacv2', teams.person('p7').id);
    expect(one).toMatchObject({ id: teams.person('p7').accountId, name: 'Person 7', aadObjectId: teams.person('p7').id });
    expect(await refused(client.getConversationMember('19:c@thread.tacv2', 'nobody'))).toBe('404 MemberNotFoundInConversation');
  });

  it('goes wrong when told to, as documented, with or without doing what was asked', async () => {
    const { teams, client, channel } = await given();
    teams.fault('post', { kind: 'documented', error: 'MessageWritesBlocked' });
    expect(await refused(client.sendToConversation(channel, message('one')))).toBe('403 209');
    teams.fault('post', { kind: 'documented', error: 'PreconditionFailed', performed: true });
    expect(await refused(client.sendToConversation(channel, message('two')))).toBe('412 PreconditionFailed');
    expect(teams.state.messages.some((one) => one.text === 'two')).toBe(true);
  });

  it('keeps to the rate of one conversation when asked to', async () => {
    const { teams, channel } = await given({ rates: true, now: () => 1_000_000 });
    const sendOne = async () =>
      (
        await fetch(`${teams.serviceUrl()}v3/conversations/${encodeURIComponent(channel)}/activities`, {
          method: 'POST',
          body: JSON.stringify({ type: 'message', text: 'Hello' }),
          headers: { 'content-type': 'application/json' },
        })
      ).status;
    const statuses = [];
    for (let sent = 0; sent < 8; sent++) statuses.push(await sendOne());
    expect(statuses).toEqual([...Array.from({ length: 7 }, () => 201), 429]);
  });
});
