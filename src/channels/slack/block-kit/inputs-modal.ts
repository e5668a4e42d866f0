import type { KnownBlock, ModalView } from '@slack/types';
import type { SlackWords } from '../words.ts';
import { paragraph } from './blocks.ts';
import { fitting } from './fit.ts';
import { optionsOf, radio, toInput } from './inputs.ts';
import { limits } from './limits.ts';
import { callbacks, choiceId, toMetadata } from './metadata.ts';
import { modal, titleOf } from './modal.ts';
import type { ModalContext, PressedInputs } from './rendering.ts';

/** The fields of a card, as `pressed` brought them: with a choice among the card's own buttons where there is one. */
export function inputsModal(pressed: PressedInputs, words: SlackWords, context: ModalContext): ModalView {
  const { choices, chosen, inputs, intro, value } = pressed;
  const rendering = { words };
  const options = optionsOf(choices.map(({ label }, at) => ({ value: String(at), label })));
  const blocks = fitting('view', rendering, ({ maxText }) => [
    ...(intro === undefined ? [] : paragraph(intro, maxText)),
    ...(options.length < 2 ? [] : [choiceBlock(words, options, chosen)]),
    ...inputs.flatMap((input) => toInput(input, rendering, maxText)),
  ]);
  const [only] = choices;
  const label = choices.length === 1 && only ? only.label : undefined;
  return modal({
    title: pressed.title ?? label ?? words.addNoteTitle,
    callback: callbacks.act,
    blocks,
    metadata: toMetadata({ actions: choices.map(({ action }) => action), value, context }),
    close: words.cancel,
    submit: label !== undefined && label.length <= limits.viewButton ? label : words.send,
  });
}

function choiceBlock(words: SlackWords, options: ReturnType<typeof optionsOf>, chosen: number | undefined): KnownBlock {
  return {
    type: 'input',
    block_id: choiceId,
    label: titleOf(words.chooseOne, limits.label),
    element: radio(options, chosen === undefined ? undefined : String(chosen), choiceId),
    optional: false,
  };
}
