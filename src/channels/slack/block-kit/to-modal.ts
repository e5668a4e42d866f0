import type { ModalView } from '@slack/types';
import type { Form } from '../../../views/card.ts';
import { toBlocks } from './blocks.ts';
import { tidied } from './card-blocks.ts';
import { fitting } from './fit.ts';
import { toInput } from './inputs.ts';
import { limits } from './limits.ts';
import { callbacks, toMetadata } from './metadata.ts';
import { modal } from './modal.ts';
import type { ModalContext, Rendering } from './rendering.ts';
import { plainText } from './text.ts';

/** A form as a dialog. One that has no fields, and nothing to send but that it was read, can only be closed. */
export function toModal(form: Form, rendering: Rendering, context: ModalContext): ModalView {
  const ids = new Set<string>();
  const fields = form.blocks.filter((block) => {
    if (block.type !== 'input') return true;
    const known = ids.has(block.id);
    ids.add(block.id);
    return !known;
  });
  const blocks = fitting('view', rendering, (writing) =>
    tidied(fields.flatMap((block) => (block.type === 'input' ? toInput(block, rendering, writing.maxText) : toBlocks(block, writing)))),
  );
  const { words } = rendering;
  const common = { title: form.title, callback: callbacks.form, blocks, metadata: toMetadata({ submit: form.submit, value: form.value, context }) };
  const readOnly = !blocks.some((block) => block.type === 'input') && form.submitLabel === words.close;
  if (readOnly) return modal({ ...common, close: words.close });
  return modal({ ...common, close: words.cancel, submit: plainText(form.submitLabel, limits.viewButton) ?? words.send });
}
