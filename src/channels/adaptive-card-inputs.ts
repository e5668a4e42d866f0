import type { CardInput } from '../views/card.ts';
import { cutText, textElement, type Writing } from './adaptive-card-text.ts';
import type { AdaptiveElement, AdaptiveInput } from './adaptive-card-types.ts';

/** From this many choices on, typing part of a name is faster than scrolling. Fewer, such as the lines of a brief, are shown at once: nobody knows them by heart. */
const filterFrom = 20;
/** More would fill the card; Slack shows no more either. */
const maxChoices = 100;

/** A field, what is wrong with it, and its hint. */
export function toInput(input: CardInput, writing: Writing): AdaptiveElement[] {
  return [
    toField(input, writing),
    ...(input.error ? [textElement(input.error, { size: 'Small', color: 'Attention', spacing: 'Small' }, writing)] : []),
    ...(input.hint ? [textElement(input.hint, { size: 'Small', isSubtle: true, spacing: 'Small' }, writing)] : []),
  ];
}

/** Fields show what a person typed before, so nothing in them is escaped: they are never read as Markdown. */
function toField(input: CardInput, writing: Writing): AdaptiveInput {
  const common = {
    id: input.id,
    ...(input.value !== undefined && { value: input.value }),
    ...(input.required && { isRequired: true, errorMessage: input.error ?? input.hint ?? input.label }),
  };
  const label = cutText(input.label, 500);
  const placeholder = input.placeholder === undefined ? {} : { placeholder: input.placeholder };
  // Without it Teams cuts long choices off; the room's style sheet sees to that itself.
  const wrap = writing.target === 'teams' ? { wrap: true } : {};
  switch (input.kind) {
    case 'text':
    case 'multiline':
      return {
        type: 'Input.Text',
        ...common,
        label,
        ...placeholder,
        ...(input.kind === 'multiline' && { isMultiline: true }),
        ...(input.maxLength && { maxLength: input.maxLength }),
      };
    case 'choice':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...wrap, ...choices(input.options ?? [], 4, input.value) };
    case 'person':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...wrap, ...people(input, writing) };
    case 'weekday':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...wrap, ...choices(input.options ?? weekdays(writing.locale ?? 'en-GB'), 0) };
    case 'time':
      return { type: 'Input.Time', ...common, label, ...placeholder };
    case 'toggle':
      return { type: 'Input.Toggle', ...common, title: label, ...wrap, valueOn: 'true', valueOff: 'false' };
    default:
      return input.kind satisfies never;
  }
}

type Option = { value: string; label: string };

function choices(options: readonly Option[], expandUpTo: number, chosen?: string) {
  const style = options.length <= expandUpTo ? 'expanded' : options.length >= filterFrom ? 'filtered' : 'compact';
  return { style, choices: first(options, chosen).map((option) => ({ title: cutText(option.label, 200), value: option.value })) } as const;
}

/** As many as a card takes, and among them the one that is chosen. */
function first(options: readonly Option[], chosen: string | undefined): readonly Option[] {
  const shown = options.slice(0, maxChoices);
  const hidden = options.slice(maxChoices).find((option) => option.value === chosen);
  return hidden ? [...shown.slice(0, -1), hidden] : shown;
}

/** Teams searches the organisation while somebody types a name, and gives back Entra ids (Microsoft Learn: "People Picker in Adaptive Cards"). */
function people(input: CardInput, writing: Writing) {
  const known = choices(input.options ?? writing.people.map(({ id, name }) => ({ value: id, label: name })), 0, input.value);
  if (input.options || writing.target === 'room') return known;
  return { ...known, 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' } } as const;
}

/** Monday to Sunday under the ids that the domain uses, named in the reader's language. */
function weekdays(locale: string): Option[] {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  return (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((value, day) => ({ value, label: name.format((4 + day) * 86_400_000) }));
}
