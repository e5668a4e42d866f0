import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import type { Card } from '../../../src/views/card.ts';
import { dana, dealDesk, openWaysIn, saidTo, tenant, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const card = (text: string): Card => ({ summary: text, blocks: [{ type: 'text', text }], actions: [] });
const message = (value: string) => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });
const pressed = (data: unknown) => ({ value: { action: { type: 'Action.Execute', verb: 'later', data }, trigger: 'manual' } });

describe('a press on a card', () => {
  it('is what the person did where they did it', async () => {
    open = await openWaysIn();
    expect((await open.invoke('card-action')).json).toEqual(message('pressed'));
    expect(open.received).toMatchObject([
      {
        type: 'ActionTaken',
        action: 'later',
        value: { alignment: 'al_1' },
        inputs: { note: 'after Easter' },
        personId: dana,
        conversation: { channel: 'teams', tenant, place: dealDesk, thread: '1700000000000' },
        postId: '1700000000001',
      },
    ]);
  });

  it('in a 1:1 chat belongs to that chat', async () => {
    open = await openWaysIn();
    await open.invoke('card-action-personal');
    const place = open.teams.personal('dana');
    expect(open.received).toMatchObject([{ conversation: { place, thread: '' }, postId: '1700000000002' }]);
  });

  it('of the Agents Playground is understood', async () => {
    open = await openWaysIn();
    expect((await open.playground('card-action')).json).toEqual(message('pressed'));
    expect(open.received).toMatchObject([{ action: 'later', conversation: { place: 'channel-announcements-id' } }]);
  });

  it('shows the card as it is now in its place', async () => {
    open = await openWaysIn({ answer: { kind: 'nothing', now: card('Paused until Monday') } });
    const { json } = await open.invoke('card-action');
    expect(json).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard', version: '1.5' } });
    expect(JSON.stringify(json)).toContain('Paused until Monday');
  });

  it('shows the card instead of words that say the same', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'Taken.', alsoOn: 'card', now: card('Taken by Priya') } });
    expect(JSON.stringify((await open.invoke('card-action')).json)).toContain('Taken by Priya');
  });

  it('is answered with words to that person alone', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'Ask Priya.' } });
    expect((await open.invoke('card-action')).json).toEqual(message('Ask Priya.'));
    open.answers({ kind: 'errors', errors: { answer: 'Too long.', person: 'Choose one.' } });
    expect((await open.invoke('card-action')).json).toEqual(message('Too long.\nChoose one.'));
  });

  it('in front of others is answered privately, and says so', async () => {
    open = await openWaysIn({ answer: { kind: 'card', card: card('What only Dana may read') } });
    const { body, json } = await open.invoke('card-action');
    expect(json).toEqual(message('toldPrivately'));
    expect(body).not.toContain('only Dana');
    expect(saidTo(open, dana)).toContain('What only Dana may read');
  });

  it('in the 1:1 chat is answered there, and says no more than that', async () => {
    open = await openWaysIn({ answer: { kind: 'card', card: card('What only Dana may read') } });
    expect((await open.invoke('card-action-personal')).json).toEqual(message('pressed'));
    expect(saidTo(open, dana)).toContain('What only Dana may read');
  });

  it('by somebody without a chat with Plumb says how to get one', async () => {
    open = await openWaysIn({ added: false, addLink: 'https://teams.example/add', answer: { kind: 'card', card: card('Private') } });
    open.teams.fault('createConversation', { kind: 'documented', error: 'ForbiddenOperationException' });
    const { json } = await open.invoke('card-action');
    expect(json).toEqual(message('cannotTellPrivately\naddForYourself: https://teams.example/add'));
  });

  it('on Home shows Home as it is now', async () => {
    open = await openWaysIn({
      answer: async (event) =>
        event.type === 'HomeOpened' ? { kind: 'card', card: card('Listening is off') } : { kind: 'notice', text: 'Saved.', alsoOn: 'home' },
    });
    expect(JSON.stringify((await open.invoke('card-action-personal')).json)).toContain('Listening is off');
    expect(open.received.map(({ type, personId }) => [type, personId])).toEqual([
      ['ActionTaken', dana],
      ['HomeOpened', dana],
    ]);
    expect((await open.invoke('card-action')).json).toEqual(message('Saved.'));
  });

  it('that cannot be kept says so', async () => {
    open = await openWaysIn({ answer: () => Promise.reject(new NotStoredError()) });
    expect((await open.invoke('card-action')).json).toEqual(message('notKept'));
  });

  it.each<[string, () => InteractionResponse, string]>([
    ['what there was to say', () => ({ kind: 'notice', text: 'Ask Priya.' }), 'Ask Priya.'],
    [
      'that it was not kept after all',
      () => {
        throw new NotStoredError();
      },
      'notKept',
    ],
  ])('that takes too long is told of later: %s', async (_, respond, text) => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    open = await openWaysIn({ patienceMs: 20, answer: () => slow.then(respond) });
    expect((await open.invoke('card-action')).json).toEqual(message('late'));
    finish();
    await open.teams.until(() => saidTo(open, dana).includes(text));
  });

  it('is told apart from the next one, and not from itself', async () => {
    open = await openWaysIn();
    await open.invoke('card-action');
    await open.invoke('card-action');
    await open.invoke('card-action', { id: 'f:another' });
    const [first, again, next] = open.received.map(({ eventKey }) => eventKey);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  it.each([
    ['carries nothing', { value: undefined }],
    ['carries no action', { value: { trigger: 'manual' } }],
    ['is of a card that Plumb did not make', pressed({ msgteams: 'x' })],
    ['is of a card whose data are no data', pressed('later')],
    ['names an action that is no name', pressed({ action: { $ne: '' } })],
  ])('that %s is answered calmly, and nothing is done', async (_, change) => {
    open = await openWaysIn();
    expect(await open.invoke('card-action', change)).toMatchObject({ status: 200, json: message('notKept') });
    expect(open.received).toEqual([]);
  });

  it('takes who somebody is from Teams, never from the card', async () => {
    open = await openWaysIn();
    const forged = { action: 'later', value: { alignment: 'al_1', tenant: 'other', personId: 'somebody' }, personId: 'somebody', tenant: 'other' };
    await open.invoke('card-action', pressed(forged));
    expect(open.received).toMatchObject([{ personId: dana, conversation: { tenant, place: dealDesk } }]);
  });

  it('by somebody of another organisation stays in the tenant of the conversation', async () => {
    open = await openWaysIn();
    await open.invoke('card-action', {
      from: { id: '29:1guest', aadObjectId: 'g0000000', tenantId: 'tenant-of-the-guest', name: 'Guest' },
      channelData: { tenant: { id: 'tenant-of-the-guest' } },
    });
    expect(open.received).toMatchObject([{ personId: 'g0000000', conversation: { tenant } }]);
  });
});

