import { post, viewerId } from './api.js';
import { h } from './dom.js';
import { toast } from './toast.js';
import { words } from './words.js';

/**
 * Turns one's own message into a field until it is saved or left with Escape.
 * @param {HTMLElement} element
 * @param {import('./state.js').Message} message
 */
export function editInPlace(element, message) {
  const text = element.querySelector('.text');
  if (!text || element.dataset['editing']) return;
  element.dataset['editing'] = 'yes';
  const field = /** @type {HTMLTextAreaElement} */ (h('textarea', { 'aria-label': words.editOwn, rows: '3', maxlength: '40000' }));
  field.value = message.text ?? '';
  const done = () => {
    delete element.dataset['editing'];
    form.replaceWith(text);
    element.focus();
  };
  const save = async () => {
    try {
      if (field.value.trim() !== message.text) await post(`messages/${message.id}/edit`, { as: viewerId, text: field.value });
      done();
    } catch (cause) {
      toast(cause instanceof Error ? cause.message : String(cause));
      field.focus();
    }
  };
  const form = h('div.editing', {}, [
    field,
    h('div.row', {}, [
      h('button.primary.small', { type: 'button', onclick: save }, [words.save]),
      h('button.small', { type: 'button', onclick: done }, [words.cancel]),
    ]),
  ]);
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      done();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  });
  text.replaceWith(form);
  field.focus();
}

/**
 * Asks before a message goes for good.
 * @param {() => void} remove
 */
export function confirmRemoval(remove) {
  const dialog = /** @type {HTMLDialogElement} */ (
    h('dialog.ask', { 'aria-labelledby': 'ask-title' }, [h('h2', { id: 'ask-title' }, [words.removeTitle]), h('p', {}, [words.removeLine])])
  );
  const yes = h(
    'button.danger',
    {
      type: 'button',
      onclick: () => {
        dialog.close();
        remove();
      },
    },
    [words.remove],
  );
  dialog.append(h('div.row.end', {}, [h('button', { type: 'button', onclick: () => dialog.close() }, [words.cancel]), yes]));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
