import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { z } from 'zod';
import type { Channel, OutboundMessage } from '../../../src/app/ports.ts';
import { uploadFile } from '../../../src/channels/slack/files.ts';
import { createSend } from '../../../src/channels/slack/send.ts';
import type { Workspace } from '../../../src/channels/slack/workspace.ts';
import type { ConversationRef } from '../../../src/domain/conversation.ts';
import { card, clock, createLog, inThread, toPerson, words, workspaceAt } from './send-parts.ts';

const token = 'xoxb-plumb';
const scopes = ['chat:write', 'channels:read', 'channels:history', 'im:read', 'im:write', 'im:history', 'files:read', 'files:write', 'users:read'];
const People = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });
const Places = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional(), is_im: z.boolean().optional(), user: z.string().optional() })),
});
const Messages = z.object({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      text: z.string(),
      thread_ts: z.string().optional(),
      blocks: z.array(z.unknown()).optional(),
      metadata: z.unknown().optional(),
      unfurl_links: z.boolean().optional(),
      unfurl_media: z.boolean().optional(),
      files: z.array(z.looseObject({ name: z.string() })).optional(),
    }),
  ),
});

let emulator: Emulator;
let client: WebClient;
let workspace: Workspace;
let send: Channel['send'];
let room: string;
let ada: string;
let answered: ConversationRef[];

beforeAll(async () => {
  const plumb = { name: 'plumb', real_name: 'Plumb' };
  const slack = {
    strict_scopes: true,
    users: [plumb, { name: 'ada', real_name: 'Ada' }],
    channels: [{ name: 'sales' }],
    tokens: [{ token, user: 'plumb', type: 'bot', scopes }],
  };
  emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack } });
  client = new WebClient(token, { slackApiUrl: `${emulator.url}/api/`, retryConfig: { retries: 0 } });
  const people = People.parse(await client.users.list({})).members;
  ada = people.find(({ name }) => name === 'ada')?.id ?? '';
  const botUserId = people.find(({ name }) => name === 'plumb')?.id ?? '';
  room = Places.parse(await client.conversations.list({})).channels.find(({ name }) => name === 'sales')?.id ?? '';
  const { logger } = createLog();
  const at = workspaceAt(`${emulator.url}/api/`, logger, { token, botUserId, botId: undefined });
  workspace = at.workspace;
  send = createSend({ workspaces: at.workspaces, words, clock, logger, answered: (where) => answered.push(where) });
});
afterAll(() => emulator.close());
afterEach(() => {
  answered = [];
});
answered = [];

async function said(place: string): Promise<z.infer<typeof Messages>['messages']> {
  return Messages.parse(await client.conversations.history({ channel: place })).messages;
}

async function inThreadOf(place: string, ts: string): Promise<z.infer<typeof Messages>['messages']> {
  return Messages.parse(await client.conversations.replies({ channel: place, ts })).messages;
}

async function ask(text: string): Promise<string> {
  return z.object({ ts: z.string() }).parse(await client.chat.postMessage({ channel: room, text })).ts;
}

