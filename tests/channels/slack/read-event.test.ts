import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import fc from 'fast-check';
import type { InboundEvent } from '../../../src/app/ports.ts';
import { readEvent, type SlackEvent, sourceOf } from '../../../src/channels/slack/read-event.ts';
import type { Workspace } from '../../../src/channels/slack/workspace.ts';
import { readPayload } from '../../fixtures/slack/read-payload.ts';

const tenant = 'T0ACME0001';
const workspace: Workspace = { tenant, botUserId: 'U0PLUMB001', botId: 'B0PLUMB001', url: 'https://acme.slack.com/', client: new WebClient() };
const [channel, priv, group, direct] = ['C0SALES001', 'C0PRIVATE1', 'C0GROUPDM1', 'D0DANA0001'];
const [dana, tomas, plumb] = ['U0DANA0001', 'U0TOMAS001', 'U0PLUMB001'];
const root = '1700000000.000100';

function read(name: string): SlackEvent {
  return readEvent(readPayload(`events/${name}`), workspace, (id) => (id === tomas ? 'Tomás' : 'somebody'));
}

function eventOf(name: string): InboundEvent {
  const event = read(name);
  if (!('event' in event) || !event.event) throw new Error(`${name} became ${event.kind}`);
  return event.event;
}

function at(place: string, thread: string) {
  return { channel: 'slack', tenant, place, thread };
}

describe('messages of people', () => {
  it('reads the first message of a thread', () => {
    expect(eventOf('message')).toEqual({
      type: 'MessagePosted',
      eventKey: `${root}:${channel}`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_000_000,
      messageId: root,
      text: 'We need negotiation training for the Berlin team by March. Can somebody organise it?',
      mentions: [],
      addressed: false,
      topLevel: true,
    });
  });

  it('reads a reply in its thread, decoded', () => {
    expect(eventOf('message-reply')).toMatchObject({
      conversation: at(channel, root),
      messageId: '1700000060.000100',
      topLevel: false,
      text: 'The driver is margin: 4 points lost since January & still falling.',
    });
  });

  it.each([
    ['message-private-channel', at(priv, '1700000002.000100'), false, true],
    ['message-mpim', at(group, '1700000006.000100'), false, true],
    ['message-im', at(direct, ''), true, true],
    ['message-im-thread', at(direct, ''), true, true],
    ['message-app-home', at(direct, ''), true, true],
    ['message-me', at(channel, '1700000007.000100'), false, true],
    ['message-file-share', at(channel, '1700000008.000100'), false, true],
    ['message-thread-broadcast', at(channel, root), false, false],
    ['message-slack-connect', at(channel, '1700000010.000100'), false, true],
    ['message-enterprise', at(channel, '1700000011.000100'), false, true],
  ])('%s', (name, conversation, addressed, topLevel) => {
    expect(read(name).kind).toBe('event');
    expect(eventOf(name)).toMatchObject({ type: 'MessagePosted', conversation, addressed, topLevel });
  });

  it('is addressed where it mentions Plumb, which is always called so', () => {
    const event = eventOf('message-mention');
    expect(event).toMatchObject({
      addressed: true,
      text: '@Plumb can you help @Tomás with this?',
      mentions: [
        { start: 0, end: 6, personId: plumb },
        { start: 20, end: 26, personId: tomas },
      ],
    });
  });

  it('is the same event twice when Slack sends the mention beside the message', () => {
    expect(eventOf('app-mention')).toEqual(eventOf('message-mention'));
  });

  it('reads a mention in a thread', () => {
    expect(eventOf('app-mention-reply')).toMatchObject({ type: 'MessagePosted', conversation: at(channel, root), addressed: true, topLevel: false });
  });

  it('shows ids where no names are known', () => {
    expect(readEvent(readPayload('events/message-mention'), workspace)).toMatchObject({ event: { text: `@Plumb can you help @${tomas} with this?` } });
  });
});

