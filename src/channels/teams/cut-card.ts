import type { Card, CardBlock, Text, TextPart } from '../../views/card.ts';
import { cutText } from '../adaptive-card-text.ts';

// A card of this size is a few kilobytes, whatever Teams counts.
const maxText = 300;
const maxRows = 8;
const maxBlocks = 20;

/** The card once more and much shorter, with all that can be pressed or filled in. `more` stands where something is missing. */
export function cutCard(card: Card, more: string): Card {
  const inputs = card.blocks.filter((block) => block.type === 'input');
  const rest = card.blocks.filter((block) => block.type !== 'input');
  const kept = rest.slice(0, maxBlocks).map(cutBlock);
  return {
    ...card,
    summary: cutText(card.summary, maxText),
    ...(card.title !== undefined && { title: cut(card.title) }),
    blocks: [...kept, { type: 'text', text: more, style: 'subtle' }, ...inputs],
  };
}

function cutBlock(block: CardBlock): CardBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: cut(block.text) };
    case 'facts':
      return { ...block, facts: block.facts.slice(0, maxRows).map(({ label, value }) => ({ label, value: cut(value) })) };
    case 'list':
      return {
        ...block,
        items: block.items.slice(0, maxRows).map(({ text, note }) => ({ text: cut(text), ...(note !== undefined && { note: cut(note) }) })),
      };
    case 'table':
      return { ...block, rows: block.rows.slice(0, maxRows).map((row) => row.map(cut)) };
    case 'image':
      return { type: 'text', text: cut(block.alt) };
    case 'progress':
    case 'divider':
    case 'input':
      return block;
    default:
      return block satisfies never;
  }
}

function cut(text: Text): Text {
  if (typeof text === 'string') return cutText(text, maxText);
  let left = maxText;
  const kept: TextPart[] = [];
  for (const part of text) {
    if (left <= 0) break;
    kept.push(typeof part === 'string' ? cutText(part, left) : part);
    if (typeof part === 'string') left -= part.length;
  }
  return kept;
}
