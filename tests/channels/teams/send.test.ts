import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryError } from '../../../src/app/ports.ts';
import { wholeChat } from '../../../src/domain/conversation.ts';
import { secondTenant, usualTenant } from './fake-teams/seed.ts';
import { card, inConversation, openSending, type Sending, toPerson } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(options: Parameters<typeof openSending>[0] = {}): Promise<Sending> {
  const opened = await openSending(options);
  closing.push(opened.close);
  return opened;
}

async function failureOf(sending: Promise<unknown>): Promise<DeliveryError['failure']> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeliveryError)) throw new Error('It did not fail as expected.', { cause: error });
  return error.failure;
}

describe('in a channel', () => {
  it('answers in the thread, as a card with a summary and no text beside it', async () => {
    const { teams, send, answered } = await open();
    const place = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    const { platformId } = await send(inConversation(teams, place, said.id), undefined);
    const [reply] = teams.thread(teams.person('dana').id, said);
    expect(reply).toMatchObject({ id: platformId, fromApp: true, text: '', summary: 'Who owns it? (summary)' });
    expect(reply?.shown).toContain('Who owns it?');
    expect(reply?.buttons.map(({ title }) => title)).toEqual(['Later']);
    expect(answered).toEqual([{ channel: 'teams', tenant: teams.tenant(), place, thread: said.id }]);
  });

  it('begins a thread of its own with what is for the channel, whatever thread it comes from', async () => {
    const { teams, send } = await open();
    const place = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    const { platformId } = await send(inConversation(teams, place, said.id, { audience: 'channel' }), undefined);
    expect(teams.thread(teams.person('dana').id, said)).toEqual([]);
    expect(teams.state.messages.find(({ id }) => id === platformId)).toMatchObject({ place, root: undefined });
    expect(teams.callsTo('createConversation').map(({ body }) => body['channelData'])).toEqual([{ channel: { id: place }, tenant: { id: teams.tenant() } }]);
  });

  it('finds a channel in which nothing was said so far, and remembers it', async () => {
    const { teams, send, references } = await open();
    const [, place = ''] = (await teams.state.places.keys()).toArray();
    await references.removePlace(teams.tenant(), place);
    await send(inConversation(teams, place, '', { audience: 'channel' }), undefined);
    await send(inConversation(teams, place, '', { id: 'm-2', audience: 'channel' }), undefined);
    expect(teams.callsTo('channels')).toHaveLength(1);
    expect(await references.place(teams.tenant(), place)).toMatchObject({ kind: 'channel', team: teams.team('Sales Leaders') });
  });

  it('answers in a thread of a channel in which nothing was heard so far', async () => {
    const { teams, send, references } = await open();
    const place = teams.channel('sales-leaders');
    await references.removePlace(teams.tenant(), place);
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    await send(inConversation(teams, place, said.id), undefined);
    expect(teams.thread(teams.person('dana').id, said)).toHaveLength(1);
  });

  it('takes General for the channel that has the id of its team', async () => {
    const { teams, send } = await open();
    const { platformId } = await send(inConversation(teams, teams.team('Sales Leaders'), '', { audience: 'channel' }), undefined);
    expect(teams.state.messages.find(({ id }) => id === platformId)).toMatchObject({ place: teams.team('Sales Leaders') });
  });

  it('changes an earlier post in place, and says it anew where that is gone', async () => {
    const { teams, send } = await open();
    const place = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    const { platformId } = await send(inConversation(teams, place, said.id), undefined);
    const change = inConversation(teams, place, said.id, { id: 'm-2', card: card('Thank you') });
    expect(await send(change, platformId)).toEqual({ platformId });
    expect(teams.thread(teams.person('dana').id, said).map(({ shown, edited }) => [shown.includes('Thank you'), edited])).toEqual([[true, true]]);
    Object.assign(teams.state.messages.find(({ id }) => id === platformId) ?? {}, { deleted: true });
    const anew = await send({ ...change, id: 'm-3' }, platformId);
    expect(anew.platformId).not.toBe(platformId);
    expect(teams.thread(teams.person('dana').id, said).map(({ id }) => id)).toContain(anew.platformId);
  });

  it('takes a post away, and is content when it is gone already', async () => {
    const { teams, send } = await open();
    const place = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    const { platformId } = await send(inConversation(teams, place, said.id), undefined);
    const removal = inConversation(teams, place, said.id, { id: 'm-2', card: 'removed' });
    await send(removal, platformId);
    expect(teams.state.messages.find(({ id }) => id === platformId)?.deleted).toBe(true);
    expect(await send({ ...removal, id: 'm-3' }, platformId)).toEqual({ platformId });
    expect(await send({ ...removal, id: 'm-4' }, undefined)).toEqual({ platformId: '' });
  });

  it('labels what a model wrote, and asks whether it was of use', async () => {
    const { teams, send } = await open();
    const place = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, place, 'We need a course');
    await send(inConversation(teams, place, said.id, { card: card('A draft', { generated: true }) }), undefined);
    await send(inConversation(teams, place, said.id, { id: 'm-2' }), undefined);
    expect(teams.thread(teams.person('dana').id, said).map(({ generated, feedback }) => ({ generated, feedback }))).toEqual([
      { generated: true, feedback: true },
      { generated: false, feedback: false },
    ]);
  });
});

