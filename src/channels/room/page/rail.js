import { post } from './api.js';
import { announce, byId, h } from './dom.js';
import { avatar } from './messages.js';
import { channelPlace, directPlace, personById, roomNow, state } from './state.js';
import { clockTimeIn, fullTime, shortMoment } from './times.js';
import { toast } from './toast.js';
import { hasNews, unreadIn } from './unread.js';
import { words } from './words.js';

/**
 * Channel, private chat, people to act as.
 * @param {string} place the place that is open
 */
export function showRail(place) {
  const channel = channelPlace();
  const direct = directPlace();
  byId('channels').replaceChildren(placeLink('#', '#', channel.name.replace(/^#/, ''), channel.place, place));
  byId('direct').replaceChildren(placeLink('#direct', '', words.directName, direct.place, place));
  byId('rail-dot').hidden = unreadIn(direct.place) === 0;
  const list = byId('people');
  // Links that have the focus must not be replaced each minute for a new time of day.
  if (list.childElementCount === 0) list.append(...state.people.map(personLink));
  for (const person of state.people) {
    const time = list.querySelector(`[data-person="${person.id}"] .where`);
    if (time) time.textContent = clockTimeIn(roomNow(), person.timeZone);
    const news = /** @type {HTMLElement | null} */ (list.querySelector(`[data-person="${person.id}"] .news`));
    if (news) news.hidden = !hasNews(person.id);
  }
}

/** @param {string} href @param {string} sign @param {string} name @param {string} place @param {string} current */
function placeLink(href, sign, name, place, current) {
  const unread = unreadIn(place);
  return h('li', {}, [
    h('a', { href, 'aria-current': place === current ? 'page' : undefined }, [
      sign ? h('span.sign', { 'aria-hidden': 'true' }, [sign]) : avatar('plumb', 'tiny'),
      h('span.name', {}, [name]),
      !sign && h('span.tag', {}, [words.app]),
      unread > 0 && h('span.badge', {}, [String(unread), h('span.sr-only', {}, [` ${words.unread(unread)}`])]),
    ]),
  ]);
}

/** @param {import('./state.js').RoomPerson} person */
function personLink(person) {
  const mine = person.id === state.me;
  return h('li', {}, [
    h('a', { href: `/?as=${person.id}`, 'data-person': person.id, 'aria-current': mine ? 'true' : undefined }, [
      avatar(person.id),
      h('span.who', {}, [
        h('span.name', {}, [person.name, h('span.news', { hidden: '', role: 'img', 'aria-label': words.news, title: words.news })]),
        h('span.title', {}, [person.title, mine && h('span.tag', {}, [words.you.toLowerCase()])]),
      ]),
      h('span.where', { title: person.location }),
    ]),
  ]);
}

/** The room's time, the people's times, and the switch of the example. */
export function showClock() {
  const now = roomNow();
  const person = personById(state.me);
  const clock = byId('clock-now');
  clock.textContent = shortMoment(now);
  clock.setAttribute('datetime', new Date(now).toISOString());
  byId('clock-zone').textContent = person ? `in ${person.location}` : '';
}

/** Wires the buttons of the clock and of the example. */
export function wireRail() {
  const fail = (/** @type {unknown} */ cause) => toast(cause instanceof Error ? cause.message : String(cause));
  byId('clock-buttons').addEventListener('click', async (event) => {
    const to = /** @type {HTMLElement} */ (event.target).closest('button')?.dataset['to'];
    if (!to) return;
    try {
      const { now } = await post('clock', { to });
      announce(words.clockMoved(fullTime(now)));
    } catch (cause) {
      fail(cause);
    }
  });
  document.body.addEventListener('click', (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest('[data-example]'))
      post('example', { do: state.example.status === 'running' ? 'stop' : 'start' }).catch(fail);
  });
}