describe('edits and deletions', () => {
  it('reads an edit', () => {
    expect(eventOf('message-changed')).toEqual({
      type: 'MessageEdited',
      eventKey: `${root}:${channel}:edited:1700000090.000000`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_000_000,
      editedAt: 1_700_000_090_000,
      messageId: root,
      text: 'We need *discounting* training for the Munich team.',
      mentions: [],
      addressed: false,
      topLevel: true,
    });
  });

  it.each([
    ['message-changed-reply', at(channel, root), false],
    ['message-changed-im', at(direct, ''), true],
  ])('%s', (name, conversation, addressed) => {
    expect(eventOf(name)).toMatchObject({ type: 'MessageEdited', conversation, addressed });
  });

  it('reads a mention that was added by an edit as that edit', () => {
    expect(eventOf('app-mention-edited')).toMatchObject({
      type: 'MessageEdited',
      eventKey: `1700000019.000100:${channel}:edited:1700000091.000000`,
      addressed: true,
      editedAt: 1_700_000_091_000,
    });
  });

  it('reads a deletion', () => {
    expect(eventOf('message-deleted')).toEqual({
      type: 'MessageDeleted',
      eventKey: `1700000060.000100:${channel}:deleted`,
      conversation: at(channel, root),
      personId: dana,
      at: 1_700_000_120_000,
      messageId: '1700000060.000100',
    });
  });

  it('reads a deletion of which Slack tells only the id', () => {
    expect(eventOf('message-deleted-bare')).toMatchObject({ type: 'MessageDeleted', conversation: at(channel, '1358878749.000002'), personId: '' });
  });

  it('reads a first message that left only a stone as deleted, once', () => {
    expect(eventOf('message-changed-tombstone')).toMatchObject({
      type: 'MessageDeleted',
      eventKey: `${root}:${channel}:deleted`,
      conversation: at(channel, root),
      personId: dana,
      messageId: root,
    });
  });

  it('takes words that were taken out of a message for deleted', () => {
    expect(eventOf('message-changed-emptied')).toMatchObject({ type: 'MessageDeleted', messageId: '1700000008.000100' });
  });
});

