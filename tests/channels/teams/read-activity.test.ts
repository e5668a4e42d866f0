import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InboundEvent } from '../../../src/app/ports.ts';
import { readEnvelope } from '../../../src/channels/teams/envelope.ts';
import { type Change, type Known, type Read, readActivity } from '../../../src/channels/teams/read-activity.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';

const now = 1_800_000_000_000;
const tenant = '6c1f0a52-3d2e-4c7b-9a41-5b0c7f2e1a01';
const plumb = '28:3f9c1b7e-52d4-4a86-8e0b-9d7a6c5b4e01';
const [dana, tomas] = ['d0000000-1111-4222-8333-444444440001', 'd0000000-1111-4222-8333-444444440002'];
const tomasAccount = '29:1tomas-pLq8sEzR4vKdYnB6tGhWfCxMjUaOiXe';
const [team, channel, group] = [
  '19:bR4salesTEAM0generalCHANNELx1@thread.tacv2',
  '19:7dealdeskCHANNEL00000000000001@thread.tacv2',
  '19:5e0f1a2b3c4d4e5f8a9b0c1d2e3f4a5b@thread.v2',
];
const chat = 'a:1Kd0danaCHATwithPLUMB-q7WmZrTfYxBvNcLsEeUo';
const root = '1700000000000';
const asked = 'We need negotiation training for the Berlin team by March. Can somebody organise it?';

const nobody: Known = { personOf: () => undefined, nameOf: () => undefined };
const everybody: Known = { personOf: (id) => (id === tomasAccount ? tomas : undefined), nameOf: (id) => (id === tomas ? 'Tomás F.' : undefined) };

function readAll(activity: unknown, known = nobody): Read {
  const envelope = readEnvelope(activity, now);
  if (!envelope) throw new Error('no envelope');
  return readActivity(activity, envelope, known);
}

function read(name: string, change: Record<string, unknown> = {}, known = nobody): Read {
  return readAll({ ...Object(readPayload(name)), ...change }, known);
}

function toldBy(name: string, change: Record<string, unknown> = {}, known = nobody): { events: readonly InboundEvent[]; changes: readonly Change[] } {
  const found = read(name, change, known);
  if (found.kind !== 'events') throw new Error(`${name} became ${found.kind}`);
  return found;
}

function eventOf(name: string, change: Record<string, unknown> = {}, known = nobody): InboundEvent {
  const { events } = toldBy(name, change, known);
  const [event] = events;
  if (!event || events.length > 1) throw new Error(`${name} became ${events.length} events`);
  return event;
}

function at(place: string, thread: string) {
  return { channel: 'teams', tenant, place, thread };
}