describe('sending to a conversation', () => {
  it('answers in the thread, marked, with a text beside its blocks and without unfolding links', async () => {
    const start = await ask('We need a course');
    const { platformId } = await send(inThread('out-1', room, start, 'What drives this?'), undefined);
    const posted = (await inThreadOf(room, start)).find(({ ts }) => ts === platformId);
    expect(posted).toMatchObject({
      thread_ts: start,
      text: 'What drives this? (summary)',
      metadata: { event_type: 'plumb_message', event_payload: { id: 'out-1' } },
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(JSON.stringify(posted?.blocks)).toContain('What drives this?');
    expect(answered).toEqual([{ channel: 'slack', tenant: 'T1', place: room, thread: start }]);
  });

  it('posts at channel level what is for the channel', async () => {
    const start = await ask('We need a course');
    const { platformId } = await send({ ...inThread('out-2', room, start, 'The brief'), audience: 'channel' }, undefined);
    const posted = (await said(room)).find(({ ts }) => ts === platformId);
    expect(posted?.thread_ts).toBeUndefined();
  });

  it('changes an earlier post in place', async () => {
    const start = await ask('We need a course');
    const first = await send(inThread('out-3', room, start, 'Draft'), undefined);
    const second = await send(inThread('out-4', room, start, 'Signed'), first.platformId);
    expect(second).toEqual(first);
    const thread = await inThreadOf(room, start);
    expect(thread).toHaveLength(2);
    expect(JSON.stringify(thread[1]?.blocks)).toContain('Signed');
  });

  it('says it anew where the earlier post is gone or is not its own', async () => {
    const start = await ask('We need a course');
    const first = await send(inThread('out-5', room, start, 'Draft'), undefined);
    await client.chat.delete({ channel: room, ts: first.platformId });
    const second = await send(inThread('out-6', room, start, 'Draft again'), first.platformId);
    expect(second.platformId).not.toBe(first.platformId);
    expect((await inThreadOf(room, start)).map(({ ts }) => ts)).toEqual([start, second.platformId]);
  });

  it('takes a post away, and is content when it is gone already', async () => {
    const start = await ask('We need a course');
    const { platformId } = await send(inThread('out-7', room, start, 'Not for long'), undefined);
    const away: OutboundMessage = { ...inThread('out-8', room, start, ''), card: 'removed' };
    await send(away, platformId);
    await send({ ...away, id: 'out-9' }, platformId);
    expect(await inThreadOf(room, start)).toHaveLength(1);
  });

  it('refuses to say something private where others read it', async () => {
    const before = await said(room);
    const message = inThread('out-10', room, '', 'For one person');
    await expect(send({ ...message, audience: 'private' }, undefined)).rejects.toMatchObject({ failure: { retry: false } });
    await expect(send({ ...message, audience: 'home' }, undefined)).rejects.toMatchObject({ failure: { retry: false } });
    expect(await said(room)).toHaveLength(before.length);
  });
});

describe('sending to a person', () => {
  it('shows a suggestion near a message to nobody but them', async () => {
    const before = await said(room);
    const near: ConversationRef = { channel: 'slack', tenant: 'T1', place: room, thread: '' };
    expect(await send({ ...toPerson('near-1', ada, 'Shall I help?'), near }, undefined)).toEqual({ platformId: 'ephemeral' });
    expect(await send({ ...toPerson('near-2', 'U0NOBODY00', 'Shall I help?'), near }, undefined)).toEqual({ platformId: 'ephemeral' });
    expect(await said(room)).toEqual(before);
  });

  it('writes in the chat with them, without a thread, and changes it there', async () => {
    const { platformId } = await send(toPerson('dm-1', ada, 'Why now?'), undefined);
    const [place = '', ts] = platformId.split(':');
    expect(place).toMatch(/^D/);
    expect(await send(toPerson('dm-2', ada, 'Asked'), platformId)).toEqual({ platformId });
    const chat = await said(place);
    expect(chat.map((message) => [message.ts, message.text])).toEqual([[ts, 'Asked (summary)']]);
    expect(answered).toContainEqual({ channel: 'slack', tenant: 'T1', place, thread: '' });
    const inChat = inThread('dm-3', place, '1700000000.000100', 'Answer to a DM');
    const reply = await send({ ...inChat, audience: 'private' }, undefined);
    expect((await said(place)).map(({ ts: said }) => said)).toContain(reply.platformId);
  });

  it('forgets what is for somebody who is not there', async () => {
    await expect(send(toPerson('dm-4', 'U0NOBODY00', 'Hello'), undefined)).rejects.toMatchObject({ failure: { retry: false, drop: true } });
  });

  it('shows a Home', async () => {
    const home: OutboundMessage = {
      id: 'home-1',
      to: { kind: 'person', channel: 'slack', tenant: 'T1', personId: ada },
      audience: 'home',
      card: card('My requests'),
    };
    expect(await send(home, undefined)).toEqual({ platformId: 'home' });
  });

  it('puts a file into the chat with them', async () => {
    await uploadFile(workspace, { to: ada, name: 'brief.md', mediaType: 'text/markdown', content: '# Brief' });
    const place = Places.parse(await client.conversations.list({ types: 'im' })).channels.find(({ user }) => user === ada)?.id ?? '';
    expect((await said(place)).flatMap(({ files = [] }) => files.map(({ name }) => name))).toEqual(['brief.md']);
    await uploadFile(workspace, { to: ada, name: 'brief.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.3') });
    expect((await said(place)).flatMap(({ files = [] }) => files.map(({ name }) => name))).toContain('brief.pdf');
  });
});

describe('an installation that is gone', () => {
  it('parks what was to be said there', async () => {
    const message = inThread('out-11', room, '', 'Hello');
    const to = { kind: 'conversation', conversation: { channel: 'slack', tenant: 'T2', place: room, thread: '' } } as const;
    await expect(send({ ...message, to }, undefined)).rejects.toMatchObject({ failure: { retry: false } });
  });
});
