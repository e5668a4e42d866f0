import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { CardBlock, Text } from '../../../views/card.ts';
import { cutPieces, splitPieces, weightOf } from './cut.ts';
import { toFacts } from './facts.ts';
import { limits } from './limits.ts';
import { isBlank, type Piece, piecesOf, plainOf } from './pieces.ts';
import type { Writing } from './rendering.ts';
import { toTable } from './table.ts';
import { mrkdwnText, plainText, richElements } from './text.ts';

/** Blocks in Slack's own kind, one or several for each; inputs are not among them. */
export function toBlocks(block: CardBlock, writing: Writing): KnownBlock[] {
  switch (block.type) {
    case 'text':
      return toText(block, writing);
    case 'facts':
      return toFacts(block, writing.maxText);
    case 'progress':
      return toProgress(block);
    case 'list':
      return toList(block, writing);
    case 'table':
      return toTable(block, writing);
    case 'divider':
      return [{ type: 'divider' }];
    case 'input':
      return [];
    default:
      return block satisfies never;
  }
}

/** A heading in large letters. */
export function header(text: Text): KnownBlock[] {
  const title = plainText(text, limits.header);
  return title ? [{ type: 'header', text: title }] : [];
}

/** Small and grey. */
export function subtle(text: Text, maxText: number): KnownBlock[] {
  return portions(text, maxText, limits.contextText).map((pieces) => ({ type: 'context', elements: [mrkdwnText(pieces)] }));
}

function toText(block: Extract<CardBlock, { type: 'text' }>, { maxText }: Writing): KnownBlock[] {
  const style = block.style ?? 'plain';
  switch (style) {
    case 'plain':
    case 'strong': {
      const look = style === 'strong' ? { bold: true } : {};
      return portions(block.text, maxText, limits.sectionText).map((pieces) => richText(richElements(pieces, look)));
    }
    case 'quote':
      return portions(block.text, maxText, limits.sectionText).map((pieces) => ({
        type: 'rich_text',
        elements: [{ type: 'rich_text_quote', elements: richElements(pieces) }],
      }));
    case 'subtle':
      return subtle(block.text, maxText);
    case 'heading':
      return header(block.text);
    default:
      return style satisfies never;
  }
}

/** A text cut to what a card has room for, in portions that one block can hold. */
function portions(text: Text, maxText: number, most: number): (readonly Piece[])[] {
  return splitPieces(cutPieces(piecesOf(text), maxText), most).filter((pieces) => !isBlank(plainOf(pieces)));
}

function richText(elements: RichTextElement[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** One line: full, half or empty for each step, with the numbers for whoever hears it read. */
function toProgress({ label, steps }: Extract<CardBlock, { type: 'progress' }>): KnownBlock[] {
  const done = steps.map((step) => {
    const count = Math.min(Math.max(step.done, 0), step.total);
    const mark = count === 0 ? '○' : count === step.total ? '●' : '◐';
    return `${mark} ${step.label} ${count}/${step.total}`;
  });
  const line = [...(isBlank(label) ? [] : [label]), ...done].join('  ');
  return subtle(line, limits.contextText);
}

/** Slack's own bullets; a note stands below its item. */
function toList({ items }: Extract<CardBlock, { type: 'list' }>, { maxText }: Writing): KnownBlock[] {
  const most = Math.min(maxText, limits.sectionText / 2);
  const shown = items.flatMap(({ text, note = '' }) => {
    const [words, below] = [cutPieces(piecesOf(text), most), cutPieces(piecesOf(note), most)];
    const noted = isBlank(plainOf(below)) ? [] : below;
    if (isBlank(plainOf(words))) return noted.length === 0 ? [] : [{ elements: richElements(noted), weight: weightOf(noted) }];
    const after = noted.length === 0 ? [] : richElements(['\n', ...noted], { italic: true });
    return [{ elements: [...richElements(words), ...after], weight: weightOf(words) + weightOf(noted) }];
  });
  const lists: RichTextElement[][][] = [];
  let room = 0;
  for (const { elements, weight } of shown) {
    if (weight > room || lists.length === 0) {
      lists.push([]);
      room = limits.sectionText;
    }
    lists.at(-1)?.push(elements);
    room -= weight;
  }
  return lists.map((list) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_list', style: 'bullet', elements: list.map((elements) => ({ type: 'rich_text_section', elements })) }],
  }));
}
