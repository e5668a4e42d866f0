import type { Connector, ConnectorAccount, Where } from '../connector.ts';
import { ConnectorError } from '../connector-error.ts';
import { inThread } from '../place.ts';
import { buttonsIn } from './buttons.ts';
import type { Memory } from './memory.ts';

type Ways = { connector: Connector; memory: Memory };

/**
 * A connector that does without what a stand-in for Teams does not have: rosters, lists of channels, threads in the ids of conversations, the making of
 * conversations, ids of what was posted. What it refuses with a reason of Teams' own stays refused.
 */
export function createForgivingConnector(ways: Ways): Connector {
  return { ...posting(ways), ...opening(ways), ...rosters(ways), ...lists(ways) };
}

function posting({ connector, memory }: Ways): Pick<Connector, 'post' | 'update' | 'remove'> {
  return {
    async post(where, activity) {
      const { to, place, root } = whereIn(memory, where);
      const { conversation } = activity;
      const said = { ...activity, ...(conversation && { conversation: { ...conversation, id: to.conversationId } }), ...to.reply };
      const { activityId } = await done(connector.post(to, said), { activityId: '' });
      if (activityId !== '' && root !== undefined) memory.sawMessage(place, activityId, root);
      if (activityId !== '') memory.sawButtons(place, activityId, buttonsIn(activity));
      return { activityId };
    },
    async update(where, activityId, activity) {
      const { to, place } = whereIn(memory, where);
      await done(connector.update(to, activityId, { ...activity, ...to.reply }), undefined).catch((error: unknown) => {
        // Then what it would say now is said anew.
        throw isMissing(error) ? new ConnectorError('an update', { kind: 'refused', status: 404 }, { cause: error }) : error;
      });
      memory.sawButtons(place, activityId, buttonsIn(activity));
    },
    async remove(where, activityId) {
      await done(connector.remove(whereIn(memory, where).to, activityId), undefined).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
  };
}

function opening({ connector, memory }: Ways): Pick<Connector, 'openChat' | 'openThread'> {
  return {
    async openChat(options) {
      const chat = await done(connector.openChat(options), { conversationId: '' }).catch((error: unknown) => {
        if (isMissing(error)) return { conversationId: '' };
        throw error;
      });
      if (chat.conversationId !== '') return chat;
      throw new ConnectorError('the opening of a chat', { kind: 'refused', status: 403 });
    },
    async openThread(options) {
      const { place, activity, serviceUrl } = options;
      const opened = await done(connector.openThread(options), { conversationId: '', activityId: '' }).catch(async (error: unknown) => {
        if (!isMissing(error)) throw error;
        return { conversationId: '', ...(await done(connector.post({ serviceUrl, conversationId: place }, activity), { activityId: '' })) };
      });
      const [made = '', marked] = opened.conversationId.split(inThread);
      const ownId = made === place ? '' : made;
      const activityId = opened.activityId || (marked ?? ownId);
      const root = marked ?? activityId;
      if (root === '') return { conversationId: place, activityId };
      if (marked === undefined && ownId !== '') memory.sawConversation(ownId, { place, root });
      memory.sawMessage(place, activityId, root);
      memory.sawButtons(place, activityId, buttonsIn(activity));
      return { conversationId: `${place}${inThread}${root}`, activityId };
    },
  };
}

function rosters({ connector, memory }: Ways): Pick<Connector, 'member' | 'members' | 'everybody'> {
  // Who has a roster is believed when it says that somebody is not in it.
  const reliable = new Set<string>();
  const known = (account: ConnectorAccount): ConnectorAccount => ({ ...memory.account(account.id), ...account });

  async function roster(where: Where, most?: number): Promise<ConnectorAccount[]> {
    const at = { ...where, conversationId: where.conversationId.split(inThread)[0] ?? '' };
    try {
      const listed = await connector.members(at, most).catch((error: unknown) => {
        if (!isUnanswered(error)) throw error;
        return connector.everybody(at);
      });
      if (listed.length > 0) reliable.add(where.serviceUrl);
      return listed.length > 0 ? listed.map(known) : memory.people(at.conversationId);
    } catch (error) {
      const heard = memory.people(at.conversationId);
      if (heard.length === 0 || !isUnanswered(error)) throw error;
      return heard;
    }
  }

  return {
    members: roster,
    everybody: roster,
    async member(where, id) {
      const found = await connector.member(where, id).catch((error: unknown) => {
        if (isUnanswered(error)) return undefined;
        throw error;
      });
      if (found) {
        reliable.add(where.serviceUrl);
        return known(found);
      }
      if (reliable.has(where.serviceUrl)) return undefined;
      return (await roster(where)).find((account) => account.id === id || account.aadObjectId === id);
    },
  };
}

function lists({ connector }: Ways): Pick<Connector, 'channels' | 'team'> {
  const orElse =
    <T>(instead: T) =>
    (error: unknown): T => {
      if (isUnanswered(error)) return instead;
      throw error;
    };
  return {
    channels: (options) => connector.channels(options).catch(orElse<Awaited<ReturnType<Connector['channels']>>>([])),
    team: (options) => connector.team(options).catch(orElse<Awaited<ReturnType<Connector['team']>>>({})),
  };
}

type Reached = Where & { reply?: { replyToId: string } };

/** Where a thread is for a stand-in: a conversation of its own, one that names it, or the channel with the message that is answered. */
function whereIn(memory: Memory, { serviceUrl, conversationId }: Where): { to: Reached; place: string; root: string | undefined } {
  const [place = '', root] = conversationId.split(inThread);
  if (root === undefined) return { to: { serviceUrl, conversationId }, place, root };
  const made = memory.conversation(place, root);
  if (made !== undefined) return { to: { serviceUrl, conversationId: made }, place, root };
  if (memory.place(place)?.marksThreads !== false) return { to: { serviceUrl, conversationId }, place, root };
  return { to: { serviceUrl, conversationId: place, reply: { replyToId: root } }, place, root };
}

/** What was answered with success is done, whatever the answer says. */
async function done<T>(call: Promise<T>, instead: T): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isUnreadable(error)) return instead;
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'no answer') return false;
  const { status = 0 } = error.failure;
  return status >= 200 && status < 300;
}

const missing: readonly number[] = [400, 404, 405, 501];

/** A refusal that gives none of Teams' reasons: there is no such call. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'refused') return false;
  const { status, code, subcode } = error.failure;
  return missing.includes(status) && code === undefined && subcode === undefined;
}

/** The same of questions, which fail as well where nobody thought of them: nothing is said twice by asking somebody else. */
function isUnanswered(error: unknown): boolean {
  if (isMissing(error) || isUnreadable(error)) return true;
  return error instanceof ConnectorError && error.failure.kind === 'refused' && error.failure.status === 500 && error.failure.code === undefined;
}
