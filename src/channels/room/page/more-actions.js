import { h } from './dom.js';
import { words } from './words.js';

let made = 0;

/**
 * Puts buttons of a card behind "More", which stands in the row of the others. What it shows comes next in the order of the keyboard; Escape shuts it.
 * @param {HTMLElement} element the card
 * @param {Set<HTMLElement | undefined>} further its buttons of the second rank
 */
export function foldMore(element, further) {
  const buttons = [...element.querySelectorAll('.ac-pushButton')].filter((button) => further.has(/** @type {HTMLElement} */ (button)));
  const row = [...element.querySelectorAll('.ac-actionSet')].at(-1);
  if (!row || buttons.length === 0) return;
  made += 1;
  const id = `more-${made}`;
  for (const button of buttons) /** @type {HTMLElement} */ (button).dataset['further'] = '';
  const kept = h('div.ac-actionSet.further', { id, hidden: '' }, buttons);
  const more = h('button.more', { type: 'button', 'aria-expanded': 'false', 'aria-controls': id }, [words.more]);
  const show = (/** @type {boolean} */ shown) => {
    kept.hidden = !shown;
    more.setAttribute('aria-expanded', String(shown));
    // At the end of a pane it would open below what can be seen.
    if (shown) kept.scrollIntoView({ block: 'nearest' });
  };
  const shut = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || kept.hidden) return;
    event.stopPropagation();
    show(false);
    more.focus();
  };
  more.addEventListener('click', () => show(kept.hidden));
  more.addEventListener('keydown', shut);
  kept.addEventListener('keydown', shut);
  row.append(more);
  row.after(kept);
}

/**
 * Puts buttons of a card where they belong: into its last row, or behind "More" there.
 * @param {Element} row
 * @param {HTMLElement[]} buttons in their order
 */
export function putBack(row, buttons) {
  const { more, kept } = moreOf(row);
  row.append(...buttons.filter((button) => button.dataset['further'] === undefined), ...(more ? [more] : []));
  kept?.append(...buttons.filter((button) => button.dataset['further'] !== undefined));
  hideEmptyMore(row);
}

/**
 * "More" is there only while there is something behind it.
 * @param {Element} row
 */
export function hideEmptyMore(row) {
  const { more, kept } = moreOf(row);
  if (more && kept) more.hidden = kept.childElementCount === 0;
}

/** @param {Element} row @returns {{ more?: HTMLElement, kept?: HTMLElement }} */
function moreOf(row) {
  const more = row.querySelector('.more');
  const kept = row.nextElementSibling;
  return more instanceof HTMLElement && kept instanceof HTMLElement ? { more, kept } : {};
}