describe('messages of people', () => {
  it('reads the first message of a thread, as Plumb hears it', () => {
    expect(read('activities/message-channel-heard')).toEqual({
      kind: 'events',
      changes: [],
      events: [
        {
          type: 'MessagePosted',
          eventKey: `${tenant}:${channel}:${root}`,
          conversation: at(channel, root),
          personId: dana,
          at: 1_700_000_000_000,
          messageId: root,
          text: asked,
          mentions: [],
          addressed: false,
          topLevel: true,
        },
      ],
    });
  });

  it('reads a reply in its thread', () => {
    expect(eventOf('activities/message-channel-reply')).toMatchObject({
      conversation: at(channel, root),
      messageId: '1700000060000',
      at: 1_700_000_060_123,
      topLevel: false,
      text: 'The driver is margin: 4 points lost since January & still falling.',
    });
  });

  it.each([
    ['message-channel-shared', at(channel, root), false, true],
    ['message-group', at(group, 'chat'), true, true],
    ['message-group-heard', at(group, 'chat'), false, true],
    ['message-meeting', at('19:meeting_NTk4ZDY4ZmYtOWEzZS00OTRkLThhY2EtZmUz@thread.v2', 'chat'), true, true],
    ['message-personal', at(chat, ''), true, true],
  ])('%s', (name, conversation, addressed, topLevel) => {
    expect(eventOf(`activities/${name}`)).toMatchObject({ type: 'MessagePosted', conversation, addressed, topLevel });
  });

  it('is addressed where it mentions Plumb, which is always called so; others are named by their account until they are known', () => {
    const change = {
      text: `<at>L&amp;D helper</at> ask <at>Tomás Ferreira</at>`,
      entities: Object(readPayload('activities/message-channel-mention')).entities,
    };
    const renamed = {
      ...change,
      entities: change.entities.map((each: object) =>
        'mentioned' in each && Object(each.mentioned).id === plumb ? { ...each, text: '<at>L&amp;D helper</at>' } : each,
      ),
    };
    const mentions = [
      { start: 0, end: 6, personId: plumb },
      { start: 11, end: 26, personId: tomasAccount },
    ];
    expect(eventOf('activities/message-channel-mention', renamed)).toMatchObject({ addressed: true, text: '@Plumb ask @Tomás Ferreira', mentions });
  });

  it('shows people who are known by their names', () => {
    expect(eventOf('activities/message-channel-mention', {}, everybody)).toMatchObject({
      text: `@Plumb ${asked} Ask @Tomás F. too.`,
      mentions: [{ personId: plumb }, { personId: tomas }],
    });
  });

  it('puts a name together that Teams cut into two mentions', () => {
    const text = '@Plumb @Tomás Ferreira wants "closing" training\nby March';
    expect(eventOf('activities/message-channel-mention-spaced')).toMatchObject({ text, mentions: [{ end: 6 }, { start: 7, end: 22, personId: tomasAccount }] });
    expect(eventOf('activities/message-channel-mention-spaced', {}, everybody)).toMatchObject({ text: text.replace('Tomás Ferreira', 'Tomás F.') });
  });

  it('names nobody where a channel, a tag or another app is mentioned', () => {
    expect(eventOf('activities/message-channel-other-mentions')).toMatchObject({
      text: '@Sales leaders @General @Other App please read',
      mentions: [],
      addressed: false,
    });
  });

  it('names people by their own id where the mention tells it', () => {
    const entities = [{ type: 'mention', text: '<at>Tom</at>', mentioned: { id: '29:other', aadObjectId: tomas, name: 'Tom' } }];
    expect(eventOf('activities/message-personal', { text: 'ask <at>Tom</at>', entities })).toMatchObject({ mentions: [{ personId: tomas }] });
  });

  it('tells two people of one name apart', () => {
    const entity = (id: string) => ({ type: 'mention', text: '<at>Kim</at>', mentioned: { id, name: 'Kim' } });
    const change = { text: 'ask <at>Kim</at>, not <at>Kim</at>', entities: [entity('29:kim1'), entity('29:kim2')] };
    expect(eventOf('activities/message-personal', change)).toMatchObject({ mentions: [{ personId: '29:kim1' }, { personId: '29:kim2' }] });
  });

  it('trusts what stands beside the text, not the text', () => {
    expect(eventOf('activities/message-channel-heard', { text: '<at>Plumb</at> hello' })).toMatchObject({
      addressed: false,
      mentions: [],
      text: '@Plumb hello',
    });
    const hidden = [{ type: 'mention', text: '<at>Plumb</at>', mentioned: { id: plumb, name: 'Plumb' } }, { type: 'mention' }, null, 7];
    expect(eventOf('activities/message-channel-heard', { entities: hidden })).toMatchObject({ addressed: true, mentions: [], text: asked });
  });

  it('leaves out what a reply quotes', () => {
    expect(eventOf('activities/message-group-quote')).toMatchObject({ text: '@Plumb that is the one', addressed: true });
    expect(eventOf('activities/message-personal-html-quote')).toMatchObject({ text: 'Priya does' });
  });

  it('reads the styled text where there is no other', () => {
    const text = '@Plumb we need R&D training\nfor ten people\nby March 🙂';
    expect(eventOf('activities/message-channel-html-only')).toMatchObject({ text, mentions: [{ start: 0, end: 6, personId: plumb }], addressed: true });
    expect(eventOf('activities/message-personal', { textFormat: 'xml', text: '<p>one &amp; <b>two</b></p>' })).toMatchObject({ text: 'one & two' });
  });

  it('takes the moment of its arrival where Teams tells none', () => {
    expect(eventOf('activities/message-personal', { timestamp: undefined })).toMatchObject({ at: 1_700_000_000_000 });
    expect(eventOf('playground/message-personal', { timestamp: 'yesterday' })).toMatchObject({ at: now });
  });

  it('reads what the Playground sends', () => {
    const place = { channel: 'teams', tenant: '00000000-0000-0000-0000-0000000000001', place: 'channel-announcements-id' };
    expect(eventOf('playground/message-channel')).toMatchObject({
      text: '@Plumb we need a course',
      addressed: true,
      conversation: { ...place, thread: 'c0a8012e-0000-4000-8000-000000000001' },
      personId: '00000000-0000-0000-0000-0000000000020',
    });
    expect(eventOf('playground/message-personal')).toMatchObject({ addressed: true, conversation: { thread: '' } });
    expect(read('playground/message-group')).toMatchObject({ kind: 'command', event: { command: 'help', conversation: { thread: 'chat' } } });
  });
});