describe('what is not ours to read', () => {
  it.each([
    'message-bot',
    'message-bot-classic',
    'message-own',
    'message-slackbot',
    'message-channel-join',
    'message-channel-name',
    'message-file-only',
    'message-changed-unfurl',
    'message-changed-bot',
    'message-changed-own',
    'message-deleted-own',
    'app-mention-bot',
    'app-home-opened-messages',
    'message-metadata-posted-forged',
    'tokens-revoked-person',
    'reaction-added',
    'url-verification',
  ])('ignores %s', (name) => {
    expect(read(name)).toEqual({ kind: 'ignored' });
  });

  it('ignores a message of its own user that carries no bot', () => {
    expect(readEvent(changed('message', { user: plumb }), workspace)).toEqual({ kind: 'ignored' });
  });

  it.each([
    ['no channel', { channel: undefined }],
    ['a channel that is no text', { channel: { id: channel } }],
    ['no author', { user: undefined }],
    ['no timestamp', { ts: undefined }],
    ['a timestamp that is none', { ts: 'yesterday' }],
    ['a thread that is none', { thread_ts: 'x' }],
    ['a text that is none', { text: { mrkdwn: true } }],
    ['a subtype that is new', { subtype: 'brand_new' }],
  ])('ignores a message with %s', (_what, change) => {
    expect(readEvent(changed('message', change), workspace)).toEqual({ kind: 'ignored' });
  });

  it.each([undefined, null, 'text', 7, [], {}, { type: 'event_callback' }, { type: 'event_callback', event: null }, { type: 'event_callback', event: [] }])(
    'ignores an envelope that is %p',
    (envelope) => {
      expect(readEvent(envelope, workspace)).toEqual({ kind: 'ignored' });
    },
  );

  it('never throws, whatever is missing or of another kind', () => {
    const names = readdirSync(new URL('../../fixtures/slack/events/', import.meta.url)).map((file) => file.replace('.json', ''));
    const broken = fc.constantFrom(...names).chain((name) => {
      const paths = pathsOf(readPayload(`events/${name}`));
      return fc.tuple(fc.constant(name), fc.constantFrom(...paths), fc.oneof(fc.constant(undefined), fc.jsonValue()));
    });
    fc.assert(
      fc.property(broken, ([name, path, value]) => {
        const envelope = readPayload(`events/${name}`);
        put(envelope, path, value);
        const event = readEvent(envelope, workspace);
        expect(['event', 'home', 'seen', 'changed', 'removed', 'ignored']).toContain(event.kind);
        sourceOf(envelope);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('people and places', () => {
  it('reads that Home was opened', () => {
    expect(read('app-home-opened')).toEqual({
      kind: 'home',
      event: { type: 'HomeOpened', eventKey: 'Ev0PLUMB0035', conversation: at(`home:${dana}`, ''), personId: dana, at: 1_700_000_021_000 },
    });
  });

  it.each([
    ['member-joined-channel', 'members', channel, { change: 'joined', subject: tomas, isPlumb: false, personId: dana }],
    ['member-joined-channel-own', 'members', channel, { change: 'joined', subject: plumb, isPlumb: true, personId: dana }],
    ['member-left-channel', 'members', priv, { change: 'left', subject: tomas, isPlumb: false, personId: tomas }],
    ['channel-left', 'members', channel, { change: 'left', subject: plumb, isPlumb: true, personId: dana }],
    ['group-left', 'members', priv, { change: 'left', subject: plumb, isPlumb: true, personId: dana }],
    ['channel-archive', 'place', channel, { change: 'archived', personId: dana }],
    ['group-archive', 'place', priv, { change: 'archived', personId: dana }],
    ['channel-rename', 'place', channel, { change: 'renamed', name: '#sales-leaders' }],
    ['group-rename', 'place', priv, { change: 'renamed', name: '#deal-desk' }],
    ['channel-deleted', 'place', channel, { change: 'deleted', personId: dana }],
    ['group-deleted', 'place', priv, { change: 'deleted', personId: '', at: expect.any(Number) }],
  ])('%s', (name, what, place, event) => {
    const type = what === 'members' ? 'MemberChanged' : 'PlaceChanged';
    expect(read(name)).toMatchObject({ kind: 'changed', what, id: place, event: { type, conversation: at(place, ''), ...event } });
  });

  it.each([
    ['channel-unarchive', { kind: 'changed', what: 'place', id: channel }],
    ['group-unarchive', { kind: 'changed', what: 'place', id: priv }],
    ['user-change', { kind: 'changed', what: 'person', id: tomas }],
    ['team-join', { kind: 'changed', what: 'person', id: tomas }],
  ])('%s only puts out of date what is known', (name, expected) => {
    expect(read(name)).toEqual(expected);
  });

  it('reads that a post of its own stands in Slack', () => {
    expect(read('message-metadata-posted')).toEqual({ kind: 'seen', outboxId: 'out_1', platformId: '1700000038.000100' });
    expect(read('message-metadata-posted-im')).toEqual({ kind: 'seen', outboxId: 'out_1', platformId: `${direct}:1700000038.000100` });
  });

  it.each(['app-uninstalled', 'tokens-revoked'])('%s ends the installation', (name) => {
    expect(read(name)).toEqual({ kind: 'removed' });
  });
});

describe('which installation an event was sent to', () => {
  it.each([
    ['a workspace', 'message', { enterpriseId: undefined, teamId: tenant, isEnterpriseInstall: false }],
    ['the workspace that shares a channel, not the other', 'message-slack-connect', { enterpriseId: undefined, teamId: tenant, isEnterpriseInstall: false }],
    ['an organisation', 'message-enterprise', { enterpriseId: 'E0ACMEORG1', teamId: undefined, isEnterpriseInstall: true }],
    ['the one that ends', 'app-uninstalled', { enterpriseId: undefined, teamId: tenant, isEnterpriseInstall: false }],
  ])('names %s', (_what, name, expected) => {
    expect(sourceOf(readPayload(`events/${name}`))).toEqual(expected);
  });

  it('reads an organisation where otherwise a team stands', () => {
    expect(sourceOf({ type: 'event_callback', team_id: 'E0ACMEORG1', event: { type: 'app_uninstalled' } })).toEqual({
      enterpriseId: 'E0ACMEORG1',
      teamId: undefined,
      isEnterpriseInstall: true,
    });
  });

  it('takes the team on whose behalf Slack speaks where there is no authorization', () => {
    expect(sourceOf({ team_id: 'T0PARTNER1', context_team_id: tenant, authorizations: [] })).toMatchObject({ teamId: tenant });
  });

  it.each([undefined, null, {}, [], 'x', { team_id: 7 }, { authorizations: [{}] }])('gives nothing for %p', (envelope) => {
    expect(sourceOf(envelope)).toBeUndefined();
  });
});

/** A recorded event with other fields in it. */
function changed(name: string, change: Record<string, unknown>): unknown {
  const envelope = readPayload(`events/${name}`);
  for (const [field, value] of Object.entries(change)) put(envelope, ['event', field], value);
  return envelope;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function pathsOf(value: unknown, before: string[] = []): string[][] {
  if (!isObject(value)) return [before];
  const inside = Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...before, name]));
  return before.length === 0 ? inside : [before, ...inside];
}

function put(target: unknown, [name = '', ...rest]: string[], value: unknown): void {
  if (!isObject(target)) return;
  if (rest.length > 0) put(target[name], rest, value);
  else if (value === undefined) delete target[name];
  else target[name] = value;
}
