import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryError } from '../../../src/app/ports.ts';
import type { DocumentedError, Fault } from './fake-teams/faults.ts';
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

async function errorOf(sending: Promise<unknown>): Promise<DeliveryError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeliveryError)) throw new Error('It did not fail as expected.', { cause: error });
  return error;
}

const inShared: [DocumentedError, object][] = [
  ['BotNotRegistered', { retry: true, problem: 'token-refused', retryAfterMs: 600_000 }],
  ['BotDisabledByAdmin', { retry: false, problem: 'missing-permission' }],
  ['BotNotInConversationRoster', { retry: false, problem: 'not-in-channel' }],
  ['ConversationBlockedByUser', { retry: false, problem: 'posting-restricted' }],
  ['MessageWritesBlocked', { retry: false, problem: 'posting-restricted' }],
  ['ForbiddenOperationException', { retry: false, problem: 'not-in-channel' }],
  ['ConversationNotFound', { retry: false, problem: 'channel-gone' }],
  ['PreconditionFailed', { retry: true }],
  ['ServiceError', { retry: true, perhapsSent: true }],
  ['BadGateway', { retry: true, perhapsSent: true }],
  ['ServiceUnavailable', { retry: true, perhapsSent: true }],
  ['GatewayTimeout', { retry: true, perhapsSent: true }],
];

describe('a refusal in a channel', () => {
  it.each(inShared)('%s', async (error, expected) => {
    const { teams, send } = await open();
    teams.fault('createConversation', { kind: 'documented', error });
    const thrown = await errorOf(send(inConversation(teams, teams.channel('sales-leaders'), '', { audience: 'channel' }), undefined));
    expect(thrown.failure).toEqual(expected);
    expect(thrown.message).not.toContain('Who owns it?');
    // botbuilder repeats nothing by itself.
    expect(teams.callsTo('createConversation')).toHaveLength(1);
  });

  it('with no code at all is for the admins of the channel, and one with an unknown status is tried again', async () => {
    const { teams, send } = await open();
    const message = inConversation(teams, teams.chat('Negotiation'), 'chat');
    teams.fault('post', { kind: 'answer', status: 403, body: undefined });
    expect((await errorOf(send(message, undefined))).failure).toMatchObject({ retry: false, problem: 'posting-restricted' });
    teams.fault('post', { kind: 'answer', status: 307, body: '<html>', headers: { location: 'http://127.0.0.1:9/elsewhere' } });
    const redirected = await errorOf(send(message, undefined));
    expect(redirected.failure).toEqual({ retry: true });
    // It is not followed.
    expect(redirected.message).toContain('HTTP 307');
  });
});

describe('a refusal in a 1:1 chat', () => {
  it.each(['BotNotInConversationRoster', 'ConversationBlockedByUser', 'MessageWritesBlocked', 'ForbiddenOperationException'] as const)(
    '%s means that there is none',
    async (error) => {
      const { teams, send } = await open();
      teams.fault('post', { kind: 'documented', error });
      expect((await errorOf(send(toPerson(teams, 'priya'), undefined))).failure).toMatchObject({ retry: false, problem: 'no-private-chat' });
    },
  );

  it('of one that is gone opens another', async () => {
    const { teams, send, references } = await open();
    const { id, accountId } = teams.person('priya');
    await references.savePerson(teams.tenant(), id, { accountId, serviceUrl: teams.serviceUrl(), botId: teams.botId, chat: 'a:of-long-ago' });
    await send(toPerson(teams, 'priya'), undefined);
    expect(teams.chatWithBot(id)).toHaveLength(1);
    expect(await references.person(teams.tenant(), id)).toMatchObject({ chat: teams.personal('priya') });
  });

  it('does not keep a removal waiting', async () => {
    const { teams, send } = await open();
    const { platformId } = await send(toPerson(teams, 'priya'), undefined);
    teams.fault('delete', { kind: 'documented', error: 'MessageWritesBlocked' });
    expect(await send(toPerson(teams, 'priya', { id: 'm-2', card: 'removed' }), platformId)).toEqual({ platformId });
  });
});

describe('patience', () => {
  it('is kept for as long as Teams says, without asking again', async () => {
    const { teams, send } = await open();
    const message = inConversation(teams, teams.chat('Negotiation'), 'chat');
    teams.fault('post', { kind: 'documented', error: 'Throttled', retryAfterSeconds: 7 });
    expect((await errorOf(send(message, undefined))).failure).toMatchObject({ retry: true, busy: true, retryAfterMs: 7_000 });
    expect((await errorOf(send(message, undefined))).failure).toMatchObject({ retry: true, busy: true });
    expect(teams.callsTo('post')).toHaveLength(1);
    await send(toPerson(teams, 'priya', { id: 'm-2' }), undefined);
    expect(teams.callsTo('post')).toHaveLength(2);
  });

  it('has a length of its own where Teams names none', async () => {
    const { teams, send } = await open();
    teams.fault('post', { kind: 'documented', error: 'Throttled' });
    const thrown = await errorOf(send(inConversation(teams, teams.chat('Negotiation'), 'chat'), undefined));
    expect(thrown.failure).toMatchObject({ retry: true, busy: true, retryAfterMs: 2_000 });
  });
});

