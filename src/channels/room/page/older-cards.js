import { h } from './dom.js';
import { hideEmptyMore, putBack } from './more-actions.js';
import { inOrder } from './state.js';
import { words } from './words.js';

/** @typedef {import('./state.js').Message} Message */

/** A card that offers one of these takes its conversation on, as the signed brief does with its file; a reminder or a pause does not. */
const leads = new Set(['skip', 'carry-on', 'choose-question', 'continue-in-thread', 'looks-right', 'export-word']);
/** A card that offers one of these (or leads) was such a step itself: it gives way to a newer one. */
const gives = new Set([...leads, 'answer-in-form', 'resume']);
/** Steps of a conversation: once it has gone on, the newest card offers what still counts. */
const steps = new Set([
  ...['answer-in-form', 'continue-privately', 'continue-in-thread', 'later', 'resume', 'not-a-request', 'why-reply', 'skip', 'dont-know', 'ask-someone'],
  ...['why', 'undo', 'carry-on', 'leave-to-partner', 'write-brief', 'short-path', 'start-over', 'stop', 'choose-question'],
]);
/** Anybody may take a request, until somebody has. */
const stepsAndClaim = new Set([...steps, 'claim']);

/**
 * The cards whose conversation a newer card has taken on, by id, with the actions that have gone past. What waits for somebody else (a delegated question,
 * an introduction, a nudge, a draft) is never among them. In a private chat several conversations run beside each other, each about its own alignment.
 * @param {Iterable<Message>} messages
 * @returns {Map<string, Set<string>>}
 */
export function olderCards(messages) {
  const older = new Map();
  /** Conversations that a newer card has taken on, and those that a partner has taken or given back. */
  const ledOn = new Set();
  const claimed = new Set();
  for (const message of [...messages].sort(inOrder).reverse()) {
    const actions = message.app && message.card ? actionsOf(message.card) : [];
    const alignment = actions.find(({ value }) => value?.['alignment'])?.value?.['alignment'] ?? '';
    const conversation = message.thread || `${message.place}/${alignment}`;
    if (ledOn.has(conversation) && actions.some(({ action }) => gives.has(action))) older.set(message.id, claimed.has(conversation) ? stepsAndClaim : steps);
    if (actions.some(({ action }) => leads.has(action))) ledOn.add(conversation);
    if (actions.some(({ action }) => action === 'give-back' || action === 'claim')) claimed.add(conversation);
  }
  return older;
}

/**
 * The actions of a card, also those that stand in its body.
 * @param {any} card
 * @returns {{ action: string, value?: Record<string, string> }[]}
 */
function actionsOf(card) {
  const inBody = (card.body ?? []).flatMap((/** @type {any} */ element) => (element.type === 'ActionSet' ? element.actions : []));
  return [...(card.actions ?? []), ...inBody].flatMap((action) => (action.data ? [action.data] : []));
}

/**
 * Puts those actions of an older card behind "Show actions", and takes others out again. What the person has opened stays open.
 * @param {HTMLElement} element the message
 * @param {Set<string>} [past]
 */
export function calm(element, past = new Set()) {
  const fold = element.querySelector('details.older');
  const wanted = past.size > 0 ? String(past.size) : '';
  if (fold instanceof HTMLElement && fold.dataset['past'] !== wanted) unfold(element, fold);
  if (wanted && !element.querySelector('details.older')) foldActions(element, past, wanted);
}

/** @param {HTMLElement} element @param {Set<string>} past @param {string} name */
function foldActions(element, past, name) {
  const buttons = buttonsOf(element).filter((button) => past.has(button.dataset['action'] ?? ''));
  const rows = rowsOf(element);
  const last = rows.at(-1);
  if (buttons.length === 0 || !last) return;
  const before = document.activeElement;
  const summary = h('summary', {}, [h('span.when-shut', {}, [words.showActions]), h('span.when-open', {}, [words.hideActions])]);
  const kept = h('div.ac-actionSet');
  last.after(h('details.older', { 'data-past': name }, [summary, kept]));
  kept.append(...buttons);
  for (const row of rows) hideEmptyMore(row);
  // What had the focus is out of sight now: one of these buttons, or "More" with nothing behind it.
  if (before instanceof HTMLElement && (kept.contains(before) || (before.hidden && element.contains(before)))) summary.focus();
}

/** @param {HTMLElement} element @param {Element} fold */
function unfold(element, fold) {
  const focused = fold.contains(document.activeElement);
  const buttons = buttonsOf(element);
  fold.remove();
  const row = rowsOf(element).findLast((one) => !one.classList.contains('further'));
  if (row) putBack(row, buttons);
  if (focused) buttons[0]?.focus();
}

/** The rows of buttons of a card, "More" and what it shows among them. @param {HTMLElement} element @returns {HTMLElement[]} */
function rowsOf(element) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('.card .ac-actionSet'))];
}

/** All buttons of a card in the order in which it lists them. @param {HTMLElement} element @returns {HTMLElement[]} */
function buttonsOf(element) {
  const buttons = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('.card .ac-pushButton')]);
  return buttons.sort((one, other) => Number(one.dataset['order']) - Number(other.dataset['order']));
}
