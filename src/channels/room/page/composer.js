import { post, viewerId } from './api.js';
import { h } from './dom.js';
import { offerMentions } from './mention-list.js';
import { showAnswer } from './overview.js';
import { toast } from './toast.js';
import { words } from './words.js';

/** Drafts by conversation, so that looking elsewhere loses nothing. @type {Map<string, string>} */
const drafts = new Map();

/**
 * The field at the foot of a conversation. Returns how to point it at another conversation, focus and fill it.
 * @param {HTMLElement} slot
 * @param {(sent: { id: string, thread: string, place: string }) => void} sent
 */
export function createComposer(slot, sent) {
  const id = `${slot.id}-text`;
  let where = { place: '', thread: '' };
  const label = h('label.sr-only', { for: id });
  const field = /** @type {HTMLTextAreaElement} */ (h('textarea', { id, rows: '1', 'aria-describedby': `${id}-hint`, autocomplete: 'off' }));
  const button = /** @type {HTMLButtonElement} */ (
    h('button.send', { type: 'submit', 'aria-label': words.send, title: words.send, disabled: true }, [h('span.glyph.glyph-send', { 'aria-hidden': 'true' })])
  );
  const form = h('form.composer', {}, [label, field, button]);
  slot.append(form, h('p.hint', { id: `${id}-hint` }, [words.composerHint]));
  const mentions = offerMentions(field, form);

  const refresh = () => {
    button.disabled = field.value.trim() === '';
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 220)}px`;
  };
  const send = async () => {
    const text = field.value;
    if (text.trim() === '' || button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    const to = where;
    try {
      const answer = await post('messages', { as: viewerId, ...to, text });
      if (field.value === text) field.value = '';
      drafts.delete(`${to.place}/${to.thread}`);
      if (answer.answer) showAnswer(answer.answer);
      else sent({ ...answer, place: to.place });
    } catch (cause) {
      toast(cause instanceof Error ? cause.message : String(cause));
    } finally {
      button.removeAttribute('aria-busy');
      refresh();
    }
  };

  field.addEventListener('input', refresh);
  field.addEventListener('keydown', (event) => {
    if (mentions.handleKey(event) || event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
    field.focus();
  });

  return {
    /** @param {{ place: string, thread: string }} next @param {string} placeholder */
    pointAt(next, placeholder) {
      label.textContent = placeholder;
      field.placeholder = placeholder;
      if (next.place === where.place && next.thread === where.thread) return;
      if (field.value) drafts.set(`${where.place}/${where.thread}`, field.value);
      where = next;
      field.value = drafts.get(`${next.place}/${next.thread}`) ?? '';
      refresh();
    },
    focus: () => field.focus(),
    /** @param {string} text */
    fill(text) {
      field.value = text;
      refresh();
      field.focus();
    },
  };
}
