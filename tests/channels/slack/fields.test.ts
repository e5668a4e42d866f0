import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { toMessage } from '../../../src/channels/slack/block-kit/to-message.ts';
import { toModal } from '../../../src/channels/slack/block-kit/to-modal.ts';
import { isRecord } from '../../../src/channels/slack/is-record.ts';
import { readEvent, sourceOf } from '../../../src/channels/slack/read-event.ts';
import type { Workspace } from '../../../src/channels/slack/workspace.ts';
import { readPayload } from '../../fixtures/slack/read-payload.ts';
import { openWaysIn, send, type WaysIn, words } from './ways-in.ts';

jest.setTimeout(30_000);

const workspace = { tenant: 'T0ACME0001', botUserId: 'U0PLUMB001', botId: 'B0PLUMB001' } as Workspace;
const folder = (name: string) => readdirSync(new URL(`../../fixtures/slack/${name}/`, import.meta.url)).map((file) => `${name}/${file.replace('.json', '')}`);
const somethingElse: readonly unknown[] = [null, '', 7, true, [], {}];

/** Every field of a payload, as the way to it. */
function fieldsOf(value: unknown, way: readonly string[] = []): string[][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...fieldsOf(inner, [...way, key])]);
}

/** The same payload with another value there, or without that field. */
function changed(value: unknown, [key = '', ...rest]: readonly string[], to?: unknown): unknown {
  if (!isRecord(value)) return value;
  const { [key]: inner, ...others } = value;
  if (rest.length > 0) return { ...others, [key]: changed(inner, rest, to) };
  return to === undefined ? others : { ...others, [key]: to };
}

/**
 * Without these an event says nothing: what it is, who did it, where and to what. Slack documents each of them for its event (docs.slack.dev/reference/events);
 * everything else in an envelope may be missing.
 */
const neededInEvents = new Set([
  ...[
    'event',
    'event.type',
    'event.subtype',
    'event.user',
    'event.user.id',
    'event.channel',
    'event.channel.id',
    'event.channel.name',
    'event.ts',
    'event.text',
  ],
  ...['event.message', 'event.message.user', 'event.message.ts', 'event.message.subtype', 'event.previous_message.text', 'event.deleted_ts'],
  ...['event.channel_id', 'event.message_ts', 'event.metadata', 'event.metadata.event_type', 'event.metadata.event_payload', 'event.metadata.event_payload.id'],
  ...['event.tokens', 'event.tokens.bot'],
]);

describe.each(folder('events'))('%s', (name) => {
  const payload = readPayload(name);
  const { kind } = readEvent(payload, workspace);

  it('is read without every field that a simpler server may leave out', () => {
    const lost = fieldsOf(payload).filter((field) => readEvent(changed(payload, field), workspace).kind !== kind);
    const unexpected = lost.map((field) => field.join('.')).filter((field) => !neededInEvents.has(field));
    if (kind !== 'ignored') expect(unexpected).toEqual([]);
  });

  it('never throws, whatever stands in its fields', () => {
    for (const field of fieldsOf(payload)) {
      for (const to of somethingElse) {
        const other = changed(payload, field, to);
        expect(() => [readEvent(other, workspace), sourceOf(other)]).not.toThrow();
      }
    }
  });
});

const action = { action: 'later', label: 'Later', value: { alignment: 'a1' } };
const form = { id: 'answers', title: 'Answers', submitLabel: 'Send', submit: 'submit-answers', value: { alignment: 'a1' } };
const [row] = toMessage({ summary: 'A request', blocks: [], actions: [action] }, { words }).blocks;
const pressed = { ...(row?.type === 'actions' ? row.elements[0] : {}), action_ts: '1700000200.000100' };
const modal = toModal({ ...form, blocks: [{ type: 'input', id: 'driver', label: 'Driver', kind: 'text' }] }, { words }, { place: 'C1', thread: '' });

/** As recorded, in a workspace of the test, with the buttons and forms that Plumb really makes. */
function payloadOf(name: string, responseUrl: string): Record<string, unknown> {
  const payload: unknown = JSON.parse(JSON.stringify(readPayload(name)).replaceAll('T0ACME0001', 'T1'));
  if (!isRecord(payload)) return {};
  const view = payload['type'] === 'view_submission' && isRecord(payload['view']) ? { view: { ...payload['view'], ...modal } } : {};
  return {
    ...payload,
    ...view,
    ...('response_url' in payload && { response_url: responseUrl }),
    ...('actions' in payload && { actions: [pressed] }),
    ...('callback_id' in payload && { callback_id: payload['type'] === 'shortcut' ? 'start_form' : 'start_alignment' }),
  };
}

/** Who did what and where; for a form what it is about and what was typed. */
const neededInInteractions = new Set([
  ...['type', 'user', 'user.id', 'actions', 'callback_id', 'command', 'team.id', 'team_id', 'user_id', 'channel_id', 'channel', 'channel.id'],
  ...['message', 'message.ts', 'view', 'view.id', 'view.type', 'view.callback_id', 'view.private_metadata'],
]);

describe.each(folder('interactions').filter((name) => !name.includes('view-closed')))('%s', (name) => {
  let open: WaysIn;
  let payload: Record<string, unknown>;
  beforeAll(async () => {
    open = await openWaysIn();
    payload = payloadOf(name, open.responseUrl);
  });
  afterAll(() => open.close());

  /** How it was answered, and whether it came to anything. */
  async function deliver(given: unknown): Promise<{ status: number; taken: boolean }> {
    const before = open.received.length;
    const fields = isRecord(given) && name.endsWith('slash-command') ? (given as Record<string, string>) : { payload: JSON.stringify(given) };
    const { status } = await send(open.url, new URLSearchParams(fields).toString());
    return { status, taken: open.received.length > before };
  }

  it('is taken without every field that a simpler server may leave out', async () => {
    expect(await deliver(payload)).toEqual({ status: 200, taken: true });
    const lost: string[] = [];
    for (const field of fieldsOf(payload)) if (!(await deliver(changed(payload, field))).taken) lost.push(field.join('.'));
    expect(lost.filter((field) => !neededInInteractions.has(field))).toEqual([]);
  });
});