describe('in a group chat', () => {
  it('answers in the chat itself', async () => {
    const { teams, send, answered } = await open();
    const place = teams.chat('Negotiation');
    const { platformId } = await send(inConversation(teams, place, wholeChat), undefined);
    expect(teams.state.messages.find(({ id }) => id === platformId)).toMatchObject({ place, root: undefined });
    expect(answered).toEqual([{ channel: 'teams', tenant: teams.tenant(), place, thread: wholeChat }]);
  });
});

describe('to one person', () => {
  it('writes in the chat that is known, changes it there and takes it away', async () => {
    const { teams, send } = await open();
    const { platformId } = await send(toPerson(teams, 'priya'), undefined);
    expect(teams.callsTo('createConversation')).toEqual([]);
    await send(toPerson(teams, 'priya', { id: 'm-2', card: card('Done') }), platformId);
    expect(teams.chatWithBot(teams.person('priya').id).map(({ id, shown }) => [id, shown.includes('Done')])).toEqual([[platformId, true]]);
    await send(toPerson(teams, 'priya', { id: 'm-3', card: 'removed' }), platformId);
    expect(teams.chatWithBot(teams.person('priya').id).filter(({ shown }) => shown !== '')).toEqual([]);
  });

  it('opens a chat with somebody who is in a team with Plumb, by their account, and keeps it', async () => {
    const { teams, send, references } = await open();
    const { id, accountId } = teams.person('tomas');
    await send(toPerson(teams, 'tomas'), undefined);
    await send(toPerson(teams, 'tomas', { id: 'm-2' }), undefined);
    expect(teams.callsTo('createConversation').map(({ body }) => body['members'])).toEqual([[{ id: accountId, name: '' }]]);
    expect(await references.person(teams.tenant(), id)).toMatchObject({ chat: teams.personal('tomas'), accountId });
    expect(teams.chatWithBot(teams.person('tomas').id)).toHaveLength(2);
  });

  it('says that there is no chat where the person has blocked Plumb, or has taken it away', async () => {
    const { teams, send, references } = await open();
    teams.place(teams.personal('priya')).blocked = true;
    expect(await failureOf(send(toPerson(teams, 'priya'), undefined))).toMatchObject({ retry: false, problem: 'no-private-chat' });
    const { id } = teams.person('sam');
    const known = await references.person(teams.tenant(), id);
    if (known) await references.savePerson(teams.tenant(), id, { ...known, added: false });
    const before = teams.calls.length;
    expect(await failureOf(send(toPerson(teams, 'sam'), undefined))).toMatchObject({ retry: false, problem: 'no-private-chat' });
    expect(teams.calls).toHaveLength(before);
  });

  it('says that there is no chat where Teams opens none', async () => {
    const { teams, send } = await open();
    teams.fault('createConversation', { kind: 'documented', error: 'ForbiddenOperationException' });
    expect(await failureOf(send(toPerson(teams, 'dana'), undefined))).toMatchObject({ retry: false, problem: 'no-private-chat' });
  });

  it('forgets what is for somebody whom the organisation does not have', async () => {
    const { teams, send } = await open();
    const gone = { ...toPerson(teams, 'dana'), to: { kind: 'person', channel: 'teams', tenant: teams.tenant(), personId: 'nobody' } } as const;
    teams.fault('createConversation', { kind: 'documented', error: 'ConversationNotFound' });
    expect(await failureOf(send(gone, undefined))).toMatchObject({ retry: false, drop: true });
  });

  it('shows a suggestion in the chat of its author where there is one, and stays silent where there is none', async () => {
    const { teams, send } = await open();
    const near = { channel: 'teams', tenant: teams.tenant(), place: teams.channel('sales-leaders'), thread: '1' } as const;
    await send(toPerson(teams, 'priya', { near }), undefined);
    expect(teams.chatWithBot(teams.person('priya').id)).toHaveLength(1);
    const { platformId } = await send(toPerson(teams, 'dana', { id: 'm-2', near }), undefined);
    expect(await send(toPerson(teams, 'dana', { id: 'm-3', card: card('Started') }), platformId)).toEqual({ platformId });
    expect(await send(toPerson(teams, 'priya', { id: 'm-4', near }), undefined, { perhapsSentAt: 1 })).toEqual({ platformId });
    expect(teams.callsTo('createConversation')).toEqual([]);
    expect(teams.chatWithBot(teams.person('priya').id)).toHaveLength(1);
    expect(teams.state.messages.filter(({ place }) => place === near.place)).toEqual([]);
  });

  it('shows Home at the end of the chat, and the earlier one no more', async () => {
    const { teams, send } = await open();
    const first = await send(toPerson(teams, 'priya', { audience: 'home', card: card('Home') }), undefined);
    await send(toPerson(teams, 'priya', { id: 'm-2' }), undefined);
    const second = await send(toPerson(teams, 'priya', { id: 'm-3', audience: 'home', card: card('Home again') }), first.platformId);
    expect(second.platformId).not.toBe(first.platformId);
    const seen = teams.chatWithBot(teams.person('priya').id).filter(({ shown }) => shown !== '');
    expect(seen.map(({ shown }) => shown.includes('Home'))).toEqual([false, true]);
  });
});

