import { type Announce, plainMessage } from './announce.ts';
import { takeAway } from './methods/chat.ts';
import { plainPerson } from './methods/users.ts';
import type { FileEntry, Install, Message, Person, Place } from './model.ts';
import { uninstall } from './oauth.ts';
import { addPlace, directPlace, groupPlace, installFor, installIn, message, messagesIn, person, place, type State } from './state.ts';
import { typedText } from './typed-text.ts';

export type SayOptions = {
  /** The ts of the thread's first message. */
  thread?: string;
  /** Also to the channel. */
  broadcast?: boolean;
  files?: readonly { name: string; content?: string }[];
  /** The text is in Slack's own form (escaped, mentions by id). */
  raw?: boolean;
};
export type Said = { channel: string; ts: string };

/** What people do. Everything resolves once the app has answered (or failed) the first try of the events that follow from it. */
export type People = ReturnType<typeof createPeople>;

export function createPeople(state: State, announce: Announce) {
  const about = (said: Said) => ({ where: place(state, said.channel), found: message(state, said.channel, said.ts) });

  async function systemMessage(where: Place, by: Person, subtype: string, text: string, more: Record<string, unknown> = {}): Promise<void> {
    const made: Message = { ...blank(state, where, by), subtype, text };
    messagesIn(state, where.id).push(made);
    await announce.notice(where, { user: by.id, subtype, text, ts: made.ts, event_ts: made.ts, team: by.teamId, ...more });
  }

  async function join(who: string, channel: string, inviter?: string): Promise<void> {
    const where = place(state, channel);
    const one = person(state, who);
    where.members.add(who);
    state.changed();
    const event = { type: 'member_joined_channel', user: who, channel, channel_type: where.kind === 'channel' ? 'C' : 'G', team: one.teamId };
    await announce.tellIn(where, { ...event, ...(inviter === undefined ? {} : { inviter }), event_ts: state.nextTs() });
    await systemMessage(
      where,
      one,
      `${where.kind === 'channel' ? 'channel' : 'group'}_join`,
      `<@${who}> has joined the channel`,
      inviter === undefined ? {} : { inviter },
    );
  }

  async function leave(who: string, channel: string): Promise<void> {
    const where = place(state, channel);
    const one = person(state, who);
    const install = state.installs.find((each) => each.botUserId === who);
    where.members.delete(who);
    state.changed();
    if (install)
      return void (await announce.tell(install, { type: `${where.kind}_left`, channel, actor_id: '', event_ts: state.nextTs() }, { teamId: where.teamId }));
    const event = { type: 'member_left_channel', user: who, channel, channel_type: where.kind === 'channel' ? 'C' : 'G', team: one.teamId };
    await announce.tellIn(where, { ...event, event_ts: state.nextTs() });
  }

  return {
    async say(who: string, channel: string, typed: string, options: SayOptions = {}): Promise<Said> {
      const where = place(state, channel);
      const by = person(state, who);
      if (!where.members.has(who)) throw new Error(`${by.realName} is not in ${where.name}.`);
      const files = (options.files ?? []).map((file) => fileOf(state, by, file));
      const subtype = options.broadcast ? 'thread_broadcast' : files.length > 0 ? 'file_share' : undefined;
      const made: Message = { ...blank(state, where, by), ...typedText(state, by, typed, options.raw), files, subtype, threadTs: options.thread };
      messagesIn(state, channel).push(made);
      state.everSaid.add(`${channel}:${made.ts}`);
      state.changed();
      await announce.posted(where, made);
      return { channel, ts: made.ts };
    },
    /** To the bot in the 1:1 chat. */
    async tellBot(who: string, typed: string, options: SayOptions = {}): Promise<Said> {
      return this.say(who, this.directWithBot(who), typed, options);
    },
    directWithBot(who: string): string {
      const install = installFor(state, person(state, who).teamId);
      if (!install) throw new Error('The app is not installed there.');
      return directPlace(state, install.botUserId, who).id;
    },
    groupWithBot(who: readonly string[]): string {
      const teamId = person(state, who[0] ?? '').teamId;
      const install = installFor(state, teamId);
      if (!install) throw new Error('The app is not installed there.');
      return groupPlace(state, [install.botUserId, ...who], teamId).id;
    },
    async edit(who: string, said: Said, typed: string, options: Pick<SayOptions, 'raw'> = {}): Promise<void> {
      const { where, found } = about(said);
      const before = plainMessage(state, found, where);
      Object.assign(found, typedText(state, person(state, who), typed, options.raw), { edited: { user: who, ts: state.nextTs() } });
      state.changed();
      await announce.edited(where, found, before);
    },
    async delete(said: Said): Promise<void> {
      const { where, found } = about(said);
      takeAway(state, where, found);
      await announce.deleted(where, found);
    },
    async react(who: string, said: Said, name: string): Promise<void> {
      const { where, found } = about(said);
      const entry = found.reactions.find((one) => one.name === name);
      if (entry) entry.users.push(who);
      else found.reactions.push({ name, users: [who] });
      state.changed();
      await announce.reaction(where, found, 'reaction_added', who, name);
    },
    join,
    leave,
    /** Somebody brings the bot into a channel. */
    async inviteBot(who: string, channel: string): Promise<void> {
      const install = installFor(state, person(state, who).teamId);
      if (!install) throw new Error('The app is not installed there.');
      await join(install.botUserId, channel, who);
    },
    async removeBot(channel: string): Promise<void> {
      const install = installIn(state, place(state, channel));
      if (install) await leave(install.botUserId, channel);
    },
    createChannel(who: string, name: string, options: { private?: boolean; members?: readonly string[]; sharedWith?: string[] } = {}): string {
      const { teamId } = person(state, who);
      const kind = options.private ? 'group' : 'channel';
      const made = addPlace(state, { kind, name, teamId, creator: who, members: [who, ...(options.members ?? [])], sharedWith: options.sharedWith ?? [] });
      state.changed();
      return made.id;
    },
    async rename(channel: string, name: string): Promise<void> {
      const where = place(state, channel);
      where.name = name;
      state.changed();
      await announce.tellIn(where, { type: `${where.kind}_rename`, channel: { id: channel, name, created: where.created }, event_ts: state.nextTs() });
    },
    async archive(who: string, channel: string): Promise<void> {
      const where = place(state, channel);
      where.archived = true;
      state.changed();
      await announce.tellIn(where, { type: `${where.kind}_archive`, channel, user: who, event_ts: state.nextTs() });
    },
    async unarchive(who: string, channel: string): Promise<void> {
      const where = place(state, channel);
      where.archived = false;
      state.changed();
      await announce.tellIn(where, { type: `${where.kind}_unarchive`, channel, user: who, event_ts: state.nextTs() });
    },
    async deleteChannel(channel: string): Promise<void> {
      const where = place(state, channel);
      where.deleted = true;
      state.changed();
      await announce.tellIn(where, { type: `${where.kind}_deleted`, channel, actor_id: where.creator, event_ts: state.nextTs() });
    },
    async openHome(who: string, tab: 'home' | 'messages' = 'home'): Promise<void> {
      const one = person(state, who);
      const install = installFor(state, one.teamId);
      if (!install) throw new Error('The app is not installed there.');
      const channel = directPlace(state, install.botUserId, who).id;
      const event = { type: 'app_home_opened', user: who, channel, tab, event_ts: state.nextTs() };
      await announce.tell(install, event, { teamId: one.teamId });
    },
    async changePerson(who: string, change: Partial<Pick<Person, 'realName' | 'tz' | 'isAdmin' | 'isOwner' | 'deleted'>>): Promise<void> {
      const one = Object.assign(person(state, who), change);
      const install = installFor(state, one.teamId);
      if (install)
        await announce.tell(
          install,
          { type: 'user_change', user: plainPerson({ state, install }, one), cache_ts: 0, event_ts: state.nextTs() },
          { teamId: one.teamId },
        );
    },
    async uninstall(teamId: string): Promise<void> {
      await uninstall(state, announce, workingInstall(state, teamId));
    },
    /** The tokens stop working, the app stays. */
    async revokeTokens(teamId: string): Promise<void> {
      const install = workingInstall(state, teamId);
      for (const token of state.tokens.values()) if (token.install === install) token.revoked = true;
      await announce.tell(install, { type: 'tokens_revoked', tokens: { oauth: [], bot: [install.botUserId] }, event_ts: state.nextTs() }, { teamId });
    },
  };
}

function workingInstall(state: State, teamId: string): Install {
  const install = installFor(state, teamId);
  if (!install) throw new Error('The app is not installed there.');
  return install;
}

function blank(state: State, where: Place, by: Person): Message {
  const nothing = { blocks: undefined, subtype: undefined, threadTs: undefined, botId: undefined, metadata: undefined, edited: undefined };
  return { ts: state.nextTs(), channel: where.id, user: by.id, team: by.teamId, text: '', reactions: [], files: [], ...nothing };
}

function fileOf(state: State, by: Person, file: { name: string; content?: string }): FileEntry {
  const content = Buffer.from(file.content ?? 'a file');
  return { id: state.id('F'), name: file.name, title: file.name, size: content.length, teamId: by.teamId, user: by.id, content };
}
