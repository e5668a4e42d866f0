/**
 * Remembers where the focus is in a list of messages. The returned function, called when the list was brought up to date, gives it back if it was lost:
 * to the same button, else to the same message, else to the nearest one that is left.
 * @param {HTMLElement} list
 * @returns {() => void}
 */
export function rememberFocus(list) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const item = active && list.contains(active) ? active.closest('li.message') : null;
  if (!item) return () => undefined;
  const { action } = active?.dataset ?? {};
  const keys = [...list.children].map((child) => child.getAttribute('data-key') ?? '');
  const from = keys.indexOf(item.getAttribute('data-key') ?? '');
  const nearest = [...keys.slice(from), ...keys.slice(0, from).reverse()];
  return () => {
    if (!isLost()) return;
    const left = nearest.map((key) => messageIn(list, key)).find((element) => element !== null);
    if (left && action && left.getAttribute('data-key') === keys[from])
      /** @type {HTMLElement | null} */ (left.querySelector(`[data-action="${CSS.escape(action)}"]`))?.focus();
    if (isLost()) left?.focus();
  };
}

/**
 * Gives a lost focus to a message, where it is in view: what was focused before a dialog may have been replaced meanwhile.
 * @param {string} id
 */
export function focusMessage(id) {
  if (!isLost()) return;
  for (const list of document.querySelectorAll('#thread-messages, #main-messages')) {
    messageIn(list, id)?.focus();
    if (!isLost()) return;
  }
}

/** True when nothing that can be seen has the focus. */
function isLost() {
  return document.activeElement === null || document.activeElement === document.body;
}

/** @param {Element} list @param {string} key @returns {HTMLElement | null} */
function messageIn(list, key) {
  return list.querySelector(`:scope > li.message[data-key="${CSS.escape(key)}"]`);
}
