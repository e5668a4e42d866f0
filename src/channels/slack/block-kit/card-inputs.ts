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

/** The buttons of a card: those below it, and by its place in the card the one that opens fields in the middle. */
export type CardButtons = { below: Control[]; within: ReadonlyMap<number, Button> };

/**
 * A message has no fields of its own in Slack: one that is left half filled in would be lost with every edit. They open in a dialog instead. Where an
 * action needs them, its own button opens it; otherwise every button acts at once and one more adds the fields.
 */
export function cardButtons(card: Card, words: SlackWords): CardButtons {
  const runs = inputRuns(card.blocks);
  const plain = card.actions.filter((action) => !action.form && action.url === undefined);
  if (runs.length === 0 || plain.length === 0) return { below: buttonsOf(card.actions), within: new Map() };
  const inputs = runs.flatMap((run) => run.inputs);
  const [only, ...others] = runs;
  const isNeeded = others.length === 0 && plain.some(({ action }) => needFields.includes(action));
  if (inputs.some((input) => input.required) || isNeeded) return withOpener(card, plain, inputs);
  const within = new Map<number, Button>();
  if (only && others.length === 0) return { below: withNotes(card, plain, only, words), within };
  for (const [at, run] of runs.entries()) {
    const button = noteButton(related(run, plain), run, words, card.actions.length + at);
    if (button) within.set(run.at, button);
  }
  return { below: buttonsOf(card.actions), within };
}

function buttonsOf(actions: readonly CardAction[]): Control[] {
  return toControls(actions, toButton);
}

type Run = { at: number; inputs: readonly CardInput[] };

/** Fields that stand together. */
function inputRuns(blocks: readonly CardBlock[]): Run[] {
  const runs: { at: number; inputs: CardInput[] }[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.type !== 'input') continue;
    if (blocks[at - 1]?.type === 'input') runs.at(-1)?.inputs.push(block);
    else runs.push({ at, inputs: [block] });
  }
  return runs;
}

/** The primary or first action opens the fields and is what they are sent with. */
function withOpener(card: Card, plain: readonly CardAction[], inputs: readonly CardInput[]): CardButtons {
  const opener = plain.find(({ action }) => needFields.includes(action)) ?? plain.find(({ style }) => style === 'primary') ?? plain[0];
  const first = card.blocks.findIndex((block) => block.type === 'input');
  const intro = introOf(card.blocks[first - 1]);
  const title = plainOf(piecesOf(card.title ?? '')).trim();
  const about = { ...(title !== '' && title.length <= limits.viewTitle && { title }), ...(intro !== undefined && { intro }) };
  // Of several, any one says something.
  const needed = inputs.map((input) => (inputs.length === 1 && opener && needFields.includes(opener.action) ? { ...input, required: true } : input));
  const below = toControls(card.actions, (action, at) => {
    if (action !== opener) return toButton(action, at);
    const value = toCarried({
      choices: [{ action: action.action, label: action.label }],
      value: action.value ?? {},
      inputs: needed,
      ...about,
    });
    return value === undefined ? toButton(action, at) : plainButton(action, { kind: 'inputs', at, value });
  });
  return { below, within: new Map() };
}

/** What stands right above the fields, such as the question. */
function introOf(block: CardBlock | undefined): string | undefined {
  return block?.type === 'text' ? cutString(plainOf(piecesOf(block.text)), introLength) : undefined;
}

/** The button for notes stands behind the actions that a note can go with. */
function withNotes(card: Card, plain: readonly CardAction[], run: Run, words: SlackWords): Control[] {
  const choices = related(run, plain);
  const button = noteButton(choices, run, words, card.actions.length);
  const last = choices.at(-1);
  return toControls(card.actions, (action, at) => [toButton(action, at) ?? [], action === last && button ? button : []].flat());
}

function noteButton(choices: readonly CardAction[], run: Run, words: SlackWords, at: number): Button | undefined {
  const [first] = choices;
  const value = first && toCarried(noted(choices, first, run.inputs));
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

/** The actions about the same thing as the fields. Fields of one thing among several have its id at the end of theirs (views/nudge.ts). */
function related({ inputs }: Run, plain: readonly CardAction[]): CardAction[] {
  const named = plain.find(({ value = {} }) => Object.values(value).some((id) => id !== '' && inputs.every((input) => input.id.endsWith(`-${id}`))));
  const first = named ?? plain[0];
  return plain.filter(({ value }) => sameValue(value, first?.value)).slice(0, limits.radioOptions);
}

function sameValue(one: CardAction['value'] = {}, other: CardAction['value'] = {}): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
