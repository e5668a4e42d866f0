import { describe, expect, it } from '@jest/globals';
import { type Envelope, readEnvelope } from '../../../src/channels/teams/envelope.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';

const now = 1_800_000_000_000;
const tenant = '6c1f0a52-3d2e-4c7b-9a41-5b0c7f2e1a01';
const bot = '28:3f9c1b7e-52d4-4a86-8e0b-9d7a6c5b4e01';
const [team, channel, group] = [
  '19:bR4salesTEAM0generalCHANNELx1@thread.tacv2',
  '19:7dealdeskCHANNEL00000000000001@thread.tacv2',
  '19:5e0f1a2b3c4d4e5f8a9b0c1d2e3f4a5b@thread.v2',
];
const chat = 'a:1Kd0danaCHATwithPLUMB-q7WmZrTfYxBvNcLsEeUo';
const root = '1700000000000';

function read(name: string, change: Record<string, unknown> = {}): Envelope {
  const envelope = readEnvelope({ ...Object(readPayload(name)), ...change }, now);
  if (!envelope) throw new Error(`${name} has no envelope`);
  return envelope;
}

describe('where an activity came from', () => {
  it('reads all that a message in a channel tells', () => {
    expect(read('activities/message-channel-reply')).toEqual({
      kind: 'channel',
      place: channel,
      thread: root,
      tenant,
      by: {
        personId: 'd0000000-1111-4222-8333-444444440001',
        accountId: '29:1dana-wHbV0rk3sQ9yTzL2mNcXeUaJpFgRiKoD',
        name: 'Dana Whitfield',
        timeZone: 'Europe/Berlin',
        external: false,
      },
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      botId: bot,
      team: { id: team },
      activityId: '1700000060000',
      at: now,
    });
  });

  it.each([
    ['activities/message-channel-heard', { kind: 'channel', place: channel, thread: root }],
    ['activities/message-group', { kind: 'groupChat', place: group, thread: 'chat' }],
    ['activities/message-meeting', { kind: 'groupChat', thread: 'chat' }],
    ['activities/message-personal', { kind: 'personal', place: chat, thread: '' }],
    [
      'activities/team-added',
      { kind: 'channel', place: channel, thread: '', team: { id: team, name: 'Sales', groupId: 'e0000000-1111-4222-8333-444444449999' } },
    ],
    ['activities/team-renamed', { kind: 'channel', place: team, thread: '', team: { id: team, name: 'Sales EMEA' } }],
    ['activities/personal-added', { kind: 'personal', place: chat, thread: '', team: undefined }],
    ['invokes/card-action', { kind: 'channel', place: channel, thread: root }],
    ['invokes/compose-action', { kind: 'channel', place: channel, thread: '' }],
    [
      'playground/message-personal',
      { kind: 'personal', thread: '', tenant: '00000000-0000-0000-0000-0000000000001', activityId: '7d0b5f3e-5a0e-4f57-9c55-0f3f5a8c1a01' },
    ],
    ['playground/message-channel', { kind: 'channel', place: 'channel-announcements-id', thread: 'c0a8012e-0000-4000-8000-000000000001' }],
    ['playground/message-group', { kind: 'groupChat', thread: 'chat' }],
    ['playground/channel-renamed', { kind: 'channel', place: 'team-id', thread: '' }],
  ])('%s', (name, expected) => {
    expect(read(name)).toMatchObject(expected);
  });

  it('takes a message for the first of its thread where the conversation names none, or for a reply', () => {
    const conversation = { id: channel, conversationType: 'channel', tenantId: tenant };
    expect(read('activities/message-channel-heard', { conversation })).toMatchObject({ place: channel, thread: root });
    expect(read('activities/message-channel-reply', { conversation, replyToId: root })).toMatchObject({ place: channel, thread: root });
  });

  it.each([
    ['a meeting of which it says nothing', 'invokes/message-action-meeting'],
    ['the chat of two people, which is not Plumb’s', 'invokes/message-action-two-people'],
    ['a group', 'invokes/message-action-group'],
  ])('knows that a message action was used in %s', (_what, name) => {
    expect(read(name)).toMatchObject({ kind: 'groupChat', thread: 'chat' });
  });

  it('knows the private chat of a person with Plumb by the id that other services give it', () => {
    const conversation = { conversationType: 'personal', tenantId: tenant, id: `19:d0000000-1111-4222-8333-444444440001_${bot.slice(3)}@unq.gbl.spaces` };
    expect(read('invokes/message-action-two-people', { conversation })).toMatchObject({ kind: 'personal', thread: '' });
    expect(read('activities/message-personal', { conversation })).toMatchObject({ kind: 'personal', thread: '' });
  });

  it.each([
    ['a channel', { isGroup: true }, { team: { id: team } }, 'channel'],
    ['a group', { isGroup: true }, {}, 'groupChat'],
    ['a group by its id', {}, {}, 'groupChat'],
    ['a group whose id tells nothing', { id: 'group-chat-id', isGroup: true }, {}, 'groupChat'],
    ['a group in other letters', { conversationType: 'groupchat' }, {}, 'groupChat'],
    ['a kind that is new', { conversationType: 'meeting' }, {}, 'groupChat'],
  ])('takes a place for %s where Teams does not say its kind', (_what, conversation, channelData, kind) => {
    expect(read('activities/message-group', { conversation: { id: group, tenantId: tenant, ...conversation }, channelData })).toMatchObject({ kind });
  });

  it('takes the tenant of the conversation, else the one beside it', () => {
    expect(read('activities/message-channel-shared').tenant).toBe(tenant);
    expect(read('activities/message-personal', { conversation: { id: chat, conversationType: 'personal' } }).tenant).toBe(tenant);
  });
});

