import { baseActivity, changedActivity, conversationUpdate, installationUpdate, messageActivity } from './activities.ts';
import type { Answer, Deliver } from './deliver.ts';
import { plainText } from './marks.ts';
import { isObject, type Json, type Message, type Person, type Place, type Team } from './model.ts';
import { addChannel, addPerson } from './seed.ts';
import { addMessage, appIsIn, conversation, membersOf, message, person, personalPlace, place, type State, teamOf, type Where } from './state.ts';
import { typedText } from './typed-text.ts';

/** A message that somebody or the bot said. `root`: the thread that it stands in, its own id where it begins one. */
export type Said = { place: string; id: string; root: string };
export type People = ReturnType<typeof createPeople>;

/** What people do in Teams; each resolves when the app has answered (or has none to ask). */
export function createPeople(state: State, deliver: Deliver) {
  const tell = async (activity: Json): Promise<Answer> => deliver.activity(activity);
  const here = (said: Said): Where => conversation(state, place(state, said.place).tenant, said.place);

  /** An event goes to the bot where the app is; messages in channels and group chats without consent only when they mention it. */
  async function heard(where: Where, said: Message, activity: Json): Promise<Answer | undefined> {
    if (!appIsIn(state, where.place) && !(where.place.kind === 'personal' && !where.place.blocked)) return undefined;
    const mentioned = listIn(said.activity, 'entities').some((one) => isObject(one) && isObject(one['mentioned']) && one['mentioned']['id'] === state.botId);
    return mentioned || where.place.kind === 'personal' || hears(state, where.place) ? tell(activity) : undefined;
  }

  async function say(who: string, placeId: string, typed: string, options: SayOptions = {}): Promise<Said> {
    const by = inside(state, who, placeId);
    const where = place(state, placeId);
    const thread = where.kind === 'channel' ? options.thread : undefined;
    const root = thread === undefined ? undefined : (message(state, placeId, thread.id).root ?? thread.id);
    const activity = { ...typedText(state, where, typed), ...options.raw };
    const made = addMessage(state, { place: placeId, root, by: by.id, activity });
    const told = { place: where, root: where.kind === 'channel' ? (root ?? made.id) : undefined };
    await heard(told, made, messageActivity(state, by, told, made));
    return { place: placeId, id: made.id, root: root ?? made.id };
  }

  async function change(said: Said, eventType: 'editMessage' | 'undeleteMessage' | 'softDeleteMessage', act: (found: Message) => void): Promise<void> {
    const found = message(state, said.place, said.id);
    if (found.by === undefined) throw new Error('It is not a message of a person.');
    act(found);
    state.changed();
    const where = { ...here(said), root: place(state, said.place).kind === 'channel' ? (found.root ?? found.id) : undefined };
    await heard(where, found, changedActivity(state, person(state, found.by), where, found, eventType));
  }

  return {
    say,
    /** In the 1:1 chat with the bot. */
    sayToBot: (who: string, typed: string, options: SayOptions = {}): Promise<Said> => say(who, personalPlace(state, person(state, who)).id, typed, options),
    reply: (who: string, to: Said, typed: string): Promise<Said> => say(who, to.place, typed, { thread: to }),
    edit: (said: Said, typed: string): Promise<void> =>
      change(said, 'editMessage', (found) => {
        const activity = typedText(state, place(state, said.place), typed);
        Object.assign(found, { activity, text: plainText(activity), edited: true });
      }),
    remove: (said: Said): Promise<void> =>
      change(said, 'softDeleteMessage', (found) => {
        found.deleted = true;
      }),
    undelete: (said: Said): Promise<void> =>
      change(said, 'undeleteMessage', (found) => {
        found.deleted = false;
      }),
    /** The bot hears of reactions to its own messages alone. */
    async react(who: string, said: Said, type = 'like'): Promise<void> {
      const found = message(state, said.place, said.id);
      found.reactions.push({ type, person: who });
      state.changed();
      const where = { ...here(said), root: found.root };
      if (found.by !== undefined || !appIsIn(state, where.place)) return;
      const base = baseActivity(state, person(state, who), where, `f:${state.uuid()}`);
      await tell({ ...base, type: 'messageReaction', replyToId: found.id, reactionsAdded: [{ type }] });
    },
    ...createMembership(state, tell),
    ...createPlaces(state, tell),
  };
}

