import { post, viewerId } from './api.js';
import { checkInputs, renderCard, showErrors, valuesOf } from './cards.js';
import { h } from './dom.js';
import { focusMessage } from './focus.js';
import { openLink } from './route.js';
import { toast } from './toast.js';
import { words } from './words.js';

/** @typedef {{ kind: 'form', title: string, submitLabel: string, submit: string, value: Record<string, string>, card: object }} FormAnswer */

/**
 * A button of a card. Fields of the card come along; one press at a time.
 * @param {import('./state.js').Message} message
 * @param {Record<string, any>} data
 * @param {HTMLElement} box
 * @param {any[]} inputs
 */
export async function pressed(message, data, box, inputs) {
  if (box.getAttribute('aria-busy') === 'true') return;
  box.setAttribute('aria-busy', 'true');
  const { action, value, form, ...fields } = data;
  const press = { as: viewerId, postId: message.id, action, value };
  try {
    const answer = form ? await post('forms', press) : await post('actions', { ...press, inputs: strings(fields) });
    if (answer.kind === 'errors') for (const line of showErrors(inputs, answer.errors)) toast(line);
    else take(message.id, answer);
  } catch (cause) {
    toast(cause instanceof Error ? cause.message : String(cause));
  } finally {
    box.removeAttribute('aria-busy');
  }
}

/**
 * What a press or a form got back. A new card comes by the stream, to everybody.
 * @param {string} postId
 * @param {any} answer
 */
export function take(postId, answer) {
  if (answer.kind === 'form') openForm(postId, answer);
  else if (answer.kind === 'notice') {
    toast(answer.text);
    if (answer.later) void takeLater(postId, answer.later);
  } else if (answer.kind === 'file') {
    download(answer);
    toast(words.downloaded(answer.name));
  } else if (answer.kind === 'errors') for (const line of Object.values(answer.errors)) toast(String(line));
}

/**
 * What takes longer comes once it is there.
 * @param {string} postId
 * @param {string} id
 */
export async function takeLater(postId, id) {
  try {
    take(postId, await post('late', { as: viewerId, id }));
  } catch (cause) {
    toast(cause instanceof Error ? cause.message : String(cause));
  }
}

/** @param {{ name: string, mediaType: string, content: string, encoding?: 'base64' }} file */
export function download(file) {
  const url = URL.createObjectURL(
    new Blob([file.encoding === 'base64' ? Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0)) : file.content], { type: file.mediaType }),
  );
  h('a', { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {Record<string, unknown>} fields */
function strings(fields) {
  return Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, String(value ?? '')]));
}

/**
 * A form as a dialog. Mistakes stand beside their fields and nothing typed is lost.
 * @param {string} postId
 * @param {FormAnswer} form
 */
function openForm(postId, form) {
  const { element, inputs } = renderCard(form.card, { label: form.title, openLink });
  const problem = h('p.problem', { role: 'alert' });
  const submit = h('button.primary', { type: 'submit' }, [form.submitLabel]);
  const content = h('form', { novalidate: true }, [
    h('header', {}, [
      h('h2', { id: 'form-title' }, [form.title]),
      h('button.icon', { type: 'button', 'aria-label': words.close, onclick: () => dialog.close() }, [h('span.glyph.glyph-close', { 'aria-hidden': 'true' })]),
    ]),
    h('div.fields', { tabindex: '-1' }, [element]),
    h('footer', {}, [problem, h('div.row.end', {}, [h('button', { type: 'button', onclick: () => dialog.close() }, [words.cancel]), submit])]),
  ]);
  const dialog = /** @type {HTMLDialogElement} */ (h('dialog.form', { 'aria-labelledby': 'form-title' }, [content]));
  content.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    if (!checkInputs(inputs)) {
      problem.textContent = words.formMistakes;
      return;
    }
    submit.setAttribute('disabled', '');
    try {
      const answer = await post('forms/submit', { as: viewerId, postId, submit: form.submit, value: form.value, inputs: valuesOf(inputs) });
      if (answer.kind === 'errors') {
        const others = showErrors(inputs, answer.errors);
        problem.textContent = others.join(' ') || words.formMistakes;
        return;
      }
      dialog.close();
      take(postId, answer);
    } catch (cause) {
      problem.textContent = cause instanceof Error ? cause.message : String(cause);
    } finally {
      submit.removeAttribute('disabled');
    }
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    focusMessage(postId);
  });
  document.body.append(dialog);
  dialog.showModal();
  // The first field, not the button that closes.
  if (inputs.length > 0) inputs[0].focus();
}