describe('something that is not served', () => {
  it.each([
    ['an invoke that nobody has heard of', 'unknown', {}],
    ['a tab', 'unknown', { name: 'tab/fetch' }],
    ['a search', 'unknown', { name: 'composeExtension/query' }],
    ['an invoke without a name', 'unknown', { name: undefined }],
    ['a press by nobody', 'card-action', { from: undefined }],
  ])('%s is refused as not implemented', async (_, name, change) => {
    open = await openWaysIn();
    expect(await open.invoke(name, change)).toMatchObject({ status: 501, body: '' });
    expect(open.received).toEqual([]);
  });
});

describe('a thumb', () => {
  it('is counted without its words', async () => {
    open = await openWaysIn();
    expect(await open.invoke('feedback')).toMatchObject({ status: 200, json: {} });
    expect(open.received).toMatchObject([{ type: 'FeedbackGiven', about: '1700000000001', useful: true, personId: dana }]);
    expect(JSON.stringify(open.received)).not.toContain('good');
  });

  it('down is not useful', async () => {
    open = await openWaysIn();
    await open.invoke('feedback', { value: { actionName: 'feedback', actionValue: { reaction: 'dislike', feedback: '' } } });
    expect(open.received).toMatchObject([{ useful: false }]);
  });

  it('that cannot be kept is not thanked for', async () => {
    open = await openWaysIn({ answer: () => Promise.reject(new NotStoredError()) });
    expect((await open.invoke('feedback')).status).toBe(503);
  });

  it('that cannot be read is taken and dropped', async () => {
    open = await openWaysIn();
    expect(await open.invoke('feedback', { value: { actionName: 'feedback' } })).toMatchObject({ status: 200, json: {} });
    expect(open.received).toEqual([]);
  });
});
