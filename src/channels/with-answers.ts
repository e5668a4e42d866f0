import type { CardBlock, Form } from '../views/card.ts';

/** A form again, with what was typed and its mistakes beside their fields, both by input id. Mistakes of fields that the form does not have stand first. */
export function withAnswers(form: Form, inputs: Readonly<Record<string, string>>, errors: Readonly<Record<string, string>>): Form {
  const fields = new Set(form.blocks.flatMap((block) => (block.type === 'input' ? [block.id] : [])));
  const others = Object.entries(errors).flatMap(([id, text]): CardBlock[] => (fields.has(id) ? [] : [{ type: 'text', text, style: 'strong' }]));
  const blocks = form.blocks.map((block): CardBlock => {
    if (block.type !== 'input') return block;
    const [value, error] = [inputs[block.id], errors[block.id]];
    return { ...block, ...(value !== undefined && { value }), ...(error !== undefined && { error }) };
  });
  return { ...form, blocks: [...others, ...blocks] };
}
