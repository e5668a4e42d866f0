import type { ActionsBlock, Button, Overflow, PlainTextOption } from '@slack/types';
import type { CardAction } from '../../../views/card.ts';
import { limits, shown } from './limits.ts';
import { safeLink } from './pieces.ts';
import type { Pressed } from './rendering.ts';
import { plainText } from './text.ts';

type Kind = Pressed['kind'] | 'link';
/** What of a card can be pressed: its buttons and its menus of further actions. */
export type Control = Button | Overflow;

/** A button of a card: what it means stands in its action_id, what it is about in its value. Undefined where Slack could not carry it back to us. */
export function toButton(action: CardAction, at: number): Button | undefined {
  if (action.url !== undefined) {
    const url = safeLink(action.url, limits.buttonUrl);
    return url === undefined ? undefined : plainButton(action, { kind: 'link', at, url });
  }
  return plainButton(action, { kind: action.form ? 'form' : 'act', at, value: JSON.stringify(action.value ?? {}) });
}

/** A button with a value of its own making. `at` makes its action_id the only one of its block. */
export function plainButton(
  { action, label, style }: Pick<CardAction, 'action' | 'label' | 'style'>,
  { kind, at, url, value }: { kind: Kind; at: number; url?: string; value?: string },
): Button | undefined {
  const text = plainText(label, limits.buttonText);
  const actionId = `${kind}:${at}:${action}`;
  if (!text || actionId.length > limits.actionId || (value?.length ?? 0) > limits.buttonValue) return undefined;
  return { type: 'button', action_id: actionId, text, ...(value !== undefined && { value }), ...(url !== undefined && { url }), ...(style && { style }) };
}

/**
 * The buttons of a card in their order, then its menus of further actions. What an entry of a menu means stands in its value as a button's stands in its
 * action_id and value. One that stands alone or carries more than an entry can is a button.
 */
export function toControls(actions: readonly CardAction[], buttonOf: (action: CardAction, at: number) => Button | readonly Button[] | undefined): Control[] {
  const options = actions.flatMap((action, at) => {
    const option = action.more ? toOption(action, at) : undefined;
    return option ? [{ action, option }] : [];
  });
  const listed = options.length < 2 ? [] : options;
  const inMenu = new Set(listed.map(({ action }) => action));
  const buttons = actions.flatMap((action, at) => (inMenu.has(action) ? [] : (buttonOf(action, at) ?? [])));
  return [...buttons, ...toMenus(listed.map(({ option }) => option))];
}

/** As few menus as they fit in, none of which has a single entry left over. */
function toMenus(options: readonly PlainTextOption[]): Overflow[] {
  const count = Math.ceil(options.length / limits.overflowOptions);
  const inOne = Math.ceil(options.length / count);
  return Array.from({ length: count }, (_, menu) => ({
    type: 'overflow',
    action_id: `more:${menu}`,
    options: options.slice(menu * inOne, (menu + 1) * inOne),
  }));
}

function toOption({ action, label, value = {}, form, url }: CardAction, at: number): PlainTextOption | undefined {
  const text = plainText(label, limits.optionText);
  if (!text) return undefined;
  if (url !== undefined) return toLink(text, url, at);
  const meant = `${form ? 'form' : 'act'}:${at}:${action}:${JSON.stringify(value)}`;
  // What stands before the value must be told from it again.
  return action.includes(':') || meant.length > limits.optionValue ? undefined : { text, value: meant };
}

/** Slack opens the link and tells us of it like of any other entry (docs: option object, url); its value means nothing to us. */
function toLink(text: PlainTextOption['text'], url: string, at: number): PlainTextOption | undefined {
  const link = safeLink(url, limits.optionUrl);
  return link === undefined ? undefined : { text, value: `link:${at}`, url: link };
}

/** Buttons in their order, together, so that they flow with the width of the window. What would be more than anybody can look through is left out. */
export function toRows(buttons: readonly Control[], surface: 'message' | 'view'): ActionsBlock[] {
  const kept = buttons.slice(0, surface === 'message' ? shown.messageButtons : shown.viewButtons);
  // Room for what the card says: buttons alone must not fill a message.
  while (surface === 'message' && Buffer.byteLength(JSON.stringify(kept)) > shown.messageSize / 2) kept.pop();
  return Array.from({ length: Math.ceil(kept.length / limits.actions) }, (_, row) => ({
    type: 'actions',
    elements: kept.slice(row * limits.actions, (row + 1) * limits.actions),
  }));
}
