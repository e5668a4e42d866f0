import type { CardAction, Form } from '../views/card.ts';
import { cutText, safeLink, type Writing } from './adaptive-card-text.ts';
import type { AdaptiveAction, AdaptiveElement, Meant, SubmitData } from './adaptive-card-types.ts';

// Teams shows six buttons and hides the rest in a menu (Microsoft Learn: "Format cards in Teams", overflow menu).
const maxActionsPerRow = 6;
const maxButtonLabel = 80;

/** The buttons of a card; none where its link is not one that may be opened. One that would be alone in the menu says more as a button, as in Slack. */
export function toActions(actions: readonly CardAction[], writing: Writing): AdaptiveAction[] {
  const isMenu = actions.filter(({ more }) => more).length > 1;
  return actions.flatMap((action) => toAction(isMenu ? action : inSight(action), writing));
}

function inSight({ more: _, ...action }: CardAction): CardAction {
  return action;
}

/**
 * Buttons below a card when they fit in one row, else rows of their own within it, none of which has a single button left over. Those of the menu stand in
 * no row: they come last.
 */
export function inRows(all: AdaptiveAction[]): { rows: AdaptiveElement[]; below: AdaptiveAction[] } {
  const inMenu = all.filter(({ mode }) => mode === 'secondary');
  const actions = all.filter(({ mode }) => mode !== 'secondary');
  const count = Math.ceil(actions.length / maxActionsPerRow);
  if (count <= 1) return { rows: [], below: [...actions, ...inMenu] };
  const inOne = Math.ceil(actions.length / count);
  const rows = Array.from(
    { length: count },
    (_, row): AdaptiveElement => ({ type: 'ActionSet', actions: actions.slice(row * inOne, (row + 1) * inOne), spacing: 'Medium' }),
  );
  return { rows, below: inMenu };
}

/** The one button of a form. Dialogs of Teams know Action.Submit only (Microsoft Learn: "Use dialogs with bots"). */
export function toSubmit(form: Form, opened: Meant | undefined): AdaptiveAction {
  const data = { action: form.submit, value: form.value, ...(opened && { opened }) };
  return { type: 'Action.Submit', title: cutText(form.submitLabel, maxButtonLabel), style: 'positive', data };
}

function toAction(action: CardAction, writing: Writing): AdaptiveAction[] {
  const title = cutText(action.label, maxButtonLabel);
  if (action.url !== undefined) {
    const url = safeLink(action.url, writing.target);
    return url ? [{ type: 'Action.OpenUrl', title, url, ...placed(action) }] : [];
  }
  const meant = { action: action.action, value: action.value ?? {} };
  const look = { title, ...placed(action), ...(action.style && { style: action.style === 'primary' ? ('positive' as const) : ('destructive' as const) }) };
  // A button that opens a form must open it even while a required field of the card is empty.
  if (action.form) return [{ type: 'Action.Submit', ...look, associatedInputs: 'none', data: { ...meant, form: true, ...opensDialog(writing) } }];
  // In Teams the answer to an Action.Execute may bring the card's new state (Microsoft Learn: "Universal Actions for Adaptive Cards").
  return writing.target === 'teams'
    ? [{ type: 'Action.Execute', ...look, verb: action.action, data: meant }]
    : [{ type: 'Action.Submit', ...look, data: meant }];
}

/** Hosts put these behind "..." (microsoft/AdaptiveCards issue 4715, "Overflow actions", for the six buttons of Teams); one that knows no menu shows them as buttons. */
function placed({ more }: CardAction): { mode?: 'secondary' } {
  return more ? { mode: 'secondary' } : {};
}

/** Teams asks for a dialog where a button's data says so (Microsoft Learn: "Use dialogs with bots"). */
function opensDialog({ target }: Writing): Pick<SubmitData, 'msteams'> {
  return target === 'teams' ? { msteams: { type: 'task/fetch' } } : {};
}