describe('what is private', () => {
  it('is refused where others read it, whatever the reference looks like', async () => {
    const { teams, send } = await open();
    const channel = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, channel, 'We need a course');
    const places = [
      [channel, said.id],
      [channel, ''],
      [`${channel};messageid=${said.id}`, ''],
      [teams.team('Sales Leaders'), ''],
      [teams.chat('Negotiation'), wholeChat],
      [teams.chat('Negotiation'), ''],
      ['19:meeting_x@thread.v2', ''],
      [teams.personal('priya'), said.id],
    ] as const;
    for (const [place, thread] of places) {
      for (const audience of ['private', 'home'] as const) {
        expect(await failureOf(send(inConversation(teams, place, thread, { audience }), undefined))).toMatchObject({ retry: false });
      }
    }
    expect(teams.callsTo('post')).toEqual([]);
    expect(teams.callsTo('createConversation')).toEqual([]);
  });

  it('does not follow a reference of a person into a channel, thread or group chat', async () => {
    const { teams, send, references } = await open();
    const channel = teams.channel('sales-leaders');
    const said = await teams.do.say(teams.person('dana').id, channel, 'We need a course');
    const { id, accountId } = teams.person('priya');
    const reached = { serviceUrl: teams.serviceUrl(), botId: teams.botId, accountId };
    for (const [index, chat] of [channel, `${channel};messageid=${said.id}`, teams.chat('Negotiation'), teams.team('Sales Leaders')].entries()) {
      await references.savePerson(teams.tenant(), id, { ...reached, chat });
      await send(toPerson(teams, 'priya', { id: `m-${index}` }), undefined);
    }
    expect(teams.chatWithBot(teams.person('priya').id)).toHaveLength(4);
    expect(teams.state.messages.filter(({ by, place }) => by === undefined && place !== teams.personal('priya'))).toEqual([]);
  });

  it('is not said when the connector gives a channel for a chat', async () => {
    const { teams, send } = await open();
    teams.fault('createConversation', { kind: 'answer', status: 201, body: { id: teams.channel('sales-leaders') } });
    expect(await failureOf(send(toPerson(teams, 'tomas'), undefined))).toMatchObject({ retry: false, problem: 'no-private-chat' });
    expect(teams.callsTo('post')).toEqual([]);
  });
});

describe('organisations', () => {
  it('are not mixed: a place or chat of one is written to under its name alone', async () => {
    const { teams, send } = await open({ tenants: [usualTenant, secondTenant] });
    const other = teams.tenant('Southwind');
    const foreign = { channel: 'teams', tenant: other, place: teams.channel('sales-leaders'), thread: '' } as const;
    for (const audience of ['channel', 'thread', 'private'] as const) {
      const message = { ...inConversation(teams, '', ''), to: { kind: 'conversation', conversation: foreign } as const, audience };
      expect(await failureOf(send(message, undefined))).toMatchObject({ retry: false });
    }
    const chat = { ...foreign, place: teams.personal('priya') };
    const message = { ...inConversation(teams, '', ''), to: { kind: 'conversation', conversation: chat } as const, audience: 'private' as const };
    expect(await failureOf(send(message, undefined))).toMatchObject({ retry: false });
    expect(teams.calls).toEqual([]);
  });
});
