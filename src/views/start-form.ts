import { essentials } from '../domain/questions.ts';
import type { CardInput, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { textBlock } from './parts.ts';
import { answerLimit } from './prefill.ts';
import { askText } from './question.ts';

/** The value of the field `where` that means: in the 1:1 chat with Plumb. Every other value is a place. */
export const privately = 'privately';

/** Slack takes at most a hundred options (docs: Block Kit, static_select); one of them is the 1:1 chat. */
export const placesOffered = 99;

export type StartFormOptions = { places: readonly { place: string; name: string }[] /** Chosen beforehand. */; place?: string; request?: string };

/** Starts an alignment with everything at once. Inputs: request, where (a place or `privately`), and the essentials by question id. */
export function startForm(ctx: ViewContext, { places, place, request }: StartFormOptions): Form {
  const { words } = ctx;
  const options = places.slice(0, placesOffered).map(({ place: value, name }) => ({ value, label: name }));
  const chosen = options.length === 0 ? privately : options.find(({ value }) => value === place)?.value;
  return {
    id: 'start',
    title: words.plain('form.start-title'),
    submitLabel: words.plain('form.start-submit'),
    submit: 'submit-start',
    value: {},
    blocks: [
      textBlock(words.say('form.start-intro'), 'subtle'),
      {
        type: 'input',
        id: 'request',
        label: words.plain('form.start-request'),
        kind: 'multiline',
        required: true,
        maxLength: answerLimit,
        ...(request && { value: request }),
      },
      {
        type: 'input',
        id: 'where',
        label: words.plain('form.start-where'),
        kind: 'choice',
        required: true,
        options: [...options, { value: privately, label: words.plain('form.start-privately') }],
        ...(chosen !== undefined && { value: chosen }),
      },
      textBlock(words.say('form.start-optional'), 'subtle'),
      ...essentials.map(
        (id): CardInput => ({
          type: 'input',
          id,
          label: askText(ctx, id, 1),
          kind: id === 'owner' ? 'text' : 'multiline',
          maxLength: answerLimit,
          hint: words.plain('form.hint', { has: ctx.questions[id].has }),
        }),
      ),
    ],
  };
}
