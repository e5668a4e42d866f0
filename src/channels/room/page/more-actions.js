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
  const kept = h('div.ac-actionSet.further', { id, hidden: '' }, buttons);
  const more = h('button.more', { type: 'button', 'aria-expanded': 'false', 'aria-controls': id }, [words.more]);
  const show = (/** @type {boolean} */ shown) => {
    kept.hidden = !shown;
    more.setAttribute('aria-expanded', String(shown));
  };
  more.addEventListener('click', () => show(kept.hidden));
  kept.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    show(false);
    more.focus();
  });
  row.append(more);
  row.after(kept);
}
