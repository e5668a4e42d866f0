import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readEnvelope } from '../../../src/channels/teams/envelope.ts';
import { type Known, readActivity } from '../../../src/channels/teams/read-activity.ts';
import { createComplete } from '../../../src/channels/teams/stand-in/complete-activity.ts';
import { createMemory } from '../../../src/channels/teams/stand-in/memory.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';

const now = 1_800_000_000_000;
const nobody: Known = { personOf: () => undefined, nameOf: () => undefined };
const somethingElse: readonly unknown[] = [null, '', 7, true, [], {}, 'text', [null, 7, {}], { id: 7 }];
const folder = (name: string) => readdirSync(new URL(`../../fixtures/teams/${name}/`, import.meta.url)).map((file) => `${name}/${file.replace('.json', '')}`);
const all = [...folder('activities'), ...folder('invokes'), ...folder('playground')];

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** As a stand-in's activity is read that is the first of its kind. */
function completed(activity: unknown): Json {
  const complete = createComplete({ memory: createMemory({ now: () => now }), tenant: 'local', newId: () => 'made' });
  return complete(isRecord(activity) ? activity : {});
}

function read(activity: unknown) {
  const whole = completed(activity);
  const envelope = readEnvelope(whole, now);
  return envelope && { envelope, found: readActivity(whole, envelope, nobody), value: whole['value'] };
}

/** What it is taken for, apart from all details. */
function takenFor(activity: unknown): string {
  const result = read(activity);
  if (!result) return 'malformed';
  const { envelope, found } = result;
  const told = found.kind === 'events' ? [...found.events.map(({ type }) => type), ...found.changes.map(({ what }) => what)].join(' ') : found.kind;
  return `${envelope.kind} ${told}`;
}

function fieldsOf(value: unknown, way: readonly string[] = []): string[][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...fieldsOf(inner, [...way, key])]);
}

/** The same activity with another value there, or without that field. */
function changed(value: unknown, [key = '', ...rest]: readonly string[], to?: unknown): unknown {
  if (!isRecord(value)) return value;
  const { [key]: inner, ...others } = value;
  if (rest.length > 0) return { ...others, [key]: changed(inner, rest, to) };
  return to === undefined ? others : { ...others, [key]: to };
}

/** Without these nothing is said or changed, or nobody does it, or nothing says where; what happened to a place is told by these alone. */
const needed = new Set([
  ...['type', 'id', 'serviceUrl', 'conversation', 'conversation.id', 'from', 'from.id', 'text', 'attachments', 'entities', 'name', 'topicName', 'action'],
  ...[
    'channelData',
    'channelData.eventType',
    'channelData.channel',
    'channelData.channel.id',
    'channelData.team',
    'channelData.team.id',
    'channelData.team.name',
  ],
  ...['membersAdded', 'membersRemoved', 'recipient', 'recipient.id'],
]);

describe('an activity of a stand-in', () => {
  it.each(all)('is read without every field that it may leave out: %s', (name) => {
    const activity = readPayload(name);
    const usual = takenFor(activity);
    const lost = fieldsOf(activity).filter((field) => takenFor(changed(activity, field)) !== usual);
    expect(lost.map((field) => field.join('.')).filter((field) => !needed.has(field))).toEqual([]);
  });

  it.each(all)('never makes reading throw, whatever stands in its fields: %s', (name) => {
    const activity = readPayload(name);
    for (const field of fieldsOf(activity)) for (const to of somethingElse) expect(() => read(changed(activity, field, to))).not.toThrow();
  });

  it.each(all)('that tells everything is read as Teams’ own is: %s', (name) => {
    const activity = readPayload(name);
    const envelope = readEnvelope(activity, now);
    const result = read(activity);
    const own = envelope?.team ?? result?.envelope.team;
    expect(result && { ...result.envelope, team: own }).toEqual(envelope && { ...envelope, team: own });
    expect(result?.found).toEqual(envelope && readActivity(activity, envelope, nobody));
  });
});
