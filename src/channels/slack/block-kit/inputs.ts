import type { InputBlock, KnownBlock, Option, PlainTextOption } from '@slack/types';
import type { CardInput } from '../../../views/card.ts';
import { quote } from './blocks.ts';
import { cutString } from './cut.ts';
import { limits, shown } from './limits.ts';
import type { Rendering } from './rendering.ts';
import { plainText } from './text.ts';

/** Whom Slack takes as chosen already; a form with another id is refused as a whole (docs: users_select, initial_user). */
const chosenPerson = /^[UW][A-Z0-9]+$/;

type Element = InputBlock['element'];
type Choice = { value: string; label: string };

/** The one element of a field; 'kept' when its text is too long for it, so that an untouched field changes nothing. */
const fieldId = 'field';
export const keptFieldId = 'kept';

/** A field of a dialog under its own id, so that a mistake is shown beside it. Nothing where Slack has no way to ask for it (a choice of nothing). */
export function toInput(input: CardInput, rendering: Rendering, maxText: number): KnownBlock[] {
  const label = plainText(input.label, limits.label) ?? plainText(input.id, limits.label);
  const element = toElement(input, rendering);
  if (!element || !label || input.id === '' || input.id.length > limits.blockId) return [];
  const hint = plainText([input.error, input.hint].filter((text) => text !== undefined).join(' '), limits.hint);
  const kept = isTooLong(input);
  return [
    ...(kept ? quote(input.value ?? '', maxText) : []),
    {
      type: 'input',
      block_id: input.id,
      label,
      element,
      optional: kept || input.kind === 'toggle' || !input.required,
      ...(hint && { hint }),
    },
  ];
}

function isTooLong({ kind, value = '' }: CardInput): boolean {
  return (kind === 'text' || kind === 'multiline') && value.length > limits.textInput;
}

function toElement(input: CardInput, { words }: Rendering): Element | undefined {
  const written = input.placeholder === undefined ? undefined : plainText(input.placeholder, limits.placeholder);
  const placeholder = written ? { placeholder: written } : {};
  switch (input.kind) {
    case 'text':
    case 'multiline':
      return { ...textInput(input), ...placeholder };
    case 'choice':
      return choice(input.options ?? [], input.value, placeholder);
    case 'person':
      if (input.options) return menu(optionsOf(input.options), input.value, placeholder);
      return { type: 'users_select', action_id: fieldId, ...(chosenPerson.test(input.value ?? '') && { initial_user: input.value ?? '' }), ...placeholder };
    case 'weekday':
      return menu(optionsOf(input.options ?? weekdays), input.value, placeholder);
    case 'time':
      return {
        type: 'timepicker',
        action_id: fieldId,
        ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(input.value ?? '') && { initial_time: input.value ?? '' }),
        ...placeholder,
      };
    case 'toggle': {
      const yes = { text: plainText(words.yes, limits.optionText) ?? { type: 'plain_text' as const, text: '✓' }, value: 'true' };
      return { type: 'checkboxes', action_id: fieldId, options: [yes], ...(input.value === 'true' && { initial_options: [yes] }) };
    }
    default:
      return input.kind satisfies never;
  }
}

/** Fields show what was typed as it was typed: nothing in them is read as mark-up. */
function textInput(input: CardInput): Element {
  const kept = isTooLong(input);
  const value = kept ? '' : (input.value ?? '').toWellFormed();
  const most = Math.min(Math.max(input.maxLength ?? limits.textInput, value.length, 1), limits.textInput);
  return {
    type: 'plain_text_input',
    action_id: kept ? keptFieldId : fieldId,
    max_length: most,
    // One line would lose its line breaks, and what was left alone would come back changed.
    multiline: input.kind === 'multiline' || value.includes('\n'),
    ...(value !== '' && { initial_value: value }),
  };
}

/** A few choices are all seen at once; more stand in a menu that can be searched. */
function choice(choices: readonly Choice[], value: string | undefined, placeholder: object): Element | undefined {
  const options = optionsOf(choices);
  if (options.length > shown.radioOptions) return menu(options, value, placeholder);
  return options.length === 0 ? undefined : radio(options, value);
}

/** Choices that are all seen at once. */
export function radio(options: Option[], value: string | undefined, actionId = fieldId): Element {
  const chosen = options.find((option) => option.value === value);
  return { type: 'radio_buttons', action_id: actionId, options, ...(chosen && { initial_option: chosen }) };
}

function menu(options: PlainTextOption[], value: string | undefined, placeholder: object): Element | undefined {
  if (options.length === 0) return undefined;
  const chosen = options.find((option) => option.value === value);
  const common = { type: 'static_select' as const, action_id: fieldId, ...(chosen && { initial_option: chosen }), ...placeholder };
  if (options.length <= limits.selectOptions) return { ...common, options };
  return { ...common, option_groups: inGroups(within(options, chosen)) };
}

/** A menu has room for 100 options, and for 100 groups of as many: each is named by where it begins and ends. */
function inGroups(options: PlainTextOption[]) {
  return Array.from({ length: Math.ceil(options.length / limits.selectOptions) }, (_, group) => {
    const some = options.slice(group * limits.selectOptions, (group + 1) * limits.selectOptions);
    const label = [some[0], some.at(-1)].map((option) => cutString(option?.text.text ?? '', 34)).join(' – ');
    return { label: { type: 'plain_text' as const, text: label, emoji: false }, options: some };
  });
}

/** The first thousand, with the chosen one and the last among them: the last often is the one that means "none of these". */
function within(options: PlainTextOption[], chosen: PlainTextOption | undefined): PlainTextOption[] {
  if (options.length <= shown.menuOptions) return options;
  const ends = [...new Set([chosen, options.at(-1)])].filter((option) => option !== undefined);
  const others = options.filter((option) => !ends.includes(option));
  return [...others.slice(0, shown.menuOptions - ends.length), ...ends];
}

/** What Slack can carry back unchanged, each once. */
export function optionsOf(choices: readonly Choice[]): PlainTextOption[] {
  const seen = new Set<string>();
  return choices.flatMap(({ value, label }) => {
    const text = plainText(label, limits.optionText) ?? plainText(value, limits.optionText);
    if (!text || value === '' || value.length > limits.optionValue || seen.has(value)) return [];
    seen.add(value);
    return [{ text, value }];
  });
}

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
/** Monday to Sunday under the ids that the domain uses. 5 January 1970 was a Monday. */
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((value, day) => ({ value, label: dayName.format((4 + day) * 86_400_000) }));
