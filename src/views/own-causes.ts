import type { OwnCause } from '../domain/knowledge.ts';
import { ownCauseId } from '../domain/knowledge-of.ts';
import type { CardAction, CardBlock, CardInput, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { section, textBlock } from './parts.ts';
import { shorten } from './text.ts';

/** The newest are shown, each with a button; the others move up when one goes. */
const causesShown = 12;
const labelLength = 48;

/** The fields of one cause with the most characters that each takes. */
export const causeFields = { symptom: 100, cause: 100, fact: 200 } as const;
export type CauseField = keyof typeof causeFields;

/** What is wrong with a cause that is to be added. `few-words`: it would be heard everywhere. */
export type CauseProblem = { kind: 'required' | 'few-words' | 'already-there' } | { kind: 'too-long'; most: number } | { kind: 'too-many'; most: number };

/** What an organisation says lies behind the complaints of its own people. */
export function causeBlocks({ words }: ViewContext, causes: readonly OwnCause[]): CardBlock[] {
  const more = causes.length - causesShown;
  const items = newestOf(causes).map(({ symptom, cause, fact }) => ({ text: words.say('home.cause', { symptom, cause }), note: fact }));
  const [heading = textBlock(words.plain('home.causes'), 'heading'), ...list] = section(words.plain('home.causes'), items);
  return [
    heading,
    textBlock(words.say('home.causes-how'), 'subtle'),
    ...list,
    ...(more > 0 ? [textBlock(words.say('home.causes-more', { count: String(more) }), 'subtle')] : []),
  ];
}

/** One button to add, and one to take away each that is shown. */
export function causeActions({ words }: ViewContext, causes: readonly OwnCause[]): CardAction[] {
  return [
    { action: 'our-causes', label: words.plain('button.our-causes'), value: {}, form: true },
    ...newestOf(causes).map((own) => ({
      action: 'remove-cause',
      label: words.plain('button-for.remove-cause', { cause: shorten(own.cause, labelLength) }),
      value: { cause: ownCauseId(own) },
    })),
  ];
}

function newestOf(causes: readonly OwnCause[]): OwnCause[] {
  return causes.toReversed().slice(0, causesShown);
}

/** One more cause. Inputs: symptom, cause, fact. */
export function causeForm({ words }: ViewContext): Form {
  const input = (id: CauseField): CardInput => ({
    type: 'input',
    id,
    label: words.plain(`form.cause-${id}`),
    kind: 'text',
    required: true,
    maxLength: causeFields[id],
    hint: words.plain(`form.cause-${id}-hint`),
  });
  return {
    id: 'our-causes',
    title: words.plain('form.cause-title'),
    submitLabel: words.plain('form.cause-submit'),
    submit: 'submit-our-causes',
    value: {},
    blocks: [textBlock(words.say('form.cause-intro'), 'subtle'), input('symptom'), input('cause'), input('fact')],
  };
}

/** What to do about it. */
export function causeError({ words }: ViewContext, problem: CauseProblem): string {
  switch (problem.kind) {
    case 'required':
      return words.plain('form-error.required');
    case 'few-words':
      return words.plain('form-error.cause-few-words');
    case 'already-there':
      return words.plain('form-error.cause-already-there');
    case 'too-long':
      return words.plain('form-error.too-long', { count: String(problem.most) });
    case 'too-many':
      return words.plain('form-error.too-many-causes', { count: String(problem.most) });
    default:
      return problem satisfies never;
  }
}
