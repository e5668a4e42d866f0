/**
 * An element with properties and children. Text is always set as text, never as markup.
 * @param {string} tag tag name with optional classes: "p.note.quiet"
 * @param {Record<string, unknown>} [props] `on…` are listeners, `data-…`/`aria-…` and other names are attributes; undefined and false are left out
 * @param {(Node | string | undefined | false)[]} [children]
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, children = []) {
  const [name = 'div', ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on') && typeof value === 'function') element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * The element with this id. Throws when the page lacks it.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element;
}

let polite = 0;
/**
 * Says something to screen readers. A no-break space in turn makes the same words be said again.
 * @param {string} text
 * @param {'announcer' | 'toast-announcer'} [where] of two at the same moment, neither may silence the other
 */
export function announce(text, where = 'announcer') {
  polite += 1;
  byId(where).textContent = text + '\u00a0'.repeat(polite % 2);
}