describe('commands', () => {
  it.each([
    ['message-personal-help', 'help', at(chat, ''), '1700000000000'],
    ['message-channel-command', 'listen-off', at(channel, root), root],
  ])('%s', (name, command, conversation, messageId) => {
    const eventKey = `${tenant}:${conversation.place}:${messageId}`;
    const event = { type: 'CommandGiven', command, text: '', eventKey, conversation, personId: dana, at: 1_700_000_000_000 };
    expect(read(`activities/${name}`)).toEqual({ kind: 'command', event });
  });

  it('are words to Plumb alone, and only new ones', () => {
    expect(eventOf('activities/message-channel-heard', { text: 'help' })).toMatchObject({ type: 'MessagePosted', text: 'help' });
    expect(eventOf('activities/message-edited-personal', { text: 'help' })).toMatchObject({ type: 'MessageEdited', text: 'help' });
  });
});

describe('edits and deletions', () => {
  it('reads an edit', () => {
    expect(eventOf('activities/message-edited')).toEqual({
      type: 'MessageEdited',
      eventKey: `${tenant}:${channel}:${root}:edited:1700000090000`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_000_000,
      editedAt: 1_700_000_090_000,
      messageId: root,
      text: 'We need <discounting> training for the Munich team.',
      mentions: [],
      addressed: false,
      topLevel: true,
    });
    expect(eventOf('activities/message-edited-personal')).toMatchObject({ conversation: at(chat, ''), addressed: true });
  });

  it('takes every update for an edit that is nothing else', () => {
    expect(eventOf('activities/message-edited', { channelData: undefined })).toMatchObject({ type: 'MessageEdited' });
  });

  it('reads a deletion', () => {
    expect(eventOf('activities/message-deleted')).toEqual({
      type: 'MessageDeleted',
      eventKey: `${tenant}:${channel}:1700000060000:deleted:1700000120000`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_120_000,
      messageId: '1700000060000',
    });
    expect(eventOf('activities/message-deleted-group')).toMatchObject({ conversation: at(group, 'chat') });
  });

  it('takes words that were taken out of a message for deleted', () => {
    expect(eventOf('activities/message-edited-emptied')).toMatchObject({ type: 'MessageDeleted', messageId: root });
  });

  it('reads that a message is there again', () => {
    expect(eventOf('activities/message-restored')).toEqual({
      type: 'MessageRestored',
      eventKey: `${tenant}:${channel}:${root}:restored:1700000160000`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_160_000,
      messageId: root,
      text: asked,
      mentions: [],
    });
    expect(read('activities/message-restored', { text: '', attachments: [] })).toEqual({ kind: 'ignored' });
  });

  it('tells one change from the next, and knows each again', () => {
    for (const name of ['activities/message-edited', 'activities/message-deleted', 'activities/message-restored']) {
      const later = eventOf(name, { timestamp: '2023-11-14T23:00:00.0000000Z' });
      expect(later.eventKey).not.toBe(eventOf(name).eventKey);
      expect(eventOf(name).eventKey).toBe(eventOf(name).eventKey);
    }
  });
});