export type SayOptions = {
  thread?: Said;
  /** Put into the activity as it is. */
  raw?: Json;
};

type Tell = (activity: Json) => Promise<Answer>;

/** Where the app is added and taken away, and who comes and goes. */
function createMembership(state: State, tell: Tell) {
  const installed = async (by: Person, where: Where, action: 'add' | 'remove', eventType: string | undefined, others: Json[] = []): Promise<void> => {
    const bot = { id: state.botId, name: state.app.name };
    const change = action === 'add' ? { membersAdded: [bot, ...others] } : { membersRemoved: [bot] };
    await tell(conversationUpdate(state, by, where, change, eventType));
    await tell(installationUpdate(state, by, where, action));
  };
  return {
    /** Adds the app for the person alone; a 1:1 chat opens. */
    async addApp(who: string): Promise<void> {
      const by = person(state, who);
      const where = { place: personalPlace(state, by), root: undefined };
      Object.assign(where.place, { app: true, blocked: false });
      state.changed();
      await installed(by, where, 'add', undefined, [{ id: by.accountId, aadObjectId: by.id }]);
    },
    /** Takes it away again. Only `installationUpdate` tells of it in a 1:1 chat. */
    async removeApp(who: string): Promise<void> {
      const by = person(state, who);
      const where = { place: personalPlace(state, by), root: undefined };
      Object.assign(where.place, { app: false, blocked: true });
      state.changed();
      await tell(installationUpdate(state, by, where, 'remove'));
    },
    block(who: string, blocked = true): void {
      personalPlace(state, person(state, who)).blocked = blocked;
    },
    /** `channel`: the one that was chosen while adding, General when left out. */
    async addAppToTeam(who: string, teamId: string, channel = teamId): Promise<void> {
      const team = teamIn(state, teamId);
      team.app = true;
      state.changed();
      await installed(person(state, who), { place: place(state, channel), root: undefined }, 'add', 'teamMemberAdded');
    },
    async removeAppFromTeam(who: string, teamId: string): Promise<void> {
      teamIn(state, teamId).app = false;
      state.changed();
      await installed(person(state, who), { place: place(state, teamId), root: undefined }, 'remove', 'teamMemberRemoved');
    },
    async addAppToChat(who: string, chat: string): Promise<void> {
      place(state, chat).app = true;
      state.changed();
      await installed(person(state, who), { place: place(state, chat), root: undefined }, 'add', undefined);
    },
    async removeAppFromChat(who: string, chat: string): Promise<void> {
      place(state, chat).app = false;
      state.changed();
      await installed(person(state, who), { place: place(state, chat), root: undefined }, 'remove', undefined);
    },
    /** A newer version of the app's package. */
    async upgradeApp(who: string, placeId: string): Promise<void> {
      await tell(installationUpdate(state, person(state, who), { place: place(state, placeId), root: undefined }, 'add-upgrade'));
    },
    /** Into a team (by its id) or a group chat. */
    async join(who: string, into: string, by = who): Promise<void> {
      const where = place(state, into);
      membership(state, where).add(who);
      state.changed();
      const change = { membersAdded: [{ id: person(state, who).accountId, aadObjectId: who }] };
      if (appIsIn(state, where))
        await tell(
          conversationUpdate(state, person(state, by), { place: where, root: undefined }, change, where.team === undefined ? undefined : 'teamMemberAdded'),
        );
    },
    async leave(who: string, from: string, by = who): Promise<void> {
      const where = place(state, from);
      membership(state, where).delete(who);
      state.changed();
      const change = { membersRemoved: [{ id: person(state, who).accountId, aadObjectId: who }] };
      if (appIsIn(state, where))
        await tell(
          conversationUpdate(state, person(state, by), { place: where, root: undefined }, change, where.team === undefined ? undefined : 'teamMemberRemoved'),
        );
    },
    newPerson: (tenant: string, handle: string, name: string): string => addPerson(state, tenant, { handle, name }).id,
  };
}

