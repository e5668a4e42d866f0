import { state } from './state.js';

const key = (/** @type {string} */ place, person = state.me) => `plumb-room-seen:${person}:${place}`;

/** Posts of Plumb after the last one that this person had in view. @param {string} place */
export function unreadIn(place) {
  if (!place.startsWith('dm:')) return 0;
  const posts = [...state.messages.values()].filter((message) => message.place === place && message.app).sort((one, other) => one.at - other.at);
  const seen = posts.findIndex((message) => message.id === localStorage.getItem(key(place)));
  return posts.length - seen - 1;
}

/** Whether Plumb wrote privately to somebody else, and nobody has read it as them in this browser. @param {string} person */
export function hasNews(person) {
  const written = state.written.get(person);
  return Boolean(written) && written !== localStorage.getItem(key(`dm:${person}`, person));
}

/** @param {string} place */
export function markRead(place) {
  const last = [...state.messages.values()]
    .filter((message) => message.place === place && message.app)
    .sort((one, other) => one.at - other.at)
    .at(-1);
  if (last) localStorage.setItem(key(place), last.id);
}