describe('a message that Teams does not take', () => {
  it('goes out shorter when it is too large, with all that can be pressed', async () => {
    const { teams, send, lines } = await open();
    const long = card('word '.repeat(2_000));
    teams.fault('post', { kind: 'documented', error: 'MessageSizeTooBig' });
    await send(inConversation(teams, teams.chat('Negotiation'), 'chat', { card: long }), undefined);
    const sizes = teams.callsTo('post').map(({ body }) => JSON.stringify(body).length);
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 4);
    const [, second] = teams.callsTo('post');
    expect(JSON.stringify(second?.body)).toContain('There is more.');
    expect(JSON.stringify(second?.body)).toContain('Later');
    expect(JSON.stringify(lines)).not.toContain('word');
    teams.fault('post', { kind: 'documented', error: 'MessageSizeTooBig' }, { times: 2 });
    expect((await errorOf(send(inConversation(teams, teams.chat('Negotiation'), 'chat', { id: 'm-2' }), undefined))).failure).toEqual({ retry: false });
  });

  it('goes out as words alone when its card is refused', async () => {
    const { teams, send } = await open();
    teams.fault('post', { kind: 'documented', error: 'BadArgument' });
    const { platformId } = await send(toPerson(teams, 'priya', { card: card('Who *owns* it?', { title: 'One question' }) }), undefined);
    const [seen] = teams.chatWithBot(teams.person('priya').id);
    expect(seen).toMatchObject({ id: platformId, text: 'One question\nWho *owns* it?', card: undefined });
  });
});

describe('a send that gets no answer', () => {
  const hanging: Fault[] = [
    { kind: 'hang', performed: true },
    { kind: 'broken', performed: true },
    { kind: 'answer', status: 200, body: { hello: 1 }, performed: true },
  ];
  it.each(hanging)('may have arrived ($kind)', async (fault) => {
    const { teams, send } = await open({ patienceMs: 200 });
    teams.fault('post', fault);
    expect((await errorOf(send(inConversation(teams, teams.chat('Negotiation'), 'chat'), undefined))).failure).toEqual({ retry: true, perhapsSent: true });
    expect(teams.callsTo('post')).toHaveLength(1);
  });

  it('did not arrive when there was no connection', async () => {
    const { teams, send, references } = await open();
    const place = teams.chat('Negotiation');
    await references.savePlace(teams.tenant(), place, { kind: 'groupChat', serviceUrl: 'http://127.0.0.1:9/', botId: teams.botId });
    expect((await errorOf(send(inConversation(teams, place, 'chat'), undefined))).failure).toEqual({ retry: true });
  });

  it('is waited for by the next try, and not sent beside it', async () => {
    const { teams, send } = await open();
    const message = inConversation(teams, teams.chat('Negotiation'), 'chat');
    teams.fault('post', { kind: 'hang', performed: true, ms: 300 });
    const [first, second] = await Promise.all([send(message, undefined), send(message, undefined)]);
    expect(second).toEqual(first);
    expect(teams.callsTo('post')).toHaveLength(1);
  });

  it('is sent again by a later try, which the log tells', async () => {
    const { teams, send, lines } = await open();
    await send(inConversation(teams, teams.chat('Negotiation'), 'chat'), undefined, { perhapsSentAt: Date.now() });
    expect(teams.callsTo('post')).toHaveLength(1);
    expect(lines.map(({ level }) => level)).toEqual(['warn']);
  });
});

describe('telling somebody at once', () => {
  it('is done in their chat, or where they are, and never throws', async () => {
    const { teams, tell, lines } = await open();
    const { id } = teams.person('priya');
    expect(await tell.directly(teams.tenant(), id, { text: 'Noted: *as is*' })).toBe('said');
    expect(await tell.directly(teams.tenant(), id, { card: card('A card') })).toBe('said');
    expect(teams.chatWithBot(id).map(({ shown }) => shown.split('\n')[0])).toEqual(['Noted: *as is*', 'A card']);
    teams.fault('createConversation', { kind: 'documented', error: 'ForbiddenOperationException' });
    expect(await tell.directly(teams.tenant(), teams.person('dana').id, { text: 'Noted' })).toBe('no chat');
    const where = {
      tenant: teams.tenant(),
      serviceUrl: teams.serviceUrl(),
      botId: teams.botId,
      kind: 'groupChat',
      place: teams.chat('Negotiation'),
      thread: '',
    } as const;
    await tell.say(where, { text: 'Here' });
    expect(teams.state.messages.at(-1)).toMatchObject({ place: where.place, text: 'Here' });
    teams.fault('post', { kind: 'broken', performed: false });
    await tell.say(where, { text: 'secret words' });
    expect(JSON.stringify(lines)).not.toContain('secret words');
  });

  it('counts with all else that is sent to their chat', async () => {
    const { teams, tell, send } = await open({ rates: true });
    const { id } = teams.person('priya');
    for (let count = 0; count < 4; count += 1) expect(await tell.directly(teams.tenant(), id, { text: 'Noted' })).toBe('said');
    for (let count = 0; count < 4; count += 1) await send(toPerson(teams, 'priya', { id: `m-${count}` }), undefined);
    expect(teams.calls.filter(({ status }) => status === 429)).toEqual([]);
  });
});
