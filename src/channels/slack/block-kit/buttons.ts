import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { CardAction } from '../../../views/card.ts';
import { limits, shown } from './limits.ts';
import { safeLink } from './pieces.ts';
import type { Pressed } from './rendering.ts';
import { plainText } from './text.ts';

type Kind = Pressed['kind'] | 'link';

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

/** Buttons in their order, together, so that they flow with the width of the window. What would be more than anybody can look through is left out. */
export function toRows(buttons: readonly Button[], surface: 'message' | 'view'): ActionsBlock[] {
  const kept = buttons.slice(0, surface === 'message' ? shown.messageButtons : shown.viewButtons);
  // Room for what the card says: buttons alone must not fill a message.
  while (surface === 'message' && Buffer.byteLength(JSON.stringify(kept)) > shown.messageSize / 2) kept.pop();
  return Array.from({ length: Math.ceil(kept.length / limits.actions) }, (_, row) => ({
    type: 'actions',
    elements: kept.slice(row * limits.actions, (row + 1) * limits.actions),
  }));
}

export function rowOf(button: Button): KnownBlock {
  return { type: 'actions', elements: [button] };
}