describe('where Plumb is', () => {
  it.each([
    ['team-added', channel, 'joined', [{ what: 'team-added', team }]],
    ['install-team', channel, 'joined', [{ what: 'team-added', team }]],
    ['team-removed', team, 'left', [{ what: 'team-gone', team }]],
    ['install-team-removed', team, 'left', [{ what: 'team-gone', team }]],
    ['install-team-removed-upgraded', team, 'left', [{ what: 'team-gone', team }]],
    ['personal-added', chat, 'joined', [{ what: 'person-added' }]],
    ['install-personal', chat, 'joined', [{ what: 'person-added' }]],
    ['install-personal-removed', chat, 'left', [{ what: 'person-gone' }]],
    ['group-added', group, 'joined', [{ what: 'place', place: group, name: 'Berlin deal' }]],
    ['install-group', group, 'joined', [{ what: 'place', place: group, name: 'Berlin deal' }]],
    ['group-removed', group, 'left', [{ what: 'place-gone', place: group }]],
    ['install-group-removed', group, 'left', [{ what: 'place-gone', place: group }]],
    ['channel-member-added-own', channel, 'joined', [{ what: 'place', place: channel, name: 'Board' }]],
    ['channel-member-removed-own', channel, 'left', [{ what: 'place-gone', place: channel }]],
  ])('%s', (name, place, change, changes) => {
    const found = toldBy(`activities/${name}`);
    expect(found.events).toMatchObject([{ type: 'MemberChanged', change, subject: plumb, isPlumb: true, conversation: at(place, ''), personId: dana }]);
    expect(found.changes).toEqual(changes);
  });

  it('is told in the channel that was chosen, wherever the activity says that it comes from', () => {
    const conversation = { ...Object(readPayload('activities/install-team')).conversation, id: team };
    const found = toldBy('activities/install-team', { conversation });
    expect(found.events).toMatchObject([{ change: 'joined', conversation: at(channel, '') }]);
    expect(found.changes).toEqual([{ what: 'team-added', team, channel }]);
    const { settings: _, ...channelData } = Object(readPayload('activities/install-team')).channelData;
    expect(toldBy('activities/install-team', { conversation, channelData }).events).toMatchObject([{ conversation: at(team, '') }]);
  });

  it('is nothing to tell in a chat of nobody', () => {
    expect(read('activities/personal-added', { from: { id: plumb } })).toEqual({ kind: 'ignored' });
  });

  it('is told anew each time, however soon after the last, and the same when it is sent again', () => {
    const events = ['f:1', 'f:2', 'f:1'].map((id) => eventOf('activities/install-team', { id }).eventKey);
    expect(events[1]).not.toBe(events[0]);
    expect(events[2]).toBe(events[0]);
    expect(eventOf('activities/install-team-removed', { id: 'f:1' }).eventKey).not.toBe(events[0]);
  });

  it.each([
    ['install-team-upgraded', [{ what: 'team-added', team }]],
    ['install-personal-upgraded', [{ what: 'person-added' }]],
  ])('%s welcomes nobody anew', (name, changes) => {
    expect(read(`activities/${name}`)).toEqual({ kind: 'events', events: [], changes });
  });

  it('reads what the Playground sends', () => {
    expect(toldBy('playground/install-team')).toMatchObject({
      events: [{ conversation: { place: 'channel-announcements-id' } }],
      changes: [{ what: 'team-added', team: 'team-id' }],
    });
    expect(toldBy('playground/bot-added')).toMatchObject({ events: [{ isPlumb: true, conversation: { place: 'channel-announcements-id' } }] });
    expect(toldBy('playground/install-personal')).toMatchObject({ changes: [{ what: 'person-added' }] });
    expect(eventOf('playground/channel-renamed')).toMatchObject({ name: 'Announcements', conversation: { place: 'channel-announcements-id' } });
  });

  it.each([{ action: 'moved' }, { action: undefined }, { action: 7 }])('ignores an installation with %p', (change) => {
    expect(read('activities/install-team', change)).toEqual({ kind: 'ignored' });
  });
});