/** Teams and channels that change; told with the team's conversation. */
function createPlaces(state: State, tell: Tell) {
  const teamEvent = async (who: string, team: Team, eventType: string): Promise<void> => {
    if (team.app) await tell(conversationUpdate(state, person(state, who), { place: place(state, team.id), root: undefined }, {}, eventType));
  };
  const channelEvent = async (who: string, channel: Place, eventType: string): Promise<void> => {
    const team = teamOf(state, channel);
    if (!team.app) return;
    const event = conversationUpdate(state, person(state, who), { place: place(state, team.id), root: undefined }, {}, eventType);
    await tell({ ...event, channelData: { ...(isObject(event['channelData']) && event['channelData']), channel: { id: channel.id, name: channel.name } } });
  };
  return {
    async createChannel(who: string, teamId: string, name: string): Promise<string> {
      const team = teamIn(state, teamId);
      const id = `19:${state.uuid().replaceAll('-', '')}@thread.tacv2`;
      addChannel(state, team.tenant, team.id, { id, name });
      state.changed();
      await channelEvent(who, place(state, id), 'channelCreated');
      return id;
    },
    async renameChannel(who: string, channel: string, name: string): Promise<void> {
      place(state, channel).name = name;
      state.changed();
      await channelEvent(who, place(state, channel), 'channelRenamed');
    },
    async deleteChannel(who: string, channel: string): Promise<void> {
      place(state, channel).deleted = true;
      state.changed();
      await channelEvent(who, place(state, channel), 'channelDeleted');
    },
    async restoreChannel(who: string, channel: string): Promise<void> {
      place(state, channel).deleted = false;
      state.changed();
      await channelEvent(who, place(state, channel), 'channelRestored');
    },
    async renameTeam(who: string, teamId: string, name: string): Promise<void> {
      teamIn(state, teamId).name = name;
      state.changed();
      await teamEvent(who, teamIn(state, teamId), 'teamRenamed');
    },
    async archiveTeam(who: string, teamId: string): Promise<void> {
      teamIn(state, teamId).state = 'archived';
      await teamEvent(who, teamIn(state, teamId), 'teamArchived');
    },
    async unarchiveTeam(who: string, teamId: string): Promise<void> {
      teamIn(state, teamId).state = 'active';
      await teamEvent(who, teamIn(state, teamId), 'teamUnarchived');
    },
    async deleteTeam(who: string, teamId: string): Promise<void> {
      teamIn(state, teamId).state = 'deleted';
      state.changed();
      await teamEvent(who, teamIn(state, teamId), 'teamDeleted');
    },
    async renameChat(who: string, chat: string, topicName: string): Promise<void> {
      const where = place(state, chat);
      where.name = topicName;
      state.changed();
      if (where.app) await tell(conversationUpdate(state, person(state, who), { place: where, root: undefined }, { topicName }));
    },
  };
}

function inside(state: State, who: string, placeId: string): Person {
  const found = membersOf(state, place(state, placeId)).find((one) => one.id === who);
  if (!found) throw new Error(`${person(state, who).name} is not in ${placeId}.`);
  return found;
}

function hears(state: State, where: Place): boolean {
  return where.kind === 'channel' ? teamOf(state, where).hears : where.hears;
}

function membership(state: State, where: Place): Set<string> {
  return where.kind === 'channel' ? teamOf(state, where).members : where.members;
}

function teamIn(state: State, id: string): Team {
  const found = state.teams.get(id);
  if (!found) throw new Error(`There is no team ${id}.`);
  return found;
}

function listIn(value: Json, key: string): unknown[] {
  const list = value[key];
  return Array.isArray(list) ? list : [];
}
