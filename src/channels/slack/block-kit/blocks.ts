import type { KnownBlock, RichTextElement, SectionBlock } from '@slack/types';
import type { CardBlock, Text } from '../../../views/card.ts';
import { cutPieces, splitPieces, weightOf } from './cut.ts';
import { toFacts } from './facts.ts';
import { appName, limits } from './limits.ts';
import { inOneLine, isBlank, type Piece, piecesOf, plainOf, safeLink } from './pieces.ts';
import type { Writing } from './rendering.ts';
import { section } from './section.ts';
import { toTable } from './table.ts';
import { mrkdwnOf, mrkdwnText, plainText, richElements } from './text.ts';

/** Blocks in Slack's own kind, one or several for each; inputs are not among them. */
export function toBlocks(block: CardBlock, writing: Writing): KnownBlock[] {
  switch (block.type) {
    case 'text':
      return toText(block, writing);
    case 'facts':
      return toFacts(block, writing);
    case 'progress':
      return toProgress(block);
    case 'list':
      return toList(block, writing);
    case 'table':
      return toTable(block, writing);
    case 'divider':
      return [{ type: 'divider' }];
    case 'image':
      return toImage(block, writing);
    case 'input':
      return [];
    default:
      return block satisfies never;
  }
}

/** Without a link that Slack can follow, its words, unless the card says them anyway. */
function toImage({ url, alt, told, picture }: Extract<CardBlock, { type: 'image' }>, writing: Writing): KnownBlock[] {
  const link = url === undefined ? undefined : safeLink(url, limits.imageUrl);
  if (link === undefined) return told ? [] : toText({ type: 'text', text: alt }, writing);
  const said = plainText(alt, limits.imageAlt) ?? plainText(picture.title, limits.imageAlt);
  return [{ type: 'image', image_url: link, alt_text: said?.text ?? appName }];
}

/** Plain text as a block of its own. */
export function paragraph(text: Text, maxText: number): KnownBlock[] {
  return portions(piecesOf(text), maxText, limits.sectionText).map((pieces) => section(mrkdwnOf(pieces)));
}

/** In large letters. */
export function header(text: Text): KnownBlock[] {
  const title = plainText(text, limits.header);
  return title ? [{ type: 'header', text: title }] : [];
}

/** Small and grey. */
export function subtle(text: Text, maxText: number): KnownBlock[] {
  return portions(piecesOf(text), maxText, limits.contextText).map((pieces) => ({ type: 'context', elements: [mrkdwnText(pieces)] }));
}

function toText(block: Extract<CardBlock, { type: 'text' }>, { maxText }: Writing): KnownBlock[] {
  const style = block.style ?? 'plain';
  switch (style) {
    case 'plain':
      return paragraph(block.text, maxText);
    case 'strong':
      // Marks of bold text don't reach beyond a line.
      return portions(inOneLine(piecesOf(block.text)), maxText, limits.sectionText - 2).map((pieces) => section(`*${mrkdwnOf(pieces).trim()}*`));
    case 'quote':
      return quote(block.text, maxText);
    case 'subtle':
      return subtle(block.text, maxText);
    case 'heading':
      return header(block.text);
    default:
      return style satisfies never;
  }
}

/** Somebody's words behind a bar: each line has its own mark. */
export function quote(text: Text, maxText: number): SectionBlock[] {
  return portions(piecesOf(text), maxText, limits.sectionText / 2).map((pieces) => section(mrkdwnOf(pieces).trim().replace(/^/gm, '>')));
}

/** A text cut to what a card has room for, in portions that one block can hold. */
function portions(pieces: readonly Piece[], maxText: number, most: number): (readonly Piece[])[] {
  return splitPieces(cutPieces(pieces, maxText), most).filter((portion) => !isBlank(plainOf(portion)));
}

/** One line: full, half or empty for each step, with the numbers for whoever hears it read. */
function toProgress({ label, steps }: Extract<CardBlock, { type: 'progress' }>): KnownBlock[] {
  const done = steps.map((step) => {
    const count = Math.min(Math.max(step.done, 0), step.total);
    const mark = count === 0 ? '○' : count === step.total ? '●' : '◐';
    // Joined, so that no line ends between a mark and what it is about.
    return [mark, ...step.label.split(/\s+/), `${count}/${step.total}`].join(joined);
  });
  const line = [...(isBlank(label) ? [] : [label]), ...done].join('  ');
  return subtle(line, limits.contextText);
}

/** A space at which no line ends. */
const joined = '\u00a0';

type Item = { text: readonly Piece[]; note: readonly Piece[] };

/** Bullets; a note stands below its item. */
function toList({ items }: Extract<CardBlock, { type: 'list' }>, { maxText, compact }: Writing): KnownBlock[] {
  const most = Math.min(maxText, limits.sectionText / 3);
  const cut = (text: Text): readonly Piece[] => {
    const pieces = cutPieces(piecesOf(text), most);
    return isBlank(plainOf(pieces)) ? [] : pieces;
  };
  const shown = items
    .map(({ text, note = '' }): Item => ({ text: cut(text), note: inOneLine(cut(note)) }))
    // A note alone is an item, too.
    .flatMap(({ text, note }): Item[] => (text.length > 0 ? [{ text, note }] : note.length > 0 ? [{ text: note, note: [] }] : []));
  return inPortions(shown).map((portion) => (compact ? section(portion.map(bulletLine).join('\n')) : bullets(portion)));
}

/** As many items together as one block has room for. */
function inPortions(items: readonly Item[]): Item[][] {
  const lists: Item[][] = [];
  let room = 0;
  for (const item of items) {
    // A bullet, the marks of the note and the space before it.
    const weight = weightOf(item.text) + weightOf(item.note) + 10;
    if (weight > room) {
      lists.push([]);
      room = limits.sectionText;
    }
    lists.at(-1)?.push(item);
    room -= weight;
  }
  return lists;
}

/** Slack's own bullets keep the lines of an item together. */
function bullets(items: readonly Item[]): KnownBlock {
  const elementsOf = ({ text, note }: Item): RichTextElement[] => [
    ...richElements(text),
    ...(note.length > 0 ? richElements(['\n', ...note], { italic: true }) : []),
  ];
  const elements = items.map((item) => ({ type: 'rich_text_section' as const, elements: elementsOf(item) }));
  return { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] };
}

/** The same with a third of the size. */
function bulletLine({ text, note }: Item): string {
  return `• ${mrkdwnOf(text).trim()}${note.length > 0 ? `\n    _${mrkdwnOf(note).trim()}_` : ''}`;
}