describe('people and places', () => {
  it('reads who joined a team, known or not', () => {
    const { events, changes } = toldBy('activities/team-member-added');
    expect(events).toMatchObject([
      { type: 'MemberChanged', change: 'joined', subject: tomas, isPlumb: false, conversation: at(team, ''), personId: dana, at: 1_700_000_000_534 },
      { subject: '29:1priya-unknownToEverybody', isPlumb: false },
    ]);
    expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(2);
    expect(changes).toEqual([{ what: 'members', place: team }]);
  });

  it('reads nothing of other apps that come and go, nor of a channel’s topic', () => {
    expect(read('activities/team-member-added', { membersAdded: [{ id: '28:other' }, { id: 'helper', role: 'bot' }] })).toEqual({ kind: 'ignored' });
    expect(read('activities/team-member-added', { membersAdded: [null, 7, {}], topicName: 'New topic' })).toEqual({ kind: 'ignored' });
  });

  it('knows who left by their account', () => {
    expect(eventOf('activities/team-member-removed')).toMatchObject({ change: 'left', subject: tomasAccount });
    expect(eventOf('activities/team-member-removed', {}, everybody)).toMatchObject({ change: 'left', subject: tomas });
  });

  it.each([
    ['group-member-added', group],
    ['channel-member-added', channel],
  ])('%s', (name, place) => {
    const found = toldBy(`activities/${name}`);
    expect(found).toMatchObject({ events: [{ change: 'joined', subject: tomas, isPlumb: false, conversation: at(place, '') }] });
    expect(found.changes).toEqual([{ what: 'members', place }]);
  });

  it.each([
    ['channel-renamed', channel, { change: 'renamed', name: 'Deal review' }, [{ what: 'place', place: channel, name: 'Deal review' }]],
    ['channel-deleted', channel, { change: 'deleted' }, [{ what: 'place-gone', place: channel }]],
    ['group-renamed', group, { change: 'renamed', name: 'Munich deal' }, [{ what: 'place', place: group, name: 'Munich deal' }]],
    ['team-archived', team, { change: 'archived' }, []],
    ['team-deleted', team, { change: 'deleted' }, [{ what: 'team-gone', team }]],
    ['team-hard-deleted', team, { change: 'deleted' }, [{ what: 'team-gone', team }]],
  ])('%s', (name, place, event, changes) => {
    const found = toldBy(`activities/${name}`);
    expect(found.events).toMatchObject([{ type: 'PlaceChanged', conversation: at(place, ''), personId: dana, ...event }]);
    expect(found.changes).toEqual(changes);
  });

  it.each([
    ['channel-created', { what: 'place', place: channel, name: 'Pricing' }],
    ['channel-restored', { what: 'place', place: channel, name: 'Deal desk' }],
    ['channel-shared', { what: 'members', place: channel }],
    ['channel-unshared', { what: 'members', place: channel }],
    ['team-renamed', { what: 'team', team, name: 'Sales EMEA' }],
    ['team-unarchived', { what: 'team', team, name: 'Sales' }],
    ['team-restored', { what: 'team-added', team }],
  ])('%s only changes what is known', (name, change) => {
    expect(read(`activities/${name}`)).toEqual({ kind: 'events', events: [], changes: [change] });
  });

  it('knows an event by its kind, however it is written', () => {
    const channelData = { ...Object(readPayload('activities/team-restored')).channelData, eventType: 'teamrestored' };
    expect(toldBy('activities/team-restored', { channelData }).changes).toEqual([{ what: 'team-added', team }]);
  });
});

describe('what is not ours to read', () => {
  it.each([
    'message-channel-bot',
    'message-own',
    'message-edited-own',
    'message-channel-picture',
    'reaction-added',
    'reaction-removed',
    'typing',
    'read-receipt',
    'meeting-start',
    'history-disclosed',
    'unknown',
  ])('ignores %s', (name) => {
    expect(read(`activities/${name}`)).toEqual({ kind: 'ignored' });
  });

  it.each([
    ['no id', { id: undefined }],
    ['an id that is none', { id: 7 }],
    ['nobody', { from: undefined }],
    ['no words', { text: ' \u00a0\n', attachments: [] }],
    ['a text that is none', { text: { plain: 'x' }, attachments: 'x' }],
    ['only a card’s answer', { text: undefined, attachments: undefined, value: { action: 'later' } }],
  ])('ignores a message with %s', (_what, change) => {
    expect(read('activities/message-personal', change)).toEqual({ kind: 'ignored' });
  });

  it('never throws, whatever is missing or of another kind', () => {
    const names = ['activities', 'invokes', 'playground'].flatMap((folder) =>
      readdirSync(new URL(`../../fixtures/teams/${folder}/`, import.meta.url)).map((file) => `${folder}/${file.replace('.json', '')}`),
    );
    const broken = fc.constantFrom(...names).chain((name) => {
      const paths = pathsOf(readPayload(name));
      return fc.tuple(fc.constant(name), fc.constantFrom(...paths), fc.oneof(fc.constant(undefined), fc.jsonValue()));
    });
    fc.assert(
      fc.property(broken, ([name, path, value]) => {
        const activity = readPayload(name);
        put(activity, path, value);
        const envelope = readEnvelope(activity, now);
        if (envelope) expect(['events', 'command', 'ignored']).toContain(readActivity(activity, envelope, everybody).kind);
      }),
      { numRuns: 2_000 },
    );
  });
});

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function put(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null) return;
  if (rest.length === 0) Reflect.set(target, key, value);
  else put(Reflect.get(target, key), rest, value);
}
