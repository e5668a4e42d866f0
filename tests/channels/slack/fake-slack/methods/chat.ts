import { plainMessage } from '../announce.ts';
import { asBlocks } from '../arguments.ts';
import { checkBlocks, isTooLong } from '../block-check.ts';
import { unfetched } from '../fetch-pictures.ts';
import { withIds } from '../field-values.ts';
import { type Block, type Json, type Message, type Place, SlackError } from '../model.ts';
import { directPlace, message, messagesIn, type State } from '../state.ts';
import { isObject } from '../text-check.ts';
import { messages } from '../view-check.ts';
import { type ApiCall, joinedPlace, knownPlace, knowsPerson, type Method } from './method.ts';

const mostText = 40_000;

export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': { scopes: ['chat:write'], run: postMessage },
  'chat.update': { scopes: ['chat:write'], run: update },
  'chat.delete': { scopes: ['chat:write'], run: remove },
  'chat.postEphemeral': { scopes: ['chat:write'], run: postEphemeral },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};

async function postMessage(call: ApiCall): Promise<Json> {
  const { state, args, install } = call;
  const where = placeToWrite(call, args.required('channel'));
  const { text, blocks } = await contentOf(call);
  const metadata = metadataOf(call);
  const threadTs = threadOf(state, where, args.text('thread_ts'));
  const broadcast = args.flag('reply_broadcast') && threadTs !== undefined;
  const made: Message = {
    ts: state.nextTs(),
    channel: where.id,
    user: install.botUserId,
    team: state.people.get(install.botUserId)?.teamId ?? where.teamId,
    text,
    blocks,
    subtype: broadcast ? 'thread_broadcast' : undefined,
    threadTs,
    botId: install.botId,
    metadata,
    edited: undefined,
    reactions: [],
    files: [],
  };
  messagesIn(state, where.id).push(made);
  state.everSaid.add(`${where.id}:${made.ts}`);
  state.changed();
  // The answer does not wait for the app to hear of its own message.
  void call.announce.posted(where, made);
  return { channel: where.id, ts: made.ts, message: plainMessage(state, made, where, true) };
}

function placeToWrite(call: ApiCall, id: string): Place {
  const { state, install } = call;
  const where = /^[UW]/.test(id) && state.people.has(id) ? openDirect(call, id) : joinedPlace(call, id);
  if (where.archived) throw new SlackError('is_archived');
  if (where.kind === 'im' && [...where.members].every((one) => one === install.botUserId || state.people.get(one)?.deleted))
    throw new SlackError('user_disabled');
  return where;
}

/** The 1:1 chat of the bot with a person. */
export function openDirect(call: ApiCall, personId: string): Place {
  const { state, install } = call;
  const whom = state.people.get(personId);
  if (!whom || !knowsPerson(call, personId)) throw new SlackError('user_not_found');
  if (whom.isBot) throw new SlackError('cannot_dm_bot');
  if (whom.deleted) throw new SlackError('user_disabled');
  return directPlace(state, install.botUserId, personId);
}

function threadOf(state: State, where: Place, ts: string | undefined): string | undefined {
  if (ts === undefined) return undefined;
  if (!/^\d{10}\.\d{6}$/.test(ts)) throw new SlackError('invalid_thread_ts');
  if (!state.everSaid.has(`${where.id}:${ts}`)) throw new SlackError('cannot_reply_to_message');
  // A reply to a reply goes to its thread.
  return messagesIn(state, where.id).find((one) => one.ts === ts)?.threadTs ?? ts;
}

async function contentOf(call: ApiCall): Promise<{ text: string; blocks: Block[] | undefined }> {
  const { args, state } = call;
  const given = args.structure('blocks');
  const text = args.text('text') ?? '';
  if (given !== undefined) {
    const complaints = checkBlocks(given, 'message');
    if (complaints.length === 0) complaints.push(...(await unfetched(asBlocks(given))));
    if (complaints.length > 0) throw new SlackError('invalid_blocks', { errors: complaints, ...messages(complaints) });
    if (isTooLong(asBlocks(given))) throw new SlackError('msg_blocks_too_long');
  }
  if (text === '' && asBlocks(given).length === 0) throw new SlackError('no_text');
  return { text: text.slice(0, mostText), blocks: given === undefined ? undefined : withIds(asBlocks(given), () => state.id('b')) };
}

/** docs.slack.dev/messaging/message-metadata: a type and a flat payload. */
function metadataOf(call: ApiCall): Message['metadata'] {
  const given = call.args.structure('metadata');
  if (given === undefined) return undefined;
  if (!isObject(given) || typeof given['event_type'] !== 'string' || !isObject(given['event_payload'])) throw new SlackError('invalid_metadata_format');
  if (JSON.stringify(given).length > 16_000) throw new SlackError('metadata_too_large');
  return { event_type: given['event_type'], event_payload: given['event_payload'] };
}

async function update(call: ApiCall): Promise<Json> {
  const { state, args, install } = call;
  const where = knownPlace(call, args.required('channel'));
  const found = message(state, where.id, args.required('ts'));
  if (found.user !== install.botUserId) throw new SlackError('cant_update_message');
  if (where.archived) throw new SlackError('is_archived');
  const before = plainMessage(state, found, where);
  const { text, blocks } = await contentOf(call);
  found.text = text;
  // docs.slack.dev/reference/methods/chat.update: blocks that are not given again are removed where there is a text.
  found.blocks = blocks;
  found.metadata = metadataOf(call) ?? found.metadata;
  found.edited = { user: install.botUserId, ts: state.nextTs() };
  state.changed();
  void call.announce.edited(where, found, before);
  return { channel: where.id, ts: found.ts, text, message: plainMessage(state, found, where, true) };
}

async function remove(call: ApiCall): Promise<Json> {
  const { state, args, install } = call;
  const where = knownPlace(call, args.required('channel'));
  const found = message(state, where.id, args.required('ts'));
  if (found.user !== install.botUserId) throw new SlackError('cant_delete_message');
  takeAway(state, where, found);
  void call.announce.deleted(where, found);
  return { channel: where.id, ts: found.ts };
}

export function takeAway(state: State, where: Place, found: Message): void {
  state.messages.set(
    where.id,
    messagesIn(state, where.id).filter((one) => one !== found),
  );
  state.changed();
}

async function postEphemeral(call: ApiCall): Promise<Json> {
  const { state, args, install } = call;
  const where = joinedPlace(call, args.required('channel'));
  const user = args.required('user');
  if (where.archived) throw new SlackError('is_archived');
  if (!where.members.has(user)) throw new SlackError('user_not_in_channel');
  const { text, blocks } = await contentOf(call);
  const threadTs = threadOf(state, where, args.text('thread_ts'));
  const ts = state.nextTs();
  state.ephemerals.push({ ts, channel: where.id, user, threadTs, text, blocks, botUserId: install.botUserId });
  state.changed();
  return { message_ts: ts };
}

function getPermalink(call: ApiCall): Json {
  const { state, args } = call;
  const where = knownPlace(call, args.required('channel'));
  const found = message(state, where.id, args.required('message_ts'));
  return { channel: where.id, permalink: permalinkTo(state, where, found) };
}

export function permalinkTo(state: State, where: Place, found: Message): string {
  const thread = found.threadTs === undefined || found.threadTs === found.ts ? '' : `?thread_ts=${found.threadTs}&cid=${where.id}`;
  return `https://${state.teams.get(where.teamId)?.domain ?? 'unknown'}.slack.com/archives/${where.id}/p${found.ts.replace('.', '')}${thread}`;
}
