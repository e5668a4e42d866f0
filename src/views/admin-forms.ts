import type { CardInput, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { type ModelChoice, type OwnWords, type OwnWordsKind, ownWordsKinds } from './home-admin.ts';
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
