import { permalinkTo } from './methods/chat.ts';
import type { Block, Json, Message, Place, View } from './model.ts';
import { messagesIn, type State } from './state.ts';
import { isObject } from './text-check.ts';

/** `onlyYou`: shown to this person alone. */
export type SeenMessage = {
  channel: string;
  ts: string;
  from: string;
  fromApp: boolean;
  /** The text for notifications; `shown` is what stands in the blocks where there are some. */
  text: string;
  shown: string;
  blocks: Block[];
  edited: boolean;
  onlyYou: boolean;
  reactions: { name: string; users: string[] }[];
  files: string[];
  link: string;
  replies: SeenMessage[];
};
export type SeenPlace = { id: string; name: string; kind: Place['kind']; archived: boolean; messages: SeenMessage[] };
export type SeenView = {
  id: string;
  title: string;
  submit: string | undefined;
  close: string | undefined;
  callbackId: string;
  blocks: Block[];
  shown: string;
  values: View['values'];
  errors: Record<string, string>;
};
export type Seen = { places: SeenPlace[]; home: SeenView | undefined; modals: SeenView[] };

/** What a person sees in Slack now: their channels and chats with threads and what only they see, Home, open modals (the topmost last). */
export function seenBy(state: State, who: string): Seen {
  const places = [...state.places.values()].filter((where) => where.members.has(who) && !where.deleted);
  return {
    places: places.map((where) => ({
      id: where.id,
      name: nameOf(state, where, who),
      kind: where.kind,
      archived: where.archived,
      messages: topLevel(state, where, who),
    })),
    home: seenView(state.views.get(state.homes.get(who) ?? '')),
    modals: (state.stacks.get(who) ?? []).flatMap((id) => seenView(state.views.get(id)) ?? []),
  };
}

function nameOf(state: State, where: Place, who: string): string {
  if (where.kind === 'channel' || where.kind === 'group') return where.name;
  return [...where.members]
    .filter((id) => id !== who)
    .map((id) => state.people.get(id)?.realName ?? id)
    .join(', ');
}

function topLevel(state: State, where: Place, who: string): SeenMessage[] {
  const all = messagesIn(state, where.id);
  const shown = all.map((one) => ({ threadTs: one.threadTs, broadcast: one.subtype === 'thread_broadcast', seen: seenMessage(state, where, one) }));
  const own = state.ephemerals
    .filter((one) => one.channel === where.id && one.user === who)
    .map((one) => ({
      threadTs: one.threadTs,
      broadcast: false,
      seen: {
        ...seenMessage(state, where, {
          ...one,
          user: one.botUserId,
          team: '',
          subtype: undefined,
          botId: 'app',
          metadata: undefined,
          edited: undefined,
          reactions: [],
          files: [],
        }),
        onlyYou: true,
      },
    }));
  const every = [...shown, ...own].toSorted((one, other) => (one.seen.ts < other.seen.ts ? -1 : 1));
  const roots = new Set(every.filter((one) => one.threadTs === undefined || one.threadTs === one.seen.ts).map((one) => one.seen.ts));
  const orphaned = new Map<string, SeenMessage>();
  for (const { threadTs, seen } of every) {
    if (threadTs === undefined || threadTs === seen.ts || roots.has(threadTs) || orphaned.has(threadTs)) continue;
    orphaned.set(threadTs, {
      ...seen,
      ts: threadTs,
      text: 'This message was deleted.',
      shown: 'This message was deleted.',
      blocks: [],
      replies: [],
      onlyYou: false,
    });
  }
  const top = [
    ...orphaned.values(),
    ...every.filter((one) => one.threadTs === undefined || one.threadTs === one.seen.ts || one.broadcast).map((one) => one.seen),
  ];
  for (const root of top) root.replies = every.filter((one) => one.threadTs === root.ts && one.seen.ts !== root.ts).map((one) => one.seen);
  return top.toSorted((one, other) => (one.ts < other.ts ? -1 : 1));
}

function seenMessage(state: State, where: Place, one: Message): SeenMessage {
  const author = state.people.get(one.user);
  return {
    channel: where.id,
    ts: one.ts,
    from: author?.realName ?? one.user,
    fromApp: one.botId !== undefined,
    text: one.text,
    shown: one.blocks === undefined || one.botId === undefined ? one.text : wordsOf(one.blocks),
    blocks: one.blocks ?? [],
    edited: one.edited !== undefined,
    onlyYou: false,
    reactions: one.reactions,
    files: one.files.map((file) => file.name),
    link: permalinkTo(state, where, one),
    replies: [],
  };
}

function seenView(view: View | undefined): SeenView | undefined {
  if (!view) return undefined;
  const label = (name: string) => {
    const given = view.given[name];
    return isObject(given) && typeof given['text'] === 'string' ? given['text'] : undefined;
  };
  return {
    id: view.id,
    title: label('title') ?? '',
    submit: label('submit'),
    close: label('close'),
    callbackId: String(view.given['callback_id'] ?? ''),
    blocks: view.blocks,
    shown: wordsOf(view.blocks),
    values: view.values,
    errors: view.errors,
  };
}

/** All words of blocks, one piece a line: for assertions. */
function wordsOf(blocks: readonly Block[]): string {
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (isObject(value)) collectObject(value, found, collect);
  };
  collect(blocks);
  return found.join('\n');
}

function collectObject(value: Json, found: string[], collect: (value: unknown) => void): void {
  if (typeof value['text'] === 'string') found.push(value['text']);
  if (typeof value['alt_text'] === 'string') found.push(value['alt_text']);
  if (value['type'] === 'user' && typeof value['user_id'] === 'string') found.push(`<@${value['user_id']}>`);
  for (const one of Object.values(value)) collect(one);
}
