import { post, viewerId } from './api.js';
import { renderCard } from './cards.js';
import { h } from './dom.js';
import { rememberFocus } from './focus.js';
import { pressed } from './forms.js';
import { calm } from './older-cards.js';
import { confirmRemoval, editInPlace } from './own-message.js';
import { goTo, openLink } from './route.js';
import { personById, repliesTo, state } from './state.js';
import { clockTime, clockTimeIn, dayName, fullTime, whenShort } from './times.js';
import { toast } from './toast.js';
import { words } from './words.js';

/** @typedef {import('./state.js').Message} Message */

/** @param {string} id */
export function authorName(id) {
  if (id === state.me) return words.you;
  return personById(id)?.name ?? 'Plumb';
}

/** @param {string} id @param {string} [size] */
export function avatar(id, size = '') {
  const person = personById(id);
  if (!person) return h(`span.avatar.avatar-plumb${size && `.${size}`}`, { 'aria-hidden': 'true' });
  const initials = person.name
    .split(' ')
    .map((part) => part[0])
    .join('');
  return h(`span.avatar.avatar-${person.id}${size && `.${size}`}`, { 'aria-hidden': 'true' }, [initials]);
}

/**
 * Brings a list up to date without touching messages that did not change, so that half-filled fields and the focus stay.
 * @param {HTMLElement} list
 * @param {Message[]} messages
 * @param {{ inThread: boolean, older: Map<string, Set<string>> }} where
 */
export function showMessages(list, messages, where) {
  const restoreFocus = rememberFocus(list);
  const present = new Map([...list.children].map((child) => [/** @type {HTMLElement} */ (child).dataset['key'] ?? '', /** @type {HTMLElement} */ (child)]));
  let day = '';
  let before = /** @type {Message | undefined} */ (undefined);
  /** @type {HTMLElement[]} */
  const wanted = [];
  for (const message of messages) {
    const today = dayName(message.at);
    if (today !== day) {
      day = today;
      const key = `day:${day}`;
      wanted.push(present.get(key) ?? h('li.day', { 'data-key': key }, [h('span', {}, [day])]));
      before = undefined;
    }
    const joined = where.inThread && before?.author === message.author && !before.gone && message.at - before.at < 300_000 && before.id !== message.thread;
    const element = kept(present.get(message.id), message, where, joined);
    calm(element, where.older.get(message.id));
    wanted.push(element);
    before = message;
  }
  // Removed first: moving what stays would take the focus from it.
  const staying = new Set(wanted);
  for (const child of [...list.children]) if (!staying.has(/** @type {HTMLElement} */ (child))) child.remove();
  for (const [index, element] of wanted.entries()) if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  restoreFocus();
}

/**
 * @param {HTMLElement | undefined} element
 * @param {Message} message
 * @param {{ inThread: boolean }} where
 * @param {boolean} joined
 */
function kept(element, message, where, joined) {
  const replies = where.inThread ? [] : repliesTo(message.id);
  const version = JSON.stringify([message, joined, replies.map((reply) => [reply.id, reply.author]), replies.length > 0 && whenShort(replies.at(-1)?.at ?? 0)]);
  if (element?.dataset['version'] === version || element?.dataset['editing']) return element;
  const fresh = messageElement(message, where, joined, replies);
  fresh.dataset['version'] = version;
  if (element) {
    element.replaceWith(fresh);
    if (message.editedAt !== undefined && message.app) fresh.classList.add('changed');
  }
  return fresh;
}

/**
 * @param {Message} message
 * @param {{ inThread: boolean }} where
 * @param {boolean} joined
 * @param {Message[]} replies
 */
function messageElement(message, where, joined, replies) {
  const name = authorName(message.author);
  const person = personById(message.author);
  const there =
    person && person.id !== state.me ? `${fullTime(message.at)} · ${clockTimeIn(message.at, person.timeZone)} in ${person.location}` : fullTime(message.at);
  const head = h('p.head', {}, [
    h('span.author', {}, [name]),
    message.app && h('span.tag', {}, [words.app]),
    h('time', { datetime: new Date(message.at).toISOString(), title: there }, [clockTime(message.at)]),
    message.editedAt !== undefined && !message.app && h('span.quiet', {}, [words.edited]),
  ]);
  const body = h('div.body', {}, [!message.gone && head, content(message)]);
  if (replies.length > 0) body.append(replyLine(message, replies));
  const element = h(`li.message${joined ? '.joined' : ''}${message.app ? '.from-app' : ''}`, { 'data-key': message.id, tabindex: '-1' }, [
    message.gone ? h('span.avatar.avatar-none', { 'aria-hidden': 'true' }) : avatar(message.author),
    body,
  ]);
  if (!message.gone) element.append(tools(message, element, where));
  return element;
}

/** @param {Message} message */
function content(message) {
  if (message.gone) return h('p.gone', {}, [message.gone === 'deleted' ? words.deleted : words.forgotten]);
  if (!message.card) return h('p.text', { dir: 'auto' }, textWithMentions(message));
  const box = h('div.card');
  const { element, inputs } = renderCard(message.card, { label: message.summary ?? 'Plumb', openLink, press: (data) => pressed(message, data, box, inputs) });
  box.append(element);
  return box;
}

/** @param {Message} message */
function textWithMentions({ text = '', mentions = [] }) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let from = 0;
  for (const mention of mentions) {
    parts.push(text.slice(from, mention.start), h(`span.mention${mention.personId === state.me ? '.me' : ''}`, {}, [text.slice(mention.start, mention.end)]));
    from = mention.end;
  }
  return [...parts, text.slice(from)];
}

/** @param {Message} message @param {Message[]} replies */
function replyLine(message, replies) {
  const authors = [...new Set(replies.map((reply) => reply.author))];
  const last = replies.at(-1);
  return h('button.replies', { type: 'button', onclick: () => goTo(`thread-${message.id}`) }, [
    h(
      'span.faces',
      { 'aria-hidden': 'true' },
      authors.slice(0, 4).map((author) => avatar(author, 'tiny')),
    ),
    h('span.count', {}, [words.replies(replies.length)]),
    h('span.quiet', {}, [words.lastReply(whenShort(last?.at ?? message.at))]),
  ]);
}

/** @param {Message} message @param {HTMLElement} element @param {{ inThread: boolean }} where */
function tools(message, element, where) {
  const own = message.author === viewerId && message.text !== undefined;
  const inChannel = !where.inThread && message.thread === message.id;
  const button = (/** @type {string} */ icon, /** @type {string} */ label, /** @type {() => void} */ act) =>
    h('button.icon', { type: 'button', 'aria-label': label, title: label, onclick: act }, [h(`span.glyph.glyph-${icon}`, { 'aria-hidden': 'true' })]);
  const fail = (/** @type {unknown} */ cause) => toast(cause instanceof Error ? cause.message : String(cause));
  return h('div.tools', {}, [
    inChannel && button('reply', words.replyTo(authorName(message.author)), () => goTo(`thread-${message.id}`)),
    own && button('edit', words.editOwn, () => editInPlace(element, message)),
    own && button('delete', words.removeOwn, () => confirmRemoval(() => post(`messages/${message.id}/delete`, { as: viewerId }).catch(fail))),
  ]);
}
