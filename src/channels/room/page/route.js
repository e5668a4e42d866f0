import { channelPlace, directPlace, state } from './state.js';

/**
 * Where one is, as the address says: '' (the channel), 'direct', 'thread-<id>', or 'message-<id>', which leads to the message's conversation.
 * @returns {{ place: string, thread: string, message: string }}
 */
export function currentRoute() {
  const hash = decodeURIComponent(location.hash.slice(1));
  const [kind, id = ''] = hash.split(/-(.*)/s);
  if (kind === 'direct') return { place: directPlace().place, thread: '', message: '' };
  if (kind === 'thread' && state.messages.get(id)?.place === channelPlace().place) return { place: channelPlace().place, thread: id, message: '' };
  const message = kind === 'message' ? state.messages.get(id) : undefined;
  if (message) {
    const inThread = message.place === channelPlace().place && message.thread !== message.id;
    return { place: message.place, thread: inThread ? message.thread : '', message: id };
  }
  return { place: channelPlace().place, thread: '', message: '' };
}

/** @param {string} hash without the sign */
export function goTo(hash) {
  if (location.hash.slice(1) === hash) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = hash;
}

/**
 * Follows a link of a card: places of the room in this page, everything else in a new tab.
 * @param {string} url
 */
export function openLink(url) {
  const target = new URL(url, location.href);
  if (target.origin === location.origin && target.pathname === '/' && target.hash) goTo(target.hash.slice(1));
  else if (/^https?:$/.test(target.protocol)) open(target, '_blank', 'noopener,noreferrer');
}
