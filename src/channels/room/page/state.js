/**
 * @typedef {{ id: string, place: string, thread: string, author: string, at: number, editedAt?: number, app: boolean, text?: string,
 *   mentions?: { start: number, end: number, personId: string }[], summary?: string, card?: object, gone?: 'deleted' | 'forgotten' }} Message
 * @typedef {{ id: string, name: string, title: string, timeZone: string, location: string }} RoomPerson
 * @typedef {{ status: 'idle' | 'running' | 'ended', thread?: string, typing?: string, how?: 'done' | 'stopped' | 'no-reply' }} ExampleStatus
 */

/** What the page knows. Filled by the first snapshot, changed by `apply` only. */
export const state = {
  ready: false,
  me: '',
  /** @type {RoomPerson[]} */
  people: [],
  /** @type {{ place: string, name: string, kind: 'channel' | 'direct' }[]} */
  places: [],
  /** @type {Map<string, Message>} */
  messages: new Map(),
  /** @type {ExampleStatus} */
  example: { status: 'idle' },
  /** Plumb's newest private post to each of the others. @type {Map<string, string>} */
  written: new Map(),
  /** The room's time minus this machine's, in milliseconds. */
  ahead: 0,
  /** When Plumb was last seen working, per place and thread. @type {Map<string, number>} */
  working: new Map(),
};

/** The room's time. */
export const roomNow = () => Date.now() + state.ahead;
const placeKey = (/** @type {string} */ place, /** @type {string} */ thread) => `${place}/${thread}`;

/**
 * Takes in one event of the stream.
 * @param {string} type
 * @param {any} data
 */
export function apply(type, data) {
  switch (type) {
    case 'snapshot':
      state.me = data.me;
      state.people = data.people;
      state.places = data.places;
      state.messages = new Map(data.messages.map((/** @type {Message} */ message) => [message.id, message]));
      state.example = data.example;
      state.written = new Map(Object.entries(data.written));
      state.ahead = data.now - Date.now();
      state.working.clear();
      state.ready = true;
      break;
    case 'message':
      state.messages.set(data.id, data);
      if (data.app) state.working.delete(placeKey(data.place, data.thread));
      break;
    case 'removed':
      state.messages.delete(data.id);
      break;
    case 'working':
      state.working.set(placeKey(data.place, data.thread), Date.now());
      break;
    case 'clock':
      state.ahead = data.now - Date.now();
      break;
    case 'example':
      state.example = data;
      break;
    case 'written':
      state.written.set(data.person, data.post);
      break;
    default:
      throw new Error(`The room sent an event that this page does not know: ${type}. Reload the page.`);
  }
}

/**
 * True while Plumb is at work in a conversation: until its next post there, at most 15 seconds.
 * @param {string} place
 * @param {string} thread
 */
export function isWorking(place, thread) {
  return Date.now() - (state.working.get(placeKey(place, thread)) ?? 0) < 15_000;
}

export const inOrder = (/** @type {Message} */ one, /** @type {Message} */ other) => one.at - other.at || (one.id < other.id ? -1 : 1);

/** Messages of the channel that start a thread, or all of a private chat. @param {string} place */
export function topLevel(place) {
  return [...state.messages.values()].filter((message) => message.place === place && (message.thread === '' || message.thread === message.id)).sort(inOrder);
}

/** A thread's first message and its replies. @param {string} root */
export function threadOf(root) {
  return [...state.messages.values()].filter((message) => message.thread === root).sort(inOrder);
}

/** @param {string} root */
export function repliesTo(root) {
  return threadOf(root).filter((message) => message.id !== root);
}

/** @param {string} id */
export function personById(id) {
  return state.people.find((person) => person.id === id);
}

export const channelPlace = () => state.places.find((place) => place.kind === 'channel') ?? { place: '', name: '', kind: 'channel' };
export const directPlace = () => state.places.find((place) => place.kind === 'direct') ?? { place: '', name: '', kind: 'direct' };
