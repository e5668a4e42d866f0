import { adaptiveCard, fileConsent } from './activity-check.ts';
import { wordsOf } from './marks.ts';
import { isObject, type Json, type Message, type Place } from './model.ts';
import { type Dialog, membersOf, person, type State, teamOf } from './state.ts';

export type SeenAction = { type: string; title: string; action: Json; card: unknown };
export type SeenMessage = {
  place: string;
  id: string;
  root: string;
  /** The Entra object id, or undefined for the bot. */
  by: string | undefined;
  from: string;
  fromApp: boolean;
  /** The text of the message; `shown` is that and all words of its cards, one piece a line. */
  text: string;
  /** What a notification says. */
  summary: string;
  shown: string;
  /** The card as this person sees it; undefined without one. */
  card: unknown;
  buttons: SeenAction[];
  /** The name of a file that is offered. */
  fileOffered: string | undefined;
  generated: boolean;
  feedback: boolean;
  edited: boolean;
  replies: SeenMessage[];
};
export type SeenPlace = { id: string; name: string; kind: Place['kind']; messages: SeenMessage[] };
export type Seen = { places: SeenPlace[]; dialog: SeenDialog | undefined; flashes: { text: string; error: boolean }[] };
export type SeenDialog = { title: string; shown: string; card: unknown; buttons: SeenAction[] };

/** What a person sees in Teams now: their channels and chats with threads, an open dialog, and short answers to their presses. */
export function seenBy(state: State, who: string): Seen {
  const places = [...state.places.values()].filter((where) => !where.deleted && membersOf(state, where).some(({ id }) => id === who));
  const alive = places.filter((where) => where.kind !== 'channel' || teamOf(state, where).state !== 'deleted');
  return {
    places: alive.map((where) => ({ id: where.id, name: nameOf(state, where), kind: where.kind, messages: topLevel(state, where, who) })),
    dialog: seenDialog(state.dialogs.get(who)),
    flashes: state.flashes.filter((one) => one.person === who).map(({ text, error }) => ({ text, error })),
  };
}

function nameOf(state: State, where: Place): string {
  if (where.kind === 'channel') return `${teamOf(state, where).name} / ${where.name || 'General'}`;
  return where.kind === 'personal' ? state.app.name : where.name;
}

function topLevel(state: State, where: Place, who: string): SeenMessage[] {
  const all = state.messages.filter((one) => one.place === where.id);
  const replies = (root: string) => all.filter((one) => one.root === root && !one.deleted).map((one) => seenMessage(state, one, who));
  return all
    .filter((one) => one.root === undefined)
    .map((one) => ({ ...seenMessage(state, one, who), replies: replies(one.id) }))
    .filter((one) => one.replies.length > 0 || !state.messages.some((each) => each.place === where.id && each.id === one.id && each.deleted));
}

function seenMessage(state: State, one: Message, who: string): SeenMessage {
  const cards = attachments(one.activity, adaptiveCard).map((each) => each['content']);
  const card = one.views.get(who) ?? cards[0];
  const { summary, entities, channelData } = one.activity;
  const consent = attachments(one.activity, fileConsent)[0];
  const gone = one.deleted;
  return {
    place: one.place,
    id: one.id,
    root: one.root ?? one.id,
    by: one.by,
    from: one.by === undefined ? state.app.name : person(state, one.by).name,
    fromApp: one.by === undefined,
    text: gone ? 'This message has been deleted.' : one.text,
    summary: typeof summary === 'string' ? summary : '',
    shown: gone ? '' : [one.text, ...(card === undefined ? [] : [wordsOf(card)])].filter((text) => text !== '').join('\n'),
    card: gone ? undefined : card,
    buttons: gone ? [] : buttonsOf(card),
    fileOffered: typeof consent?.['name'] === 'string' ? consent['name'] : undefined,
    generated: Array.isArray(entities) && entities.some((each) => isObject(each) && Array.isArray(each['additionalType'])),
    feedback: isObject(channelData) && (channelData['feedbackLoop'] !== undefined || channelData['feedbackLoopEnabled'] === true),
    edited: one.edited,
    replies: [],
  };
}

export function attachments(activity: Json, contentType: string): Json[] {
  const list = activity['attachments'];
  return Array.isArray(list) ? list.filter((one): one is Json => isObject(one) && one['contentType'] === contentType) : [];
}

function seenDialog(dialog: Dialog | undefined): SeenDialog | undefined {
  return dialog && { title: dialog.title, shown: wordsOf(dialog.card), card: dialog.card, buttons: buttonsOf(dialog.card) };
}

/** All actions of a card, wherever they stand. */
export function buttonsOf(card: unknown): SeenAction[] {
  const found: SeenAction[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (isObject(value)) {
      if (typeof value['type'] === 'string' && value['type'].startsWith('Action.'))
        found.push({ type: value['type'], title: String(value['title'] ?? ''), action: value, card });
      for (const key of ['body', 'items', 'columns', 'rows', 'cells', 'actions', 'inlines', 'selectAction']) collect(value[key]);
    }
  };
  collect(card);
  return found;
}
