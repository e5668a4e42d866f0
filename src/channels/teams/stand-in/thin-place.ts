import { inThread, type PlaceKind } from '../place.ts';
import type { Memory } from './memory.ts';
import type { ThinActivity } from './thin-activity.ts';

/** `root`: the first message of the thread, where it is another one. `marksThreads`: the ids of its conversations name their threads. */
type ThinPlace = { place: string; kind: PlaceKind; root: string | undefined; marksThreads: boolean };

/** Whether an activity of that type is about something that somebody wrote. */
export function tellsWords(type: string): boolean {
  return type === 'message' || type === 'messageUpdate' || type === 'messageDelete';
}

/** Where an activity happened, by what it says and by what was seen of that place before. */
export function placeIn(memory: Memory, given: ThinActivity, type: string): ThinPlace {
  const [base = '', marked] = (given.conversation?.id ?? '').split(inThread);
  const made = memory.thread(base);
  const place = made?.place ?? base;
  const kind = made ? 'channel' : kindOf(memory, given, base, marked);
  const marksThreads = marked !== undefined || memory.place(place)?.marksThreads === true;
  if (marked !== undefined || kind !== 'channel' || !(tellsWords(type) || type === 'invoke')) return { place, kind, root: marked, marksThreads };
  const { id, replyToId } = given;
  const known = id === undefined ? undefined : memory.rootOf(place, id);
  // Whoever answers an answer stands in the same thread.
  const root = made?.root ?? (replyToId ? (memory.rootOf(place, replyToId) ?? replyToId) : known);
  return { place, kind, root: root === id ? undefined : root, marksThreads };
}

function kindOf(memory: Memory, { conversation, channelData }: ThinActivity, id: string, marked: string | undefined): PlaceKind {
  const told = conversation && 'conversationType' in conversation ? conversation.conversationType?.toLowerCase() : undefined;
  if (told === 'personal') return 'personal';
  if (told?.startsWith('channel') || told?.startsWith('team')) return 'channel';
  if (told?.startsWith('group')) return 'groupChat';
  return memory.place(id)?.kind ?? likelyKind(id, marked, conversation, channelData);
}

function likelyKind(id: string, marked: string | undefined, conversation: ThinActivity['conversation'], data: ThinActivity['channelData']): PlaceKind {
  const isChannel = data?.channel || data?.team || data?.teamsChannelId || data?.teamsTeamId;
  // Microsoft Learn, "Channel and group chat conversations with a bot": so end the ids of channels; those of group chats end in @thread.v2.
  if (marked !== undefined || isChannel || /@thread\.(?:tacv2|skype)$/iu.test(id)) return 'channel';
  const isGroup = conversation && 'isGroup' in conversation && conversation.isGroup === true;
  return isGroup || (id.startsWith('19:') && !id.endsWith('@unq.gbl.spaces')) ? 'groupChat' : 'personal';
}
