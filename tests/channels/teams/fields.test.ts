import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Envelope, readEnvelope } from '../../../src/channels/teams/envelope.ts';
import { type Known, type Read, readActivity } from '../../../src/channels/teams/read-activity.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';

const now = 1_800_000_000_000;
const nobody: Known = { personOf: () => undefined, nameOf: () => undefined };
const somethingElse: readonly unknown[] = [null, '', 7, true, [], {}];
const names = readdirSync(new URL('../../fixtures/teams/activities/', import.meta.url)).map((file) => `activities/${file.replace('.json', '')}`);

type Loose = Readonly<Record<string, unknown>>;

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every field of an activity, as the way to it; the entries of a list are fields of it. */
function fieldsOf(value: unknown, way: readonly string[] = []): string[][] {
  if (!isLoose(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...fieldsOf(inner, [...way, key])]);
}

/** The same activity with another value there, or without that field. */
function changed(value: unknown, [key = '', ...rest]: readonly string[], to?: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap((one, index) => (String(index) === key ? entry(one, rest, to) : [one]));
  if (!isLoose(value)) return value;
  const { [key]: inner, ...others } = value;
  if (rest.length > 0) return { ...others, [key]: changed(inner, rest, to) };
  return to === undefined ? others : { ...others, [key]: to };
}

function entry(value: unknown, rest: readonly string[], to: unknown): unknown[] {
  if (rest.length > 0) return [changed(value, rest, to)];
  return to === undefined ? [] : [to];
}

function nameOf(field: readonly string[]): string {
  return field.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
}

function read(activity: unknown): { envelope: Envelope; found: Read } | undefined {
  const envelope = readEnvelope(activity, now);
  return envelope && { envelope, found: readActivity(activity, envelope, nobody) };
}

/** What an activity is taken for, apart from all details. */
function takenFor(activity: unknown): string {
  const found = read(activity)?.found;
  if (!found) return 'malformed';
  if (found.kind !== 'events') return found.kind;
  return [...found.events.map(({ type }) => type), ...found.changes.map(({ what }) => what)].join(' ');
}

/** Without these nobody knows where an activity came from (docs/teams-fields.md). */
const neededByAll = ['type', 'serviceUrl', 'conversation', 'conversation.id', 'recipient', 'recipient.id'];

/** These say who did what; without one of them an activity of that kind says nothing, or something else. */
const neededByKind = new Set([
  ...['id', 'from', 'from.id', 'text', 'attachments', 'attachments.*', 'attachments.*.contentType', 'attachments.*.content'],
  ...['entities', 'entities.*', 'entities.*.type', 'entities.*.mentioned', 'entities.*.mentioned.id'],
  ...['channelData', 'channelData.eventType', 'channelData.channel', 'channelData.channel.id'],
  ...['channelData.team', 'channelData.team.id', 'channelData.team.name', 'topicName', 'action'],
  ...['membersAdded', 'membersAdded.*', 'membersAdded.*.id', 'membersRemoved', 'membersRemoved.*', 'membersRemoved.*.id'],
]);

describe.each(names)('%s', (name) => {
  const activity = readPayload(name);
  const fields = fieldsOf(activity);

  it('is taken for the same without every field that says neither where it was, who did it nor what', () => {
    const whole = takenFor(activity);
    const lost = fields.filter((field) => takenFor(changed(activity, field)) !== whole).map(nameOf);
    expect(lost.filter((field) => !neededByKind.has(field) && !neededByAll.includes(field))).toEqual([]);
  });

  it('comes from nowhere without what says where it came from', () => {
    const without = (field: string) => readEnvelope(changed(activity, field.split('.')), now);
    expect(neededByAll.filter((field) => without(field) !== undefined)).toEqual([]);
  });

  it('never speaks for a tenant that it does not name, whatever stands in its fields', () => {
    const named = JSON.stringify(activity);
    const tenants = fields.flatMap((field) => somethingElse.map((other) => read(changed(activity, field, other))?.envelope.tenant));
    expect(tenants.filter((tenant) => tenant !== undefined && !named.includes(`"${tenant}"`))).toEqual([]);
  });
});

it('is not taken from a tenant that nothing in it names', () => {
  const activity = readPayload('activities/message-personal');
  const without = changed(changed(activity, ['conversation', 'tenantId']), ['channelData', 'tenant']);
  expect(readEnvelope(without, now)).toBeUndefined();
});
