import { personById, roomNow, state } from './state.js';
import { words } from './words.js';

/** @param {number} at @param {Intl.DateTimeFormatOptions} options @param {string} [zone] */
function format(at, options, zone = personById(state.me)?.timeZone) {
  return new Intl.DateTimeFormat('en-GB', { ...options, ...(zone && { timeZone: zone }) }).format(at);
}

/** The time of day where the viewer is. @param {number} at */
export const clockTime = (at) => format(at, { hour: '2-digit', minute: '2-digit' });
/** The time of day in another zone. @param {number} at @param {string} zone */
export const clockTimeIn = (at, zone) => format(at, { hour: '2-digit', minute: '2-digit' }, zone);
/** @param {number} at */
export const dayKey = (at) => format(at, { year: 'numeric', month: '2-digit', day: '2-digit' });
/** @param {number} at */
export const fullTime = (at) => format(at, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
/** @param {number} at */
export const shortMoment = (at) => format(at, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** Today, yesterday, or the date; as the viewer counts days. @param {number} at */
export function dayName(at) {
  const now = roomNow();
  if (dayKey(at) === dayKey(now)) return words.today;
  if (dayKey(at) === dayKey(now - 86_400_000)) return words.yesterday;
  return format(at, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** The time today, otherwise the day as well. @param {number} at */
export function whenShort(at) {
  return dayKey(at) === dayKey(roomNow()) ? clockTime(at) : shortMoment(at);
}
