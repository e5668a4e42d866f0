import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from './model.ts';
import { type FakeTeams, type FakeTeamsOptions, openFakeTeams } from './open-fake-teams.ts';

type Got = { authorization: string | undefined; activity: Json };

describe('the local Teams', () => {
  let app: Server;
  let appUrl: string;
  let got: Got[];
  let answers: { status: number; body?: unknown }[];
  let teams: FakeTeams;

  async function open(options: FakeTeamsOptions = {}): Promise<{ dana: string; priya: string; channel: string }> {
    teams = await openFakeTeams({ messagesUrl: () => appUrl, retryDelaysMs: [1, 1], ...options });
    return { dana: teams.person('dana').id, priya: teams.person('priya').id, channel: teams.channel('sales-leaders') };
  }
  const types = () => got.map(({ activity }) => activity['type']);
  const last = () => got.at(-1)?.activity ?? {};

  /** What the bot says, as it would by itself. */
  async function bot(conversation: string, activity: Json): Promise<{ place: string; id: string; root: string }> {
    const response = await fetch(`${teams.serviceUrl()}v3/conversations/${encodeURIComponent(conversation)}/activities`, {
      method: 'POST',
      body: JSON.stringify({ type: 'message', ...activity }),
      headers: { 'content-type': 'application/json' },
    });
    const { id, error } = (await response.json()) as { id: string; error?: { message: string } };
    if (!response.ok) throw new Error(error?.message ?? 'It was refused.');
    const [place = '', root = id] = conversation.split(';messageid=');
    return { place, id, root };
  }
  const card = (content: Json) => ({
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5', body: [], ...content } }],
  });
  const form = (title: string, data: Json = {}) => ({
    task: {
      type: 'continue',
      value: {
        title,
        card: card({
          body: [{ type: 'Input.Text', id: 'answer', label: 'Answer', isRequired: true, errorMessage: 'Say something' }],
          actions: [{ type: 'Action.Submit', title: 'Send', data }],
        }).attachments[0],
      },
    },
  });

  beforeEach(async () => {
    got = [];
    answers = [];
    app = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push({ authorization: request.headers.authorization, activity: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json });
        const answer = answers.shift() ?? { status: 200 };
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const address = app.address();
    appUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/messages`;
  });

  afterEach(async () => {
    await teams.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });

  it('sends a message with its mentions as the documentation shows it, again until it is taken', async () => {
    const { dana, channel } = await open({ authorize: async (serviceUrl) => `Bearer for ${serviceUrl}` });
    answers = [{ status: 503 }, { status: 500 }];
    const said = await teams.do.say(dana, channel, '@Plumb a course for 5 < 6 people & @tomas');
    await teams.settled();
    expect(got).toHaveLength(3);
    expect(got[0]?.authorization).toBe(`Bearer for ${teams.serviceUrl()}`);
    expect(last()).toMatchObject({
      type: 'message',
      id: said.id,
      text: '<at>Plumb</at> a course for 5 &lt; 6 people &amp; <at>Tomas Vidal</at>',
      channelId: 'msteams',
      serviceUrl: teams.serviceUrl(),
      from: { id: teams.person('dana').accountId, aadObjectId: dana, name: 'Dana Whitfield' },
      recipient: { id: teams.botId, name: 'Plumb' },
      conversation: { conversationType: 'channel', isGroup: true, tenantId: teams.tenant(), id: `${channel};messageid=${said.id}` },
      channelData: { team: { id: teams.team('Sales Leaders') }, channel: { id: channel }, tenant: { id: teams.tenant() } },
    });
    expect(last()['entities']).toEqual([
      { type: 'mention', mentioned: { id: teams.botId, name: 'Plumb' }, text: '<at>Plumb</at>' },
      { type: 'mention', mentioned: { id: teams.person('tomas').accountId, name: 'Tomas Vidal' }, text: '<at>Tomas Vidal</at>' },
      expect.objectContaining({ type: 'clientInfo', timezone: 'America/New_York' }),
    ]);
  });

  it('lets the bot hear all messages where that was agreed to, and only mentions elsewhere', async () => {
    const { dana, channel } = await open();
    const first = await teams.do.say(dana, channel, 'Morning');
    Object.assign(teams.state.teams.get(teams.team('Sales Leaders')) ?? {}, { hears: false });
    const reply = await teams.do.reply(dana, first, 'Still there?');
    await teams.do.reply(dana, first, '@Plumb are you?');
    await teams.do.say(dana, teams.chat('Negotiation'), 'In the chat');
    expect(got.map(({ activity }) => activity['text'])).toEqual(['Morning', '<at>Plumb</at> are you?', 'In the chat']);
    expect(reply.root).toBe(first.id);
    expect(last()['conversation']).toMatchObject({ conversationType: 'groupChat', id: teams.chat('Negotiation') });
  });

  it('tells of edits, deletions, undeletions and reactions to the bot alone', async () => {
    const { dana, channel } = await open();
    const said = await teams.do.say(dana, channel, 'One');
    await teams.do.edit(said, 'Two');
    await teams.do.remove(said);
    await teams.do.undelete(said);
    await teams.do.react(dana, said);
    await teams.do.react(dana, await bot(`${channel};messageid=${said.id}`, { text: 'Hello' }));
    expect(types()).toEqual(['message', 'messageUpdate', 'messageDelete', 'messageUpdate', 'messageReaction']);
    expect(got.slice(1, 4).map(({ activity }) => [activity['id'], activity['text'], (activity['channelData'] as Json)['eventType']])).toEqual([
      [said.id, 'Two', 'editMessage'],
      [said.id, undefined, 'softDeleteMessage'],
      [said.id, 'Two', 'undeleteMessage'],
    ]);
  });

  it('tells where the app is added and taken away, and refuses it there from then on', async () => {
    const { dana, channel } = await open();
    const tomas = teams.person('tomas').id;
    await teams.do.addApp(tomas);
    expect(types()).toEqual(['conversationUpdate', 'installationUpdate']);
    expect(last()).toMatchObject({ action: 'add', conversation: { conversationType: 'personal', id: teams.personal('tomas') } });
    await teams.do.removeApp(tomas);
    expect(last()).toMatchObject({ type: 'installationUpdate', action: 'remove' });
    await expect(bot(teams.personal('tomas'), { text: 'Hello' })).rejects.toThrow();
    await teams.do.removeAppFromTeam(dana, teams.team('Sales Leaders'));
    expect(got.at(-2)?.activity).toMatchObject({
      membersRemoved: [{ id: teams.botId }],
      channelData: { eventType: 'teamMemberRemoved', team: { name: 'Sales Leaders' } },
    });
    await expect(bot(channel, { text: 'Hello' })).rejects.toThrow('roster');
    const before = got.length;
    await teams.do.say(dana, channel, '@Plumb hello');
    expect(got).toHaveLength(before);
  });

  it('tells of channels and teams that change with the conversation of the team', async () => {
    const { dana, channel } = await open();
    await teams.do.renameChannel(dana, channel, 'leaders');
    expect(last()).toMatchObject({
      type: 'conversationUpdate',
      conversation: { id: teams.team('Sales Leaders') },
      channelData: { eventType: 'channelRenamed', channel: { id: channel, name: 'leaders' } },
    });
    await teams.do.deleteTeam(dana, teams.team('Sales Leaders'));
    expect(last()).toMatchObject({ channelData: { eventType: 'teamDeleted' } });
    expect(teams.visibleTo(dana).places.map(({ name }) => name)).toEqual(['Negotiation']);
  });

  it('shows a card that comes back from a press to whoever pressed, and to all once it is updated', async () => {
    const { dana, priya, channel } = await open();
    const fields = [{ type: 'Input.Text', id: 'note', label: 'Note' }];
    const actions = [{ type: 'Action.Execute', title: 'Later', verb: 'later', data: { action: 'later', value: { alignment: 'a1' } } }];
    const post = await bot(channel, card({ body: [{ type: 'TextBlock', text: 'Now?' }, ...fields], actions }));
    answers = [
      {
        status: 200,
        body: {
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: card({ body: [{ type: 'TextBlock', text: 'Later.' }] }).attachments[0]?.content,
        },
      },
    ];
    await teams.act.press(dana, post, 'Later', { note: 'soon' });
    expect(last()).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: post.id,
      value: { action: { type: 'Action.Execute', verb: 'later', data: { action: 'later', value: { alignment: 'a1' }, note: 'soon' } }, trigger: 'manual' },
    });
    const shown = (who: string) => teams.visibleTo(who).places.find((one) => one.id === channel)?.messages[0]?.shown;
    expect([shown(dana), shown(priya)]).toEqual(['Later.', expect.stringContaining('Now?')]);
    answers = [{ status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Too late.' } }];
    await teams.act.press(priya, post, 'Later');
    expect(teams.visibleTo(priya).flashes).toEqual([{ text: 'Too late.', error: false }]);
    await expect(teams.act.press(priya, post, 'Sooner')).rejects.toThrow('There is no button Sooner: Later.');
  });

  it('opens a dialog, asks for what is required, sends it and closes it', async () => {
    const { dana, channel } = await open();
    const open_ = { type: 'Action.Submit', title: 'Answer', data: { action: 'answer', form: true, msteams: { type: 'task/fetch' } } };
    const post = await bot(channel, card({ actions: [open_] }));
    answers = [{ status: 200, body: form('Your answer', { action: 'submit' }) }, { status: 200 }];
    await teams.act.press(dana, post, 'Answer');
    expect(last()).toMatchObject({ name: 'task/fetch', value: { data: { action: 'answer', form: true } } });
    expect(teams.visibleTo(dana).dialog).toMatchObject({ title: 'Your answer' });
    await expect(teams.act.submitForm(dana)).rejects.toThrow('Say something');
    await teams.act.submitForm(dana, { answer: 'Margin' });
    expect(last()).toMatchObject({ name: 'task/submit', value: { data: { action: 'submit', answer: 'Margin' } } });
    expect(teams.visibleTo(dana).dialog).toBeUndefined();
  });

  it('takes a message action through its dialog, and a file through its upload', async () => {
    const { dana, priya, channel } = await open();
    const said = await teams.do.say(dana, channel, 'A course for @tomas\nsoon');
    answers = [
      { status: 200, body: form('Start') },
      { status: 200, body: { task: { type: 'message', value: 'Started' } } },
    ];
    await teams.act.messageAction(priya, said, 'start');
    expect(last()).toMatchObject({
      name: 'composeExtension/fetchTask',
      value: {
        commandId: 'start',
        commandContext: 'message',
        messagePayload: {
          id: said.id,
          from: { user: { id: dana } },
          body: { contentType: 'html', content: '<p>A course for <at id="0">Tomas Vidal</at></p>\n<p>soon</p>' },
          mentions: [{ id: 0, mentionText: 'Tomas Vidal', mentioned: { user: { id: teams.person('tomas').id } } }],
        },
      },
    });
    await teams.act.submitForm(priya, { answer: 'Yes' });
    expect(last()).toMatchObject({ name: 'composeExtension/submitAction', value: { commandId: 'start', data: { answer: 'Yes' } } });
    expect(teams.visibleTo(priya).flashes).toEqual([{ text: 'Started', error: false }]);
    const consent = {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'brief.md',
      content: { sizeInBytes: 5, acceptContext: { key: '1' } },
    };
    const offer = await bot(teams.personal('priya'), { attachments: [consent] });
    const key = await teams.act.answerFile(priya, offer, 'accept');
    const uploadUrl = ((last()['value'] as Json)['uploadInfo'] as Json)['uploadUrl'];
    const put = (range: string) => fetch(String(uploadUrl), { method: 'PUT', body: 'brief', headers: { 'content-range': range } });
    expect((await put('bytes 0-9/10')).status).toBe(400);
    expect((await put('bytes 0-4/5')).status).toBe(201);
    expect(teams.state.uploads.get(key)?.content?.toString()).toBe('brief');
  });

  it('complains where an invoke is not taken', async () => {
    const { dana, channel } = await open({ invokeTimeoutMs: 50 });
    const post = await bot(channel, card({ actions: [{ type: 'Action.Execute', title: 'Go', verb: 'go' }] }));
    answers = [{ status: 500 }, { status: 200, body: { task: { type: 'continue' } } }];
    await expect(teams.act.press(dana, post, 'Go')).rejects.toThrow('answered 500');
    await expect(teams.act.press(dana, post, 'Go')).rejects.toThrow('No answer to a press');
  });
});
