import type { Answer, Deliver } from './deliver.ts';
import type { FileEntry, Install, Json, Message, Place } from './model.ts';
import { installIn, type State } from './state.ts';

/** Scopes that an event needs (docs.slack.dev/reference/events/…); for `message` it is the place's history scope. */
const scopeOf: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  channel_rename: 'channels:read',
  channel_archive: 'channels:read',
  channel_unarchive: 'channels:read',
  channel_deleted: 'channels:read',
  channel_left: 'channels:read',
  group_rename: 'groups:read',
  group_archive: 'groups:read',
  group_unarchive: 'groups:read',
  group_deleted: 'groups:read',
  group_left: 'groups:read',
  user_change: 'users:read',
  team_join: 'users:read',
  message_metadata_posted: 'metadata.message:read',
  message_metadata_updated: 'metadata.message:read',
  message_metadata_deleted: 'metadata.message:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
};

export const historyScope = { channel: 'channels:history', group: 'groups:history', mpim: 'mpim:history', im: 'im:history' } as const;
const messageEvent = { channel: 'message.channels', group: 'message.groups', mpim: 'message.mpim', im: 'message.im' } as const;
const channelType = { channel: 'channel', group: 'group', mpim: 'mpim', im: 'im' } as const;

export type Announce = ReturnType<typeof createAnnounce>;

/** Tells the app what happened, where it subscribed to it, has the scope and its bot is there. */
export function createAnnounce(state: State, deliver: Deliver, subscriptions: ReadonlySet<string>) {
  /** To one installation. `teamId`: where it happened. */
  async function tell(
    install: Install,
    event: Json,
    options: { teamId?: string; shared?: boolean; subscription?: string; scope?: string } = {},
  ): Promise<Answer | undefined> {
    const type = String(event['type']);
    const scope = options.scope ?? scopeOf[type];
    if (!subscriptions.has(options.subscription ?? type)) return undefined;
    if (scope !== undefined && !install.scopes.includes(scope)) return undefined;
    const teamId = options.teamId ?? install.teamId ?? [...state.teams.values()].find((one) => one.enterpriseId === install.enterpriseId)?.id;
    return deliver.event(envelopeOf(state, install, event, teamId ?? '', options.shared ?? false));
  }

  /** About a place, to the bot in it; nobody where there is none. */
  async function tellIn(where: Place, event: Json, options: { subscription?: string; scope?: string; teamId?: string } = {}): Promise<Answer | undefined> {
    const install = installIn(state, where, options.teamId ?? where.teamId);
    if (!install) return undefined;
    return tell(install, event, { teamId: where.teamId, shared: where.sharedWith.length > 0, ...options });
  }

  async function tellMessage(where: Place, event: Json): Promise<Answer | undefined> {
    const said = { type: 'message', ...event, channel: where.id, channel_type: channelType[where.kind] };
    return tellIn(where, said, { subscription: messageEvent[where.kind], scope: historyScope[where.kind] });
  }

  return {
    tell,
    tellIn,
    async posted(where: Place, message: Message): Promise<void> {
      const plain = plainMessage(state, message, where);
      const told = [tellMessage(where, { ...plain, event_ts: message.ts })];
      const install = installIn(state, where, message.team);
      if (install && message.botId === undefined && message.text.includes(`<@${install.botUserId}>`) && where.kind !== 'im') {
        told.push(tellIn(where, { ...plain, type: 'app_mention', channel: where.id, event_ts: message.ts }));
      }
      if (message.metadata) told.push(tellIn(where, { ...metadataEvent(state, 'message_metadata_posted', where, message), metadata: message.metadata }));
      await Promise.all(told);
    },
    async edited(where: Place, message: Message, before: Json): Promise<void> {
      const ts = state.nextTs();
      const after = { ...plainMessage(state, message, where), ...(message.edited ? { edited: message.edited } : {}) };
      await tellMessage(where, { subtype: 'message_changed', hidden: true, ts, event_ts: ts, message: after, previous_message: before });
    },
    async deleted(where: Place, message: Message): Promise<void> {
      const ts = state.nextTs();
      const previous = plainMessage(state, message, where);
      await tellMessage(where, { subtype: 'message_deleted', hidden: true, ts, event_ts: ts, deleted_ts: message.ts, previous_message: previous });
    },
    /** What Slack itself writes into a place: joins, renames. */
    notice: (where: Place, event: Json) => tellMessage(where, event),
    reaction: (where: Place, message: Message, type: 'reaction_added' | 'reaction_removed', user: string, name: string) =>
      tellIn(where, {
        type,
        user,
        reaction: name,
        item: { type: 'message', channel: where.id, ts: message.ts },
        item_user: message.user,
        event_ts: state.nextTs(),
      }),
  };
}

function metadataEvent(state: State, type: string, where: Place, message: Message): Json {
  const about = { app_id: state.app.id, bot_id: message.botId, user_id: message.user, team_id: message.team, channel_id: where.id };
  return { type, ...about, message_ts: message.ts, event_ts: message.ts };
}

/** docs.slack.dev/apis/events-api#callback-field: the envelope of an event. */
function envelopeOf(state: State, install: Install, event: Json, teamId: string, shared: boolean): Json {
  const enterprise = state.teams.get(teamId)?.enterpriseId;
  const eventId = state.id('Ev');
  return {
    token: state.app.verificationToken,
    team_id: teamId,
    ...(enterprise === undefined ? {} : { enterprise_id: enterprise }),
    context_team_id: teamId,
    context_enterprise_id: enterprise ?? null,
    api_app_id: state.app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(state.now() / 1_000),
    authorizations: [
      {
        enterprise_id: install.enterpriseId ?? null,
        team_id: install.teamId ?? null,
        user_id: install.botUserId,
        is_bot: true,
        is_enterprise_install: install.teamId === undefined,
      },
    ],
    is_ext_shared_channel: shared,
    event_context: `4-${Buffer.from(JSON.stringify({ et: event['type'], tid: teamId, aid: state.app.id, cid: eventId })).toString('base64url')}`,
  };
}

/** A message as events, history and payloads show it, without its place. */
export function plainMessage(state: State, message: Message, where: Place, withMetadata = false): Json {
  const replies = (state.messages.get(where.id) ?? []).filter((one) => one.threadTs === message.ts && one.ts !== message.ts);
  const parent = (state.messages.get(where.id) ?? []).find((one) => one.ts === message.threadTs);
  return {
    user: message.user,
    type: 'message',
    ts: message.ts,
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.botId === undefined ? { client_msg_id: `00000000-0000-4000-8000-${message.ts.replace('.', '').slice(-12)}` } : bot(state, message)),
    text: message.text,
    team: message.team,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.threadTs !== undefined && message.threadTs !== message.ts && parent ? { parent_user_id: parent.user } : {}),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts } : {}),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0 ? {} : { files: message.files.map(plainFile) }),
    ...(message.reactions.length === 0 ? {} : { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function bot(state: State, message: Message): Json {
  return {
    bot_id: message.botId,
    app_id: state.app.id,
    bot_profile: { id: message.botId, app_id: state.app.id, name: 'Plumb', deleted: false, team_id: message.team },
  };
}

export function plainFile(file: FileEntry): Json {
  const extension = file.name.split('.').at(-1) ?? '';
  return { id: file.id, name: file.name, title: file.title, filetype: extension, user: file.user, size: file.size, mode: 'hosted' };
}
