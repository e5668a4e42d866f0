/* Block Kit as elements of the page. */
import { renderElement } from './elements.js';
import { dateText, el, textObject } from './text.js';

/**
 * Blocks. `act(element, given)` is called for buttons and choices outside inputs; `values` and `errors` are of the view.
 * @returns {HTMLElement[]}
 */
export function renderBlocks(blocks, { names, act, values = {}, errors = {} }) {
  return blocks.map((block) => renderBlock(block, { names, act, values: values[block.block_id] ?? {}, error: errors[block.block_id] }));
}

function renderBlock(block, context) {
  const { names } = context;
  const made = (...children) => el('div', { class: `block ${block.type}`, 'data-block': block.block_id }, ...children);
  switch (block.type) {
    case 'header':
      return made(block.text.text);
    case 'divider':
      return el('hr', { class: 'block divider' });
    case 'section': {
      const left = el('div', {}, block.text && textObject(block.text, names));
      if (block.fields) left.append(el('div', { class: 'fields' }, ...block.fields.map((field) => textObject(field, names))));
      return made(left, block.accessory && renderElement(block.accessory, context));
    }
    case 'context':
      return made(
        ...block.elements.map((one) => (one.type === 'image' ? el('img', { src: one.image_url, alt: one.alt_text, height: 18 }) : textObject(one, names))),
      );
    case 'actions':
      return made(...block.elements.map((one) => renderElement(one, context)));
    case 'image':
      return made(block.title && el('p', {}, block.title.text), el('img', { src: block.image_url, alt: block.alt_text }));
    case 'input':
      return inputBlock(block, context, made);
    case 'markdown':
      return made(...block.text.split(/\n\n+/).map((paragraph) => markdown(paragraph)));
    case 'rich_text':
      return made(...block.elements.map((one) => richText(one, names)));
    case 'table':
      return made(
        el(
          'table',
          {},
          ...block.rows.map((row, index) =>
            el(
              'tr',
              {},
              ...row.map((cell) =>
                el(index === 0 ? 'th' : 'td', {}, cell.type === 'rich_text' ? richText(cell.elements[0], names) : String(cell.text ?? cell.value ?? '')),
              ),
            ),
          ),
        ),
      );
    default:
      return made(`(${block.type})`);
  }
}

function inputBlock(block, context, made) {
  const grouped = ['radio_buttons', 'checkboxes'].includes(block.element.type);
  const field = renderElement(block.element, context, block.block_id);
  const label = `${block.label.text}${block.optional ? ' (optional)' : ''}`;
  const body = grouped ? el('fieldset', {}, el('legend', {}, label), field) : el('label', {}, label, field);
  return made(body, block.hint && el('p', { class: 'quiet' }, block.hint.text), context.error && el('p', { class: 'error', role: 'alert' }, context.error));
}

function markdown(paragraph) {
  const heading = /^(#{1,6}) (.*)$/.exec(paragraph);
  if (heading) return el('h3', {}, heading[2]);
  const made = el('p');
  for (const part of paragraph.split(/(\*\*[^*]+\*\*)/)) made.append(part.startsWith('**') ? el('b', {}, part.slice(2, -2)) : part);
  return made;
}

function richText(element, names) {
  if (element.type === 'rich_text_list')
    return el(element.style === 'ordered' ? 'ol' : 'ul', {}, ...element.elements.map((one) => el('li', {}, richText(one, names))));
  const tag = { rich_text_quote: 'blockquote', rich_text_preformatted: 'pre' }[element.type] ?? 'p';
  return el(tag, {}, ...element.elements.map((one) => richPiece(one, names)));
}

function richPiece(one, names) {
  if (one.type === 'user') return el('span', { class: 'mention' }, `@${names.people.get(one.user_id) ?? one.user_id}`);
  if (one.type === 'channel') return el('span', { class: 'mention' }, `#${names.channels.get(one.channel_id) ?? one.channel_id}`);
  if (one.type === 'broadcast') return el('span', { class: 'broadcast' }, `@${one.range}`);
  if (one.type === 'link') return el('a', { href: one.url, target: '_blank', rel: 'noopener' }, one.text ?? one.url);
  if (one.type === 'date') return el('span', {}, dateText(`!date^${one.timestamp}^${one.format}`, one.fallback ?? '', names.tz));
  const style = one.style ?? {};
  const tag = style.code ? 'code' : style.bold ? 'b' : style.italic ? 'i' : style.strike ? 's' : 'span';
  return el(tag, {}, one.text ?? '');
}
