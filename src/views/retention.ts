import type { CardBlock, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { section, textBlock } from './parts.ts';

/** How long what is over is kept, and what of it goes next. `over`: how much there is; `next`: how much is erased on that day, the first (epoch milliseconds). */
export type RetentionShown = { days?: number; over: number; next?: { at: number; count: number } };

/** A choice, and how much it would erase within the hour. `days` absent: never. */
export type RetentionChoice = { days?: number; erasesNow: number };

/** The value of the field that means: never. */
export const neverErased = 'never';

/** For admins: what is erased, and when. */
export function retentionBlocks({ words }: ViewContext, { days, over, next }: RetentionShown): CardBlock[] {
  const text = days === undefined ? words.say('retention.never') : words.say('retention.after', { days: String(days) });
  return section(words.plain('retention.title'), [{ text, note: note(words, over, next) }]);
}

function note(words: ViewContext['words'], over: number, next: RetentionShown['next']) {
  if (over === 0) return words.say('retention.none');
  if (!next) return words.say(over === 1 ? 'retention.kept-one' : 'retention.kept', { count: String(over) });
  const when = [{ at: next.at, as: 'date' as const }];
  return words.say('retention.next', { count: String(over), erased: String(next.count), when });
}

/** Input: days (a number, or `neverErased`). `most`: the longest that this installation allows. */
export function retentionForm({ words }: ViewContext, choices: readonly RetentionChoice[], { days, most }: { days?: number; most?: number }): Form {
  return {
    id: 'retention',
    title: words.plain('retention.title'),
    submitLabel: words.plain('retention.submit'),
    submit: 'submit-retention',
    value: {},
    blocks: [
      textBlock(words.say('retention.intro'), 'subtle'),
      ...(most === undefined ? [] : [textBlock(words.say('retention.most', { days: String(most) }), 'subtle')]),
      {
        type: 'input',
        id: 'days',
        label: words.plain('retention.label'),
        kind: 'choice',
        required: true,
        value: days === undefined ? neverErased : String(days),
        options: choices.map((choice) => ({ value: choice.days === undefined ? neverErased : String(choice.days), label: choiceLabel(words, choice) })),
      },
      textBlock(words.say('retention.final')),
    ],
  };
}

function choiceLabel(words: ViewContext['words'], { days, erasesNow }: RetentionChoice): string {
  if (days === undefined) return words.plain('retention.choice-never');
  const slots = { days: String(days) };
  return erasesNow === 0 ? words.plain('retention.choice', slots) : words.plain('retention.choice-erases', { ...slots, count: String(erasesNow) });
}
