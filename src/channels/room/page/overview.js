import { post, viewerId } from './api.js';
import { renderCard } from './cards.js';
import { announce, byId, h } from './dom.js';
import { download, take, takeLater } from './forms.js';
import { openLink } from './route.js';
import { toast } from './toast.js';
import { words } from './words.js';

/** Presses on Home name this instead of a post. */
const homePost = 'home';

/** @typedef {{ kind: string, summary?: string, card?: object, text?: string }} Answer */

/** The button in the header of the private chat. */
export function wireOverview() {
  const button = byId('overview');
  button.textContent = words.overview;
  button.addEventListener('click', () => openOverview());
}

/**
 * What a command got back: a card in a dialog, or a line.
 * @param {Answer} answer
 */
export function showAnswer(answer) {
  if (answer.kind === 'card') openDialog(answer, words.onlyForYou);
  else take(homePost, answer);
}

async function openOverview() {
  try {
    const answer = await post('home', { as: viewerId });
    if (answer.kind === 'card') openDialog(answer, words.overview);
    else toast(words.tookLong);
  } catch (cause) {
    toast(messageOf(cause));
  }
}

/**
 * A card that only this person sees. It is drawn anew after each press, since what it lists may have changed.
 * @param {Answer} answer
 * @param {string} title
 */
function openDialog(answer, title) {
  const fields = h('div.fields', { tabindex: '-1' });
  const line = h('p.quiet', { role: 'status' });
  const close = h('button', { type: 'button', onclick: () => dialog.close() }, [words.close]);
  const dialog = /** @type {HTMLDialogElement} */ (
    h('dialog.form', { 'aria-labelledby': 'answer-title' }, [
      h('form', { onsubmit: (/** @type {Event} */ event) => event.preventDefault() }, [
        h('header', {}, [h('h2', { id: 'answer-title' }, [title])]),
        fields,
        h('footer', {}, [line, h('div.row.end', {}, [close])]),
      ]),
    ])
  );
  const show = (/** @type {Answer} */ { card = {}, summary = title }) => {
    const { element } = renderCard(card, { label: summary, openLink: follow, press: pressed });
    fields.replaceChildren(element);
  };
  const follow = (/** @type {string} */ url) => {
    dialog.close();
    openLink(url);
  };
  const pressed = async (/** @type {Record<string, any>} */ data) => {
    if (dialog.getAttribute('aria-busy') === 'true') return;
    dialog.setAttribute('aria-busy', 'true');
    try {
      const taken = await send(data);
      if (taken.kind === 'form') {
        dialog.close();
        take(homePost, taken);
        return;
      }
      if (taken.kind === 'file') {
        // Nothing of what stands here changes by it.
        download(taken);
        line.textContent = words.downloaded(taken.name);
        return;
      }
      line.textContent = taken.text ?? '';
      if (taken.later) return void takeLater(homePost, taken.later);
      const fresh = await post('home', { as: viewerId });
      if (fresh.kind === 'card') show(fresh);
      close.focus();
    } catch (cause) {
      line.textContent = messageOf(cause);
    } finally {
      dialog.removeAttribute('aria-busy');
    }
  };
  show(answer);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  announce(answer.summary ?? title);
}

/** @param {Record<string, any>} data */
function send({ action, value, form, ...inputs }) {
  const press = { as: viewerId, postId: homePost, action, value };
  return form ? post('forms', press) : post('actions', { ...press, inputs });
}

/** @param {unknown} cause */
function messageOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
