import { h } from './dom.js';
import { hostConfig } from './host-config.js';
import { foldMore } from './more-actions.js';
import { words } from './words.js';

/** Microsoft's renderer, loaded as a classic script before this module. */
const AC = /** @type {any} */ (globalThis).AdaptiveCards;
const config = new AC.HostConfig(hostConfig);
// Without a processor the renderer shows text as it is, and complains once per text; one that does nothing is the same without the complaint.
AC.AdaptiveCard.onProcessMarkdown = () => undefined;

/**
 * Renders Adaptive Card JSON. Text stays text: no Markdown is read.
 * @param {object} json
 * @param {{ label: string, press?: (data: Record<string, any>) => void, openLink?: (url: string) => void }} options
 * @returns {{ element: HTMLElement, inputs: any[] }}
 */
export function renderCard(json, { label, press, openLink }) {
  const card = new AC.AdaptiveCard();
  card.hostConfig = config;
  const context = new AC.SerializationContext();
  context.onParseElement = (/** @type {any} */ element) => {
    if (element instanceof AC.TextBlock) element.useMarkdown = false;
  };
  card.parse(json, context);
  const further = card.getAllActions().filter((/** @type {any} */ action) => action.mode === 'secondary');
  // The renderer's own menu opens with a click only and cannot be read aloud: here they are buttons behind "More".
  for (const action of further) action.mode = 'primary';
  const inputs = card.getAllInputs();
  for (const input of inputs) if (input.isRequired) input.errorMessage = words.required;
  card.onExecuteAction = (/** @type {any} */ action) => {
    if (action instanceof AC.SubmitAction) press?.(action.data);
    else if (action instanceof AC.OpenUrlAction) openLink?.(action.url);
  };
  const element = card.render() ?? document.createElement('div');
  for (const [order, action] of card.getAllActions().entries())
    if (action.renderedElement) Object.assign(action.renderedElement.dataset, { order, action: action.data?.action ?? '' });
  tidy(element, label, inputs);
  foldMore(element, new Set(further.map((/** @type {any} */ action) => action.renderedElement)));
  return { element, inputs };
}

/**
 * Makes the renderer's output accessible beside other cards: ids of elements repeat from card to card, and marks say nothing aloud.
 * @param {HTMLElement} element
 * @param {string} label
 * @param {any[]} inputs
 */
function tidy(element, label, inputs) {
  for (const part of element.querySelectorAll('[id]')) {
    if (part.id.startsWith('__ac-')) continue;
    if (part.id === 'progress-marks') nameMarks(part);
    /** @type {HTMLElement} */ (part).dataset['part'] = part.id;
    part.removeAttribute('id');
  }
  for (const input of inputs) {
    const control = input.renderedInputControlElement;
    if (control) control.dataset.field = input.id;
  }
  for (const image of element.querySelectorAll('img.ac-image')) openable(image);
  // The space between buttons is the style sheet's, also where they wrap.
  for (const spacer of element.querySelectorAll('.ac-actionSet > div:empty')) spacer.remove();
  element.removeAttribute('tabindex');
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
}

/**
 * A chart is drawn for a wider place than a thread: it opens by itself, where its words can be read.
 * @param {Element} image
 */
function openable(image) {
  const link = h('a.picture', { href: image.getAttribute('src'), target: '_blank', rel: 'noreferrer', title: words.openPicture });
  image.replaceWith(link);
  link.append(image);
}

/**
 * Filled and empty circles say nothing aloud; how many of how many does.
 * @param {Element} marks
 */
function nameMarks(marks) {
  const text = marks.textContent ?? '';
  marks.setAttribute('role', 'img');
  marks.setAttribute('aria-label', words.progress([...text].filter((mark) => mark === '●').length, [...text].length));
}

/**
 * The values of fields by id; empty ones are empty strings.
 * @param {any[]} inputs
 * @returns {Record<string, string>}
 */
export function valuesOf(inputs) {
  return Object.fromEntries(inputs.map((input) => [input.id, String(input.value ?? '')]));
}

/**
 * Checks what the card itself demands (required fields). True when all is well; otherwise the first wrong field has the focus.
 * @param {any[]} inputs
 */
export function checkInputs(inputs) {
  const wrong = inputs.filter((input) => !input.validateValue());
  for (const input of inputs) markInvalid(input, wrong.includes(input));
  wrong[0]?.focus();
  return wrong.length === 0;
}

/**
 * Shows mistakes beside their fields and keeps what was typed. Returns messages that belong to no field here.
 * @param {any[]} inputs
 * @param {Record<string, string>} errors
 */
export function showErrors(inputs, errors) {
  const known = inputs.filter((input) => errors[input.id] !== undefined);
  for (const input of inputs) {
    input.resetValidationFailureCue();
    const error = errors[input.id];
    markInvalid(input, error !== undefined);
    if (error === undefined) continue;
    const own = input.errorMessage;
    input.errorMessage = error;
    input.renderedInputControlElement?.classList.add('ac-input-validation-failed');
    input.showValidationErrorMessage();
    input.errorMessage = own;
  }
  known[0]?.focus();
  return Object.entries(errors)
    .filter(([id]) => !inputs.some((input) => input.id === id))
    .map(([, message]) => message);
}

/** @param {any} input @param {boolean} invalid */
function markInvalid(input, invalid) {
  const control = input.renderedInputControlElement;
  const target = control?.matches('input, select, textarea') ? control : control?.querySelector('input');
  if (invalid) {
    target?.setAttribute('aria-invalid', 'true');
    input.onValueChanged = () => markInvalid(input, false);
  } else target?.removeAttribute('aria-invalid');
}