describe('who acted', () => {
  it('names people without an Entra id by their account', () => {
    expect(read('activities/message-personal', { from: { id: '29:x' } }).by).toEqual({
      personId: '29:x',
      accountId: '29:x',
      timeZone: 'Europe/Berlin',
      external: false,
    });
  });

  it.each(['activities/message-channel-guest', 'activities/message-channel-shared'])('%s is by somebody from outside', (name) => {
    expect(read(name).by?.external).toBe(true);
  });

  it.each([
    ['of another tenant', { id: '29:x', tenantId: 'other' }],
    ['without an account', { id: '29:x', userRole: 'anonymous' }],
  ])('takes somebody %s for one from outside', (_what, from) => {
    expect(read('activities/message-personal', { from }).by?.external).toBe(true);
  });

  it.each(['activities/message-channel-bot', 'activities/message-own'])('%s is by nobody', (name) => {
    expect(read(name).by).toBeUndefined();
  });

  it.each([[undefined], [null], [{ id: bot }], [{ id: 'some-bot', role: 'bot' }], [{}]])('is nobody for %p', (from) => {
    expect(read('activities/message-personal', { from }).by).toBeUndefined();
  });

  it('leaves out a time zone that is none', () => {
    const change = { entities: [{ type: 'clientInfo', timezone: 'Nowhere/At all' }], localTimezone: 7 };
    expect(read('activities/message-personal', change).by).not.toHaveProperty('timeZone');
    expect(read('activities/message-personal', { entities: null }).by?.timeZone).toBe('Europe/Berlin');
  });
});

describe('what says nothing', () => {
  const whole = Object(readPayload('activities/message-personal'));
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'message'],
    ['a list', [whole]],
    ['no type', { ...whole, type: undefined }],
    ['no connector', { ...whole, serviceUrl: '' }],
    ['no conversation', { ...whole, conversation: undefined }],
    ['a conversation without an id', { ...whole, conversation: { tenantId: tenant } }],
    ['no recipient', { ...whole, recipient: null }],
    ['no tenant', { ...whole, conversation: { id: chat }, channelData: {} }],
    ['a tenant that is no text', { ...whole, conversation: { id: chat, tenantId: 7 }, channelData: { tenant: { id: [] } } }],
    ['an id without end', { ...whole, conversation: { id: 'x'.repeat(10_000), tenantId: tenant } }],
  ])('has no envelope: %s', (_what, activity) => {
    expect(readEnvelope(activity, now)).toBeUndefined();
  });

  it('reads the rest where what is nice to have is missing or of another kind', () => {
    const poor = {
      type: 'message',
      serviceUrl: 'https://x.example',
      recipient: { id: bot, name: 7 },
      conversation: { id: chat, tenantId: tenant, isGroup: 'yes' },
      channelData: 'x',
      entities: {},
    };
    expect(readEnvelope(poor, now)).toEqual({
      kind: 'personal',
      place: chat,
      thread: '',
      tenant,
      by: undefined,
      serviceUrl: 'https://x.example',
      botId: bot,
      team: undefined,
      activityId: '',
      at: now,
    });
  });
});
