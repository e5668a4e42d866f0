import type { Button } from '@slack/types';
import type { Card, CardAction, CardBlock, CardInput } from '../../../views/card.ts';
import type { SlackWords } from '../words.ts';
import { type Control, plainButton, toButton, toControls } from './buttons.ts';
import { toCarried } from './carried.ts';
import { cutString } from './cut.ts';
import { limits } from './limits.ts';
import { piecesOf, plainOf } from './pieces.ts';
import type { PressedInputs } from './rendering.ts';

/** Actions that mean nothing without what is filled in beside them, whether the card marks the field as required or not. */
const needFields: readonly string[] = ['answer-delegated', 'resolve-person', 'nudge-reading'];
const introLength = 300;

/**
 * The buttons below a card. A message has no fields of its own in Slack: one that is left half filled in would be lost with every edit. They open in a dialog
 * instead. Where an action needs them, its own button opens it; otherwise every button acts at once and one more adds the fields.
 */
export function cardButtons(card: Card, words: SlackWords): Control[] {
  const inputs = card.blocks.filter((block) => block.type === 'input');
  const plain = card.actions.filter((action) => !action.form && action.url === undefined);
  if (inputs.length === 0 || plain.length === 0) return toControls(card.actions, toButton);
  const isNeeded = inputs.some((input) => input.required) || plain.some(({ action }) => needFields.includes(action));
  return isNeeded ? withOpener(card, plain, inputs) : withNotes(card, plain, inputs, words);
}

/** The primary or first action opens the fields and is what they are sent with. */
function withOpener(card: Card, plain: readonly CardAction[], inputs: readonly CardInput[]): Control[] {
  const opener = plain.find(({ action }) => needFields.includes(action)) ?? plain.find(({ style }) => style === 'primary') ?? plain[0];
  const first = card.blocks.findIndex((block) => block.type === 'input');
  const intro = introOf(card.blocks[first - 1]);
  const title = plainOf(piecesOf(card.title ?? '')).trim();
  const about = { ...(title !== '' && title.length <= limits.viewTitle && { title }), ...(intro !== undefined && { intro }) };
  // Of several, any one says something.
  const needed = inputs.map((input) => (inputs.length === 1 && opener && needFields.includes(opener.action) ? { ...input, required: true } : input));
  return toControls(card.actions, (action, at) => {
    if (action !== opener) return toButton(action, at);
    const value = toCarried({
      choices: [{ action: action.action, label: action.label }],
      value: action.value ?? {},
      inputs: needed,
      ...about,
    });
    return value === undefined ? toButton(action, at) : plainButton(action, { kind: 'inputs', at, value });
  });
}

/** What stands right above the fields, such as the question. */
function introOf(block: CardBlock | undefined): string | undefined {
  return block?.type === 'text' ? cutString(plainOf(piecesOf(block.text)), introLength) : undefined;
}

/** The button for notes stands behind the actions that a note can go with. */
function withNotes(card: Card, plain: readonly CardAction[], inputs: readonly CardInput[], words: SlackWords): Control[] {
  const choices = plain.filter(({ value }) => sameValue(value, plain[0]?.value)).slice(0, limits.radioOptions);
  const button = noteButton(choices, inputs, words, card.actions.length);
  const last = choices.at(-1);
  return toControls(card.actions, (action, at) => [toButton(action, at) ?? [], action === last && button ? button : []].flat());
}

function noteButton(choices: readonly CardAction[], inputs: readonly CardInput[], words: SlackWords, at: number): Button | undefined {
  const [first] = choices;
  const value = first && toCarried(noted(choices, first, inputs));
  return value === undefined ? undefined : plainButton({ action: first?.action ?? '', label: words.addNote }, { kind: 'inputs', at, value });
}

function noted(choices: readonly CardAction[], first: CardAction, inputs: readonly CardInput[]): Omit<PressedInputs, 'kind'> {
  const chosen = choices.findIndex(({ style }) => style === 'primary');
  return {
    choices: choices.map(({ action, label }) => ({ action, label })),
    ...(chosen >= 0 && { chosen }),
    value: first.value ?? {},
    inputs,
  };
}

function sameValue(one: CardAction['value'] = {}, other: CardAction['value'] = {}): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
