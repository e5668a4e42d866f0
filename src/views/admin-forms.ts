import type { CardInput, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { type ModelChoice, type OwnWords, type OwnWordsKind, ownWordsKinds, type Rhythm } from './home-admin.ts';
import { textBlock } from './parts.ts';

/** What is wrong with a list of names. */
export type WordsProblem = { kind: 'too-many'; count: number; most: number } | { kind: 'too-long' | 'too-short'; name: string; limit: number };

/** What an organisation calls things. Inputs: learning, teams, topics; names behind each other, with commas or on lines of their own. */
export function ownWordsForm(ctx: ViewContext, own: OwnWords, mostUnits: number): Form {
  const { words } = ctx;
  return {
    id: 'our-words',
    title: words.plain('form.words-title'),
    submitLabel: words.plain('form.words-submit'),
    submit: 'submit-our-words',
    value: {},
    blocks: [textBlock(words.say('form.words-intro'), 'subtle'), ...ownWordsKinds.map((kind) => namesInput(ctx, kind, own[kind], mostUnits))],
  };
}

function namesInput({ words }: ViewContext, kind: OwnWordsKind, names: readonly string[], maxLength: number): CardInput {
  const value = names.join(', ');
  return {
    type: 'input',
    id: kind,
    label: words.plain(`form.words-${kind}`),
    kind: 'multiline',
    maxLength,
    hint: words.plain(`form.words-${kind}-hint`),
    ...(value !== '' && { value }),
  };
}

/** What to do about it. */
export function wordsError({ words }: ViewContext, problem: WordsProblem): string {
  switch (problem.kind) {
    case 'too-many':
      return words.plain('form-error.names-too-many', { count: String(problem.count), most: String(problem.most) });
    case 'too-long':
      return words.plain('form-error.name-too-long', { name: problem.name, limit: String(problem.limit) });
    case 'too-short':
      return words.plain('form-error.name-too-short', { name: problem.name, limit: String(problem.limit) });
    default:
      return problem satisfies never;
  }
}

/** The value of the field `place` that means: every channel. */
export const everywhere = 'everywhere';
/** Slack takes at most a hundred options (docs: Block Kit, static_select). */
const placesOffered = 99;

/** One more L&D partner. Inputs: person, place (a place or `everywhere`). */
export function partnerForm({ words }: ViewContext, places: readonly { place: string; name: string }[]): Form {
  const options = places.slice(0, placesOffered).map(({ place, name }) => ({ value: place, label: name }));
  return {
    id: 'partner',
    title: words.plain('form.partner-title'),
    submitLabel: words.plain('form.partner-submit'),
    submit: 'submit-add-partner',
    value: {},
    blocks: [
      textBlock(words.say('form.partner-intro'), 'subtle'),
      { type: 'input', id: 'person', label: words.plain('form.partner-person'), kind: 'person', required: true },
      {
        type: 'input',
        id: 'place',
        label: words.plain('form.partner-place'),
        kind: 'choice',
        required: true,
        value: everywhere,
        options: [{ value: everywhere, label: words.plain('form.partner-everywhere') }, ...options],
      },
    ],
  };
}

/** What is wrong with a person who is to be listed, beyond what any field may have. */
export function partnerError({ words }: ViewContext, problem: 'covers-all' | 'too-many', most: number): string {
  return problem === 'covers-all' ? words.plain('form-error.covers-all') : words.plain('form-error.too-many-partners', { count: String(most) });
}

/** When nothing is sent, and when the weekly question comes. Inputs: quiet-start, quiet-end, nudge-time (HH:MM). */
export function rhythmForm({ words }: ViewContext, { quietHours, nudgeTime }: Rhythm): Form {
  const time = (id: string, label: string, value: string): CardInput => ({ type: 'input', id, label, kind: 'time', required: true, value });
  return {
    id: 'rhythm',
    title: words.plain('form.rhythm-title'),
    submitLabel: words.plain('form.rhythm-submit'),
    submit: 'submit-rhythm',
    value: {},
    blocks: [
      textBlock(words.say('form.rhythm-intro'), 'subtle'),
      time('quiet-start', words.plain('form.rhythm-start'), quietHours.start),
      time('quiet-end', words.plain('form.rhythm-end'), quietHours.end),
      time('nudge-time', words.plain('form.rhythm-nudge'), nudgeTime),
    ],
  };
}

/** What an external language model may read. Inputs: conversations, hearing ("true" or "false"). */
export function externalModelForm({ words }: ViewContext, { conversations, hearing }: ModelChoice): Form {
  return {
    id: 'external-model',
    title: words.plain('form.model-title'),
    submitLabel: words.plain('form.model-submit'),
    submit: 'submit-external-model',
    value: {},
    blocks: [
      textBlock(words.say('form.model-intro'), 'subtle'),
      { type: 'input', id: 'conversations', label: words.plain('form.model-conversations'), kind: 'toggle', value: String(conversations) },
      { type: 'input', id: 'hearing', label: words.plain('form.model-hearing'), kind: 'toggle', value: String(hearing) },
    ],
  };
}
