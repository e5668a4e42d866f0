import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { botScopes } from '../../src/channels/slack/bot-scopes.ts';

// The fields and their limits: docs.slack.dev/reference/app-manifest.
const Manifest = z.strictObject({
  _metadata: z.object({ major_version: z.literal(2), minor_version: z.number() }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({ home_tab_enabled: z.literal(true), messages_tab_enabled: z.literal(true), messages_tab_read_only_enabled: z.literal(false) }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    shortcuts: z.array(
      z.strictObject({ name: z.string().max(24), type: z.enum(['message', 'global']), callback_id: z.string().max(255), description: z.string().max(150) }),
    ),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().max(32),
        description: z.string().max(2_000),
        usage_hint: z.string().max(1_000),
        url: z.url(),
        should_escape: z.literal(true),
      }),
    ),
  }),
  oauth_config: z.strictObject({ redirect_urls: z.array(z.url()), scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: z.url(),
      bot_events: z.array(z.string()).max(100),
      metadata_subscriptions: z.array(z.strictObject({ app_id: z.literal('*'), event_type: z.literal('plumb_message') })),
    }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: z.url() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const file = join(import.meta.dirname, '../../manifests/slack/manifest.yaml');
const read = async () => ({ text: await readFile(file, 'utf8'), manifest: Manifest.parse(parse(await readFile(file, 'utf8'))) });

/** What each event needs (docs.slack.dev/reference/events). */
const scopeOf: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  channel_archive: 'channels:read',
  channel_deleted: 'channels:read',
  channel_left: 'channels:read',
  channel_rename: 'channels:read',
  channel_unarchive: 'channels:read',
  group_archive: 'groups:read',
  group_deleted: 'groups:read',
  group_left: 'groups:read',
  group_rename: 'groups:read',
  group_unarchive: 'groups:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
};
const withoutScope = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];

/** What each method needs, beside those that need nothing (docs.slack.dev/reference/methods). */
const scopesOfMethod: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.info': ['channels:read', 'groups:read', 'mpim:read'],
  'conversations.list': ['channels:read', 'groups:read', 'mpim:read'],
  'conversations.members': ['channels:read', 'groups:read', 'mpim:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'users.conversations': ['channels:read', 'groups:read', 'mpim:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** The methods that our source calls or names, such as `client.chat.update(` or `'users.info'`. */
async function methodsCalled(): Promise<string[]> {
  const folder = join(import.meta.dirname, '../../src/channels/slack');
  const sources = await Promise.all((await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => readFile(join(folder, name), 'utf8')));
  const named = /\b(auth|chat|conversations|files|reactions|users|views|team|bookmarks|pins)\.(?!ts')([a-z]+[A-Za-z]*)(?:\(|')/g;
  const calls = sources.flatMap((source) => [...source.matchAll(named)]);
  return [...new Set(calls.map(([, family, method]) => `${family}.${method}`))].sort();
}

describe('the Slack manifest', () => {
  it('has the shape that Slack takes', async () => {
    await expect(read()).resolves.toBeDefined();
  });

  it('asks for the same scopes as an installation does, and gives a reason for each', async () => {
    const { text, manifest } = await read();
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...botScopes].sort());
    for (const scope of manifest.oauth_config.scopes.bot) expect(text).toMatch(new RegExp(`# .+\\n {6}- ${scope}$`, 'm'));
  });

  it('has the scope of every event that it subscribes to', async () => {
    const { manifest } = await read();
    for (const event of manifest.settings.event_subscriptions.bot_events) {
      if (!withoutScope.includes(event)) expect([event, manifest.oauth_config.scopes.bot]).toEqual([event, expect.arrayContaining([scopeOf[event]])]);
    }
  });

  it('has the scopes of every method that is called', async () => {
    const [{ manifest }, methods] = await Promise.all([read(), methodsCalled()]);
    expect(methods).toEqual(expect.arrayContaining(['chat.postMessage', 'files.completeUploadExternal', 'users.info']));
    for (const method of methods) {
      const needs = scopesOfMethod[method];
      expect([method, needs]).toEqual([method, expect.any(Array)]);
      expect([method, manifest.oauth_config.scopes.bot]).toEqual([method, expect.arrayContaining([...(needs ?? [])])]);
    }
  });

  it('sends everything to the one address that Plumb serves', async () => {
    const { manifest } = await read();
    const addresses = [
      manifest.settings.event_subscriptions.request_url,
      manifest.settings.interactivity.request_url,
      ...manifest.features.slash_commands.map(({ url }) => url),
    ];
    expect(new Set(addresses)).toEqual(new Set(['https://plumb.example.com/slack/events']));
    expect(manifest.oauth_config.redirect_urls).toEqual(['https://plumb.example.com/slack/oauth_redirect']);
  });

  it('offers the shortcuts and the command that Plumb answers', async () => {
    const { manifest } = await read();
    expect(manifest.features.shortcuts.map(({ type, callback_id: id }) => [type, id])).toEqual([
      ['message', 'start_alignment'],
      ['global', 'start_form'],
    ]);
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/plumb']);
    expect(manifest.features.slash_commands[0]?.usage_hint).toBe('start, list, status, settings, listen on, listen off, my data, forget me, help');
  });
});
