import { h } from './dom.js';
import { state } from './state.js';
import { words } from './words.js';

/**
 * Offers names while somebody types @…: arrows choose, Enter or Tab takes, Escape closes.
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} holder
 */
export function offerMentions(field, holder) {
  const listId = `${field.id}-mentions`;
  const list = h('ul.mention-list', { id: listId, role: 'listbox', 'aria-label': words.mentionList, hidden: true });
  holder.append(list);
  field.setAttribute('aria-controls', listId);
  field.setAttribute('aria-autocomplete', 'list');
  /** @type {{ name: string, note: string }[]} */
  let offered = [];
  let chosen = 0;

  const close = () => {
    offered = [];
    list.hidden = true;
    field.removeAttribute('aria-activedescendant');
  };
  const typed = () => /(?:^|\s)@([\p{L}]*(?: [\p{L}]*)?)$/u.exec(field.value.slice(0, field.selectionStart))?.[1];
  const take = (/** @type {number} */ index) => {
    const wanted = offered[index];
    const part = typed();
    if (!wanted || part === undefined) return;
    const start = field.selectionStart - part.length;
    field.setRangeText(`${wanted.name} `, start, field.selectionStart, 'end');
    close();
    field.dispatchEvent(new Event('input'));
    field.focus();
  };
  const show = () => {
    list.replaceChildren(
      ...offered.map((person, index) =>
        h(
          'li',
          {
            role: 'option',
            id: `${listId}-${index}`,
            'aria-selected': String(index === chosen),
            onmousedown: (/** @type {Event} */ event) => {
              event.preventDefault();
              take(index);
            },
          },
          [h('span.author', {}, [person.name]), h('span.quiet', {}, [person.note])],
        ),
      ),
    );
    list.hidden = false;
    field.setAttribute('aria-activedescendant', `${listId}-${chosen}`);
  };

  field.addEventListener('input', () => {
    const part = typed()?.toLowerCase();
    const all = [{ name: 'Plumb', note: words.app }, ...state.people.filter(({ id }) => id !== state.me).map(({ name, title }) => ({ name, note: title }))];
    offered = part === undefined ? [] : all.filter(({ name }) => name.toLowerCase().startsWith(part) && name.toLowerCase() !== part);
    chosen = 0;
    if (offered.length > 0) show();
    else close();
  });
  field.addEventListener('blur', close);

  return {
    /** True when the list took the key. @param {KeyboardEvent} event */
    handleKey(event) {
      if (offered.length === 0) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + offered.length) % offered.length;
        show();
      } else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
